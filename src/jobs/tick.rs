//! One turn by hand: what is due at a given time.

use chrono::{DateTime, Utc};
use tokio::task::JoinSet;

use crate::clock::{Clock, ManualClock};
use crate::domain::JobKey;
use crate::services::agenda::{self, JOBS, Record, key_of};
use crate::store::StoreError;

use super::Jobs;
use super::attempt::Settled;
use super::claim::Claim;

/// What a turn did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ticked {
    /// The jobs that were claimed and tried.
    pub claimed: usize,
    /// Those of them that were carried out.
    pub done: usize,
    /// Those of them that failed and will be tried again.
    pub failed: usize,
    /// What became a dead letter.
    pub dead: usize,
    /// When the next job can be claimed; in the past where more is due than one turn takes.
    pub next_due: Option<DateTime<Utc>>,
}

/// Carries out this one job, where it is due and nobody has it, and returns when the try has ended. For whoever has the store open and is
/// no desk.
pub async fn carry_out_one(
    jobs: &Jobs,
    key: &JobKey,
    clock: &Clock,
    random: fn() -> u64,
) -> Result<(), StoreError> {
    let Some(row) = JOBS.get(&jobs.inner.store, &key_of(key)).await? else { return Ok(()) };
    let Record::Open(job) = row.record.clone() else { return Ok(()) };
    match jobs.claim_one(&row, job, clock.now()).await {
        Claim::Leased(job) => {
            jobs.clone().attempt(job, clock.clone(), random).await;
            Ok(())
        }
        Claim::Dead | Claim::Lost => Ok(()),
        Claim::Failed(error) => Err(error),
    }
}

/// Carries out what is due at this time, as much as may be done at once, and returns when all of it has ended.
pub async fn tick(jobs: &Jobs, now: DateTime<Utc>, random: fn() -> u64) -> Result<Ticked, StoreError> {
    let clock = ManualClock::at(now).clock();
    let claims = jobs.claim(now, jobs.inner.limits.at_once).await?;
    let mut ticked = Ticked { claimed: claims.leased.len(), dead: claims.dead, ..Ticked::default() };
    let mut under_way = JoinSet::new();
    for job in claims.leased {
        under_way.spawn(jobs.clone().attempt(job, clock.clone(), random));
    }
    for settled in under_way.join_all().await {
        match settled {
            Settled::Done => ticked.done += 1,
            Settled::Failed => ticked.failed += 1,
            Settled::Dead => ticked.dead += 1,
            Settled::Lost => {}
        }
    }
    if let Some(error) = claims.failed {
        return Err(error);
    }
    ticked.next_due = agenda::next_due(&jobs.inner.store).await?;
    Ok(ticked)
}
