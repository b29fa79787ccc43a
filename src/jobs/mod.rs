//! Carries out what is on the agenda: claims what is due, hands it to the executor of its kind, and notes how it went.
//!
//! A claim is a lease, committed before anything is done, so that one of several processes has a job. Who dies loses the lease after a
//! while, and another one takes the job over: it may then be done twice, which is why an executor has to make the same thing of the
//! same job, or look for what an earlier try has made. A failure is retried with growing waits (`domain::backoff`) and in the end
//! becomes a dead letter.

mod account_mail;
mod attempt;
mod claim;
mod executor;
mod identity_mail;
mod link_mail;
mod mailing;
mod run;
mod tick;
mod upkeep;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::TimeDelta;

use crate::store::Store;

pub use executor::{Closed, Doing, Executor, Executors, Order, Outcome};
pub use mailing::Mailing;
pub use run::run;
pub use tick::{Ticked, carry_out_one, tick};
pub use upkeep::Upkeep;

/// What carries out the jobs of a store. Cheap to clone.
#[derive(Clone)]
pub struct Jobs {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    executors: Executors,
    by: String,
    limits: Limits,
    /// The records that can't be read and were told of.
    told: Mutex<BTreeSet<String>>,
}

/// How much is done at once, and how long one job may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most jobs at once.
    pub at_once: usize,
    /// After so long a try has failed.
    pub execution: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self { at_once: 16, execution: Duration::from_mins(1) }
    }
}

impl Limits {
    /// How long a claim lasts: five times as long as a try may take. The rest is for commits that are slow and for clocks of several
    /// machines that differ.
    #[must_use]
    pub fn lease(&self) -> TimeDelta {
        TimeDelta::from_std(self.execution * 5).unwrap_or(TimeDelta::MAX)
    }
}

impl Jobs {
    /// The jobs of a store, with what carries them out. `by` names this process to whoever looks at a lease.
    #[must_use]
    pub fn new(store: Store, executors: Executors, by: String, limits: Limits) -> Self {
        Self { inner: Arc::new(Inner { store, executors, by, limits, told: Mutex::default() }) }
    }
}
