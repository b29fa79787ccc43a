//! One turn of a conversation: who speaks where, and what is kept of it.

use chrono::{DateTime, Utc};

use crate::chat::commands::Needs;
use crate::chat::flow::{Flow, FlowState, Outcome, Step};
use crate::chat::{Member, Request, Ticket};
use crate::domain::case::CaseNumber;
use crate::domain::{Actor, ArticleId, Digest, Identity, Missing, Person, PersonId, Place, Upload};
use crate::services::conversations::{Conversation, Saved, Talk};
use crate::services::rooms;
use crate::services::servers::Server;

use super::{Desk, Fault};

/// What handlers know of the turn they answer, and what they leave for the next.
pub(super) struct Turn<'a> {
    /// Who speaks; nobody where nothing is kept.
    pub who: Option<Person>,
    /// By which door.
    pub identity: &'a Identity,
    /// The conversation.
    pub talk: Talk,
    /// Where it takes place.
    pub place: &'a Place,
    /// The case whose room it is.
    pub room: Option<CaseNumber>,
    /// What the platform says of whoever speaks.
    pub member: Option<&'a Member>,
    /// The server that the place is on, where the platform says something of whoever speaks.
    pub server: Option<&'a Server>,
    /// Files that came with it.
    pub files: &'a [Upload],
    /// Files that were to come with it, and did not get here.
    pub missing: &'a [Missing],
    /// Whether what it was decided on is different by now: it has to be done anew.
    pub is_overtaken: bool,
    /// Whether the reply shows where the flow that goes on here stands.
    pub is_prompted: bool,
    /// How many tickets it gave out.
    tickets: u32,
    /// What the platform calls this turn, where it has a name for it.
    pub source: Option<&'a str>,
    /// The name of this turn: what it asks for is done once, however often it is tried.
    pub once: &'a str,
    /// What time it is.
    pub now: DateTime<Utc>,
}

impl Turn<'_> {
    /// Who speaks, with what they may do.
    pub fn actor(&self) -> Result<Actor, Fault> {
        self.who.as_ref().map(Actor::of).ok_or(Fault::KeepsNothing)
    }

    /// A ticket that is the same when the turn is done anew.
    pub fn ticket(&mut self) -> Ticket {
        self.tickets += 1;
        let digest = Digest::of(&format!("{}/{}", self.once, self.tickets));
        let number = digest
            .as_str()
            .bytes()
            .fold(0_u64, |number, byte| number.wrapping_mul(0x0100_0000_01b3) ^ u64::from(byte));
        Ticket::new(number)
    }

    /// What this person may ask for here.
    pub fn allows(&self) -> Needs {
        match self.actor() {
            Ok(actor) if actor.staff().is_some() => Needs::Staff,
            Ok(_) => Needs::Keeping,
            Err(_) => Needs::Nothing,
        }
    }

    /// Ends a flow.
    pub fn done(&mut self, mut flow: Flow, outcome: Outcome) {
        flow.state = FlowState::Done(outcome);
        self.leave(flow);
    }

    /// Gives a flow up.
    pub fn cancel(&mut self, mut flow: Flow) {
        flow.state = FlowState::Cancelled;
        self.leave(flow);
    }

    /// Keeps a flow as it is, and has nothing go on here any more.
    pub fn leave(&mut self, flow: Flow) {
        if self.talk.conversation.flow == Some(flow.id) {
            self.talk.conversation.flow = None;
        }
        self.talk.put_flow(flow);
    }

    /// "That solved it" while articles are offered means the one that was read last.
    pub fn offered_article(&self) -> Option<(Flow, ArticleId)> {
        let flow = self.talk.active()?;
        let Step::Articles(offered) = flow.step() else { return None };
        let read = self.talk.conversation.memory.article.clone();
        let article = match offered.as_slice() {
            [only] => only.clone(),
            [] | [_, ..] => read.filter(|article| offered.contains(article))?,
        };
        Some((flow.clone(), article))
    }
}

impl Desk {
    /// Reads what the turn needs.
    pub(super) async fn begin<'a>(
        &self,
        request: &'a Request,
        server: Option<&'a Server>,
        once: &'a str,
    ) -> Result<Turn<'a>, Fault> {
        let now = self.clock.now();
        let who = match self.kept() {
            Ok(kept) => {
                let called = request.member.as_ref().and_then(|member| member.name.as_deref());
                let person = kept.people.meet(&request.who, called, now).await?;
                Some(self.by_role(person, request.member.as_ref(), server).await?)
            }
            Err(_) => None,
        };
        self.turn_of(who, request, server, once, now).await
    }

    /// The same without making anybody known: whoever was never here is nobody in particular.
    pub(super) async fn glimpse<'a>(&self, request: &'a Request) -> Result<Turn<'a>, Fault> {
        let now = self.clock.now();
        let who = match self.kept() {
            Ok(kept) => {
                let known = kept.people.known(&request.who).await?.map(|row| row.record);
                Some(known.unwrap_or_else(|| Person::new(PersonId(0), now)))
            }
            Err(_) => None,
        };
        self.turn_of(who, request, None, "", now).await
    }

    async fn turn_of<'a>(
        &self,
        who: Option<Person>,
        request: &'a Request,
        server: Option<&'a Server>,
        once: &'a str,
        now: DateTime<Utc>,
    ) -> Result<Turn<'a>, Fault> {
        let (mut talk, room) = match (self.kept(), &who) {
            (Ok(kept), Some(person)) => (
                kept.conversations.open(person.id, &request.place).await?,
                rooms::case_of(&kept.store, &request.place).await?,
            ),
            (Ok(_) | Err(_), _) => (Talk::unkept(Conversation::begins(PersonId(0), &request.place)), None),
        };
        if let (Some(flow), Some(person)) = (talk.active().cloned(), &who) {
            // What a step takes may depend on what the account holds now.
            talk.put_flow(self.with_sight(flow, person).await?);
        }
        let (place, files, member) = (&request.place, request.files.as_slice(), request.member.as_ref());
        let (missing, source) = (request.missing.as_slice(), request.id.as_deref());
        Ok(Turn {
            tickets: 0,
            is_prompted: false,
            is_overtaken: false,
            identity: &request.who,
            who,
            talk,
            place,
            room,
            member,
            server,
            files,
            missing,
            source,
            once,
            now,
        })
    }

    /// Keeps what the turn leaves.
    pub(super) async fn end(&self, turn: &mut Turn<'_>) -> Result<Saved, Fault> {
        match self.kept() {
            Ok(_) if turn.is_overtaken => Ok(Saved::Overtaken),
            Ok(kept) => Ok(kept.conversations.save(&mut turn.talk, turn.now).await?),
            Err(_) => Ok(Saved::Kept),
        }
    }
}
