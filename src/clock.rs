//! Randomness, and later time, as values that are passed in; the only place that asks the system for them.

use std::hash::{BuildHasher, Hasher, RandomState};

/// A random number for names that only have to differ, such as the reference of a fault. Never for secrets.
#[must_use]
pub fn random() -> u64 {
    // Every `RandomState` is seeded anew by the system.
    RandomState::new().build_hasher().finish()
}
