//! What can go wrong with keeping, and what to do about it.

use std::io;
use std::path::PathBuf;

use crate::domain::account::OrgId;
use crate::services::accounts::bring::BringError;
use crate::services::agenda::MendError;
use crate::services::people::StaffError;
use crate::services::privacy::PrivacyError;
use crate::services::tokens::TokenError;
use crate::store::{CommitError, StoreError};

use super::archive::Unfit;
use super::key::KeyError;

/// Why a backup, a restore, a copy or a check could not be made.
#[derive(Debug, thiserror::Error)]
pub enum KeepingError {
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The desk key.
    #[error(transparent)]
    Key(#[from] KeyError),
    /// A dead letter can't be mended.
    #[error(transparent)]
    Mend(#[from] MendError),
    /// Nobody was handed over or erased.
    #[error(transparent)]
    Privacy(#[from] PrivacyError),
    /// Nobody was made an agent, or is one no longer.
    #[error(transparent)]
    Staff(#[from] StaffError),
    /// A token was not made or removed.
    #[error(transparent)]
    Token(#[from] TokenError),
    /// There is no such account.
    #[error("there is no account {0}; `guidepost account list` lists them")]
    NoAccount(OrgId),
    /// Accounts were not brought in.
    #[error(transparent)]
    Bring(#[from] BringError),
    /// A commit was refused.
    #[error(transparent)]
    Commit(#[from] CommitError),
    /// A backup that can't be restored.
    #[error("{} can't be restored: {why}; nothing was written", file.display())]
    Unfit {
        /// Which file.
        file: PathBuf,
        /// What is wrong with it.
        why: Unfit,
    },
    /// There is a file already where the backup is to be.
    #[error("{} exists already and was left as it is: choose another name, or move it away", .0.display())]
    Exists(PathBuf),
    /// The backup can't be written.
    #[error("{} can't be written: {error}; nothing of it was kept", file.display())]
    NotWritten {
        /// Which file.
        file: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A file of the desk is larger than a backup takes.
    #[error("file {file} has {bytes} bytes, more than a backup takes; no backup was made")]
    TooLarge {
        /// Its name.
        file: String,
        /// How large it is.
        bytes: usize,
    },
    /// A restore or a copy was asked for a store that is in use.
    #[error(
        "the store in {0} is not empty, and nothing is ever written over: choose another place, or move it away first (what an interrupted restore or copy left there may be deleted); nothing was written"
    )]
    NotEmpty(String),
    /// There is no store where one was expected.
    #[error("there is no store in {0} yet: start the desk once, or look at store.path in the settings")]
    NoStore(String),
    /// The two places of a copy are one.
    #[error("{0} would be copied to itself; nothing was written")]
    Same(String),
    /// What was copied is not what is there now.
    #[error("the copy is not equal: {0}")]
    Different(String),
    /// What was read is not what it was a moment ago.
    #[error("{0} changed while it was read: see that nobody writes to it, and try again")]
    Changed(String),
    /// A restore or a copy ended in the middle.
    #[error(
        "{why}; what is in {place} now is no whole store, and no desk takes it for one: delete it, then try again"
    )]
    Half {
        /// Where something was written.
        place: String,
        /// What went wrong.
        why: Box<KeepingError>,
    },
    /// The settings name no server.
    #[error(
        "store.engine is \"postgres\" and no server is named: set GUIDEPOST_STORE_URL, for example to postgres://desk@localhost/desk"
    )]
    NoServer,
    /// Work in the background was lost, as when the desk stops.
    #[error("the work was broken off: {0}; nothing of it was kept, try again")]
    BrokenOff(String),
}
