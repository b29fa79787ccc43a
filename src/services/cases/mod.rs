//! Cases: opening them, what people and staff do to them, and what the desk does by itself.
//!
//! A change is one batch: the case, its new events, what its requester's limits are held against, the key that keeps it from being done
//! twice, the names of its files, the notices for those concerned with their mails, and the entry of the change feed.

mod act;
mod attach;
mod correct;
mod look;
mod open;
mod similar;
pub mod table;
mod tend;

use chrono::{DateTime, TimeDelta, Utc};

use crate::config;
use crate::domain::Upload;
use crate::domain::case::{Case, CaseNumber, NoText, Policy, QueueId, Refused};
use crate::store::files::Files;
use crate::store::{Store, StoreError};

pub use act::{Acted, Ask};
pub use attach::{Allowed, FileRefused};
pub use look::{Listing, Seen};
pub use open::{Draft, OnBehalf, Opened};
pub use similar::likeness;

/// How often a change is tried that others come in between of. Of those who do it at once one gets through each time.
const TRIES: u32 = 64;

/// The cases of a desk. Cheap to clone.
#[derive(Clone)]
pub struct Cases {
    store: Store,
    files: Files,
    rules: Rules,
}

/// The operator's rules for cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The queues; the first is where a case goes that nothing else decides about.
    pub queues: Vec<QueueId>,
    /// The most cases of one person that are not over.
    pub most_active: u32,
    /// How long after one case the same person can open the next.
    pub cooldown: TimeDelta,
    /// When the desk acts by itself.
    pub policy: Policy,
    /// Which files are taken.
    pub allowed: Allowed,
}

impl Rules {
    /// The rules that the settings say.
    #[must_use]
    pub fn of(settings: &config::Cases) -> Self {
        let hours = |hours: u32| TimeDelta::hours(i64::from(hours));
        Self {
            queues: settings.queues.clone(),
            most_active: settings.most_active,
            cooldown: TimeDelta::seconds(i64::from(settings.cooldown_s)),
            policy: Policy {
                remind_after: hours(settings.remind_after_h),
                close_after: hours(settings.close_after_h),
                warn_before: hours(settings.warn_before_h),
                settle_after: hours(settings.settle_after_h),
                reopen_within: hours(settings.reopen_within_h),
            },
            allowed: Allowed {
                most_bytes: settings.most_file_bytes(),
                most_files: settings.most_files,
                extensions: settings.file_types.clone(),
            },
        }
    }
}

/// Why something was not done. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum CaseError {
    /// There is no such case, or it is somebody else's: nobody is told which.
    #[error("there is no {0} for this person")]
    Unknown(CaseNumber),
    /// The case does not allow it.
    #[error("{}: {why}", case.number)]
    Refused {
        /// The case as it is.
        case: Box<Case>,
        /// Why not.
        why: Refused,
    },
    /// The person has too many cases that are not over.
    #[error("{active} cases are not over, and {most} may be")]
    TooMany {
        /// How many they have.
        active: u32,
        /// How many they may have.
        most: u32,
    },
    /// The person opened a case a moment ago.
    #[error("another case can be opened at {again_at}")]
    TooSoon {
        /// When they can open the next.
        again_at: DateTime<Utc>,
    },
    /// There is no such queue.
    #[error("there is no queue {0}")]
    UnknownQueue(QueueId),
    /// What was written can't be taken.
    #[error(transparent)]
    Text(#[from] NoText),
    /// A file can't be taken.
    #[error(transparent)]
    File(#[from] FileRefused),
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}

impl Cases {
    /// The cases of a store and its files, by these rules.
    #[must_use]
    pub fn new(store: Store, files: Files, rules: Rules) -> Self {
        Self { store, files, rules }
    }

    /// A case, whoever asks.
    pub async fn find(&self, number: CaseNumber) -> Result<Option<Case>, StoreError> {
        Ok(self.row(number).await?.map(|row| row.record))
    }

    /// The largest file that is taken, in bytes.
    #[must_use]
    pub fn most_bytes(&self) -> u64 {
        self.rules.allowed.most_bytes
    }

    /// The files that are taken, as many as may come at once, and why each of the others is not.
    #[must_use]
    pub fn sorted(&self, uploads: &[Upload]) -> (Vec<Upload>, Vec<FileRefused>) {
        self.rules.allowed.sorted(uploads)
    }

    /// The queues of the desk.
    #[must_use]
    pub fn queues(&self) -> &[QueueId] {
        &self.rules.queues
    }

    /// The queue of a case for which one was named, as a product names one: where the desk has no such queue, its first.
    fn queue(&self, named: Option<&QueueId>) -> Option<QueueId> {
        let known = named.filter(|queue| self.rules.queues.contains(queue));
        known.or(self.rules.queues.first()).cloned()
    }
}
