//! The change feed: what happened, numbered in the order of commits; followers remember how far they have read.

use serde::{Deserialize, Serialize};

use super::batch::Batch;
use super::error::StoreError;
use super::key::{Direction, Key, KeyRange};
use super::{Entry, Json, Store};

/// The table of entries.
pub const TABLE: &str = "feed";
/// The table of followers.
const FOLLOWERS: &str = "follower";
/// So many digits that a desk never needs more.
const WIDTH: usize = 12;

/// The key of an entry.
#[must_use]
pub fn key(number: u64) -> Key {
    Key::of(TABLE).number(number, WIDTH)
}

/// An entry of the feed.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// Its number; the first is 1.
    pub number: u64,
    /// What was told.
    pub entry: Json,
}

/// How far a follower has read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Position {
    read: u64,
}

/// The entries after a number, oldest first.
pub async fn read(store: &Store, after: u64, limit: usize) -> Result<Vec<Told>, StoreError> {
    let range = KeyRange::under(&Key::of(TABLE)).after(&key(after));
    let found = store.scan(&range, limit, Direction::Forward).await?;
    Ok(found.into_iter().filter_map(told).collect())
}

fn told(entry: Entry) -> Option<Told> {
    Some(Told { number: entry.key.last_number()?, entry: entry.value })
}

/// One that reads the whole feed, in its own time and each entry once.
#[derive(Debug, Clone, Copy)]
pub struct Follower {
    name: &'static str,
}

/// The name of a follower and the number up to which it has read, where an entry of the store is a follower's.
#[must_use]
pub fn read_by(entry: &Entry) -> Option<(String, u64)> {
    let name = (entry.key.table() == FOLLOWERS).then(|| entry.key.parts().next()).flatten()?;
    Some((name, entry.value.read::<Position>().ok()?.read))
}

/// Entries that a follower has not yet dealt with.
#[derive(Debug)]
pub struct Unread {
    /// The entries, oldest first.
    pub entries: Vec<Told>,
    follower: Key,
    before: Option<super::Version>,
}

impl Follower {
    /// A follower by its name.
    #[must_use]
    pub const fn new(name: &'static str) -> Self {
        Self { name }
    }

    /// What is to be dealt with next.
    pub async fn unread(&self, store: &Store, limit: usize) -> Result<Unread, StoreError> {
        let follower = Key::of(FOLLOWERS).text(self.name);
        let position = store.get(&follower).await?;
        let read_to = position.as_ref().and_then(|p| p.value.read::<Position>().ok()).map_or(0, |p| p.read);
        let entries = read(store, read_to, limit).await?;
        Ok(Unread { entries, follower, before: position.map(|position| position.version) })
    }
}

impl Unread {
    /// Notes in a batch that these entries are dealt with: with what was made of them, or not at all. Where two
    /// processes follow under one name, the second one's batch is a conflict.
    pub fn done(&self, batch: &mut Batch) {
        let Some(last) = self.entries.last() else { return };
        match self.before {
            Some(version) => batch.expect(self.follower.clone(), version),
            None => batch.expect_absent(self.follower.clone()),
        }
        batch.put(self.follower.clone(), &Position { read: last.number });
    }
}

/// Deletes the oldest entries that every follower has read, `limit` at most; answers how many.
pub async fn trim(store: &Store, keep: u64, limit: usize) -> Result<usize, StoreError> {
    let followers = store.scan(&KeyRange::under(&Key::of(FOLLOWERS)), usize::MAX, Direction::Forward).await?;
    let read = followers.iter().filter_map(|f| f.value.read::<Position>().ok()).map(|p| p.read).min();
    let newest = store.scan(&KeyRange::under(&Key::of(TABLE)), 1, Direction::Backward).await?;
    let newest = newest.first().and_then(|entry| entry.key.last_number()).unwrap_or(0);
    let until = read.unwrap_or(newest).min(newest.saturating_sub(keep));
    let range = KeyRange::under(&Key::of(TABLE)).before(&key(until + 1));
    let old = store.scan(&range, limit, Direction::Forward).await?;
    let mut batch = Batch::new();
    for entry in &old {
        batch.delete(entry.key.clone());
    }
    match store.commit(batch).await {
        Ok(_) => Ok(old.len()),
        Err(super::CommitError::Store(error)) => Err(error),
        // Nothing is expected, so nothing can conflict.
        Err(other) => Err(StoreError::Damaged(other.to_string())),
    }
}
