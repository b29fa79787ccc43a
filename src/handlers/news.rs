//! News of one's cases: what is told at a place, and how somebody wants to hear of it.

use crate::chat::Reply;
use crate::chat::flow::{
    Address, CODE_LASTS, Draft, Flow, MOST_CODES, MOST_GUESSES, NotTaken, Outcome, SentCode,
};
use crate::chat::wish::NewsWish;
use crate::domain::{Identity, MailAddress, Place};
use crate::replies::news::Reading;
use crate::replies::{flows, news};
use crate::services::addresses::{self, PURPOSE, Sent};
use crate::services::notices;
use crate::services::people::PersonError;

use super::{Desk, Fault, Turn};

/// News in one reply; what is left follows.
const TOLD: usize = 10;

impl Desk {
    /// What is new for somebody since they were last told at this place; told once at each place, and seen from then on. A place where
    /// nothing was told before only tells what was seen nowhere.
    pub async fn news(&self, who: &Identity, place: &Place) -> Option<Reply> {
        match self.untold(who, place).await {
            Ok(reply) => reply,
            Err(fault) => {
                tracing::error!(error = %fault, "news could not be told");
                None
            }
        }
    }

    async fn untold(&self, who: &Identity, place: &Place) -> Result<Option<Reply>, Fault> {
        let kept = self.kept()?;
        let now = self.clock.now();
        let _in_order = self.in_order(who, place).await;
        let Some(row) = kept.people.known(who).await? else { return Ok(None) };
        let person = row.record;
        let mut talk = kept.conversations.open(person.id, place).await?;
        let told = talk.conversation.told;
        let found = notices::untold(&kept.store, person.id, told, TOLD).await?;
        let Some(last) = found.last().map(|notice| notice.at) else { return Ok(None) };
        talk.conversation.told = told.max(Some(last));
        let actor = crate::domain::Actor::of(&person);
        let mut items = Vec::new();
        for notice in &found {
            let Ok(seen) = kept.cases.event(&actor, notice.case, notice.event).await else { continue };
            let (case, event) = seen;
            let names = self.names(&case, std::slice::from_ref(&event)).await?;
            items.push((case, event, names));
        }
        if let [(case, ..), ..] = items.as_slice() {
            talk.conversation.memory.case = Some(case.number);
        }
        kept.conversations.save(&mut talk, now).await?;
        notices::seen(&kept.store, &found, now).await?;
        Ok((!items.is_empty()).then(|| {
            let reading = Reading { reader: person.id, now, zone: self.zone, desk: self.name() };
            news::told(self.locale, &items, &reading)
        }))
    }

    pub(super) async fn news_wish(&self, wish: NewsWish, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let person = turn.actor()?.person();
        match wish {
            NewsWish::Show => Ok(match &turn.who {
                Some(person) => news::settings(self.locale, person),
                None => Reply::default(),
            }),
            NewsWish::Set(notify) => {
                let changed = self.kept()?.people.set_notify(person, notify).await.map_err(person_fault)?;
                let reply = news::chosen(self.locale, &changed);
                turn.who = Some(changed);
                Ok(reply)
            }
            NewsWish::NoAddress => {
                if turn.who.as_ref().is_some_and(|person| person.staff.is_some()) {
                    return Ok(news::staff_keep_address(self.locale));
                }
                let changed = self.kept()?.people.set_mail(person, None).await.map_err(person_fault)?;
                turn.who = Some(changed);
                Ok(news::no_address(self.locale))
            }
            NewsWish::Address(text) => {
                let address = match text.as_deref().map(MailAddress::parse) {
                    None => None,
                    Some(Ok(address)) => Some(address),
                    Some(Err(_)) => return Ok(news::not_an_address(self.locale)),
                };
                let own = turn.who.as_ref().and_then(|person| person.mail.as_ref());
                if address.is_some() && own == address.as_ref() {
                    return Ok(news::same_address(self.locale));
                }
                self.begin_flow(Draft::Address(Address::of(address)), turn).await
            }
        }
    }

