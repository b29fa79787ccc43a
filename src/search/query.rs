//! What a question asks for: its concepts, each a word with the other words that would do as well.

use std::collections::HashMap;

use super::chatter::{self, is_chatter};
use super::results::Correction;
use super::snapshot::Snapshot;
use super::spelling;
use super::stream;
use super::synonyms::Synonyms;
use super::words::{Stems, is_stop, words};

/// The most concepts that are looked up; of longer questions the rarest words count.
const MAX_CONCEPTS: usize = 96;
/// The most text that is read of a question.
const MAX_CHARS: usize = 20_000;

/// A word that may stand for a concept.
#[derive(Debug, Clone)]
pub struct Term {
    /// The stem as it is in the index.
    pub stem: String,
    /// The stem's part of its token.
    pub number: u32,
    /// One bit for each exact form that was asked for.
    pub forms: u64,
    /// 1 for the person's own word, less for corrections and synonyms.
    pub weight: f32,
    /// How telling the stem is.
    pub idf: f32,
    /// How telling the exact form is.
    pub exact_idf: f32,
    /// Which concept it stands for.
    pub concept: usize,
}

/// Something that was asked for.
#[derive(Debug, Clone)]
pub struct Concept {
    /// How often it was said, damped.
    pub weight: f32,
    /// How telling it is: the idf of its own word, or of the best that stands for it.
    pub idf: f32,
    /// Whether the index knows the word, or one that was taken in its place.
    pub known: bool,
}

/// A question, understood.
#[derive(Debug, Clone, Default)]
pub struct Query {
    /// All words that are looked for.
    pub terms: Vec<Term>,
    /// What was asked for.
    pub concepts: Vec<Concept>,
    /// Concepts that stood side by side, in order.
    pub pairs: Vec<(usize, usize)>,
    /// Words that were read as others.
    pub corrections: Vec<Correction>,
    /// The forms that were asked for, corrected: what the question is about.
    pub said: Vec<String>,
}

struct Asked {
    stem: String,
    forms: Vec<String>,
    count: u32,
}

impl Query {
    /// Understands a question against the words that the index knows.
    #[must_use]
    pub fn new(question: &str, snapshot: &Snapshot, stems: &Stems, synonyms: &Synonyms) -> Self {
        let text = match question.char_indices().nth(MAX_CHARS) {
            Some((end, _)) => question.get(..end).unwrap_or_default(),
            None => question,
        };
        let all: Vec<String> = words(text).into_iter().map(|w| w.form).collect();
        let kept: Vec<&String> = all.iter().filter(|w| !is_stop(w)).collect();
        let mut asked: Vec<Asked> = Vec::new();
        let mut by_stem: HashMap<String, usize> = HashMap::new();
        let mut sequence = Vec::with_capacity(kept.len());
        for form in kept {
            let stem = stems.of(form);
            let at = *by_stem.entry(stem.clone()).or_insert_with(|| {
                asked.push(Asked { stem, forms: Vec::new(), count: 0 });
                asked.len() - 1
            });
            sequence.push(at);
            if let Some(entry) = asked.get_mut(at) {
                entry.count += 1;
                if !entry.forms.contains(form) {
                    entry.forms.push(form.clone());
                }
            }
        }
        let mut query = Self::default();
        for entry in &asked {
            query.add(entry, snapshot, stems, synonyms);
        }
        query.pair_up(&sequence);
        let stemmed: Vec<String> = all.iter().map(|w| stems.of(w)).collect();
        synonyms.extend(&mut query, &stemmed, snapshot);
        query.keep_the_rarest();
        query
    }

