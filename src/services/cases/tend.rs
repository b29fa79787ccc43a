//! What the desk does to cases by itself: reminds, warns, closes, and forgets keys that nobody will use again.

use chrono::{DateTime, TimeDelta, Utc};

use crate::domain::case::{By, Verb};
use crate::store::{Direction, Key, KeyRange, StoreError};

use super::act::Wish;
use super::table::{CASES, DONE, DUE, moment};
use super::{CaseError, Cases};
use crate::services::forgetting::forget;

/// How long it is remembered that something was asked for once.
const REMEMBERED: TimeDelta = TimeDelta::days(30);

impl Cases {
    /// Does what is due, for `limit` cases at most; answers how many it looked at.
    pub async fn tend(&self, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
        let index = CASES.index_key(&DUE);
        let keys = CASES.find_in(&self.store, &until(&index, now), limit, Direction::Forward).await?;
        let wish = Wish { verb: &Verb::Nudge, files: &[], once: None };
        for key in &keys {
            let row = match CASES.get(&self.store, key).await {
                Ok(Some(row)) => row,
                Ok(None) => continue,
                // One bad record does not keep all others waiting.
                Err(StoreError::Damaged(why)) => {
                    tracing::error!(%why, "what is due for a case can't be done");
                    continue;
                }
                Err(error) => return Err(error),
            };
            let number = row.record.number;
            match self.change(row, By::Desk, &wish, now).await {
                // Where somebody else was quicker, it is looked at again in a minute.
                Ok(_) => {}
                Err(CaseError::Store(error)) => return Err(error),
                Err(error) => tracing::error!(%number, %error, "what is due for a case can't be done"),
            }
        }
        Ok(keys.len())
    }

    /// Forgets what was asked for once 30 days ago and earlier, so many in a step; answers how many.
    pub async fn forget_done(&self, now: DateTime<Utc>, step: usize) -> Result<usize, StoreError> {
        forget(&self.store, &DONE, step, |done| done.at <= now - REMEMBERED).await
    }
}

/// The part of an index up to a time, that time included.
fn until(index: &Key, time: DateTime<Utc>) -> KeyRange {
    let next = index.clone().join(&Key::of(&moment(time + TimeDelta::microseconds(1))));
    KeyRange::under(index).before(&next)
}
