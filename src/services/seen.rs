//! Up to which message each channel on Discord was read: where the desk goes on after it was away.

use serde::{Deserialize, Serialize};

use crate::store::{Batch, CommitError, Direction, Store, StoreError, Table};

use super::agenda::fault;
use super::servers::key;

/// How often a change is tried that others come in between of.
const TRIES: u32 = 8;
/// The most channels that are gone on with.
const MOST: usize = 10_000;

/// How far a channel was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// The channel or thread.
    pub channel: u64,
    /// The server; none for a direct conversation.
    #[serde(default)]
    pub server: Option<u64>,
    /// The last message that was read; numbers grow with time.
    pub last: u64,
}

/// All channels that were read.
pub const SEEN: Table<Seen> = Table::new("discord.seen", |seen| key(seen.channel), &[]);

/// Notes that a channel was read up to a message; answers up to which one it was before, where it was read less far.
pub async fn note(store: &Store, seen: Seen) -> Result<Option<u64>, StoreError> {
    for _ in 0..TRIES {
        let mut batch = Batch::new();
        let row = SEEN.get(store, &key(seen.channel)).await?;
        match &row {
            Some(row) if row.record.last >= seen.last => return Ok(None),
            Some(row) => SEEN.update(&mut batch, row, &seen),
            None => SEEN.insert(&mut batch, &seen),
        }
        match store.commit(batch).await {
            Ok(_) => return Ok(row.map(|row| row.record.last)),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    Err(StoreError::Unavailable("others keep noting how far a channel was read".to_owned()))
}

/// All of them.
pub async fn all(store: &Store) -> Result<Vec<Seen>, StoreError> {
    let rows = SEEN.list(store, None, MOST, Direction::Forward).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}

/// Forgets a channel that is no longer there.
pub async fn forget(store: &Store, channel: u64) -> Result<(), StoreError> {
    let Some(row) = SEEN.get(store, &key(channel)).await? else { return Ok(()) };
    let mut batch = Batch::new();
    SEEN.delete(&mut batch, &row);
    match store.commit(batch).await {
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}

/// Up to which message a channel was read; none where nothing of it was.
pub async fn of(store: &Store, channel: u64) -> Result<Option<u64>, StoreError> {
    Ok(SEEN.get(store, &key(channel)).await?.map(|row| row.record.last))
}

/// Whether nothing of a channel was read yet.
pub async fn is_new(store: &Store, channel: u64) -> Result<bool, StoreError> {
    Ok(of(store, channel).await?.is_none())
}
