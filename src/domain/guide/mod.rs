//! Guides: the procedures of an article, to be walked through one step at a time.
//!
//! There is no second copy of a procedure. A guide is read from its article whenever it is shown, so it is always what the article
//! says today; [`Guide::nearest`] finds the place of somebody who began it when the article said something else.

mod find;
mod read;
#[cfg(test)]
mod tests;

use super::{Article, Block, Digest, Passage, Step};
pub use find::Resumed;
use read::Reading;

/// Headings of sections that say what one needs before any procedure of the article.
const NEEDS: [&str; 9] = [
    "before you begin",
    "before you start",
    "pre-requisites",
    "prerequisites",
    "preparation",
    "requirements",
    "system requirements",
    "what you need",
    "you need",
];

/// A procedure of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guide {
    /// The heading it stands under; none where the article needs none.
    pub name: Option<String>,
    /// What stands before the first step: what it is good for, and what one needs.
    pub before: Vec<Block>,
    /// In order; at least one.
    pub steps: Vec<Leg>,
    /// What stands after the last step: what one should see now.
    pub after: Vec<Block>,
}

/// A step of a guide.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leg {
    /// What stands between the step before and this one.
    pub lead: Vec<Block>,
    /// The step.
    pub step: Step,
}

impl Leg {
    /// What is read.
    #[must_use]
    pub fn text(&self) -> String {
        text_of(self.lead.iter().chain(&self.step.blocks))
    }
}

impl Guide {
    /// The guides of an article, in reading order.
    #[must_use]
    pub fn all(article: &Article) -> Vec<Self> {
        article.passages.iter().flat_map(Self::of_passage).collect()
    }

    /// What the article says one needs before any of its procedures: its introduction, and sections that are called so.
    #[must_use]
    pub fn needs(article: &Article) -> Vec<&Passage> {
        let until = article.passages.iter().position(|passage| passage.procedure().is_some());
        let before = article.passages.iter().take(until.unwrap_or(0));
        before.filter(|passage| passage.heading.as_deref().is_none_or(is_need)).collect()
    }

    /// Which of the article's guides are in the passage at a place.
    #[must_use]
    pub fn within(article: &Article, at: usize) -> std::ops::Range<usize> {
        let count = |passage: &Passage| Self::of_passage(passage).len();
        let before: usize = article.passages.iter().take(at).map(count).sum();
        before..before + article.passages.get(at).map_or(0, count)
    }

    fn of_passage(passage: &Passage) -> Vec<Self> {
        let mut found = Reading::under(passage.heading.as_deref());
        for block in &passage.blocks {
            match block {
                Block::Heading(_) => found.heading(block),
                Block::Steps { start, steps } => found.steps(*start, steps),
                Block::Paragraph(_)
                | Block::Bullets(_)
                | Block::Code(_)
                | Block::Quote(_)
                | Block::Table(_) => found.waiting.push(block.clone()),
            }
        }
        found.end()
    }

    /// The step at a place; the first is 0.
    #[must_use]
    pub fn step(&self, at: usize) -> Option<&Leg> {
        self.steps.get(at)
    }

    /// A fingerprint of all that it says: another one where the article was edited.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let steps: Vec<String> = self.steps.iter().map(Leg::text).collect();
        let steps = steps.join("\u{1e}");
        Digest::of(&format!("{}\u{1d}{steps}\u{1d}{}", text_of(&self.before), text_of(&self.after)))
    }
}

fn is_need(heading: &str) -> bool {
    let folded = heading.trim().trim_end_matches([':', '.']).to_lowercase();
    NEEDS.contains(&folded.as_str())
}

fn text_of<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> String {
    let mut out = String::new();
    blocks.into_iter().for_each(|block| block.write_text(&mut out));
    out
}
