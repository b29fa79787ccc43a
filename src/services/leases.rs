//! Leases: what only one of several desks on one store does at a time.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::store::{Batch, CommitError, Key, Store, StoreError, Table};

use super::agenda::fault;

/// Something that one desk does at a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lease {
    /// What.
    pub of: String,
    /// Which desk.
    pub by: String,
    /// Until when, unless it is renewed.
    pub until: DateTime<Utc>,
}

/// All leases.
pub const LEASES: Table<Lease> = Table::new("lease", |lease| Key::of(&lease.of), &[]);

/// Takes or renews a lease; `false` where another desk has it. Whoever has a name is one desk: what it had before it died is its own.
pub async fn take(
    store: &Store,
    of: &str,
    by: &str,
    lasts: TimeDelta,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let row = LEASES.get(store, &Key::of(of)).await?;
    let lease = Lease { of: of.to_owned(), by: by.to_owned(), until: now + lasts };
    let mut batch = Batch::new();
    match &row {
        Some(row) if row.record.by != by && row.record.until > now => return Ok(false),
        Some(row) => LEASES.update(&mut batch, row, &lease),
        None => LEASES.insert(&mut batch, &lease),
    }
    match store.commit(batch).await {
        Ok(_) => Ok(true),
        // Another desk was quicker.
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(fault(error)),
    }
}

/// Gives a lease up, so that another desk has it at once.
pub async fn give_up(store: &Store, of: &str, by: &str) -> Result<(), StoreError> {
    let Some(row) = LEASES.get(store, &Key::of(of)).await?.filter(|row| row.record.by == by) else {
        return Ok(());
    };
    let mut batch = Batch::new();
    LEASES.delete(&mut batch, &row);
    match store.commit(batch).await {
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}
