//! Accounts: organisations with their contacts and licences, what is changed on them, and what is asked of their administrators.
//!
//! The rules are in `domain::account`. A change is one batch: the records, the entry of the log, the mails to those concerned, the name
//! of the wish that keeps it from being done twice, and the entry of the change feed. Every batch also changes the account's
//! [`Head`](table::Head), so nothing that a rule looked at can be different by the time it is written.

pub mod bring;
mod change;
mod founding;
mod invitation;
mod joining;
mod look;
mod privacy;
mod requests;
mod seen;
pub mod table;
mod write;

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::account::{Needs, OrgId, Refusal, Request, Toolbox};
use crate::domain::case::NoText;
use crate::store::{Batch, CommitError, Direction, Store, StoreError};

use super::agenda::fault;
use super::people::PersonError;
pub use change::{Ask, Changed, SignIn};
pub use founding::Founding;
pub use invitation::{Invitation, InvitationToken, addresses, invitation_path};
pub(super) use joining::{Joiner, Joining};
pub use look::{Known, contacts_at, signing_in_at};
pub(super) use privacy::of_person;
pub use requests::{MOST_OF_ONE, MOST_OPEN, Sent};
pub use seen::AccountSeen;
use table::{DONE, Logged};

/// How often a change is tried that others come in between of. Of those who do it at once one gets through each time.
const TRIES: u32 = 64;
/// How long the name of a wish is remembered.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

/// The accounts of a desk. Cheap to clone.
#[derive(Clone)]
pub struct Accounts {
    store: Store,
    toolboxes: Vec<Toolbox>,
}

/// Why nothing was changed on an account.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// There is no such account.
    #[error("there is no account {0}")]
    Unknown(OrgId),
    /// The rules don't allow it.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// What the form was made from is different by now.
    #[error("others changed the same meanwhile")]
    Overtaken {
        /// What they changed, the oldest first; never empty.
        meanwhile: Vec<Logged>,
    },
    /// There is no such request, or it is not for whoever asks: nobody is told which.
    #[error("there is no such request")]
    UnknownRequest,
    /// Somebody decided about the request already.
    #[error("the request was decided about already")]
    Decided(Box<Request>),
    /// Nobody needs to be asked: whoever asks has the right themselves.
    #[error("this needs no request")]
    Allowed(Needs),
    /// Too many requests wait.
    #[error("{most} requests wait already")]
    TooManyRequests {
        /// How many may wait.
        most: usize,
        /// Whether these are all of whoever asks; else they are all of the account.
        own: bool,
    },
    /// The reason can't be taken.
    #[error(transparent)]
    Reason(#[from] NoText),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl AccountError {
    /// What can be wrong with a person's sign-in, as the rules say it.
    fn of(error: PersonError, org: OrgId) -> Self {
        match error {
            PersonError::AddressTaken => Refusal::MailTaken(None).into(),
            PersonError::UsernameTaken => Refusal::UsernameTaken.into(),
            PersonError::Unknown(_) => Self::Unknown(org),
            PersonError::Store(error) => error.into(),
        }
    }
}

impl Accounts {
    /// The accounts of a store, with the toolboxes that the settings list.
    #[must_use]
    pub fn new(store: Store, toolboxes: Vec<Toolbox>) -> Self {
        Self { store, toolboxes }
    }

    /// The toolboxes that the settings list.
    #[must_use]
    pub fn toolboxes(&self) -> &[Toolbox] {
        &self.toolboxes
    }

    /// Whether a batch applied; `None` where it was a conflict.
    async fn commit(&self, batch: Batch) -> Result<Option<u64>, StoreError> {
        match self.store.commit(batch).await {
            Ok(committed) => Ok(Some(committed.numbers.first().copied().unwrap_or_default())),
            Err(CommitError::Conflict(_)) => Ok(None),
            Err(error) => Err(fault(error)),
        }
    }
}

/// Others keep coming in between.
fn busy(org: OrgId) -> StoreError {
    StoreError::Unavailable(format!("others keep changing account {org}"))
}

/// Forgets the names of wishes of long ago, reading `step` at a time; answers how many.
pub async fn forget_done(store: &Store, now: DateTime<Utc>, step: usize) -> Result<usize, StoreError> {
    let (mut forgotten, mut past) = (0, None);
    loop {
        let rows = DONE.list(store, past.as_ref(), step, Direction::Forward).await?;
        let Some(last) = rows.last() else { return Ok(forgotten) };
        past = Some((DONE.key)(&last.record));
        let old: Vec<_> = rows.iter().filter(|row| row.record.at <= now - REMEMBERED).collect();
        let mut batch = Batch::new();
        for row in &old {
            DONE.delete(&mut batch, row);
        }
        match store.commit(batch).await {
            Ok(_) => forgotten += old.len(),
            // Another process forgets them.
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
}
