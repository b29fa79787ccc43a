//! One try of a job that was claimed, and the note of how it went.

use chrono::{DateTime, Utc};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::clock::Clock;
use crate::domain::{Job, State};
use crate::services::agenda::{JOBS, Record, key_of};
use crate::store::{Batch, CommitError, StoreError};

use super::{Jobs, Outcome};

/// How much of what the other side said is kept, in characters.
const MOST_SAID: usize = 200;

/// What became of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Settled {
    /// It was carried out.
    Done,
    /// The try failed; there will be another one.
    Failed,
    /// It was given up.
    Dead,
    /// It is not known: the lease was another's at the end, or the note could not be kept. Then the lease runs out.
    Lost,
}

impl Jobs {
    /// Carries out a job that was claimed, and notes how it went.
    pub(super) async fn attempt(self, job: Job, clock: Clock, random: fn() -> u64) -> Settled {
        let outcome = self.carry_out(&job, clock.now()).await;
        let key = job.key.clone();
        match self.settle(job, &outcome, clock.now(), random()).await {
            Ok(settled) => settled,
            Err(error) => {
                tracing::error!(job = %key, %error, "how a job went could not be kept; it is tried again");
                Settled::Lost
            }
        }
    }

    /// Whatever an executor does, there is an outcome: a panic or too much time is a failure of this job alone.
    async fn carry_out(&self, job: &Job, now: DateTime<Utc>) -> Outcome {
        let (jobs, owned) = (self.clone(), job.clone());
        // A set of one: a task in a set ends with it, when the time is over or the desk stops waiting.
        let mut doing = JoinSet::new();
        doing.spawn(async move { jobs.inner.executors.carry_out(&owned, now).await });
        match timeout(self.inner.limits.execution, doing.join_next()).await {
            Ok(Some(Ok(outcome))) => outcome,
            Ok(Some(Err(_)) | None) => Outcome::Retry("its executor panicked".to_owned()),
            Err(_) => Outcome::Retry("it took too long".to_owned()),
        }
    }

    /// Notes how a try went, if the lease is still ours.
    async fn settle(
        &self,
        job: Job,
        outcome: &Outcome,
        now: DateTime<Utc>,
        random: u64,
    ) -> Result<Settled, StoreError> {
        let store = &self.inner.store;
        let row = JOBS.get(store, &key_of(&job.key)).await?;
        let Some(row) = row.filter(|row| matches!(&row.record, Record::Open(kept) if *kept == job)) else {
            tracing::warn!(job = %job.key, "the lease of a job ran out before it was done");
            return Ok(Settled::Lost);
        };
        let key = job.key.clone();
        let mut said = None;
        let after = match outcome {
            Outcome::Done => job.done(now),
            Outcome::Answered(answer) => {
                said = Some(answer.chars().take(MOST_SAID).collect());
                job.done(now)
            }
            Outcome::Retry(why) => Some(job.fail(now, why, random)),
            Outcome::Mend(why) => Some(job.fail_until_mended(now, why, random)),
            Outcome::Never(why) => Some(job.bury(now, why)),
        };
        let settled = told(outcome, after.as_ref());
        let mut batch = Batch::new();
        let record = after.map_or(Record::Over { key, at: now, said }, Record::Open);
        JOBS.update(&mut batch, &row, &record);
        match store.commit(batch).await {
            Ok(_) => Ok(settled),
            Err(CommitError::Conflict(_)) => Ok(Settled::Lost),
            Err(CommitError::Store(error)) => Err(error),
            Err(error @ CommitError::Wrong(_)) => Err(StoreError::Damaged(error.to_string())),
        }
    }
}

/// What became of a job, with one line in the log where it did not go well.
fn told(outcome: &Outcome, after: Option<&Job>) -> Settled {
    let why = match outcome {
        Outcome::Done | Outcome::Answered(_) => return Settled::Done,
        Outcome::Retry(why) | Outcome::Mend(why) | Outcome::Never(why) => why,
    };
    let Some(Job { key, tries, due, state, .. }) = after else { return Settled::Done };
    match state {
        State::Dead { .. } => {
            tracing::error!(job = %key, tries, why, "given up; see the dead letters");
            Settled::Dead
        }
        State::Waiting | State::Leased { .. } => {
            tracing::warn!(job = %key, tries, why, again = %due, "a try failed");
            Settled::Failed
        }
    }
}
