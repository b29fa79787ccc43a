//! The store: an ordered space of keys, changed in batches that apply wholly or not at all.
//!
//! [`Store::commit`] returns when the change is durable. Two engines keep the same promises: sled, embedded, for one
//! machine, and PostgreSQL to grow past it. Everything else is built on it: [`Table`]s, the change [`feed`], [`files`].

mod batch;
mod error;
pub mod feed;
pub mod files;
mod key;
mod round;
mod sled;
mod table;
mod upgrade;
mod value;
mod waiting;

use std::path::PathBuf;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::sync::watch;

pub use batch::{Batch, Committed, Expect, MAX_WRITES, Writes, Wrong};
pub use error::{CommitError, StoreError};
pub use key::{Direction, Key, KeyRange, MAX_KEY};
pub use round::COUNTERS;
pub use table::{Index, Row, Table};
pub use upgrade::VERSION;
pub use value::{MAX_VALUE, NoValue, Version, Versioned};

use self::sled::{Sled, SledSnapshot};
use waiting::Waiting;

/// A key with its state.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// The key.
    pub key: Key,
    /// The version it got when it was put.
    pub version: Version,
    /// The JSON.
    pub value: Value,
}

/// Where a store is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// A folder for sled.
    Folder(PathBuf),
}

/// An open store. Cheap to clone; it closes when the last clone is gone, or is told to.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
    commits: Arc<watch::Sender<u64>>,
}

enum Engine {
    Sled(Sled),
}

impl Store {
    /// Opens a store, which is made where there is none, and brings its data to today's version.
    pub async fn open(place: &Place) -> Result<Self, StoreError> {
        let store = Self::open_raw(place).await?;
        upgrade::upgrade(&store).await?;
        Ok(store)
    }

    /// Opens a store for [`Store::load`]: it is left as it is, and has to be empty.
    pub async fn open_empty(place: &Place) -> Result<Self, StoreError> {
        let store = Self::open_raw(place).await?;
        let first = store.scan(&KeyRange::all(), 1, Direction::Forward).await?;
        if first.is_empty() { Ok(store) } else { Err(StoreError::NotEmpty) }
    }

    #[expect(clippy::unused_async, reason = "a server is asked over the network")]
    async fn open_raw(place: &Place) -> Result<Self, StoreError> {
        let engine = match place {
            Place::Folder(folder) => Engine::Sled(Sled::open(folder)?),
        };
        Ok(Self { engine: Arc::new(engine), commits: Arc::new(watch::Sender::new(0)) })
    }

    /// The state of a key.
    #[expect(clippy::unused_async, reason = "a server is asked over the network")]
    pub async fn get(&self, key: &Key) -> Result<Option<Versioned>, StoreError> {
        match &*self.engine {
            // A read takes microseconds, mostly from memory: handing it to another thread would take longer.
            Engine::Sled(sled) => sled.get(key),
        }
    }

    /// The first `limit` entries of a range, all of one moment.
    #[expect(clippy::unused_async, reason = "a server is asked over the network")]
    pub async fn scan(
        &self,
        range: &KeyRange,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        match &*self.engine {
            Engine::Sled(sled) => sled.scan(range, limit, direction),
        }
    }

    /// Commits a batch: it applies wholly, and this returns when it is durable; or nothing changes.
    /// Whoever stops waiting stops nothing: a batch that was handed over is committed.
    pub async fn commit(&self, batch: Batch) -> Result<Committed, CommitError> {
        let (waiting, answer) = Waiting::new(batch);
        match &*self.engine {
            Engine::Sled(sled) => sled.enqueue(waiting)?,
        }
        let lost = |_| CommitError::Store(StoreError::Unsure("the store stopped".to_owned()));
        let committed = answer.await.map_err(lost)??;
        self.commits.send_modify(|count| *count += 1);
        Ok(committed)
    }

    /// Changes with every commit of this process: a hint that there may be something to do.
    #[must_use]
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.commits.subscribe()
    }

    /// The whole store as it is now, to be read in steps while others write.
    #[expect(clippy::unused_async, reason = "a server is asked over the network")]
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        Ok(match &*self.engine {
            Engine::Sled(sled) => Snapshot::Sled(sled.snapshot()?),
        })
    }

    /// Puts the entries of a backup, with their versions; at the end the last version that was given out. Only for a store that
    /// nobody uses yet.
    #[expect(clippy::unused_async, reason = "a server is asked over the network")]
    pub async fn load(&self, entries: &[Entry], clock: Version) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sled(sled) => sled.load(entries, clock),
        }
    }

    /// Why nothing can be kept at present; `None` when all is well.
    #[expect(clippy::unused_async, reason = "a server is asked over the network")]
    pub async fn trouble(&self) -> Option<StoreError> {
        match &*self.engine {
            Engine::Sled(sled) => sled.trouble(),
        }
    }

    /// How many bytes it takes on the disk, where that is known.
    #[expect(clippy::unused_async, reason = "a server is asked over the network")]
    pub async fn size(&self) -> Option<u64> {
        match &*self.engine {
            Engine::Sled(sled) => sled.size(),
        }
    }

    /// Which engine it is.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match &*self.engine {
            Engine::Sled(_) => "sled",
        }
    }

    /// Finishes what was begun and lets go, whoever still has a clone.
    #[expect(clippy::unused_async, reason = "a server is told over the network")]
    pub async fn close(&self) {
        match &*self.engine {
            Engine::Sled(sled) => sled.close(),
        }
    }
}

/// A store of one moment.
pub enum Snapshot {
    /// Of sled.
    Sled(SledSnapshot),
}

impl Snapshot {
    /// The last version that was given out at that moment.
    #[must_use]
    pub fn clock(&self) -> Version {
        match self {
            Self::Sled(snapshot) => snapshot.clock(),
        }
    }

    /// The next `limit` entries in the order of their keys; none at the end.
    #[expect(clippy::unused_async, reason = "a server is asked over the network")]
    pub async fn next(&mut self, limit: usize) -> Result<Vec<Entry>, StoreError> {
        match self {
            Self::Sled(snapshot) => snapshot.next(limit),
        }
    }
}
