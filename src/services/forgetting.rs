//! Forgets records of long ago that no index has by time: what looks through all of them once a day has time.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::store::{Batch, CommitError, Direction, Store, StoreError, Table};

use super::agenda::fault;

/// Deletes the records of a table that are old, so many in a step; answers how many.
pub(super) async fn forget<R: Clone + Serialize + DeserializeOwned>(
    store: &Store,
    table: &Table<R>,
    step: usize,
    is_old: impl Fn(&R) -> bool,
) -> Result<usize, StoreError> {
    let (mut forgotten, mut past) = (0, None);
    loop {
        let rows = table.list(store, past.as_ref(), step, Direction::Forward).await?;
        let Some(last) = rows.last() else { return Ok(forgotten) };
        past = Some((table.key)(&last.record));
        let old: Vec<_> = rows.iter().filter(|row| is_old(&row.record)).collect();
        if old.is_empty() {
            continue;
        }
        let mut batch = Batch::new();
        for row in &old {
            table.delete(&mut batch, row);
        }
        match store.commit(batch).await {
            Ok(_) => forgotten += old.len(),
            // Another process forgets them.
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
}