    /// Sends the code where there is an address and none is on its way, and compares what was typed.
    pub(super) async fn prove(
        &self,
        flow: &mut Flow,
        mut draft: Address,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let Some(address) = draft.address.clone() else { return Ok(None) };
        let kept = self.kept()?;
        let Some(code) = draft.code.clone().filter(|code| code.until > turn.now) else {
            if draft.code.is_some() {
                // It ran out while somebody waited: a fresh one needs their word.
                draft.typed = None;
                flow.draft = Draft::Address(draft);
                turn.talk.put_flow(flow.clone());
                return Ok(Some(flows::code_ran_out(self.locale, flow)));
            }
            return self.send(flow, draft, turn).await;
        };
        let Some(typed) = draft.typed.take() else { return Ok(None) };
        let subject = addresses::subject(turn.talk.person(), flow.id, &address);
        if kept.codes.is_right(&typed, PURPOSE, &subject, code.generation) {
            draft.proved = true;
            flow.draft = Draft::Address(draft);
            return Ok(None);
        }
        let guesses = code.guesses.saturating_add(1);
        let left = MOST_GUESSES.saturating_sub(guesses);
        draft.code = (left > 0).then_some(SentCode { guesses, ..code });
        if left == 0 {
            flow.draft = Draft::Address(draft);
            turn.cancel(flow.clone());
            return Ok(Some(flows::too_many_guesses(self.locale)));
        }
        flow.draft = Draft::Address(draft);
        turn.talk.put_flow(flow.clone());
        let reply = flows::not_taken(self.locale, flow, &NotTaken::WrongCode { left });
        Ok(Some(reply.and(self.prompt(flow, turn).await?)))
    }

    async fn send(
        &self,
        flow: &mut Flow,
        mut draft: Address,
        turn: &mut Turn<'_>,
    ) -> Result<Option<Reply>, Fault> {
        let Some(address) = draft.address.clone() else { return Ok(None) };
        let generation = draft.sent.saturating_add(1);
        let sent = if generation > MOST_CODES {
            Sent::TooMany
        } else {
            let store = &self.kept()?.store;
            addresses::send_code(store, turn.talk.person(), flow.id, generation, &address, turn.now).await?
        };
        if sent == Sent::TooMany {
            turn.cancel(flow.clone());
            return Ok(Some(flows::too_many_codes(self.locale)));
        }
        draft.sent = generation;
        draft.code = Some(SentCode { generation, until: turn.now + CODE_LASTS, guesses: 0 });
        flow.draft = Draft::Address(draft);
        Ok(None)
    }

    /// Sends another code.
    pub(super) async fn resend(&self, mut flow: Flow, turn: &mut Turn<'_>) -> Result<Reply, Fault> {
        let Draft::Address(mut draft) = flow.draft.clone() else { return self.go_on(flow, turn).await };
        draft.code = None;
        draft.typed = None;
        flow.draft = Draft::Address(draft);
        self.go_on(flow, turn).await
    }

    pub(super) async fn finish_address(
        &self,
        flow: Flow,
        draft: Address,
        turn: &mut Turn<'_>,
    ) -> Result<Reply, Fault> {
        let Some(address) = draft.address else { return self.prompt(&flow, turn).await };
        match self.kept()?.people.set_mail(turn.talk.person(), Some(address.clone())).await {
            Ok(person) => {
                turn.done(flow, Outcome::Address(address));
                let reply = news::address_proved(self.locale, &person);
                turn.who = Some(person);
                Ok(reply)
            }
            // Whoever proved it reads that mailbox, so it is theirs to know.
            Err(PersonError::AddressTaken) => {
                turn.cancel(flow);
                Ok(news::address_taken(self.locale))
            }
            Err(error) => Err(person_fault(error)),
        }
    }
}

fn person_fault(error: PersonError) -> Fault {
    match error {
        PersonError::Store(error) => error.into(),
        PersonError::Unknown(_) | PersonError::AddressTaken | PersonError::UsernameTaken => Fault::Overtaken,
    }
}
