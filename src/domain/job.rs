//! A job: an effect or a timer on its way to being carried out.

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use super::backoff::{MOST_TRIES, backoff, slow_backoff};
use super::{Effect, JobKey, Timer};

/// How much of the reason of a failure is kept, in characters.
const MOST_WHY: usize = 500;

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Work {
    /// Once.
    Effect(Effect),
    /// Again and again.
    Timer(Timer),
}

/// Work with when it is due and how it went so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its name: the same cause has the same one, and so never has two effects.
    pub key: JobKey,
    /// What is to be done.
    pub work: Work,
    /// When it is due; while somebody has it, when it was.
    pub due: DateTime<Utc>,
    /// How often it was tried since it was first due, the try that is under way included.
    pub tries: u32,
    /// Where it stands.
    pub state: State,
    /// Why the last try failed, while there will be another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<Trouble>,
}

/// Why a try failed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// Why.
    pub why: String,
    /// Whether no try succeeds before somebody mended something: staff see it at once, and tries are far apart.
    pub mend: bool,
}

/// Where a job stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Nobody has it.
    Waiting,
    /// Somebody carries it out. After `until` they are taken for dead, and anybody may have it.
    Leased {
        /// When the lease runs out.
        until: DateTime<Utc>,
        /// Who has it, for whoever looks.
        by: String,
    },
    /// It was given up, and staff see it: a dead letter.
    Dead {
        /// Since when.
        at: DateTime<Utc>,
        /// Why.
        why: String,
    },
}

impl Job {
    /// A job that nobody has tried yet.
    #[must_use]
    pub fn new(key: JobKey, work: Work, due: DateTime<Utc>) -> Self {
        Self { key, work, due, tries: 0, state: State::Waiting, trouble: None }
    }

    /// From when on it can be claimed; `None` for a dead letter.
    #[must_use]
    pub fn claimable_at(&self) -> Option<DateTime<Utc>> {
        match &self.state {
            State::Waiting => Some(self.due),
            State::Leased { until, .. } => Some(*until),
            State::Dead { .. } => None,
        }
    }

    /// Whether it can be claimed.
    #[must_use]
    pub fn is_claimable(&self, now: DateTime<Utc>) -> bool {
        self.claimable_at().is_some_and(|at| at <= now)
    }

    /// Somebody takes it, for as long as the lease; `None` where it is not to be had. An effect whose last try nobody came back from
    /// becomes a dead letter instead: it may be what ended them.
    #[must_use]
    pub fn claim(self, now: DateTime<Utc>, lease: TimeDelta, by: &str) -> Option<Self> {
        if !self.is_claimable(now) {
            return None;
        }
        match self.work {
            Work::Effect(_) if self.tries >= MOST_TRIES => {
                Some(self.dead(now, "the last try never came to an end"))
            }
            Work::Effect(_) | Work::Timer(_) => {
                let state = State::Leased { until: now + lease, by: by.to_owned() };
                Some(Self { tries: self.tries.saturating_add(1), state, ..self })
            }
        }
    }

    /// It was carried out. An effect is over: `None`. A timer waits for its next time.
    #[must_use]
    pub fn done(self, now: DateTime<Utc>) -> Option<Self> {
        match self.work {
            Work::Effect(_) => None,
            Work::Timer(timer) => Some(self.again(timer, now)),
        }
    }

    /// A try failed. An effect is tried again later, or is a dead letter when it was tried often enough; a timer waits for its next
    /// time.
    #[must_use]
    pub fn fail(self, now: DateTime<Utc>, why: &str, random: u64) -> Self {
        match self.work {
            Work::Effect(_) if self.tries >= MOST_TRIES => self.dead(now, why),
            Work::Effect(_) => {
                let due = now + backoff(self.tries, random);
                self.waiting(due, Some(Trouble { why: kept(why), mend: false }))
            }
            Work::Timer(timer) => self.again(timer, now),
        }
    }

    /// A try failed, and so will every other one until somebody mends something: the next one is far away.
    #[must_use]
    pub fn fail_until_mended(self, now: DateTime<Utc>, why: &str, random: u64) -> Self {
        match self.work {
            Work::Effect(_) if self.tries >= MOST_TRIES => self.dead(now, why),
            Work::Effect(_) => {
                let due = now + slow_backoff(random);
                self.waiting(due, Some(Trouble { why: kept(why), mend: true }))
            }
            Work::Timer(timer) => self.again(timer, now),
        }
    }

    /// Something may have been mended, as at the start of a desk: what waits for that is due at once; `None` for anything else.
    #[must_use]
    pub fn hasten(self, now: DateTime<Utc>) -> Option<Self> {
        let waits = self.state == State::Waiting && self.due > now;
        (waits && self.trouble.as_ref().is_some_and(|trouble| trouble.mend))
            .then_some(Self { due: now, ..self })
    }

    /// No try can ever succeed: an effect is a dead letter at once; a timer waits for its next time.
    #[must_use]
    pub fn bury(self, now: DateTime<Utc>, why: &str) -> Self {
        match self.work {
            Work::Effect(_) => self.dead(now, why),
            Work::Timer(timer) => self.again(timer, now),
        }
    }

    /// Somebody mended what was wrong: a dead letter is due at once, with all its tries; `None` for anything else.
    #[must_use]
    pub fn retry(self, now: DateTime<Utc>) -> Option<Self> {
        match self.state {
            State::Dead { .. } => Some(Self { tries: 0, ..self.waiting(now, None) }),
            State::Waiting | State::Leased { .. } => None,
        }
    }

    fn again(self, timer: Timer, now: DateTime<Utc>) -> Self {
        Self { tries: 0, ..self.waiting(now + timer.period(), None) }
    }

    fn waiting(self, due: DateTime<Utc>, trouble: Option<Trouble>) -> Self {
        Self { due, state: State::Waiting, trouble, ..self }
    }

    fn dead(self, now: DateTime<Utc>, why: &str) -> Self {
        Self { state: State::Dead { at: now, why: kept(why) }, trouble: None, ..self }
    }
}

/// As much of a reason as is kept.
fn kept(why: &str) -> String {
    why.chars().take(MOST_WHY).collect()
}
