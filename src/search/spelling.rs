//! Words that the index does not know, read as words that it does.
//!
//! Only unknown words: a word that stands in an article is meant as it is. Never numbers or identifiers.

use std::collections::BTreeMap;

use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::{Searcher, Term};

use super::snapshot::Snapshot;
use super::words::has_digit;

/// The most readings of one word; which one was meant is settled by the rest of the question.
const READINGS: usize = 3;
/// The most words that are looked at: short words have many neighbours.
const MOST: usize = 200;

/// A word that may have been meant.
#[derive(Debug, Clone)]
pub struct Meant {
    /// The words: more than one when a space was missing.
    pub forms: Vec<String>,
    /// In how many articles it stands.
    pub docs: u64,
    /// How surely it was meant, up to 1.
    pub weight: f32,
}

/// The words that may have been meant, surest first.
#[must_use]
pub fn readings(form: &str, snapshot: &Snapshot) -> Vec<Meant> {
    let letters = form.chars().count();
    if letters < 3 || has_digit(form) {
        return Vec::new();
    }
    let mut found = near(form, 1, snapshot);
    if let Some(apart) = split(form, snapshot) {
        found.push((apart.docs as f32 * 0.5, apart));
    }
    if found.is_empty() && letters >= 6 {
        found = near(form, 2, snapshot);
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.truncate(READINGS);
    let best = found.first().map_or(1.0, |f| f.0);
    for (score, meant) in &mut found {
        meant.weight = 0.95 * (*score / best).sqrt();
    }
    found.into_iter().map(|(_, meant)| meant).filter(|m| m.weight > 0.1).collect()
}

/// Known words at most `distance` letters away, with how likely each is.
fn near(form: &str, distance: u8, snapshot: &Snapshot) -> Vec<(f32, Meant)> {
    let found = neighbours(snapshot.searcher(), snapshot.fields().exact, form, distance);
    let found = found.into_iter().take(MOST);
    found.map(|(word, docs)| (likelihood(form, &word, docs), one(word, docs))).collect()
}

/// The words of a field at most `distance` letters away, with in how many documents each stands.
pub(super) fn neighbours(
    searcher: &Searcher,
    field: Field,
    form: &str,
    distance: u8,
) -> BTreeMap<String, u64> {
    let query = FuzzyTermQuery::new(Term::from_field_text(field, form), distance, true);
    let mut found = BTreeMap::new();
    for segment in searcher.segment_readers() {
        let (Ok(inverted), Ok(automaton)) = (segment.inverted_index(field), query.automaton()) else {
            continue;
        };
        let Ok(mut terms) = inverted.terms().search(automaton).into_stream() else { continue };
        while terms.advance() {
            let Ok(word) = std::str::from_utf8(terms.key()) else { continue };
            if !has_digit(word) {
                *found.entry(word.to_owned()).or_default() += u64::from(terms.value().doc_freq);
            }
        }
    }
    found
}

/// Common words are meant more often than rare ones, and the first letter is seldom wrong.
pub(super) fn likelihood(typed: &str, word: &str, docs: u64) -> f32 {
    let first = if typed.chars().next() == word.chars().next() { 1.0 } else { 0.15 };
    // Two letters swapped, or one doubled or dropped, is likelier than one letter for another.
    let (mut a, mut b): (Vec<char>, Vec<char>) = (typed.chars().collect(), word.chars().collect());
    let same_length = a.len() == b.len();
    a.sort_unstable();
    b.sort_unstable();
    let slip = if a == b || !same_length { 1.0 } else { 0.6 };
    let distance = strsim::osa_distance(typed, word).max(1) as f32;
    // At equal distance a longer word keeps more of what was typed.
    (docs as f32).sqrt() * first * slip / (distance * distance)
}

fn one(word: String, docs: u64) -> Meant {
    Meant { forms: vec![word], docs, weight: 0.0 }
}

/// Two words without their space: both known and of three letters at least.
fn split(form: &str, snapshot: &Snapshot) -> Option<Meant> {
    let cuts = form.char_indices().map(|(at, _)| at);
    let halves =
        cuts.filter_map(|at| form.split_at_checked(at)).filter(|(a, b)| a.len() >= 3 && b.len() >= 3);
    let known = halves.filter_map(|(a, b)| {
        let docs = snapshot.exact_docs(a).min(snapshot.exact_docs(b));
        (docs > 0).then(|| (docs, vec![a.to_owned(), b.to_owned()]))
    });
    known.max_by_key(|(docs, _)| *docs).map(|(docs, forms)| Meant { forms, docs, weight: 0.0 })
}
