//! Puts effects and timers on the agenda.

use chrono::{DateTime, Utc};

use crate::domain::{Effect, Job, JobKey, Timer, Work};
use crate::store::{Batch, CommitError, Store, StoreError, Writes};

use super::table::{JOBS, Record};
use super::{fault, key_of};

/// Records an effect in the batch of the change that causes it. Where the key was used before, the batch is a conflict: the same
/// cause never has two effects.
pub fn enqueue(batch: &mut Batch, effect: Effect, key: JobKey, due: DateTime<Utc>) {
    JOBS.insert(batch, &Record::Open(Job::new(key, Work::Effect(effect), due)));
}

/// The same where the key holds a number that a counter has just given, within [`Batch::numbered`]: nobody else can have it.
pub fn enqueue_numbered(writes: &mut Writes, effect: Effect, key: JobKey, due: DateTime<Utc>) {
    JOBS.insert_new(writes, &Record::Open(Job::new(key, Work::Effect(effect), due)));
}

/// Makes sure that every timer is on the agenda, once, whoever else does the same at the moment. A new one is due now.
pub async fn ensure_timers(store: &Store, now: DateTime<Utc>) -> Result<(), StoreError> {
    for timer in Timer::ALL {
        if JOBS.get(store, &key_of(&timer.key())).await?.is_some() {
            continue;
        }
        let mut batch = Batch::new();
        JOBS.insert(&mut batch, &Record::Open(Job::new(timer.key(), Work::Timer(timer), now)));
        match store.commit(batch).await {
            // Another process was quicker.
            Ok(_) | Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    Ok(())
}
