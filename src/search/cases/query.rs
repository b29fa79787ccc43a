//! Makes tantivy's query of what somebody looks for.

use std::ops::Bound;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, RangeQuery,
    TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::domain::PersonId;
use crate::domain::case_query::{CaseQuery, Condition, FieldName, Is, Note, Sought, Span, Whom};

use super::super::given::pair;
use super::super::words::{Stems, has_digit, is_stop, words};
use super::Marks;
use super::either::Either;
use super::gathered::Gathered;
use super::schema::{FILE, Fields, NOBODY, NOTED_FILE, RATED};
use super::search::Viewer;
use super::sight::Sight;
use super::spelling::readings;

/// How much a word counts that has the very ending it was written with, beside that it is there.
const EXACT: f32 = 0.3;
/// How much a note counts against a message.
const NOTED: f32 = 0.7;
/// The most words of a phrase.
const MOST_IN_PHRASE: usize = 64;
/// The most words that are corrected: nobody mistypes more.
const MOST_CORRECTED: usize = 6;

type Clause = Box<dyn Query>;

/// A search, taken apart.
#[derive(Default)]
pub struct Parts {
    /// What has to be so whatever the words: the asker's right, conditions, and what must not be there.
    pub filters: Vec<(Occur, Clause)>,
    /// The words and phrases.
    pub words: Vec<Clause>,
    /// What is better still: the words with the very endings they were written with.
    pub better: Vec<Clause>,
    /// What the words are marked by.
    pub marks: Marks,
    /// What the asker is told.
    pub notes: Vec<Note>,
}

/// Makes queries for one asker.
pub struct Maker<'a> {
    pub fields: Fields,
    pub stems: &'a Stems,
    pub sight: &'a Sight<'a>,
    pub viewer: Viewer,
}

