//! What can go wrong with a store, and what to do about it.

use std::path::PathBuf;

use super::batch::Wrong;
use super::key::Key;

/// Why a store can't be opened, read or written. Each says what happened, what was kept, and what to do next.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// Another process has the folder.
    #[error("another desk has {} open{}; stop it first, or let it do the work", .folder.display(), holder(*.process))]
    Locked {
        /// The store's folder.
        folder: PathBuf,
        /// The process that has it, where it is known.
        process: Option<u32>,
    },
    /// The data was written by a newer program.
    #[error(
        "the data is of version {found}, and this program knows versions up to {known}: use a newer guidepost; nothing was changed"
    )]
    Newer {
        /// The version of the data.
        found: u64,
        /// The newest that this program knows.
        known: u64,
    },
    /// The store can't be reached or written at present; nothing of this was kept, and it may be tried again.
    #[error("the store is not available: {0}; nothing of this was kept, try again")]
    Unavailable(String),
    /// The connection or the disk failed while something was being committed.
    #[error("the store failed while it kept this: {0}; it may or may not be kept, look before you try again")]
    Unsure(String),
    /// What was read makes no sense.
    #[error("the store is damaged: {0}; restore a backup, or ask for help with this message")]
    Damaged(String),
    /// Something that only an empty store may be asked.
    #[error("the store is not empty; nothing was written to it")]
    NotEmpty,
}

fn holder(process: Option<u32>) -> String {
    process.map(|id| format!(" (process {id})")).unwrap_or_default()
}

/// Why a batch was not committed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CommitError {
    /// Somebody else was faster: what was expected of this key does not hold. Read again, and try again.
    #[error("{0} has changed meanwhile")]
    Conflict(Key),
    /// The program made a batch that no store takes.
    #[error("a batch was refused: {0}")]
    Wrong(#[from] Wrong),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
