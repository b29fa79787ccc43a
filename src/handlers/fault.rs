//! Our own troubles; people's mistakes are outcomes, not faults.

use crate::search::SearchError;
use crate::services::case_search::CaseSearchError;
use crate::store::StoreError;

/// Why a turn could not be answered. It is logged once, and answered with a fixed sentence and a reference.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// This desk only answers questions, and was asked for something that is kept.
    #[error("this desk keeps nothing")]
    KeepsNothing,
    /// The same things changed at the same time, again and again.
    #[error("others kept changing the same conversation")]
    Overtaken,
    /// The search for cases.
    #[error(transparent)]
    CaseSearch(#[from] CaseSearchError),
    /// The search index.
    #[error(transparent)]
    Search(#[from] SearchError),
    /// The thread that worked on it.
    #[error("the work on it ended early: {0}")]
    Ended(#[from] tokio::task::JoinError),
}
