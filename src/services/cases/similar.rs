//! Finds the case that somebody already has about the same thing.

use std::collections::BTreeSet;

use crate::domain::PersonId;
use crate::domain::case::Case;
use crate::store::{Direction, StoreError};

use super::Cases;
use super::table::{EVENTS, key};
use crate::domain::case::What;

/// How many of somebody's newest cases are looked at.
const LOOKED_AT: usize = 20;
/// From which likeness on a case is offered.
const ALIKE: f64 = 0.5;
/// Words that are in every second report and so say nothing about what it is about.
const COMMON: &[&str] = &[
    "about", "after", "again", "also", "and", "any", "are", "because", "been", "but", "can", "cannot",
    "cant", "case", "could", "does", "doesnt", "dont", "for", "from", "get", "had", "has", "have", "help",
    "how", "into", "its", "just", "more", "need", "not", "now", "one", "our", "out", "please", "problem",
    "since", "some", "still", "than", "that", "the", "their", "them", "then", "there", "they", "this", "was",
    "way", "were", "what", "when", "where", "which", "while", "why", "will", "with", "would", "you", "your",
];

impl Cases {
    /// A case of this person that is not over and about much the same, if there is one.
    pub async fn similar(&self, person: PersonId, text: &str) -> Result<Option<Case>, StoreError> {
        let mut best: Option<(f64, Case)> = None;
        for case in self.active(person, LOOKED_AT).await? {
            if !case.status.is_active() {
                continue;
            }
            let first =
                EVENTS.list_under(&self.store, &key(case.number), None, 1, Direction::Forward).await?;
            let description = first.first().and_then(|row| {
                let What::Opened(opening) = &row.record.what else { return None };
                opening.description.as_ref().map(|text| text.as_str().to_owned())
            });
            let other = format!("{} {}", case.subject.as_str(), description.unwrap_or_default());
            let alike = likeness(text, &other);
            if alike >= ALIKE && best.as_ref().is_none_or(|(most, _)| alike > *most) {
                best = Some((alike, case));
            }
        }
        Ok(best.map(|(_, case)| case))
    }
}

/// How alike two texts are, from 0 to 1: the share of the shorter one's telling words that the other has, too. Texts of fewer than
/// three such words are like nothing.
#[must_use]
pub fn likeness(one: &str, other: &str) -> f64 {
    let (one, other) = (telling(one), telling(other));
    let shorter = one.len().min(other.len());
    if shorter < 3 {
        return 0.0;
    }
    one.intersection(&other).count() as f64 / shorter as f64
}

fn telling(text: &str) -> BTreeSet<String> {
    const READ: usize = 2_000;
    let lower: String = text
        .chars()
        .take(READ)
        .filter(|c| !matches!(c, '\'' | '\u{2019}'))
        .flat_map(char::to_lowercase)
        .collect();
    let words = lower.split(|c: char| !c.is_alphanumeric());
    let tells = |word: &&str| word.chars().count() > 2 && !COMMON.contains(word);
    words.filter(tells).map(|word| word.trim_end_matches('s').to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_thing_in_other_words_is_alike_and_another_thing_is_not() {
        let first = "The console shows error 0x80 since this morning";
        assert!(likeness(first, "console error 0x80 again") >= ALIKE);
        assert!(likeness(first, "Still the error 0x80 in our console, since the morning") >= ALIKE);
        assert!(likeness(first, "I can't add a contact to my account") < ALIKE);
        assert!(likeness(first, "error") < ALIKE);
        assert!(likeness("", "").abs() < f64::EPSILON);
    }
}
