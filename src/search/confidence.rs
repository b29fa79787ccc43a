//! Whether the best article is good enough to be given as an answer.

use super::features::{Measure, Measured};

/// From this on the best article is an answer. Chosen on answerable and unanswerable questions: `BENCHMARKS.md`.
const ENOUGH: f32 = 0.42;

/// Whether an article with these measures answers.
#[must_use]
pub fn is_enough(measured: &Measured) -> bool {
    assurance(measured) >= ENOUGH
}

/// How sure it is that an article answers: words and meaning must speak for it together.
#[must_use]
pub fn assurance(measured: &Measured) -> f32 {
    let meaning = measured.get(Measure::TitleMeaning).max(measured.get(Measure::OpeningMeaning)) / 10.0;
    0.5 * measured.covered + 0.5 * meaning
}
