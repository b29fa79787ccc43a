//! An index that is open, and the search over it: candidates, measures, ranking, marks.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock, Weak};

use tantivy::schema::Value;
use tantivy::{DocAddress, Index as TantivyIndex, IndexReader, IndexWriter, ReloadPolicy, TantivyDocument};

use crate::domain::{About, Article, Passage, Shelf};

use super::SearchError;
use super::candidates::{Among, candidates};
use super::confidence;
use super::features::{Measure, Measured};
use super::given;
use super::highlight::Marker;
use super::meaning::{DIMENSIONS, Direction, Vectors, nearness};
use super::query::Query;
use super::rank;
use super::reader::Reader;
use super::results::{Found, Request, Results, Shown};
use super::schema::{self, Fields};
use super::snapshot::Snapshot;
use super::stream::Place;
use super::synonyms::Synonyms;
use super::words::Stems;

/// How many articles the second stage reads. Measured: more find hardly anything more.
pub const CANDIDATES: usize = 100;
/// Memory for building an index in memory, in bytes.
const MEMORY: usize = 100_000_000;

/// An index that can be searched, from many threads at once.
pub struct Engine {
    pub(super) fields: Fields,
    pub(super) stems: Stems,
    pub(super) synonyms: Synonyms,
    reader: IndexReader,
    vectors: Arc<Vectors>,
    snapshot: RwLock<Arc<Snapshot>>,
}

/// A state of an index: another one after every change.
#[derive(Debug, Clone)]
pub struct Version(Weak<Snapshot>);

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.0.ptr_eq(&other.0)
    }
}

/// A candidate with everything that was measured of it.
pub struct Scored {
    /// Where it is in the index.
    pub address: DocAddress,
    /// What was measured.
    pub measured: Measured,
}

