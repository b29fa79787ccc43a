//! Words and phrases that mean the same, as the company lists them in `knowledge/synonyms.toml`.

use std::collections::HashMap;

use super::query::Query;
use super::snapshot::Snapshot;
use super::words::{Stems, is_stop, words};

/// What a synonym counts against the person's own word.
const WEIGHT: f32 = 0.5;
/// What each word of a phrase counts that stands for one word: it needs the others to mean the same.
const PHRASE_WEIGHT: f32 = 0.35;

/// Groups of words that stand for each other, ready to be looked up.
#[derive(Debug, Clone, Default)]
pub struct Synonyms {
    /// By the first stem of the phrase.
    entries: HashMap<String, Vec<Entry>>,
}

#[derive(Debug, Clone)]
struct Entry {
    /// All stems of the phrase, stop words included.
    phrase: Vec<String>,
    /// What else would do: the content stems of each.
    others: Vec<Vec<Other>>,
}

#[derive(Debug, Clone)]
struct Other {
    stem: String,
    form: String,
}

impl Synonyms {
    /// `groups`: every entry stands for every other. `replacements`: the first ones are searched as the second ones, too.
    #[must_use]
    pub fn new(groups: &[Vec<String>], replacements: &[(Vec<String>, Vec<String>)]) -> Self {
        let stems = Stems::default();
        let mut entries: HashMap<String, Vec<Entry>> = HashMap::new();
        let mut add = |from: &str, to: &[String]| {
            let phrase: Vec<String> = words(from).iter().map(|w| stems.of(&w.form)).collect();
            let own: Vec<Other> = content(from, &stems);
            let same = |other: &[Other]| other.iter().map(|o| &o.stem).eq(own.iter().map(|o| &o.stem));
            let mut others: Vec<Vec<Other>> = Vec::new();
            for text in to {
                let other = content(text, &stems);
                let known =
                    others.iter().any(|o| o.iter().map(|o| &o.stem).eq(other.iter().map(|o| &o.stem)));
                if !other.is_empty() && !same(&other) && !known {
                    others.push(other);
                }
            }
            if let (Some(first), false) = (phrase.first().cloned(), others.is_empty()) {
                entries.entry(first).or_default().push(Entry { phrase, others });
            }
        };
        for group in groups {
            for from in group {
                add(from, group);
            }
        }
        for (from, to) in replacements {
            for from in from {
                add(from, to);
            }
        }
        // The longest phrase is tried first: "sign in" before "sign".
        for list in entries.values_mut() {
            list.sort_by_key(|entry| std::cmp::Reverse(entry.phrase.len()));
        }
        Self { entries }
    }

    /// Whether a word is listed with others of which the index knows one.
    #[must_use]
    pub fn stands_for_known(&self, stem: &str, snapshot: &Snapshot) -> bool {
        let own = self.entries.get(stem).into_iter().flatten().filter(|entry| entry.phrase.len() == 1);
        let is_known = |other: &Other| snapshot.stem_docs(&other.stem) > 0;
        own.flat_map(|entry| &entry.others).any(|others| others.iter().all(is_known))
    }

    /// Adds to a question's concepts what else would do; `sequence` holds all its words' stems, stop words included.
    pub fn extend(&self, query: &mut Query, sequence: &[String], snapshot: &Snapshot) {
        let mut at = 0;
        while let Some(rest) = sequence.get(at..).filter(|rest| !rest.is_empty()) {
            let found = rest
                .first()
                .and_then(|first| self.entries.get(first))
                .and_then(|list| list.iter().find(|entry| rest.starts_with(&entry.phrase)));
            at += found.map_or(1, |entry| {
                add_others(entry, query, snapshot);
                entry.phrase.len()
            });
        }
    }
}

fn add_others(entry: &Entry, query: &mut Query, snapshot: &Snapshot) {
    let own =
        query.terms.iter().find(|t| t.weight >= 1.0 && entry.phrase.contains(&t.stem)).map(|t| t.concept);
    for other in &entry.others {
        let weight = if other.len() == 1 { WEIGHT } else { PHRASE_WEIGHT };
        for word in other {
            let docs = snapshot.stem_docs(&word.stem);
            let asked = query.terms.iter().any(|t| t.stem == word.stem);
            if docs == 0 || asked {
                continue;
            }
            let idf = snapshot.idf(docs);
            let concept = own.unwrap_or_else(|| query.add_concept(WEIGHT, idf));
            // A rare synonym is no more telling than the word that was asked for.
            let limit = query.concepts.get(concept).map_or(idf, |c| if c.known { c.idf } else { idf });
            let idf = idf.min(limit);
            let forms = std::slice::from_ref(&word.form);
            query.push_term(concept, &word.stem, forms, weight, idf, idf);
            query.know(concept, idf);
        }
    }
}

fn content(text: &str, stems: &Stems) -> Vec<Other> {
    let kept = words(text).into_iter().filter(|w| !is_stop(&w.form));
    kept.map(|w| Other { stem: stems.of(&w.form), form: w.form }).collect()
}
