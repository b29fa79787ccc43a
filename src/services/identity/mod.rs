//! By which doors somebody comes: linking a chat by signing in on a page, and unlinking.
//!
//! The page is reached by a [`PageToken`], which names a flow and lasts ten minutes. Whoever is signed in there and says that the chat is
//! theirs gets a code, which has to be typed into the chat: so nobody is linked to a chat that they can't speak in, whoever lured them to
//! the page.

mod token;

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::Ticket;
use crate::chat::flow::{CODE_LASTS, Claim, Draft, Flow, Link};
use crate::domain::{Identity, PersonId};
use crate::store::{Batch, CommitError, Direction, Key, Row, Store, StoreError};

use super::agenda::fault;
use super::cases::table::{CASES, OWN, person_key};
use super::codes::Codes;
use super::conversations::{FLOWS, FlowRecord, ticket_key};
use super::limits::{self, Counted, Limit, TooOften};
use super::people::{People, Unlinked};
use super::rooms;
pub use token::{ConfirmCode, PageToken};

/// What the codes that the page shows are for.
const PURPOSE: &str = "link-page";
/// How many codes the page shows for one flow.
const MOST_CLAIMS: u8 = 5;
/// How many chats one person can claim.
const CLAIMS: Limit = Limit { what: "link-claim", most: 20, within: TimeDelta::hours(24) };
/// How often a change is tried that others come in between of.
const TRIES: u32 = 8;

/// Chats and who they are linked to. Cheap to clone.
#[derive(Clone)]
pub struct Identities {
    store: Store,
    people: People,
    codes: Codes,
}

/// What a page asks whoever is signed in: whether this chat is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asking {
    /// The chat.
    pub chat: Identity,
    /// What its platform calls whoever speaks there; anybody can call themselves anything.
    pub name: Option<String>,
    /// Until when it can be claimed.
    pub until: DateTime<Utc>,
}