impl Engine {
    /// An index in memory.
    pub fn in_memory(
        articles: impl IntoIterator<Item = Article>,
        synonyms: Synonyms,
    ) -> Result<Self, SearchError> {
        let (schema, fields) = schema::schema();
        let index = TantivyIndex::create_in_ram(schema);
        given::teach(&index);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, MEMORY)?;
        let (stems, vectors) = (Stems::default(), Vectors::english());
        for article in articles {
            writer.add_document(schema::document(&article, &stems, &vectors, fields)?)?;
        }
        writer.commit()?;
        let all = index.searchable_segment_ids()?;
        if all.len() > 1 {
            writer.merge(&all).wait()?;
        }
        writer.wait_merging_threads()?;
        Self::open(&index, synonyms)
    }

    /// Opens what was built.
    pub(super) fn open(index: &TantivyIndex, synonyms: Synonyms) -> Result<Self, SearchError> {
        let (_, fields) = schema::schema();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let snapshot = RwLock::new(Arc::new(Snapshot::open(reader.searcher(), fields)?));
        let vectors = Vectors::english();
        Ok(Self { fields, reader, stems: Stems::default(), vectors, synonyms, snapshot })
    }

    /// Sees what was committed since; searches under way finish on what they began with.
    pub(super) fn reload(&self) -> Result<(), SearchError> {
        self.reader.reload()?;
        let fresh = Arc::new(Snapshot::open(self.reader.searcher(), self.fields)?);
        *self.snapshot.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// The same index with other synonyms.
    #[must_use]
    pub fn with_synonyms(&self, synonyms: Synonyms) -> Self {
        Self {
            fields: self.fields,
            stems: Stems::default(),
            synonyms,
            reader: self.reader.clone(),
            vectors: Arc::clone(&self.vectors),
            snapshot: RwLock::new(self.snapshot()),
        }
    }

    /// The present state.
    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        Arc::clone(&self.snapshot.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// In which state it is.
    #[must_use]
    pub fn version(&self) -> Version {
        Version(Arc::downgrade(&self.snapshot()))
    }

    /// How many articles there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.snapshot().searcher().num_docs()
    }

    /// Whether there is no article.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Finds what answers a question.
    pub fn search(&self, request: &Request<'_>) -> Result<Results, SearchError> {
        self.search_on(request, None)
    }

    /// The same on one shelf. Who names an article by its number gets it, wherever it is.
    pub fn search_on(&self, request: &Request<'_>, on: Option<Shelf>) -> Result<Results, SearchError> {
        let snapshot = self.snapshot();
        let named = self.named_by_number(request.question, &snapshot)?;
        let among = Among { product: request.product, shelf: on };
        let (query, mut scored) = self.rank(request.question, among, &snapshot)?;
        scored.retain(|(_, s)| !named.contains(&s.address));
        let confident =
            !named.is_empty() || scored.first().is_some_and(|(_, s)| confidence::is_enough(&s.measured));
        let first = named.into_iter().map(|address| (f32::MAX, address, Place::default()));
        let others = scored.into_iter().map(|(score, s)| (score, s.address, s.measured.place));
        let marker = Marker::new(&query, &self.stems);
        let mut results = Results { confident, corrections: Vec::new(), ..Results::default() };
        for (at, (score, address, place)) in first.chain(others).take(request.limit).enumerate() {
            let document: TantivyDocument = snapshot.searcher().doc(address)?;
            let about = self.about(&document)?;
            let passage = match request.shown {
                Shown::One(one) if one == at => {
                    let article = self.whole(&document, about.clone())?;
                    let passage = article.passages.get(place.passage).cloned();
                    results.article = Some(article);
                    passage
                }
                Shown::Every => self.passage(&document, place.passage)?,
                Shown::One(_) | Shown::Nothing => None,
            };
            let heading = passage.as_ref().and_then(|passage| passage.heading.as_deref());
            results.found.push(Found {
                title: marker.line(&about.title),
                heading: heading.map(|heading| marker.line(heading)).unwrap_or_default(),
                about,
                passage: passage.map(|passage| marker.mark(passage)),
                passage_at: place.passage,
                block_at: place.block,
                score,
                by_number: score >= f32::MAX,
            });
        }
        drop(marker);
        results.corrections = query.corrections;
        Ok(results)
    }

    /// The candidates in their order, with their scores.
    fn rank(
        &self,
        question: &str,
        among: Among<'_>,
        snapshot: &Snapshot,
    ) -> Result<(Query, Vec<(f32, Scored)>), SearchError> {
        let (query, found) = self.measure_on(question, among, CANDIDATES, snapshot)?;
        let weights = rank::weights(query.concepts.len());
        let weighed = |s: Scored| (rank::score(&s.measured.features, &weights), s);
        let mut scored: Vec<(f32, Scored)> = found.into_iter().map(weighed).collect();
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.address.cmp(&b.1.address)));
        rank::prefer_support(&mut scored, |(score, _)| *score, |(_, s)| snapshot.kind(s.address));
        Ok((query, scored))
    }

    /// The candidates of a question with their measures, in no order: what ranking is tuned on.
    pub fn measure(&self, question: &str, limit: usize) -> Result<(Query, Vec<Scored>), SearchError> {
        self.measure_on(question, Among::default(), limit, &self.snapshot())
    }

    fn measure_on(
        &self,
        question: &str,
        among: Among<'_>,
        limit: usize,
        snapshot: &Snapshot,
    ) -> Result<(Query, Vec<Scored>), SearchError> {
        let query = Query::new(question, snapshot, &self.stems, &self.synonyms);
        let mut reader = Reader::new(&query, snapshot);
        let asked = self.vectors.direction(query.said.iter().map(String::as_str));
        let mut out = Vec::with_capacity(limit);
        let (mut words, mut directions) = (Vec::new(), Vec::new());
        for address in candidates(&query, among, limit, snapshot)? {
            snapshot.stream(address, &mut words)?;
            let mut measured = reader.measure(&words);
            snapshot.meaning(address, &mut directions)?;
            measure_meaning(&asked, &directions, &reader, &mut measured);
            out.push(Scored { address, measured });
        }
        drop(reader);
        Ok((query, out))
    }

    pub(super) fn about(&self, stored: &TantivyDocument) -> Result<About, SearchError> {
        let bytes = stored.get_first(self.fields.about).and_then(|v| v.as_bytes()).unwrap_or_default();
        Ok(serde_json::from_slice(bytes)?)
    }

    /// A stored article with all its passages.
    pub(super) fn whole(&self, stored: &TantivyDocument, about: About) -> Result<Article, SearchError> {
        let all = stored.get_all(self.fields.passage).filter_map(|v| v.as_bytes());
        let passages = all.map(serde_json::from_slice).collect::<Result<_, _>>()?;
        Ok(Article { about, passages })
    }

    fn passage(&self, stored: &TantivyDocument, at: usize) -> Result<Option<Passage>, SearchError> {
        let bytes = stored.get_all(self.fields.passage).nth(at).and_then(|v| v.as_bytes());
        Ok(bytes.map(serde_json::from_slice).transpose()?)
    }

    /// The ids of all articles by their place in the index: for the harness that chooses weights.
    pub fn ids(&self) -> Result<HashMap<DocAddress, String>, SearchError> {
        Ok(self.snapshot().titles()?.into_iter().map(|t| (t.address, t.id)).collect())
    }
}

/// Measures how near the meanings of the title, the opening and the nearest passage are.
fn measure_meaning(asked: &Direction, directions: &[u8], reader: &Reader<'_>, measured: &mut Measured) {
    let (all, _) = directions.as_chunks::<DIMENSIONS>();
    let near = |at: usize| all.get(at).map_or(0.0, |direction| nearness(asked, direction));
    measured.set(Measure::TitleMeaning, 10.0 * near(0));
    measured.set(Measure::OpeningMeaning, 10.0 * near(1));
    let nearest = (1..all.len()).map(near).fold(0.0, f32::max);
    measured.set(Measure::PassageMeaning, 10.0 * nearest);
    reader.choose_part(|part| near(part + 1), measured);
}
