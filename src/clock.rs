//! Time and randomness as values that are passed in; the only place that asks the system for them.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::io;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::watch;

/// What time it is, and waiting for a time. Cheap to clone.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The system's.
    System,
    /// One that only moves by hand.
    Manual(ManualClock),
}

impl Clock {
    /// What time it is.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            Self::System => now(),
            Self::Manual(clock) => clock.now(),
        }
    }

    /// Returns at that time, or soon after it. A system that slept meanwhile may be late by as long as it slept.
    pub async fn sleep_until(&self, at: DateTime<Utc>) {
        match self {
            // A time that has passed is no wait.
            Self::System => tokio::time::sleep((at - now()).to_std().unwrap_or_default()).await,
            Self::Manual(clock) => clock.reaches(at).await,
        }
    }
}

/// A clock that is moved by hand; clones show the same time.
#[derive(Debug, Clone)]
pub struct ManualClock {
    time: watch::Sender<DateTime<Utc>>,
}

impl ManualClock {
    /// A clock that shows this time until it is moved.
    #[must_use]
    pub fn at(time: DateTime<Utc>) -> Self {
        Self { time: watch::Sender::new(time) }
    }

    /// What it shows.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        *self.time.borrow()
    }

    /// Moves it, and wakes those who wait for what it now shows.
    pub fn advance(&self, by: TimeDelta) {
        self.time.send_modify(|time| *time += by);
    }

    /// This clock, for whoever takes any.
    #[must_use]
    pub fn clock(&self) -> Clock {
        Clock::Manual(self.clone())
    }

    async fn reaches(&self, at: DateTime<Utc>) {
        // It fails only when the clock is gone, and this holds it.
        let _ = self.time.subscribe().wait_for(|time| *time >= at).await;
    }
}

/// What time the system says it is.
#[must_use]
#[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
pub fn now() -> DateTime<Utc> {
    Utc::now()
}

/// A random number for names that only have to differ, such as the reference of a fault, and for waits. Never for secrets.
#[must_use]
pub fn random() -> u64 {
    // Every `RandomState` is seeded anew by the system.
    RandomState::new().build_hasher().finish()
}

/// Random bytes for a secret, from the system's own source.
pub fn secret() -> io::Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(io::Error::other)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_manual_clock_moves_by_hand_and_wakes_who_waits() {
        let start = DateTime::UNIX_EPOCH;
        let hand = ManualClock::at(start);
        let clock = hand.clock();
        clock.sleep_until(start).await;
        let waiting = tokio::spawn({
            let clock = clock.clone();
            async move { clock.sleep_until(start + TimeDelta::hours(2)).await }
        });
        hand.advance(TimeDelta::hours(1));
        tokio::task::yield_now().await;
        assert!(!waiting.is_finished());
        hand.advance(TimeDelta::hours(1));
        waiting.await.unwrap();
        assert_eq!(clock.now(), start + TimeDelta::hours(2));
    }

    #[tokio::test]
    async fn the_system_clock_does_not_wait_for_what_has_passed() {
        let clock = Clock::System;
        let before = clock.now();
        clock.sleep_until(before - TimeDelta::days(1)).await;
        assert!(clock.now() >= before);
    }
}
