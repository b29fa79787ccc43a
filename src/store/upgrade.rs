//! The version of the data, and how data of an older version becomes that of today.

use serde::{Deserialize, Serialize};

use super::error::{CommitError, StoreError};
use super::key::{Direction, Key, KeyRange};
use super::{Batch, Store};

/// The version of the data that this program writes.
pub const VERSION: u64 = 1;

#[derive(Serialize, Deserialize)]
struct Data {
    version: u64,
}

fn key() -> Key {
    Key::of("store").text("version")
}

/// Makes sure that the data is of today's version: a new store is marked so, an old one is upgraded, a newer one refused.
pub async fn upgrade(store: &Store) -> Result<(), StoreError> {
    match version(store).await? {
        Some(found) if found > VERSION => Err(StoreError::Newer { found, known: VERSION }),
        // Version 1 is the first. From 2 on: one step for each version, in their order, each of which may be run again.
        Some(_) => Ok(()),
        None => {
            let first = store.scan(&KeyRange::all(), 1, Direction::Forward).await?;
            if let Some(entry) = first.first() {
                return Err(StoreError::Damaged(format!(
                    "it holds {} and does not say of which version it is",
                    entry.key
                )));
            }
            let mut batch = Batch::new();
            batch.expect_absent(key());
            batch.put(key(), &Data { version: VERSION });
            match store.commit(batch).await {
                // Another desk on the same server was quicker.
                Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
                Err(CommitError::Store(error)) => Err(error),
                Err(error @ CommitError::Wrong(_)) => Err(StoreError::Damaged(error.to_string())),
            }
        }
    }
}

/// The version of the data; `None` in a store that was never used.
pub async fn version(store: &Store) -> Result<Option<u64>, StoreError> {
    let Some(state) = store.get(&key()).await? else { return Ok(None) };
    let data = Data::deserialize(&state.value);
    Ok(Some(
        data.map_err(|error| StoreError::Damaged(format!("its version can't be read: {error}")))?.version,
    ))
}
