//! The store: an ordered space of keys, changed in batches that apply wholly or not at all.
//!
//! [`Store::commit`] returns when the change is durable. Two engines keep the same promises: sled, embedded, for one
//! machine, and PostgreSQL to grow past it. Everything else is built on it: [`Table`]s, the change [`feed`], [`files`].

mod asked;
mod batch;
mod error;
pub mod feed;
pub mod files;
mod key;
mod place;
mod postgres;
mod round;
mod shape;
mod sled;
mod table;
mod upgrade;
mod value;
mod waiting;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use tokio::sync::watch;

pub use asked::Asked;
pub use batch::{Batch, Committed, Expect, MAX_WRITES, Writes, Wrong};
pub use error::{CommitError, StoreError};
pub use key::{Direction, Key, KeyRange, MAX_KEY};
pub use place::Place;
pub use round::COUNTERS;
pub use shape::{Kind, Shape, Shown};
pub use table::{Index, Row, Table};
pub use upgrade::{VERSION, version as data_version, version_in, version_key};
pub use value::{Json, MAX_VALUE, NoValue, Version, Versioned};

use self::asked::Asking;
use self::postgres::{Postgres, PostgresSnapshot};
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
    pub value: Json,
}

/// An open store. Cheap to clone; it closes when the last clone is gone, or is told to.
#[derive(Clone)]
pub struct Store {
    engine: Arc<Engine>,
    commits: Arc<watch::Sender<u64>>,
    asking: Arc<Asking>,
}

enum Engine {
    Sled(Sled),
    Postgres(Postgres),
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

    async fn open_raw(place: &Place) -> Result<Self, StoreError> {
        let engine = match place {
            Place::Folder(folder) => Engine::Sled(Sled::open(folder)?),
            // On the heap, here and below: what talks to a server takes a lot of room, and so would everything that asks a store.
            Place::Postgres(url) => Engine::Postgres(Box::pin(Postgres::open(url)).await?),
        };
        Ok(Self {
            engine: Arc::new(engine),
            commits: Arc::new(watch::Sender::new(0)),
            asking: Arc::default(),
        })
    }

    /// The state of a key.
    pub async fn get(&self, key: &Key) -> Result<Option<Versioned>, StoreError> {
        Ok(self.get_all(std::slice::from_ref(key)).await?.pop().flatten())
    }

    /// The states of several keys in their order, all of one moment.
    pub async fn get_all(&self, keys: &[Key]) -> Result<Vec<Option<Versioned>>, StoreError> {
        self.asking.read(keys.len());
        match &*self.engine {
            // A read takes microseconds, mostly from memory: handing it to another thread would take longer.
            Engine::Sled(sled) => sled.get_all(keys),
            Engine::Postgres(postgres) => Box::pin(postgres.get_all(keys)).await,
        }
    }

    /// The first `limit` entries of a range, all of one moment.
    pub async fn scan(
        &self,
        range: &KeyRange,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        self.asking.read(1);
        match &*self.engine {
            Engine::Sled(sled) => sled.scan(range, limit, direction),
            Engine::Postgres(postgres) => Box::pin(postgres.scan(range, limit, direction)).await,
        }
    }

    /// The records of a table that the first `limit` entries of a part of its index lead to, in the order of the index; one that is
    /// not there is left out.
    pub async fn follow(
        &self,
        range: &KeyRange,
        table: &Key,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        self.asking.read(1);
        match &*self.engine {
            Engine::Sled(sled) => sled.follow(range, table, limit, direction),
            Engine::Postgres(postgres) => Box::pin(postgres.follow(range, table, limit, direction)).await,
        }
    }

    /// Commits a batch: it applies wholly, and this returns when it is durable; or nothing changes.
    /// Whoever stops waiting stops nothing: a batch that was handed over is committed.
    pub async fn commit(&self, batch: Batch) -> Result<Committed, CommitError> {
        self.asking.commit(&batch);
        let (waiting, answer) = Waiting::new(batch);
        match &*self.engine {
            Engine::Sled(sled) => sled.enqueue(waiting)?,
            Engine::Postgres(postgres) => Box::pin(postgres.enqueue(waiting)).await?,
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

    /// What it was asked for so far, in this process.
    #[must_use]
    pub fn asked(&self) -> Asked {
        self.asking.so_far()
    }

    /// The whole store as it is now, to be read in steps while others write.
    pub async fn snapshot(&self) -> Result<Snapshot, StoreError> {
        Ok(match &*self.engine {
            Engine::Sled(sled) => Snapshot::Sled(sled.snapshot()?),
            Engine::Postgres(postgres) => Snapshot::Postgres(Box::pin(postgres.snapshot()).await?),
        })
    }

    /// Puts the entries of a backup, with their versions; at the end the last version that was given out. Only for a store that
    /// nobody uses yet.
    pub async fn load(&self, entries: &[Entry], clock: Version) -> Result<(), StoreError> {
        match &*self.engine {
            Engine::Sled(sled) => sled.load(entries, clock),
            Engine::Postgres(postgres) => Box::pin(postgres.load(entries, clock)).await,
        }
    }

    /// Why nothing can be kept at present; `None` when all is well.
    pub async fn trouble(&self) -> Option<StoreError> {
        match &*self.engine {
            Engine::Sled(sled) => sled.trouble(),
            Engine::Postgres(postgres) => postgres.trouble().await,
        }
    }

    /// How many bytes it takes on the disk, where that is known.
    pub async fn size(&self) -> Option<u64> {
        match &*self.engine {
            Engine::Sled(sled) => sled.size(),
            Engine::Postgres(postgres) => postgres.size().await,
        }
    }

    /// Which engine it is.
    #[must_use]
    pub fn engine(&self) -> &'static str {
        match &*self.engine {
            Engine::Sled(_) => "sled",
            Engine::Postgres(_) => "postgres",
        }
    }

    /// Finishes what was begun and lets go, whoever still has a clone.
    pub async fn close(&self) {
        match &*self.engine {
            Engine::Sled(sled) => sled.close(),
            Engine::Postgres(postgres) => postgres.close().await,
        }
    }
}

/// A store of one moment.
pub enum Snapshot {
    /// Of sled.
    Sled(SledSnapshot),
    /// Of PostgreSQL.
    Postgres(PostgresSnapshot),
}

impl Snapshot {
    /// The last version that was given out at that moment.
    #[must_use]
    pub fn clock(&self) -> Version {
        match self {
            Self::Sled(snapshot) => snapshot.clock(),
            Self::Postgres(snapshot) => snapshot.clock(),
        }
    }

    /// The next `limit` entries in the order of their keys; none at the end.
    pub async fn next(&mut self, limit: usize) -> Result<Vec<Entry>, StoreError> {
        match self {
            Self::Sled(snapshot) => snapshot.next(limit),
            Self::Postgres(snapshot) => snapshot.next(limit).await,
        }
    }
}
