//! Answers that are not given yet: those that could not be shown to the person alone wait until the person asks for them, and those of
//! several messages until all of them were posted.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::{Reply, Ticket};
use crate::domain::PersonId;
use crate::store::{Batch, CommitError, Store, StoreError, Table};

use super::agenda::fault;
use super::conversations::ticket_key;
use super::forgetting::forget;

/// How long an answer waits.
const WAITS: TimeDelta = TimeDelta::days(30);

/// An answer that waits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer {
    /// For whom.
    pub person: PersonId,
    /// Its name among theirs.
    pub id: Ticket,
    /// Since when.
    pub at: DateTime<Utc>,
    /// The answer.
    pub reply: Reply,
}

/// All of them.
pub const KEPT_ANSWERS: Table<KeptAnswer> =
    Table::new("answer.kept", |kept| ticket_key(kept.person, kept.id), &[]);

/// Keeps an answer.
pub async fn keep(store: &Store, answer: &KeptAnswer) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    KEPT_ANSWERS.insert(&mut batch, answer);
    match store.commit(batch).await {
        // It is kept already.
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}

/// Keeps an answer in place of one that had its name.
pub async fn replace(store: &Store, answer: &KeptAnswer) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    match KEPT_ANSWERS.get(store, &ticket_key(answer.person, answer.id)).await? {
        Some(row) => KEPT_ANSWERS.update(&mut batch, &row, answer),
        None => KEPT_ANSWERS.insert(&mut batch, answer),
    }
    match store.commit(batch).await {
        // Somebody else keeps it just now.
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}

/// An answer waits no longer.
pub async fn done(store: &Store, person: PersonId, id: Ticket) -> Result<(), StoreError> {
    let Some(row) = KEPT_ANSWERS.get(store, &ticket_key(person, id)).await? else { return Ok(()) };
    let mut batch = Batch::new();
    KEPT_ANSWERS.delete(&mut batch, &row);
    match store.commit(batch).await {
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}

/// The answer of this name; `None` where the person has none.
pub async fn find(store: &Store, person: PersonId, id: Ticket) -> Result<Option<Reply>, StoreError> {
    let row = KEPT_ANSWERS.get(store, &ticket_key(person, id)).await?;
    Ok(row.map(|row| row.record.reply))
}

/// Forgets the answers that nobody asked for in 30 days, so many in a step; answers how many.
pub async fn forget_old(store: &Store, now: DateTime<Utc>, step: usize) -> Result<usize, StoreError> {
    forget(store, &KEPT_ANSWERS, step, |kept| kept.at <= now - WAITS).await
}
