//! An index of cases that is open for searching.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, Occur, Query};
use tantivy::{DocAddress, DocId, Index as TantivyIndex, IndexReader, ReloadPolicy, Score, SegmentReader};

use crate::domain::PersonId;
use crate::domain::case::CaseNumber;
use crate::domain::case_query::{CaseQuery, Note};

use super::super::SearchError;
use super::super::words::Stems;
use super::query::{Maker, all_of, one_of};
use super::schema::{self, Fields};
use super::sight::Sight;
use super::{MOST_FOUND, Marks};

/// How much better a case of this moment ranks than a very old one: only among those that are nearly alike.
const RECENT: f32 = 0.10;
/// How much better one ranks that is not over.
const ACTIVE: f32 = 0.05;
/// After so many seconds a case is half as recent: 90 days.
const HALF_RECENT: f32 = 90.0 * 86_400.0;
/// Digits of a case's number in the key by which cases are ordered; above them is the score.
const NUMBER_BITS: u32 = 40;
/// Scores are told apart by a thousandth.
const STEPS: f32 = 1_000.0;

/// Who searches, which decides what there is to be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Viewer {
    /// Somebody who works for the desk: every case, with its notes.
    Staff(PersonId),
    /// Everybody else: cases of theirs, without notes.
    Customer(PersonId),
}

/// A search.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who searches.
    pub viewer: Viewer,
    /// For what.
    pub query: &'a CaseQuery,
    /// The most cases that are named.
    pub limit: usize,
    /// What time it is.
    pub now: DateTime<Utc>,
}

/// The cases that were found.
#[derive(Debug, Clone, Default)]
pub struct Ranked {
    /// The best first, as many as were asked for.
    pub cases: Vec<CaseNumber>,
    /// How many there are.
    pub total: usize,
    /// What the asker is told beside.
    pub notes: Vec<Note>,
    /// What the words are marked by.
    pub marks: Marks,
}

/// An index of cases, searched from many threads at once. Cheap to clone; all clones see what is committed.
#[derive(Clone)]
pub struct CaseIndex {
    shared: Arc<Shared>,
}

struct Shared {
    fields: Fields,
    stems: Stems,
    reader: RwLock<IndexReader>,
}

impl CaseIndex {
    /// One in which nothing is found yet.
    pub(super) fn empty() -> Result<Self, SearchError> {
        let (schema, fields) = schema::schema();
        let reader = RwLock::new(reader(&TantivyIndex::create_in_ram(schema))?);
        Ok(Self { shared: Arc::new(Shared { fields, stems: Stems::default(), reader }) })
    }

    /// From now on another index is searched; searches under way finish on what they began with.
    pub(super) fn show(&self, index: &TantivyIndex) -> Result<(), SearchError> {
        *self.shared.reader.write().unwrap_or_else(PoisonError::into_inner) = reader(index)?;
        Ok(())
    }

    /// Sees what was committed since.
    pub(super) fn reload(&self) -> Result<(), SearchError> {
        Ok(self.reader().reload()?)
    }

    fn reader(&self) -> IndexReader {
        self.shared.reader.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// How many cases are in it.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.reader().searcher().num_docs()
    }

    /// Whether there is no case in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds cases: those that are named by number first, then the best, the newer first among equals.
    pub fn search(&self, asked: &Asked<'_>) -> Result<Ranked, SearchError> {
        let searcher = self.reader().searcher();
        let fields = self.shared.fields;
        let sight = Sight::of(asked.viewer, &searcher, fields)?;
        let maker = Maker { fields, stems: &self.shared.stems, sight: &sight, viewer: asked.viewer };
        let parts = maker.parts(asked.query)?;
        let run = |query: &dyn Query| rank(query, &sight, asked);

        let mut found = Ranked { notes: parts.notes, marks: parts.marks, ..Ranked::default() };
        if !asked.query.named.is_empty() {
            let named = asked.query.named.iter().map(|number| number.0);
            let (_, there) =
                run(&*all_of(&parts.filters, vec![(Occur::Must, one_of(fields.number, named))]))?;
            // In the order in which they were named.
            found.cases = asked.query.named.iter().copied().filter(|number| there.contains(number)).collect();
        }
        let others = |more: Vec<(Occur, Box<dyn Query>)>| {
            let mut more = more;
            if !found.cases.is_empty() {
                let named = one_of(fields.number, found.cases.iter().map(|number| number.0));
                more.push((Occur::MustNot, named));
            }
            run(&*all_of(&parts.filters, more))
        };
        let each = |occur| parts.words.iter().map(|word| (occur, word.box_clone())).collect::<Vec<_>>();
        let (mut total, mut cases) = others(each(Occur::Must))?;
        if total == 0 && found.cases.is_empty() && parts.words.len() > 1 {
            let any = BooleanQuery::union(each(Occur::Must).into_iter().map(|(_, word)| word).collect());
            (total, cases) = others(vec![(Occur::Must, Box::new(any))])?;
            if total > 0 {
                found.notes.push(Note::NotAll);
            }
        }
        found.total = total + found.cases.len();
        found.cases.extend(cases);
        found.cases.truncate(asked.limit);
        Ok(found)
    }
}

/// Counts what a query finds, and names the best.
#[expect(clippy::cast_sign_loss, reason = "only scores above zero become a key")]
fn rank(
    query: &dyn Query,
    sight: &Sight<'_>,
    asked: &Asked<'_>,
) -> Result<(usize, Vec<CaseNumber>), SearchError> {
    let now = asked.now.timestamp();
    let best =
        TopDocs::with_limit(asked.limit.clamp(1, MOST_FOUND)).tweak_score(move |segment: &SegmentReader| {
            let columns = segment.fast_fields();
            let numbers = columns.u64("number").ok();
            let updated = columns.i64("updated").ok();
            let active = columns.u64("active").ok();
            move |document: DocId, score: Score| {
                let number = numbers.as_ref().and_then(|column| column.first(document)).unwrap_or(0);
                // Without words all score nothing, and the newest come first.
                let step = if score > 0.0 {
                    let at = updated.as_ref().and_then(|column| column.first(document)).unwrap_or(0);
                    let is_active = active.as_ref().and_then(|column| column.first(document)) == Some(1);
                    let age = now.saturating_sub(at).max(0) as f32;
                    let recent = RECENT / (1.0 + age / HALF_RECENT);
                    let active = if is_active { ACTIVE } else { 0.0 };
                    (score * (1.0 + recent + active) * STEPS) as u64
                } else {
                    0
                };
                (step.min((1 << (u64::BITS - NUMBER_BITS)) - 1) << NUMBER_BITS)
                    | (number & ((1 << NUMBER_BITS) - 1))
            }
        });
    let (found, total): (Vec<(u64, DocAddress)>, usize) =
        sight.searcher().search_with_statistics_provider(query, &(best, Count), sight)?;
    let number = |key: u64| CaseNumber(key & ((1 << NUMBER_BITS) - 1));
    Ok((total, found.into_iter().map(|(key, _)| number(key)).collect()))
}

fn reader(index: &TantivyIndex) -> Result<IndexReader, SearchError> {
    Ok(index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?)
}
