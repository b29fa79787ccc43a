//! Finds cases, and keeps their index in step with the store.
//!
//! Each machine has an index of its own, which follows the change feed; how far it has read is noted in the commit of what it read. So
//! after a restart it goes on where it was. Where the feed no longer tells all that happened since, the index is built anew.

mod build;
mod find;
mod follow;
mod load;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use serde::{Deserialize, Serialize};
use tokio::sync::{Mutex, OwnedMutexGuard};

use crate::search::SearchError;
use crate::search::cases::{self, CaseIndex, CaseReader, CaseWriter, Opened};
use crate::store::{Store, StoreError, Version};

pub use find::{Found, Hit};
pub use follow::CaughtUp;

/// Finds cases. Cheap to clone.
#[derive(Clone)]
pub struct CaseSearch {
    store: Store,
    index: CaseIndex,
    side: Arc<Mutex<Side>>,
    is_building: Arc<AtomicBool>,
}

/// Why cases can't be searched, or their index can't be kept.
#[derive(Debug, thiserror::Error)]
pub enum CaseSearchError {
    /// The index.
    #[error(transparent)]
    Index(#[from] SearchError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Work on the index ended in a way that it never should.
    #[error("work on the index of cases ended early: {0}")]
    Ended(#[from] tokio::task::JoinError),
}

/// What this process does with the index.
enum Side {
    /// It keeps it.
    Write {
        writer: Box<CaseWriter>,
        /// How far it has read, or why it has to be built.
        mark: Result<Mark, String>,
    },
    /// Another process does.
    Read(CaseReader),
}

/// How far an index has read, noted in its commits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    /// The number of the last entry of the change feed that was read; 0 before the first.
    read: u64,
    /// The version of that entry: another store, or one that was set back, has another entry there.
    version: Option<Version>,
    /// Whether texts of an erased person may still be in old files.
    #[serde(default)]
    purge: bool,
}

impl CaseSearch {
    /// Opens the index in a folder, which is made where it is missing. `memory` is for building, in bytes. It is brought up to date by
    /// [`CaseSearch::catch_up`].
    pub fn open(store: Store, folder: &Path, memory: usize) -> Result<Self, SearchError> {
        Ok(Self::new(store, cases::open(folder, memory)?))
    }

    /// An index in memory, for a process that has no place of its own.
    pub fn in_memory(store: Store, memory: usize) -> Result<Self, SearchError> {
        Ok(Self::new(store, cases::in_memory(memory)?))
    }

    fn new(store: Store, opened: Opened) -> Self {
        let (index, side) = match opened {
            Opened::Write(index, writer, note) => {
                let mark =
                    note.and_then(|note| serde_json::from_str(&note).map_err(|error| error.to_string()));
                (index, Side::Write { writer, mark })
            }
            Opened::Read(index, reader, why) => {
                tracing::info!(%why, "the index of cases is only read");
                (index, Side::Read(reader))
            }
        };
        let is_building = Arc::new(AtomicBool::new(false));
        Self { store, index, side: Arc::new(Mutex::new(side)), is_building }
    }

    /// How many cases are in the index.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.index.len()
    }

    /// Whether no case is in the index.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// Whether the index is being built where there was none: there may be more cases than are found.
    #[must_use]
    pub fn is_building(&self) -> bool {
        self.is_building.load(Ordering::Relaxed)
    }
}

/// Does what takes long on a thread where waiting does no harm.
async fn aside<T: Send + 'static>(
    side: OwnedMutexGuard<Side>,
    work: impl FnOnce(&mut Side) -> Result<T, SearchError> + Send + 'static,
) -> Result<(OwnedMutexGuard<Side>, T), CaseSearchError> {
    let mut side = side;
    let (side, done) = tokio::task::spawn_blocking(move || {
        let done = work(&mut side);
        (side, done)
    })
    .await?;
    Ok((side, done?))
}

impl Side {
    /// The writer; a process that only reads has none.
    fn writer(&mut self) -> Option<&mut CaseWriter> {
        match self {
            Self::Write { writer, .. } => Some(writer),
            Self::Read(_) => None,
        }
    }

    /// Notes how far the index has read, or why it has to be built.
    fn note(&mut self, now: Result<Mark, String>) {
        match self {
            Self::Write { mark, .. } => *mark = now,
            Self::Read(_) => {}
        }
    }
}

impl Mark {
    /// As it stands in a commit.
    fn text(&self) -> Result<String, SearchError> {
        Ok(serde_json::to_string(self)?)
    }
}
