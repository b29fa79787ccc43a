//! A case with its words, and the document that it becomes.

use std::collections::BTreeMap;

use tantivy::TantivyDocument;
use tantivy::schema::Field;

use crate::domain::case::{Case, Event, What};

use super::super::given::{Words, pair};
use super::super::words::{Stems, words};
use super::schema::{FILE, Fields, NOBODY, NOTED_FILE, RATED};

/// How often a subject's words count against those of a message: as the articles' titles do.
const SUBJECT_WEIGHT: usize = 3;
/// The most bytes of text of one case, for customers and for staff each. Nothing that people write by hand is as long.
const MOST_TEXT: usize = 2_000_000;

/// A case as it is to be found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDocument {
    /// The case.
    pub case: Case,
    /// What its customers may read beside the subject, oldest first: messages and names of files.
    pub said: Vec<String>,
    /// What only staff may read: notes, names of files in them, and tags.
    pub noted: Vec<String>,
    /// Whether there is a file among what was said.
    pub has_file: bool,
    /// Whether there is a file among what was noted.
    pub has_noted_file: bool,
    /// Where the words of each event are, by whether only staff may read them.
    places: BTreeMap<(bool, u32), usize>,
}

impl CaseDocument {
    /// The document of a case as it is now.
    #[must_use]
    pub fn new(case: Case) -> Self {
        let noted = case.tags.iter().map(|tag| tag.as_str().to_owned()).collect();
        let places = BTreeMap::new();
        Self { case, said: Vec::new(), noted, has_file: false, has_noted_file: false, places }
    }

    /// Adds what was written in an event of its timeline. Of what was corrected, the words that hold now are found.
    pub fn add(&mut self, event: &Event) {
        let (files, is_internal) = (event.what.files(), event.what.is_internal());
        let (texts, has_file) = if is_internal {
            (&mut self.noted, &mut self.has_noted_file)
        } else {
            (&mut self.said, &mut self.has_file)
        };
        *has_file |= !files.is_empty();
        let text = event.what.text().map(|text| text.as_str().to_owned());
        let is_of =
            if let What::Corrected(correction) = &event.what { correction.event } else { event.number };
        let place = self.places.get(&(is_internal, is_of)).copied();
        match (place.and_then(|at| texts.get_mut(at)), text) {
            (Some(before), text) => *before = text.unwrap_or_default(),
            (None, Some(text)) => {
                self.places.insert((is_internal, is_of), texts.len());
                texts.push(text);
            }
            (None, None) => {}
        }
        texts.extend(files.iter().map(|file| file.name.clone()));
    }

    /// What tantivy is given.
    pub(super) fn document(&self, stems: &Stems, f: Fields) -> TantivyDocument {
        let case = &self.case;
        let mut doc = TantivyDocument::default();
        doc.add_u64(f.number, case.number.0);
        doc.add_u64(f.requester, case.requester.0);
        doc.add_u64(f.party, case.requester.0);
        for follower in case.followers.iter().filter(|person| **person != case.requester) {
            doc.add_u64(f.party, follower.0);
        }
        doc.add_u64(f.assignee, case.assignee.map_or(NOBODY, |person| person.0));
        doc.add_text(f.status, case.standing().name());
        doc.add_text(f.priority, case.priority.name());
        doc.add_text(f.queue, case.queue.as_str());
        for tag in &case.tags {
            doc.add_text(f.tag, tag.as_str());
        }
        if let Some(product) = &case.product {
            doc.add_text(f.product, product.as_str());
        }
        for (flag, is_set) in
            [(FILE, self.has_file), (NOTED_FILE, self.has_noted_file), (RATED, case.rating.is_some())]
        {
            if is_set {
                doc.add_text(f.flag, flag);
            }
        }
        doc.add_u64(f.active, u64::from(case.status.is_active()));
        doc.add_i64(f.created, case.opened_at.timestamp());
        doc.add_i64(f.updated, case.updated_at.timestamp());
        let said = std::iter::once(case.subject.as_str()).chain(self.said.iter().map(String::as_str));
        add_words(&mut doc, said, SUBJECT_WEIGHT, [f.said, f.said_exact, f.said_pairs], stems);
        let noted = self.noted.iter().map(String::as_str);
        add_words(&mut doc, noted, 1, [f.noted, f.noted_exact, f.noted_pairs], stems);
        doc
    }
}

/// Adds texts, the first of which counts more.
fn add_words<'a>(
    doc: &mut TantivyDocument,
    texts: impl Iterator<Item = &'a str>,
    first_weight: usize,
    [stemmed, exact, paired]: [Field; 3],
    stems: &Stems,
) {
    let [mut given_stems, mut given_words, mut given_pairs] = [const { Words::new() }; 3];
    let mut bytes = 0;
    for (at, text) in texts.enumerate() {
        bytes += text.len();
        if bytes > MOST_TEXT {
            break;
        }
        let weight = if at == 0 { first_weight } else { 1 };
        let words = words(text);
        for next in words.windows(2) {
            if let [one, next] = next {
                given_pairs.word(&pair(&one.form, &next.form));
            }
        }
        for word in words {
            let stem = stems.of(&word.form);
            (0..weight).for_each(|_| given_stems.word(&stem));
            given_words.word(&word.form);
        }
        given_stems.end_text();
        given_words.end_text();
    }
    for (field, words) in [(stemmed, given_stems), (exact, given_words), (paired, given_pairs)] {
        if let Some(words) = words.as_str() {
            doc.add_text(field, words);
        }
    }
}
