//! Keeping what the desk knows: its key, backups, copies, checks, and how it is.
//!
//! What can be done beside a running desk is an [`Operation`]; the desk performs it for whoever asks over its socket, and a
//! command that found no running desk performs it on the store that it opened itself, both through [`perform`].

mod archive;
mod backup;
mod check;
mod copy;
mod error;
mod index;
mod kept;
mod key;
mod load;
mod operation;
mod progress;
mod ready;
mod restore;
mod status;

pub use archive::{Manifest, Unfit};
pub use backup::{Backup, backup};
pub use check::{Checked, Finding, check};
pub use copy::{Copied, copy};
pub use error::KeepingError;
pub use index::IndexSeen;
pub use kept::{Kept, Places};
pub use key::{DeskKey, KeyError, KeyPlace};
pub use operation::{Keeper, Operation, Outcome, perform};
pub use progress::{Progress, Step, Told};
pub use ready::{Lack, lacks};
pub use restore::{Restored, restore};
pub use status::{Door, Reason, Running, Status, StoreSeen, status};
