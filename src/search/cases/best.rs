//! The best of the cases that a query finds, and how many it finds in all.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Query};
use tantivy::{DocAddress, DocId, DocSet, Score, SegmentOrdinal, SegmentReader};

use crate::domain::case::CaseNumber;

use super::sight::Sight;

/// How much better a case of this moment ranks than a very old one: only among those that are nearly alike.
const RECENT: f32 = 0.10;
/// How much better one ranks that is not over.
const ACTIVE: f32 = 0.05;
/// After so many seconds a case is half as recent: 90 days.
const HALF_RECENT: f32 = 90.0 * 86_400.0;
/// Digits of a case's number in the key by which cases are ordered; above them is the score.
const NUMBER_BITS: u32 = 40;
/// The highest number that has a place in such a key.
const MOST_NUMBER: u64 = (1 << NUMBER_BITS) - 1;
/// Scores are told apart by a thousandth.
const STEPS: f32 = 1_000.0;

/// Looks for the best.
#[derive(Debug, Clone, Copy)]
pub struct Best {
    /// The most of them.
    pub limit: usize,
    /// What time it is, in seconds.
    pub now: i64,
    /// Whether the query ranks: without words it does not, and the newest are the best.
    pub is_ranked: bool,
}

/// A case that was found.
#[derive(Debug, Clone, Copy)]
pub struct Candidate {
    address: DocAddress,
    number: u64,
    /// What its words are worth.
    score: Score,
    /// What its age and its status make of that.
    factor: Score,
}

/// The best, in no order, and how many cases there are.
pub type Found = (Vec<Candidate>, usize);

impl Candidate {
    /// Its case.
    pub fn case(&self) -> CaseNumber {
        CaseNumber(self.number)
    }

    fn key(&self) -> u64 {
        key(self.score * self.factor, self.number)
    }
}

/// In the order of keys the better of two cases comes later, the newer one among equals.
#[expect(clippy::cast_sign_loss, reason = "no score is below zero")]
fn key(score: Score, number: u64) -> u64 {
    let step = ((score * STEPS) as u64).min((1 << (u64::BITS - NUMBER_BITS)) - 1);
    step << NUMBER_BITS | number.min(MOST_NUMBER)
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for Candidate {}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        self.key().cmp(&other.key())
    }
}

impl Collector for Best {
    type Fruit = Found;
    type Child = SegmentBest;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<SegmentBest> {
        let columns = reader.fast_fields();
        Ok(SegmentBest {
            wanted: *self,
            segment,
            numbers: columns.u64("number")?,
            updated: columns.i64("updated")?,
            active: columns.u64("active")?,
            best: BinaryHeap::with_capacity(self.limit + 1),
            least: 0,
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.is_ranked
    }

    fn merge_fruits(&self, segments: Vec<Found>) -> tantivy::Result<Found> {
        let total = segments.iter().map(|(_, total)| total).sum();
        Ok((segments.into_iter().flat_map(|(best, _)| best).collect(), total))
    }
}

/// The best of one segment.
pub struct SegmentBest {
    wanted: Best,
    segment: SegmentOrdinal,
    numbers: Column<u64>,
    updated: Column<i64>,
    active: Column<u64>,
    best: BinaryHeap<Reverse<Candidate>>,
    /// Whose key is not above this one is none of the best.
    least: u64,
    total: usize,
}

impl SegmentCollector for SegmentBest {
    type Fruit = Found;

    fn collect(&mut self, document: DocId, score: Score) {
        self.total += 1;
        // Most are out whatever their age, status and number are: those are read for the others only.
        if key(score * (1.0 + RECENT + ACTIVE), MOST_NUMBER) <= self.least {
            return;
        }
        let number = self.numbers.first(document).unwrap_or(0);
        let factor = if self.wanted.is_ranked { self.factor(document) } else { 1.0 };
        let address = DocAddress::new(self.segment, document);
        let candidate = Candidate { address, number, score, factor };
        if candidate.key() <= self.least {
            return;
        }
        self.best.push(Reverse(candidate));
        if self.best.len() > self.wanted.limit {
            self.best.pop();
        }
        if self.best.len() == self.wanted.limit {
            self.least = self.best.peek().map_or(0, |Reverse(least)| least.key());
        }
    }

    fn harvest(self) -> Found {
        (self.best.into_iter().map(|Reverse(candidate)| candidate).collect(), self.total)
    }
}

impl SegmentBest {
    fn factor(&self, document: DocId) -> f32 {
        let at = self.updated.first(document).unwrap_or(0);
        let age = self.wanted.now.saturating_sub(at).max(0) as f32;
        let active = if self.active.first(document) == Some(1) { ACTIVE } else { 0.0 };
        1.0 + RECENT / (1.0 + age / HALF_RECENT) + active
    }
}

/// Adds what these clauses say of the candidates, which is not worth asking about all that a query finds.
pub fn refine(
    candidates: &mut [Candidate],
    clauses: &[Box<dyn Query>],
    sight: &Sight<'_>,
) -> tantivy::Result<()> {
    candidates.sort_unstable_by_key(|candidate| candidate.address);
    let scoring = EnableScoring::enabled_from_statistics_provider(sight, sight.searcher());
    for clause in clauses {
        let weight = clause.weight(scoring)?;
        for of_segment in candidates.chunk_by_mut(|a, b| a.address.segment_ord == b.address.segment_ord) {
            let Some(first) = of_segment.first() else { continue };
            let reader = sight.searcher().segment_reader(first.address.segment_ord);
            let mut scorer = weight.scorer(reader, 1.0)?;
            for candidate in of_segment {
                let document = candidate.address.doc_id;
                if scorer.doc() < document {
                    scorer.seek(document);
                }
                if scorer.doc() == document {
                    candidate.score += scorer.score();
                }
            }
        }
    }
    Ok(())
}
