//! What is kept of conversations: what each remembers, the flows under way, and the answers that were given, with the votes on them.
//!
//! A turn reads what it needs into a [`Talk`], changes it there, and saves all of it in one batch before it is answered.

mod table;
mod talk;

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::Ticket;
use crate::chat::flow::Flow;
use crate::domain::{PersonId, Place};
use crate::store::{Batch, CommitError, Direction, Key, KeyRange, Store, StoreError};

use super::agenda::fault;
use super::cases::table::person_key;
pub use table::{
    ANSWERS, Answered, CONVERSATIONS, Conversation, FLOWS, FlowRecord, GOING, Source, Vote, ticket_key,
};
use table::{FLOWS_AT, conversation_key, moment};
pub use talk::Talk;

/// How often a turn is saved that others come in between of.
const TRIES: u32 = 8;
/// How long a flow that is over is remembered: its buttons show the result.
const REMEMBERED: TimeDelta = TimeDelta::days(30);
/// How long a flow waits for its person.
const WAITS: TimeDelta = TimeDelta::days(180);
/// The most flows under way that are listed.
const LISTED: usize = 20;

/// The conversations of a desk. Cheap to clone.
#[derive(Clone)]
pub struct Conversations {
    store: Store,
}

impl Conversations {
    /// The conversations of a store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// What is kept of a person's conversation at a place; a new one where there is none.
    pub async fn open(&self, person: PersonId, place: &Place) -> Result<Talk, StoreError> {
        let row = CONVERSATIONS.get(&self.store, &conversation_key(person, place)).await?;
        let conversation = match &row {
            Some(row) => row.record.clone(),
            None => Conversation::begins(person, place),
        };
        let mut talk = Talk::new(row, conversation);
        if let Some(id) = talk.conversation.flow {
            self.fetch_flow(&mut talk, id).await?;
        }
        Ok(talk)
    }

    /// Reads one of the person's flows into the talk; `false` where they have none of that name.
    pub async fn fetch_flow(&self, talk: &mut Talk, id: Ticket) -> Result<bool, StoreError> {
        if talk.flow(id).is_some() {
            return Ok(true);
        }
        let row = FLOWS.get(&self.store, &ticket_key(talk.person(), id)).await?;
        Ok(row.map(|row| talk.put_flow_row(row)).is_some())
    }

    /// Reads one of the answers that the person got into the talk; `false` where they got none of that name.
    pub async fn fetch_answer(&self, talk: &mut Talk, id: Ticket) -> Result<bool, StoreError> {
        if talk.answer(id).is_some() {
            return Ok(true);
        }
        let row = ANSWERS.get(&self.store, &ticket_key(talk.person(), id)).await?;
        Ok(row.map(|row| talk.put_answer_row(row)).is_some())
    }

    /// The person's flows under way, at any place, the newest first.
    pub async fn going(&self, person: PersonId) -> Result<Vec<Flow>, StoreError> {
        let under = person_key(person);
        let rows = FLOWS.list_by(&self.store, &GOING, Some(&under), LISTED, Direction::Backward).await?;
        Ok(rows.into_iter().map(|row| row.record.flow).collect())
    }

    /// Keeps what a turn changed, in one batch. Where the same person did something else at the same place meanwhile, what this turn
    /// remembers takes the place of what that one did; a flow that changed meanwhile is a conflict, and nothing is kept.
    pub async fn save(&self, talk: &mut Talk, now: DateTime<Utc>) -> Result<Saved, StoreError> {
        if !talk.is_changed() {
            return Ok(Saved::Kept);
        }
        talk.conversation.at = now;
        for _ in 0..TRIES {
            let mut batch = Batch::new();
            talk.write(&mut batch);
            match self.store.commit(batch).await {
                Ok(_) => return Ok(Saved::Kept),
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error)),
            }
            let (person, place) = (talk.person(), talk.conversation.place.clone());
            let row = CONVERSATIONS.get(&self.store, &table::place_key(person, &place)).await?;
            if !talk.takes_over(row) {
                return Ok(Saved::Overtaken);
            }
        }
        Ok(Saved::Overtaken)
    }

    /// Keeps the answers of a turn that was overtaken, and of the conversation nothing.
    pub async fn save_answers(&self, talk: &Talk, now: DateTime<Utc>) -> Result<Saved, StoreError> {
        let key = table::place_key(talk.person(), &talk.conversation.place);
        let Some(row) = CONVERSATIONS.get(&self.store, &key).await? else { return Ok(Saved::Overtaken) };
        let conversation = row.record.clone();
        let mut fresh = Talk::new(Some(row), conversation);
        for answer in talk.new_answers() {
            fresh.put_answer(answer.clone());
        }
        self.save(&mut fresh, now).await
    }

    /// Forgets flows that were over long ago or that nobody came back to, `limit` at most; answers how many.
    pub async fn forget_flows(&self, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
        let index = FLOWS.index_key(&FLOWS_AT);
        let range = KeyRange::under(&index).before(&index.join(&Key::of(&moment(now - REMEMBERED))));
        let keys = FLOWS.find_in(&self.store, &range, usize::MAX, Direction::Forward).await?;
        let mut batch = Batch::new();
        let mut forgotten = 0;
        for key in keys {
            let Some(row) = FLOWS.get(&self.store, &key).await? else { continue };
            let is_old = !row.record.flow.is_going() || row.record.flow.begun < now - WAITS;
            if is_old && forgotten < limit {
                FLOWS.delete(&mut batch, &row);
                forgotten += 1;
            }
        }
        match self.store.commit(batch).await {
            Ok(_) => Ok(forgotten),
            // Somebody came back to one of them.
            Err(CommitError::Conflict(_)) => Ok(0),
            Err(error) => Err(fault(error)),
        }
    }
}

/// Whether a turn was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    /// It is durable.
    Kept,
    /// The same flow went on elsewhere meanwhile: this turn has to be done anew.
    Overtaken,
}