    fn add(&mut self, asked: &Asked, snapshot: &Snapshot, stems: &Stems, synonyms: &Synonyms) {
        let concept = self.concepts.len();
        let chatter = asked.forms.iter().all(|form| is_chatter(form));
        let weight = (1.0 + (asked.count as f32).ln() * 0.5) * if chatter { chatter::WEIGHT } else { 1.0 };
        let docs = snapshot.stem_docs(&asked.stem);
        if docs > 0 {
            let exact = asked.forms.iter().map(|form| snapshot.exact_docs(form)).min().unwrap_or(docs);
            let idf = snapshot.idf(docs);
            self.concepts.push(Concept { weight, idf, known: true });
            self.said.extend(asked.forms.iter().cloned());
            self.push_term(concept, &asked.stem, &asked.forms, 1.0, idf, snapshot.idf(exact.max(1)));
            return;
        }
        let form = asked.forms.first().map_or("", String::as_str);
        // Until a reading is found, an unknown word is as telling as a word can be: it weighs against an answer.
        self.concepts.push(Concept { weight, idf: snapshot.idf(0), known: false });
        // A word that the company lists is spelt right, though no article has it: what it stands for comes in later.
        let is_listed = synonyms.stands_for_known(&asked.stem, snapshot);
        let readings = if is_listed { Vec::new() } else { spelling::readings(form, snapshot) };
        if readings.is_empty() {
            self.said.extend(asked.forms.iter().cloned());
        }
        for (rank, meant) in readings.into_iter().enumerate() {
            if rank == 0 {
                self.corrections.push(Correction { typed: form.to_owned(), read: meant.forms.join(" ") });
            }
            if rank == 0 {
                self.said.extend(meant.forms.iter().cloned());
            }
            for (at, word) in meant.forms.iter().enumerate() {
                let stem = stems.of(word);
                let idf = snapshot.idf(snapshot.stem_docs(&stem).max(1));
                // A word that was split stands for two concepts.
                let concept = if at == 0 { concept } else { self.add_concept(weight * meant.weight, idf) };
                self.know(concept, idf);
                let exact_idf = snapshot.idf(snapshot.exact_docs(word).max(1));
                self.push_term(concept, &stem, std::slice::from_ref(word), meant.weight, idf, exact_idf);
            }
        }
    }

    /// Adds a concept that no word of the question stands for by itself.
    pub fn add_concept(&mut self, weight: f32, idf: f32) -> usize {
        self.concepts.push(Concept { weight, idf, known: true });
        self.concepts.len() - 1
    }

    /// A concept whose own word is unknown is as telling as the best word that stands for it.
    pub fn know(&mut self, concept: usize, idf: f32) {
        if let Some(c) = self.concepts.get_mut(concept).filter(|c| !c.known) {
            *c = Concept { weight: c.weight, idf, known: true };
        }
    }

    /// Adds a word that may stand for `concept`.
    pub fn push_term(
        &mut self,
        concept: usize,
        stem: &str,
        forms: &[String],
        weight: f32,
        idf: f32,
        exact_idf: f32,
    ) {
        let mut number = 0;
        let mut bits = 0;
        for form in forms {
            let token = stream::token(stem, form);
            number = stream::stem_of(token);
            bits |= stream::form_bit(token);
        }
        let stem = stem.to_owned();
        self.terms.push(Term { stem, number, forms: bits, weight, idf, exact_idf, concept });
    }

    fn pair_up(&mut self, sequence: &[usize]) {
        for pair in sequence.windows(2) {
            if let [a, b] = *pair
                && a != b
                && !self.pairs.contains(&(a, b))
            {
                self.pairs.push((a, b));
            }
        }
    }

    /// Very long questions: only the most telling concepts stay.
    fn keep_the_rarest(&mut self) {
        if self.concepts.len() <= MAX_CONCEPTS {
            return;
        }
        let mut idfs: Vec<f32> = self.concepts.iter().map(|c| c.idf).collect();
        idfs.sort_by(|a, b| b.total_cmp(a));
        let least = idfs.get(MAX_CONCEPTS - 1).copied().unwrap_or(0.0);
        let mut left = MAX_CONCEPTS;
        let keep: Vec<bool> = self
            .concepts
            .iter()
            .map(|c| {
                let kept = c.idf >= least && left > 0;
                left -= usize::from(kept);
                kept
            })
            .collect();
        let stays = |concept: usize| keep.get(concept).copied().unwrap_or(false);
        self.terms.retain(|term| stays(term.concept));
        self.pairs.retain(|(a, b)| stays(*a) && stays(*b));
    }
}
