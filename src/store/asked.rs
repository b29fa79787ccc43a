//! What a store was asked for: what shows that two ways through the desk do the same, whoever they are about.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::batch::Batch;

/// How much a store was asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Asked {
    /// How often something was read.
    pub reads: u64,
    /// How many keys that were in all; of a range it is one.
    pub keys: u64,
    /// How many batches were to be committed, whatever became of them.
    pub commits: u64,
    /// How many keys they were to change, and what they had for the feed.
    pub writes: u64,
}

impl Asked {
    /// What came after an earlier look.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self {
            reads: self.reads - earlier.reads,
            keys: self.keys - earlier.keys,
            commits: self.commits - earlier.commits,
            writes: self.writes - earlier.writes,
        }
    }
}

/// The same, counted on.
#[derive(Debug, Default)]
pub(super) struct Asking {
    reads: AtomicU64,
    keys: AtomicU64,
    commits: AtomicU64,
    writes: AtomicU64,
}

impl Asking {
    pub fn read(&self, keys: usize) {
        self.reads.fetch_add(1, Relaxed);
        self.keys.fetch_add(keys as u64, Relaxed);
    }

    pub fn commit(&self, batch: &Batch) {
        let writes = batch.writes.changes.len() + batch.writes.feed.len() + batch.numbered.len();
        self.commits.fetch_add(1, Relaxed);
        self.writes.fetch_add(writes as u64, Relaxed);
    }

    pub fn so_far(&self) -> Asked {
        Asked {
            reads: self.reads.load(Relaxed),
            keys: self.keys.load(Relaxed),
            commits: self.commits.load(Relaxed),
            writes: self.writes.load(Relaxed),
        }
    }
}
