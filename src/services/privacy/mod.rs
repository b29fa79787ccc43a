//! What the desk holds about a person: all of it handed over, or all of it erased.
//!
//! A table with records of one person each is one line in [`Holding`]; handing over and erasing both go through that list. Cases are
//! more than one person's, so they have ways of their own.

mod erase;
mod export;
mod holding;
mod rewriting;
mod seen;

use crate::domain::PersonId;
use crate::store::StoreError;

pub use erase::{Erased, Erasure, erase};
pub use export::{EXPORT_SCHEMA, Export, ExportedCase, ExportedFile, Role, export};
pub use holding::Holding;
pub use seen::{PersonSeen, seen};

/// Why nothing was handed over or erased.
#[derive(Debug, thiserror::Error)]
pub enum PrivacyError {
    /// Nobody is called so.
    #[error(
        "nobody here is called \"{0}\": name a person by number (P-000017), address, discord:ID or console:USER"
    )]
    Unknown(String),
    /// They work for the desk, and would lose the right to in the middle of it.
    #[error("{0} is an agent; nothing was erased: run `guidepost agent remove {0}` first, then try again")]
    Staff(PersonId),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}
