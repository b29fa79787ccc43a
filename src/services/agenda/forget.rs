//! Forgets the keys of effects that were over long ago.

use chrono::{DateTime, TimeDelta, Utc};

use crate::store::{Batch, CommitError, Direction, Store, StoreError};

use super::fault;
use super::look::own_key;
use super::table::{JOBS, OVER, Record, until};

/// How long the key of an effect that is over can't be used again.
const KEPT: TimeDelta = TimeDelta::days(30);

/// Forgets keys that have been over for 30 days, `limit` at most (a key is two writes, and a batch holds 1,000); answers how many.
pub async fn forget_keys(store: &Store, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
    let old = store.scan(&until(&OVER, now - KEPT), limit, Direction::Forward).await?;
    let mut batch = Batch::new();
    let mut forgotten = 0;
    for entry in &old {
        let Some(key) = own_key(entry) else { continue };
        match JOBS.get(store, &key).await? {
            Some(row) if matches!(row.record, Record::Over { .. }) => {
                JOBS.delete(&mut batch, &row);
                forgotten += 1;
            }
            Some(_) | None => {}
        }
    }
    match store.commit(batch).await {
        Ok(_) => Ok(forgotten),
        // Another process forgets them.
        Err(CommitError::Conflict(_)) => Ok(0),
        Err(error) => Err(fault(error)),
    }
}