impl Maker<'_> {
    /// Takes a search apart.
    pub fn parts(&self, query: &CaseQuery) -> tantivy::Result<Parts> {
        let mut parts = Parts { notes: query.notes.clone(), ..Parts::default() };
        if let Viewer::Customer(person) = self.viewer {
            parts.filters.push((Occur::Must, number(self.fields.party, person.0)));
        }
        self.conditions(&query.conditions, &mut parts);
        let says_something =
            query.words.iter().any(|sought| !sought.is_excluded && !only_stop_words(&sought.text));
        let mut corrected = 0;
        for sought in &query.words {
            if sought.is_excluded {
                let (clause, _) = self.plain(sought);
                let clause = clause.map(|clause| (Occur::MustNot, Box::new(Gathered(clause)) as Clause));
                parts.filters.extend(clause);
            } else if sought.is_phrase || !says_something || !only_stop_words(&sought.text) {
                self.sought(sought, &mut corrected, &mut parts)?;
            }
        }
        Ok(parts)
    }

    /// A word or phrase that has to be there, corrected where nothing has it.
    fn sought(&self, sought: &Sought, corrected: &mut usize, parts: &mut Parts) -> tantivy::Result<()> {
        let (clause, forms) = self.plain(sought);
        let Some(clause) = clause else { return Ok(()) };
        parts.marks.stems.extend(forms.iter().map(|form| self.stems.of(form)));
        let [form] = forms.as_slice() else {
            parts.words.push(clause);
            return Ok(());
        };
        if !sought.is_phrase {
            parts.better.extend(self.better(form));
        }
        if *corrected >= MOST_CORRECTED || self.is_known(form)? {
            parts.words.push(clause);
            return Ok(());
        }
        *corrected += 1;
        let read = readings(form, &self.exact_fields(), self.sight)?;
        if read.is_empty() {
            parts.words.push(clause);
            return Ok(());
        }
        parts.marks.stems.extend(read.iter().map(|form| self.stems.of(form)));
        parts.better.extend(read.iter().filter_map(|form| self.better(form)));
        let each = read.iter().map(|form| self.word(form)).collect();
        parts.words.push(Box::new(BooleanQuery::union(each)));
        parts.notes.push(Note::ReadAs { typed: sought.text.clone(), read });
        Ok(())
    }

    /// A word or phrase as it is, with its words as they are looked up.
    fn plain(&self, sought: &Sought) -> (Option<Clause>, Vec<String>) {
        let forms: Vec<String> =
            words(&sought.text).into_iter().map(|word| word.form).take(MOST_IN_PHRASE).collect();
        let clause = match forms.as_slice() {
            [] => None,
            [form] if sought.is_phrase => Some(self.phrase(std::slice::from_ref(form))),
            [form] => Some(self.word(form)),
            [..] => Some(self.phrase(&forms)),
        };
        (clause, forms)
    }

    /// A word with any ending.
    fn word(&self, form: &str) -> Clause {
        let (f, stem) = (self.fields, self.stems.of(form));
        let said = word_in(f.said, &stem, IndexRecordOption::WithFreqs);
        if !self.is_staff() {
            return said;
        }
        let noted = boosted(word_in(f.noted, &stem, IndexRecordOption::WithFreqs), NOTED);
        Box::new(BooleanQuery::union(vec![said, noted]))
    }

    /// The word with its own ending; a number has none.
    fn better(&self, form: &str) -> Option<Clause> {
        let exact = || word_in(self.fields.said_exact, form, IndexRecordOption::WithFreqs);
        (!has_digit(form)).then(|| boosted(exact(), EXACT))
    }

    /// Words side by side, as they are.
    fn phrase(&self, forms: &[String]) -> Clause {
        let within = |(exact, pairs): (Field, Field)| -> Clause {
            if let [form] = forms {
                return word_in(exact, form, IndexRecordOption::WithFreqs);
            }
            let terms = forms.iter().map(|form| Term::from_field_text(exact, form)).collect();
            let whole: Clause = Box::new(PhraseQuery::new(terms));
            let mut all = vec![(Occur::Must, whole)];
            for next in forms.windows(2) {
                if let [one, next] = next {
                    all.push((Occur::Must, text(pairs, &pair(one, next))));
                }
            }
            Box::new(BooleanQuery::new(all))
        };
        let noted = self.is_staff().then_some((self.fields.noted_exact, self.fields.noted_pairs));
        let fields = std::iter::once((self.fields.said_exact, self.fields.said_pairs)).chain(noted);
        Box::new(Either(fields.map(within).collect()))
    }

    fn is_known(&self, form: &str) -> tantivy::Result<bool> {
        let stem = self.stems.of(form);
        let fields: &[Field] =
            if self.is_staff() { &[self.fields.said, self.fields.noted] } else { &[self.fields.said] };
        for field in fields {
            if self.sight.documents_with(&Term::from_field_text(*field, &stem))? > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn is_staff(&self) -> bool {
        match self.viewer {
            Viewer::Staff(_) => true,
            Viewer::Customer(_) => false,
        }
    }

    /// The words as they are, as far as the asker may read them.
    fn exact_fields(&self) -> Vec<Field> {
        let noted = self.is_staff().then_some(self.fields.noted_exact);
        std::iter::once(self.fields.said_exact).chain(noted).collect()
    }

    /// Adds the conditions. Those on the same field are alternatives, but for tags and times: a case has many tags, and times narrow down.
    fn conditions(&self, conditions: &[Condition], parts: &mut Parts) {
        let mut by_field: Vec<(FieldName, Vec<Clause>)> = Vec::new();
        for condition in conditions {
            let Some(field) = condition.any.first().map(Is::field) else { continue };
            if !self.is_staff() && condition.any.iter().any(Is::is_internal) {
                parts.notes.push(Note::OnlyStaff(field));
                continue;
            }
            let any: Vec<Clause> = condition.any.iter().map(|is| self.is(is)).collect();
            match field {
                _ if condition.is_excluded => {
                    parts.filters.push((Occur::MustNot, Box::new(BooleanQuery::union(any))));
                }
                FieldName::Tag | FieldName::Created | FieldName::Updated | FieldName::Has | FieldName::Is => {
                    parts.filters.push((Occur::Must, silent(Box::new(BooleanQuery::union(any)))));
                }
                FieldName::Status
                | FieldName::Assignee
                | FieldName::Requester
                | FieldName::Queue
                | FieldName::Product
                | FieldName::Priority
                | FieldName::Number => match by_field.iter_mut().find(|(known, _)| *known == field) {
                    Some((_, known)) => known.extend(any),
                    None => by_field.push((field, any)),
                },
            }
        }
        for (_, any) in by_field {
            parts.filters.push((Occur::Must, silent(Box::new(BooleanQuery::union(any)))));
        }
    }

    fn is(&self, is: &Is) -> Clause {
        let f = self.fields;
        let whom = |field, whom: &Whom| {
            number(
                field,
                match whom {
                    Whom::Me => self.person().0,
                    Whom::Nobody => NOBODY,
                    Whom::Person(person) => person.0,
                },
            )
        };
        match is {
            Is::Standing(standing) => text(f.status, standing.name()),
            Is::Assignee(person) => whom(f.assignee, person),
            Is::Requester(person) => whom(f.requester, person),
            Is::Queue(queue) => text(f.queue, queue),
            Is::Tag(tag) => text(f.tag, tag),
            Is::Product(product) => text(f.product, product),
            Is::Priority(priority) => text(f.priority, priority.name()),
            Is::Created(span) => within(f.created, *span),
            Is::Updated(span) => within(f.updated, *span),
            Is::Number(case) => number(f.number, case.0),
            Is::WithFile if self.is_staff() => {
                Box::new(BooleanQuery::union(vec![text(f.flag, FILE), text(f.flag, NOTED_FILE)]))
            }
            Is::WithFile => text(f.flag, FILE),
            Is::Rated(true) => text(f.flag, RATED),
            Is::Rated(false) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, silent(Box::new(AllQuery))),
                (Occur::MustNot, text(f.flag, RATED)),
            ])),
        }
    }

    fn person(&self) -> PersonId {
        match self.viewer {
            Viewer::Staff(person) | Viewer::Customer(person) => person,
        }
    }
}

