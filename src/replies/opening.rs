//! The beginning of an article, as far as a screen reaches.

use crate::domain::Passage;

use super::excerpt::{MOST_LINES, Rest, head};
use super::length::lines_of_all;

/// What is always shown of a section that is begun.
const FEWEST_LINES: usize = 3;

/// The first sections that fit together, at most `most` of those with a heading; and what is left out of the last of them.
///
/// An introduction alone is no reading: the section after it is begun even when it can't be finished.
pub fn opening(passages: &[Passage], most: usize) -> (Vec<Passage>, Rest) {
    let mut shown: Vec<Passage> = Vec::new();
    let mut left = MOST_LINES;
    let mut begun = 0;
    for passage in passages {
        let lines = lines_of_all(&passage.blocks) + usize::from(passage.heading.is_some());
        if begun >= most || (begun > 0 && lines > left) {
            break;
        }
        begun += usize::from(passage.heading.is_some());
        let part = head(&passage.blocks, left.max(FEWEST_LINES));
        left = left.saturating_sub(lines);
        shown.push(Passage { heading: passage.heading.clone(), blocks: part.blocks });
        if part.rest != Rest::Nothing {
            return (shown, part.rest);
        }
    }
    (shown, Rest::Nothing)
}
