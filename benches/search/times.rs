//! Durations and what is told of them.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// The durations of one kind of work.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does the work and notes how long it took.
    pub fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let started = Instant::now();
        let done = black_box(work());
        self.0.push(started.elapsed());
        done
    }

    /// The time that so many of a hundred stayed within, in milliseconds.
    pub fn percentile(&self, of_hundred: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * of_hundred).div_ceil(100);
        sorted.get(at.saturating_sub(1)).map_or(0.0, |time| time.as_secs_f64() * 1e3)
    }

    /// The mean, in milliseconds.
    pub fn mean(&self) -> f64 {
        self.0.iter().sum::<Duration>().as_secs_f64() * 1e3 / self.0.len().max(1) as f64
    }

    /// The mean of every `step`th, in milliseconds: to compare with what was only done so often.
    pub fn mean_of_every(&self, step: usize) -> f64 {
        Self(self.0.iter().step_by(step).copied().collect()).mean()
    }
}
