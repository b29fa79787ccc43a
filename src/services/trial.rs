//! A trial of a store: many clients commit at once, and every acknowledged commit is told.
//!
//! An operator sees with it how many durable commits a disk or a server makes. The tests kill it and compare what is there
//! with what was told: every commit puts two records that belong together, an entry in the feed, and takes a number.

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::store::{Batch, CommitError, Direction, Key, KeyRange, MAX_WRITES, Store, StoreError, Writes};

/// The tables of a trial; nothing else uses them.
const FIRST: &str = "trial";
const SECOND: &str = "trial.twin";
/// The counter of a trial.
const COUNTER: &str = "trial";

/// How much is committed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trial {
    /// How many commit at once.
    pub clients: u32,
    /// How many commits each of them makes.
    pub commits: u64,
    /// The length of each record's text, in bytes.
    pub bytes: usize,
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

/// Writes something more into the batch of each commit, given its number.
pub type More = Arc<dyn Fn(u64, &mut Writes) + Send + Sync>;

/// Commits until all clients are done; every acknowledged commit is told at once. The first one that fails ends it.
pub async fn run(
    store: &Store,
    trial: &Trial,
    more: More,
    mut told: impl FnMut(Acknowledged),
) -> Result<(), CommitError> {
    let (sender, mut receiver) = mpsc::channel(1024);
    for client in 0..trial.clients {
        let (store, sender, more, trial) = (store.clone(), sender.clone(), Arc::clone(&more), trial.clone());
        tokio::spawn(async move {
            for turn in 0..trial.commits {
                let done = commit(&store, &trial, client, turn, &more).await;
                let failed = done.is_err();
                // Where nobody listens any more, nobody needs the rest.
                if sender.send(done).await.is_err() || failed {
                    break;
                }
            }
        });
    }
    drop(sender);
    while let Some(done) = receiver.recv().await {
        told(done?);
    }
    Ok(())
}

async fn commit(
    store: &Store,
    trial: &Trial,
    client: u32,
    turn: u64,
    more: &More,
) -> Result<Acknowledged, CommitError> {
    let mut batch = Batch::new();
    let record = Record { client, turn, text: "x".repeat(trial.bytes) };
    let more = Arc::clone(more);
    batch.numbered(COUNTER, move |number, writes| {
        writes.put(first(number), &record);
        writes.put(second(number), &record);
        writes.tell(&serde_json::json!({ "trial": number }));
        more(number, writes);
    });
    let done = store.commit(batch).await?;
    let (number, feed) = (done.numbers.first().copied().unwrap_or(0), done.feed.unwrap_or(0));
    Ok(Acknowledged { client, turn, number, feed })
}

/// What a trial left behind: the records by their numbers, in order.
pub async fn left(store: &Store) -> Result<Left, StoreError> {
    let read = async |table: &str| {
        let range = KeyRange::under(&Key::of(table));
        let found = store.scan(&range, usize::MAX, Direction::Forward).await?;
        let record = |value: serde_json::Value| {
            Record::deserialize(value).map_err(|error| StoreError::Damaged(error.to_string()))
        };
        found
            .into_iter()
            .map(|entry| Ok((entry.key.last_number().unwrap_or(0), record(entry.value)?)))
            .collect::<Result<Vec<_>, StoreError>>()
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
