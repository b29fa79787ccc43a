//! The turns of a running desk, one after the other until it stops.

use std::pin::pin;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::task::JoinSet;

use crate::clock::Clock;
use crate::services::agenda;
use crate::store::StoreError;

use super::Jobs;
use super::attempt::Settled;

/// After so long it looks by itself: other processes on the same server commit without a word, and a system may have slept.
const LOOK: TimeDelta = TimeDelta::seconds(10);

/// Carries out what is due, when it is due, until `stop` ends; then finishes what is under way. Call
/// [`agenda::ensure_timers`] before. A store that fails is told of and asked again.
pub async fn run(jobs: &Jobs, clock: &Clock, random: fn() -> u64, stop: impl Future<Output = ()>) {
    let mut stop = pin!(stop);
    let mut commits = jobs.inner.store.watch();
    let mut under_way = JoinSet::new();
    let mut failing = false;
    // Whether leases may have this desk's name and nobody at work on them: of its earlier life, or of a commit that failed and was kept
    // all the same.
    let mut in_doubt = true;
    loop {
        // Before looking, so that what is committed while it looks makes it look again.
        commits.borrow_and_update();
        let looked = if !in_doubt {
            let room = jobs.inner.limits.at_once.saturating_sub(under_way.len());
            jobs.begin(clock, random, room, &mut under_way).await
        } else if under_way.is_empty() {
            jobs.take_back().await.map(|()| {
                in_doubt = false;
                clock.now()
            })
        } else {
            // First what is known to be under way ends.
            Ok(clock.now() + LOOK)
        };
        if let Err(error) = &looked
            && !failing
        {
            tracing::error!(%error, "nothing can be claimed from the agenda; it is tried again");
        }
        failing = looked.is_err();
        in_doubt |= failing;
        let next = looked.unwrap_or_else(|_| clock.now() + LOOK);
        let has_room = under_way.len() < jobs.inner.limits.at_once;
        tokio::select! {
            biased;
            () = &mut stop => break,
            Some(ended) = under_way.join_next() => in_doubt |= is_lost(ended),
            // The sender lives in the store, which `jobs` holds. While the store fails, the next look is the next try.
            Ok(()) = commits.changed(), if has_room && !in_doubt => {}
            () = clock.sleep_until(next), if has_room => {}
        }
    }
    while let Some(ended) = under_way.join_next().await {
        is_lost(ended);
    }
}

/// Whether a job ended without a note of how it went. What went wrong was told where it did, except for a panic.
fn is_lost(ended: Result<Settled, tokio::task::JoinError>) -> bool {
    match ended {
        Ok(Settled::Lost) => true,
        Ok(Settled::Done | Settled::Failed | Settled::Dead) => false,
        Err(error) => {
            tracing::error!(%error, "a job ended in a way that it never should");
            true
        }
    }
}

impl Jobs {
    /// Makes claimable what has this desk's name; nothing of it is under way.
    async fn take_back(&self) -> Result<(), StoreError> {
        let count = agenda::take_back(&self.inner.store, &self.inner.by).await?;
        if count > 0 {
            tracing::info!(count, "jobs that this desk had begun are taken up again");
        }
        Ok(())
    }

    /// Claims and begins what is due; answers when to look again.
    async fn begin(
        &self,
        clock: &Clock,
        random: fn() -> u64,
        room: usize,
        under_way: &mut JoinSet<Settled>,
    ) -> Result<DateTime<Utc>, StoreError> {
        let now = clock.now();
        if room == 0 {
            return Ok(now + LOOK);
        }
        let claims = self.claim(now, room).await?;
        for job in claims.leased {
            under_way.spawn(self.clone().attempt(job, clock.clone(), random));
        }
        match claims.failed {
            Some(error) => return Err(error),
            None if claims.more => return Ok(now),
            None => {}
        }
        let next = agenda::next_after(&self.inner.store, now).await?;
        Ok(next.map_or(now + LOOK, |next| next.min(now + LOOK)))
    }
}
