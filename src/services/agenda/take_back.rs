//! What a process that died had claimed is claimable again as soon as it is back.

use crate::domain::{Job, State};
use crate::store::{Batch, CommitError, Direction, KeyRange, Store, StoreError};

use super::fault;
use super::look::own_key;
use super::table::{DUE, JOBS, Record, standing};

/// Makes claimable what was leased under a name, and answers how many jobs that were. Only for the one process that has the name now:
/// whoever had it before is dead, and nobody needs to wait until its leases run out.
pub async fn take_back(store: &Store, by: &str) -> Result<usize, StoreError> {
    let range = KeyRange::under(&JOBS.index_key(&DUE));
    let mut taken = 0;
    for entry in store.scan(&range, usize::MAX, Direction::Forward).await? {
        let Some(key) = own_key(&entry).filter(|_| standing(&entry).is_some_and(|standing| standing.leased))
        else {
            continue;
        };
        let row = match JOBS.get(store, &key).await {
            Ok(Some(row)) => row,
            // It is gone; or it can't be read, and is told of when it is due.
            Ok(None) | Err(StoreError::Damaged(_)) => continue,
            Err(error) => return Err(error),
        };
        let Record::Open(job) = row.record.clone() else { continue };
        if !matches!(&job.state, State::Leased { by: had, .. } if had == by) {
            continue;
        }
        let mut batch = Batch::new();
        JOBS.update(&mut batch, &row, &Record::Open(Job { state: State::Waiting, ..job }));
        match store.commit(batch).await {
            Ok(_) => taken += 1,
            // Its lease ran out, and another process was quicker.
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    Ok(taken)
}
