//! A trial of a store: many clients commit at once, and every acknowledged commit is told.
//!
//! An operator sees with it how many durable commits a disk or a server makes. The tests kill it and compare what is there
//! with what was told: every commit puts two records that belong together, an entry in the feed, and takes a number.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Effect, JobKey, Mail, MailAddress, NoMailAddress};
use crate::store::{Batch, CommitError, Direction, Entry, Key, KeyRange, MAX_WRITES, Store, StoreError};

use super::agenda;

/// The tables of a trial; nothing else uses them.
const FIRST: &str = "trial";
const SECOND: &str = "trial.twin";
/// The counter of a trial.
const COUNTER: &str = "trial";

/// Whom the mails of a trial are to: a domain that never has a server (RFC 2606).
const NOBODY: &str = "trial@example.invalid";
/// The longest text of a record, in bytes: a value of the store may not be much longer.
pub const LONGEST: usize = 5000;

/// One commit to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// Whose it is.
    pub client: u32,
    /// The client's how manieth, from 0.
    pub turn: u64,
    /// The length of each record's text, in bytes.
    pub bytes: usize,
    /// Every so manieth commit of all comes with an effect, a mail to nobody; 0 for none.
    pub mail_every: u64,
}

/// A commit that the store has acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Acknowledged {
    /// Whose it is.
    pub client: u32,
    /// The client's how manieth, from 0.
    pub turn: u64,
    /// The number that the counter gave.
    pub number: u64,
    /// The number of its entry in the feed.
    pub feed: u64,
}

/// What each of the two records of a commit holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Whose it is.
    pub client: u32,
    /// The client's how manieth, from 0.
    pub turn: u64,
    /// As long as was asked for.
    pub text: String,
}

/// Makes one commit.
pub async fn commit(store: &Store, turn: &Turn, now: DateTime<Utc>) -> Result<Acknowledged, CommitError> {
    let Turn { client, turn, bytes, mail_every } = *turn;
    let record = Record { client, turn, text: "x".repeat(bytes.min(LONGEST)) };
    let nobody = nobody().map_err(|error| StoreError::Damaged(error.to_string()))?;
    let mut batch = Batch::new();
    batch.numbered(COUNTER, move |number, writes| {
        writes.put(first(number), &record);
        writes.put(second(number), &record);
        writes.tell(&serde_json::json!({ "trial": number }));
        if mail_every > 0 && number.is_multiple_of(mail_every) {
            let mail = Effect::Mail(Mail::Test { to: nobody.clone(), asked_at: now });
            agenda::enqueue_numbered(writes, mail, JobKey::of(COUNTER, &[number]), now);
        }
    });
    let done = store.commit(batch).await?;
    let (number, feed) = (done.numbers.first().copied().unwrap_or(0), done.feed.unwrap_or(0));
    Ok(Acknowledged { client, turn, number, feed })
}

fn nobody() -> Result<MailAddress, NoMailAddress> {
    MailAddress::parse(NOBODY)
}

/// What a trial left behind: the records by their numbers, in order.
pub async fn left(store: &Store) -> Result<Left, StoreError> {
    let read = async |table: &str| {
        let range = KeyRange::under(&Key::of(table));
        let found = store.scan(&range, usize::MAX, Direction::Forward).await?;
        let numbered = |entry: &Entry| {
            let record = entry.value.read().map_err(|error| StoreError::Damaged(error.to_string()))?;
            Ok((entry.key.last_number().unwrap_or(0), record))
        };
        found.iter().map(numbered).collect::<Result<Vec<_>, StoreError>>()
    };
    Ok(Left { first: read(FIRST).await?, second: read(SECOND).await? })
}

/// The records of a trial.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The first record of each commit, by its number.
    pub first: Vec<(u64, Record)>,
    /// The second one.
    pub second: Vec<(u64, Record)>,
}

/// Removes the records of all trials; the counter stays, and so does the feed.
pub async fn clear(store: &Store) -> Result<u64, CommitError> {
    let mut removed = 0;
    for table in [FIRST, SECOND] {
        loop {
            let range = KeyRange::under(&Key::of(table));
            let found = store.scan(&range, MAX_WRITES, Direction::Forward).await?;
            if found.is_empty() {
                break;
            }
            let mut batch = Batch::new();
            for entry in &found {
                batch.delete(entry.key.clone());
            }
            store.commit(batch).await?;
            removed += found.len() as u64;
        }
    }
    Ok(removed)
}

fn first(number: u64) -> Key {
    Key::of(FIRST).number(number, 9)
}

fn second(number: u64) -> Key {
    Key::of(SECOND).number(number, 9)
}