/// All of these, with what has to be so besides.
pub fn all_of(filters: &[(Occur, Clause)], more: Vec<(Occur, Clause)>) -> Clause {
    let mut clauses: Vec<(Occur, Clause)> =
        filters.iter().map(|(occur, clause)| (*occur, clause.box_clone())).collect();
    clauses.extend(more);
    if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
        clauses.push((Occur::Must, silent(Box::new(AllQuery))));
    }
    Box::new(BooleanQuery::new(clauses))
}

/// One of these cases.
pub fn one_of(field: Field, numbers: impl Iterator<Item = u64>) -> Clause {
    Box::new(BooleanQuery::union(numbers.map(|one| number(field, one)).collect()))
}

fn only_stop_words(text: &str) -> bool {
    words(text).iter().all(|word| is_stop(&word.form))
}

fn word_in(field: Field, word: &str, option: IndexRecordOption) -> Clause {
    Box::new(TermQuery::new(Term::from_field_text(field, word), option))
}

fn boosted(clause: Clause, by: f32) -> Clause {
    Box::new(BoostQuery::new(clause, by))
}

/// What filters and does not rank.
fn silent(clause: Clause) -> Clause {
    Box::new(ConstScoreQuery::new(clause, 0.0))
}

fn text(field: Field, value: &str) -> Clause {
    silent(Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic)))
}

fn number(field: Field, value: u64) -> Clause {
    silent(Box::new(TermQuery::new(Term::from_field_u64(field, value), IndexRecordOption::Basic)))
}

fn within(field: Field, span: Span) -> Clause {
    let term = |at: chrono::DateTime<chrono::Utc>| Term::from_field_i64(field, at.timestamp());
    let from = span.from.map_or(Bound::Unbounded, |at| Bound::Included(term(at)));
    let until = span.until.map_or(Bound::Unbounded, |at| Bound::Excluded(term(at)));
    match (&from, &until) {
        (Bound::Unbounded, Bound::Unbounded) => silent(Box::new(AllQuery)),
        // A span that ends before it begins has nothing in it.
        _ if span.from.zip(span.until).is_some_and(|(from, until)| from >= until) => Box::new(EmptyQuery),
        _ => silent(Box::new(RangeQuery::new(from, until))),
    }
}
