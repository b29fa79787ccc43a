//! Our own troubles; people's mistakes are outcomes, not faults.

use crate::search::SearchError;

/// Why a turn could not be answered. It is logged once, and answered with a fixed sentence and a reference.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The search index.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The thread that worked on it.
    #[error("the work on it ended early: {0}")]
    Ended(#[from] tokio::task::JoinError),
}
