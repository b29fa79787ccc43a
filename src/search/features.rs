//! What is measured of an article for one question; [`super::rank`] weighs it.

use super::stream::Place;

/// The measures, in the order of [`Features`]. Those of words are sums of BM25 scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Measure {
    /// Words of the text and, three times, of the title; any ending.
    Text,
    /// The same, exactly as typed: error messages, names of commands.
    TextExact,
    /// Words of the title, exactly as typed.
    TitleExact,
    /// Words that stand side by side as in the question.
    Pairs,
    /// The same within the title.
    TitlePairs,
    /// How telling the words are that the title has, times how much of the title they are.
    TitleShare,
    /// The words of the opening: most articles say there what they are about.
    Opening,
    /// How near the meaning of the title is (0 to 10).
    TitleMeaning,
    /// How near the meaning of the opening is (0 to 10).
    OpeningMeaning,
    /// How near the meaning of the nearest passage is (0 to 10).
    PassageMeaning,
}

/// How many measures there are.
pub const COUNT: usize = 10;

/// Names, for the harness that chooses weights.
pub const NAMES: [&str; COUNT] = [
    "text",
    "text exact",
    "title exact",
    "pairs",
    "title pairs",
    "title share",
    "opening",
    "title meaning",
    "opening meaning",
    "passage meaning",
];

/// One article's measures.
pub type Features = [f32; COUNT];

/// What was measured of one article.
#[derive(Debug, Clone, Copy, Default)]
pub struct Measured {
    /// The measures.
    pub features: Features,
    /// Where the best passage begins.
    pub place: Place,
    /// The share of the question's weight that the best passage and the title hold together, 0 to 1.
    pub covered: f32,
}

impl Measured {
    /// Sets one measure.
    pub fn set(&mut self, measure: Measure, value: f32) {
        if let Some(slot) = self.features.get_mut(measure as usize) {
            *slot = value;
        }
    }

    /// One measure.
    #[must_use]
    pub fn get(&self, measure: Measure) -> f32 {
        self.features.get(measure as usize).copied().unwrap_or(0.0)
    }
}
