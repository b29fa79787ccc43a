//! What staff do with dead letters: try again, or give up for good.

use chrono::{DateTime, Utc};

use crate::domain::{Job, JobKey, State};
use crate::store::{Batch, CommitError, Direction, KeyRange, Store, StoreError};

use super::look::own_key;
use super::table::{JOBS, MEND, Record};
use super::{fault, key_of};

/// How often a change is tried that others come in between of.
const TRIES: u32 = 8;

/// Why a dead letter was not tried again or given up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MendError {
    /// There is no such job, or it is over.
    #[error("there is no job {0}; it may be done, or given up for good")]
    Unknown(JobKey),
    /// It is no dead letter.
    #[error("{0} is no dead letter: it waits for its next try or is under way; nothing was changed")]
    NotDead(JobKey),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Has a dead letter tried again at once, with all its tries.
pub async fn retry(store: &Store, key: &JobKey, now: DateTime<Utc>) -> Result<(), MendError> {
    mend(store, key, |job| job.retry(now).map(Record::Open)).await
}

/// Gives a dead letter up for good. Its key stays used, like that of an effect that was carried out.
pub async fn discard(store: &Store, key: &JobKey, now: DateTime<Utc>) -> Result<(), MendError> {
    mend(store, key, |job| match job.state {
        State::Dead { .. } => Some(Record::Over { key: job.key, at: now, said: None }),
        State::Waiting | State::Leased { .. } => None,
    })
    .await
}

/// Makes due what waits for somebody to mend something: at the start of a desk, which may have new settings. Answers how many jobs.
pub async fn hasten(store: &Store, now: DateTime<Utc>) -> Result<usize, StoreError> {
    let range = KeyRange::under(&JOBS.index_key(&MEND));
    let mut hastened = 0;
    for entry in store.scan(&range, usize::MAX, Direction::Forward).await? {
        let Some(key) = own_key(&entry) else { continue };
        let Some(row) = JOBS.get(store, &key).await? else { continue };
        let Record::Open(job) = row.record.clone() else { continue };
        let Some(job) = job.hasten(now) else { continue };
        let mut batch = Batch::new();
        JOBS.update(&mut batch, &row, &Record::Open(job));
        match store.commit(batch).await {
            Ok(_) => hastened += 1,
            // Somebody tries it already.
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    Ok(hastened)
}

async fn mend(store: &Store, key: &JobKey, change: impl Fn(Job) -> Option<Record>) -> Result<(), MendError> {
    for _ in 0..TRIES {
        let Some(row) = JOBS.get(store, &key_of(key)).await? else {
            return Err(MendError::Unknown(key.clone()));
        };
        let record = match row.record.clone() {
            Record::Open(job) => change(job).ok_or_else(|| MendError::NotDead(key.clone()))?,
            Record::Over { .. } => return Err(MendError::Unknown(key.clone())),
        };
        let mut batch = Batch::new();
        JOBS.update(&mut batch, &row, &record);
        match store.commit(batch).await {
            Ok(_) => return Ok(()),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error).into()),
        }
    }
    Err(StoreError::Unavailable(format!("others keep changing {key}")).into())
}
