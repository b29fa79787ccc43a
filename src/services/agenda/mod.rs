//! The agenda: the effects and timers that wait to be carried out, and how a service puts an effect on it.
//!
//! A service calls [`enqueue`] within the batch of the change that causes the effect, so both are kept or neither is. `jobs` carries
//! out what is due. The rest of this is for whoever looks after the desk: [`overview`], [`dead_letters`], [`retry`], [`discard`].

mod enqueue;
mod forget;
mod look;
mod mend;
mod table;
mod take_back;

pub use enqueue::{enqueue, enqueue_numbered, ensure_timers};
pub use forget::forget_keys;
pub use look::{DueJobs, Fate, Overview, dead_letters, due, fate, next_after, next_due, overview};
pub use mend::{MendError, discard, hasten, retry};
pub use table::{JOBS, Record, key_of};
pub use take_back::take_back;

use crate::store::{CommitError, StoreError};

/// A failed commit where a conflict was seen to already.
pub(super) fn fault(error: CommitError) -> StoreError {
    match error {
        CommitError::Store(error) => error,
        CommitError::Conflict(_) | CommitError::Wrong(_) => StoreError::Damaged(error.to_string()),
    }
}