/// Why a chat can't be claimed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ClaimError {
    /// The address of the page is none that the desk made.
    #[error("that is no page of this desk's")]
    Unknown,
    /// It is older than ten minutes.
    #[error("the page has run out")]
    Expired,
    /// The chat is linked by now, or nobody there waits for it any more.
    #[error("nobody waits for this any more")]
    Over,
    /// The chat is theirs already.
    #[error("the chat is theirs already")]
    Own,
    /// They claimed too many chats.
    #[error(transparent)]
    TooOften(#[from] TooOften),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Identities {
    /// The chats of a store, with the codes of its desk.
    #[must_use]
    pub fn new(store: Store, codes: Codes) -> Self {
        Self { people: People::new(store.clone()), store, codes }
    }

    /// The path of the page on which the chat of this flow can be claimed from now on for ten minutes, below `[web] public_url`.
    #[must_use]
    pub fn page(&self, person: PersonId, flow: Ticket, now: DateTime<Utc>) -> String {
        format!("/link/{}", PageToken::new(&self.codes, person, flow, now + CODE_LASTS).text())
    }

    /// What the page asks. Nothing is changed by looking at it.
    pub async fn look(&self, token: &str, now: DateTime<Utc>) -> Result<Asking, ClaimError> {
        let (token, row) = self.flow(token, now).await?;
        let link = link_of(&row.record.flow).ok_or(ClaimError::Over)?;
        let person = self.people.get(token.person()).await?;
        let name = person.and_then(|row| row.record.name);
        Ok(Asking { chat: link.chat.clone(), name, until: token.until() })
    }

    /// Whoever is signed in says that the chat is theirs. They get a code to be typed there, which takes the place of every earlier one
    /// that the page showed; until then nothing is linked.
    pub async fn claim(
        &self,
        token: &str,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<ConfirmCode, ClaimError> {
        for _ in 0..TRIES {
            let (token, row) = self.flow(token, now).await?;
            if token.person() == person {
                return Err(ClaimError::Own);
            }
            let link = link_of(&row.record.flow).ok_or(ClaimError::Over)?;
            if link.claims >= MOST_CLAIMS {
                return Err(ClaimError::Over);
            }
            let mut batch = Batch::new();
            limits::count(&self.store, &mut batch, &[(CLAIMS, Counted::person(person))], now).await??;
            let (generation, until) = (link.claims + 1, now + CODE_LASTS);
            let claim = Claim { person, generation, until, guesses: 0 };
            let claimed = Link { claim: Some(claim), claims: generation, ..link.clone() };
            let flow = Flow { draft: Draft::Link(claimed), ..row.record.flow.clone() };
            let record = FlowRecord { flow, ..row.record.clone() };
            FLOWS.update(&mut batch, &row, &record);
            match self.store.commit(batch).await {
                Ok(_) => {
                    let subject = subject(token.person(), token.flow(), person);
                    return Ok(ConfirmCode::new(self.codes.code(PURPOSE, &subject, generation), until));
                }
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error).into()),
            }
        }
        Err(StoreError::Unavailable("others keep changing this flow".to_owned()).into())
    }

    /// Whether what somebody typed in a flow is the code that the page showed to whoever claimed the chat.
    #[must_use]
    pub fn confirms(&self, typed: &str, person: PersonId, flow: Ticket, claim: &Claim) -> bool {
        let subject = subject(person, flow, claim.person);
        self.codes.is_right(typed, PURPOSE, &subject, claim.generation)
    }

    async fn flow(
        &self,
        token: &str,
        now: DateTime<Utc>,
    ) -> Result<(PageToken, Row<FlowRecord>), ClaimError> {
        let token = PageToken::parse(&self.codes, token).ok_or(ClaimError::Unknown)?;
        if token.until() <= now {
            return Err(ClaimError::Expired);
        }
        let row = FLOWS.get(&self.store, &ticket_key(token.person(), token.flow())).await?;
        let row = row.filter(|row| row.record.flow.is_going()).ok_or(ClaimError::Over)?;
        Ok((token, row))
    }

    /// Unlinks a chat. Whoever speaks there leaves the rooms of the person's cases, before it and once more after it: what is posted in
    /// between may bring them back.
    pub async fn unlink(
        &self,
        person: PersonId,
        chat: &Identity,
        now: DateTime<Utc>,
    ) -> Result<Unlinked, StoreError> {
        let known = self.people.get(person).await?.map(|row| row.record);
        if known.is_some_and(|person| person.mail.is_some() && person.identities.contains(chat)) {
            self.leave_rooms(person, chat, now).await?;
        }
        let unlinked = self.people.unlink(person, chat, now).await?;
        match &unlinked {
            Unlinked::Now(_) => self.leave_rooms(person, chat, now).await?,
            Unlinked::WasNot | Unlinked::OnlyWay => {}
        }
        Ok(unlinked)
    }

    async fn leave_rooms(
        &self,
        person: PersonId,
        chat: &Identity,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let Identity::Discord(account) = chat else { return Ok(()) };
        let own = person_key(person);
        let keys = CASES.find(&self.store, &OWN, Some(&own), usize::MAX, Direction::Forward).await?;
        let cases = keys.iter().filter_map(Key::last_number).map(crate::domain::case::CaseNumber).collect();
        rooms::forget_accounts_in(&self.store, &cases, &std::iter::once(*account).collect(), now).await
    }
}

fn link_of(flow: &Flow) -> Option<&Link> {
    match &flow.draft {
        Draft::Link(link) => Some(link),
        Draft::OpenCase(_)
        | Draft::Writing(_)
        | Draft::Address(_)
        | Draft::Walk(_)
        | Draft::Reset(_)
        | Draft::Account(_)
        | Draft::RefuseRequest(_) => None,
    }
}

/// What a code is about: whose flow, and who says that the chat is theirs.
fn subject(person: PersonId, flow: Ticket, to: PersonId) -> String {
    format!("{}/{flow}/{}", person.0, to.0)
}
