//! Claims what is due, so that nobody else carries it out at the same time.

use std::sync::PoisonError;

use chrono::{DateTime, Utc};
use tokio::task::JoinSet;

use crate::domain::{Job, State};
use crate::services::agenda::{self, JOBS, Record};
use crate::store::{Batch, CommitError, Row, StoreError};

use super::Jobs;

/// What came of claiming.
#[derive(Debug, Default)]
pub(super) struct Claims {
    /// The jobs that are ours for as long as the lease.
    pub leased: Vec<Job>,
    /// How many became dead letters, because nobody ever came back from their last try.
    pub dead: usize,
    /// Whether there may be more that is due: there was no room for it, or somebody else was claiming too.
    pub more: bool,
    /// Why jobs could not be claimed, where the store failed. If a lease was kept all the same, it runs out.
    pub failed: Option<StoreError>,
}

/// What came of claiming one job.
pub(super) enum Claim {
    /// It is ours.
    Leased(Job),
    /// Nobody came back from its last try.
    Dead,
    /// Somebody else was quicker.
    Lost,
    /// The store failed.
    Failed(StoreError),
}

impl Jobs {
    /// Claims what is due, `room` jobs at most, those that wait longest first.
    pub(super) async fn claim(&self, now: DateTime<Utc>, room: usize) -> Result<Claims, StoreError> {
        let due = agenda::due(&self.inner.store, now, room).await?;
        self.tell(due.unreadable);
        let mut claims = Claims { more: due.rows.len() == room, ..Claims::default() };
        let mut under_way = JoinSet::new();
        for (row, job) in due.rows {
            let jobs = self.clone();
            // All at once, so that the store writes them in one go.
            under_way.spawn(async move { jobs.claim_one(&row, job, now).await });
        }
        for claim in under_way.join_all().await {
            match claim {
                Claim::Leased(job) => claims.leased.push(job),
                Claim::Dead => claims.dead += 1,
                Claim::Lost => claims.more = true,
                Claim::Failed(error) => claims.failed = Some(error),
            }
        }
        Ok(claims)
    }

    pub(super) async fn claim_one(&self, row: &Row<Record>, job: Job, now: DateTime<Utc>) -> Claim {
        let inner = &self.inner;
        let Some(job) = job.claim(now, inner.limits.lease(), &inner.by) else { return Claim::Lost };
        let mut batch = Batch::new();
        JOBS.update(&mut batch, row, &Record::Open(job.clone()));
        match inner.store.commit(batch).await {
            Ok(_) => match &job.state {
                State::Dead { why, .. } => {
                    tracing::error!(job = %job.key, tries = job.tries, why, "given up; see the dead letters");
                    Claim::Dead
                }
                State::Leased { .. } | State::Waiting => Claim::Leased(job),
            },
            Err(CommitError::Conflict(_)) => Claim::Lost,
            Err(CommitError::Store(error)) => Claim::Failed(error),
            Err(error @ CommitError::Wrong(_)) => Claim::Failed(StoreError::Damaged(error.to_string())),
        }
    }

    /// Tells of records that can't be read, of each once.
    fn tell(&self, unreadable: Vec<String>) {
        let mut told = self.inner.told.lock().unwrap_or_else(PoisonError::into_inner);
        for why in unreadable {
            if told.insert(why.clone()) {
                tracing::error!(why, "a job can't be read and is left as it is");
            }
        }
    }
}
