//! Weighs the measures of the second stage, and puts the kinds of article in order.

use crate::domain::{Kind, Shelf};

use super::features::Features;

/// The weights for a question of one word; `examples/tune` chose them, `BENCHMARKS.md` says how.
const SHORT: Features = [0.668, 0.184, 0.000, 0.083, 0.000, 0.000, 0.000, 0.350, 0.396, 0.180];
/// The weights for a question of [`LONG_QUESTION`] words and more: symptoms and error messages.
const LONG: Features = [0.000, 0.042, 0.103, 0.036, 0.047, 0.171, 0.027, 0.154, 0.427, 0.000];
/// From this many different words on a question is a long one.
const LONG_QUESTION: f32 = 30.0;

/// How long a question of so many different words is: 0 for one word, 1 for a long question.
#[must_use]
pub fn length(concepts: usize) -> f32 {
    ((concepts as f32).max(1.0).ln() / LONG_QUESTION.ln()).min(1.0)
}

/// The weights for a question of so many different words.
#[must_use]
pub fn weights(concepts: usize) -> Features {
    between(&SHORT, &LONG, length(concepts))
}

fn between(short: &Features, long: &Features, length: f32) -> Features {
    let mut out = *short;
    out.iter_mut().zip(long).for_each(|(s, l)| *s += (l - *s) * length);
    out
}

/// The weighted sum.
#[must_use]
pub fn score(features: &Features, weights: &Features) -> f32 {
    features.iter().zip(weights).map(|(f, w)| f * w).sum()
}

/// Support articles come first, then documentation, then the rest.
#[must_use]
pub fn kind_rank(kind: Kind) -> u64 {
    shelf_rank(kind.shelf())
}

/// The same of all kinds on a shelf.
#[must_use]
pub fn shelf_rank(shelf: Shelf) -> u64 {
    match shelf {
        Shelf::Support => 0,
        Shelf::Documentation => 1,
        Shelf::TechZone => 2,
    }
}

/// Within this share of the best score an article is about as good, and its kind decides.
const AS_GOOD: f32 = 0.95;

/// Puts support articles before documentation and the rest, among those that are about as good as the best.
pub fn prefer_support<T>(ranked: &mut [T], score: impl Fn(&T) -> f32, kind: impl Fn(&T) -> u64) {
    let Some(best) = ranked.first().map(&score) else { return };
    let as_good = ranked.iter().take_while(|r| score(r) >= best * AS_GOOD).count();
    if let Some(first) = ranked.get_mut(..as_good) {
        // Stable: within a kind the better one stays first.
        first.sort_by_key(kind);
    }
}
