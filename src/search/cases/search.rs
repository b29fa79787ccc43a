//! An index of cases that is open for searching.

use std::sync::{Arc, PoisonError, RwLock};

use chrono::{DateTime, Utc};
use tantivy::query::{BooleanQuery, EnableScoring, Occur, Query};
use tantivy::{Executor, Index as TantivyIndex, IndexReader, ReloadPolicy};

use crate::domain::PersonId;
use crate::domain::case::CaseNumber;
use crate::domain::case_query::{CaseQuery, Note};

use super::super::SearchError;
use super::super::words::Stems;
use super::best::{Best, Candidate, refine};
use super::query::{Maker, all_of, one_of};
use super::schema::{self, Fields};
use super::sight::Sight;
use super::{MOST_FOUND, Marks};

/// So many of the best by the stems of words are looked at again with their endings.
const REFINED: usize = 200;
/// So many cases are searched before it would have been worth asking others to help.
const ALONE: u64 = 5_000;
/// The most threads that search at once.
const MOST_AT_ONCE: usize = 4;

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
    /// Searches several segments at once.
    executor: Executor,
}

impl CaseIndex {
    /// One in which nothing is found yet.
    pub(super) fn empty() -> Result<Self, SearchError> {
        let (schema, fields) = schema::schema();
        let reader = RwLock::new(reader(&TantivyIndex::create_in_ram(schema))?);
        let executor = Executor::multi_thread(at_once(), "guidepost-cases-")?;
        Ok(Self { shared: Arc::new(Shared { fields, stems: Stems::default(), reader, executor }) })
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
        let run = |query: &dyn Query| self.rank(query, &parts.better, &sight, asked);

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

    /// Counts what a query finds, and names the best.
    fn rank(
        &self,
        query: &dyn Query,
        better: &[Box<dyn Query>],
        sight: &Sight<'_>,
        asked: &Asked<'_>,
    ) -> Result<(usize, Vec<CaseNumber>), SearchError> {
        let limit = asked.limit.clamp(1, MOST_FOUND);
        let best = Best {
            limit: if better.is_empty() { limit } else { limit.max(REFINED) },
            now: asked.now.timestamp(),
            is_ranked: asked.query.words.iter().any(|sought| !sought.is_excluded),
        };
        let scoring = EnableScoring::enabled_from_statistics_provider(sight, sight.searcher());
        let executor = if sight.count() > ALONE { &self.shared.executor } else { &Executor::SingleThread };
        let (mut found, total) = sight.searcher().search_with_executor(query, &best, executor, scoring)?;
        refine(&mut found, better, sight)?;
        found.sort_unstable_by(|a, b| b.cmp(a));
        Ok((total, found.iter().take(limit).map(Candidate::case).collect()))
    }
}

/// How many segments of a large index are searched at once: more would not be searched faster.
pub(super) fn at_once() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from).min(MOST_AT_ONCE)
}

fn reader(index: &TantivyIndex) -> Result<IndexReader, SearchError> {
    Ok(index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?)
}
