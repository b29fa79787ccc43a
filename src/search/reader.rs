//! The second stage: reads every candidate once, word by word, and counts what was asked for.

use super::features::{Measure, Measured};
use super::lookup::Lookup;
use super::query::Query;
use super::schema::TITLE_WEIGHT;
use super::snapshot::{Averages, Snapshot};
use super::stream::{self, Item, Place, Run};

/// BM25: how soon more of the same word stops to matter.
const K1: f32 = 1.2;
/// BM25: how much longer texts are held against themselves; less for titles and passages.
const B_TEXT: f32 = 0.75;
const B_TITLE: f32 = 0.3;
const B_PASSAGE: f32 = 0.5;
/// How often a word of the title counts.
const TITLE: f32 = TITLE_WEIGHT as f32;

/// How often one word was met.
#[derive(Clone, Copy, Default)]
struct Count {
    title: f32,
    title_exact: f32,
    body: f32,
    exact: f32,
    opening: f32,
    chunk: f32,
}

/// How often one pair was met.
#[derive(Clone, Copy, Default)]
struct PairCount {
    side_by_side: f32,
    in_title: f32,
}

/// What is summed up for a concept: the best of the words that may stand for it.
#[derive(Clone, Copy, Default)]
struct Best {
    text: f32,
    exact: f32,
    title_exact: f32,
    title_idf: f32,
    opening: f32,
    passage: f32,
}

/// The last word that was asked for, and where it stood.
#[derive(Clone, Copy)]
struct Last {
    concept: usize,
    at: u32,
}

/// What changes while one article is read.
#[derive(Default)]
struct Walk {
    at: u32,
    last: Option<Last>,
    title_len: u32,
    body_len: u32,
    chunk_len: u32,
    place: Option<Place>,
    chunks: u32,
}

/// Measures articles against one question.
pub struct Reader<'q> {
    query: &'q Query,
    averages: Averages,
    lookup: Lookup,
    pair_idf: Vec<f32>,
    total: f32,
    counts: Vec<Count>,
    pair_counts: Vec<PairCount>,
    best: Vec<Best>,
    /// The terms met in the present chunk.
    touched: Vec<usize>,
    /// The concepts that the title has: they count for every passage.
    in_title: Vec<bool>,
    passages: Vec<Part>,
}

/// A part of an article that may be shown as the answer.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// Where it begins.
    pub place: Place,
    /// Its own BM25.
    pub score: f32,
    /// How much of the question it holds together with the title.
    pub covered: f32,
}

impl<'q> Reader<'q> {
    /// Prepares for a question.
    #[must_use]
    pub fn new(query: &'q Query, snapshot: &Snapshot) -> Self {
        let idf = |c: usize| query.concepts.get(c).map_or(0.0, |c| c.idf * c.weight.min(1.0));
        let concepts = query.concepts.len();
        Self {
            query,
            averages: snapshot.averages(),
            lookup: Lookup::new(query),
            pair_idf: query.pairs.iter().map(|(a, b)| idf(*a) + idf(*b)).collect(),
            total: query.concepts.iter().map(|c| c.idf * c.weight).sum(),
            counts: vec![Count::default(); query.terms.len()],
            pair_counts: vec![PairCount::default(); query.pairs.len()],
            best: vec![Best::default(); concepts],
            touched: Vec::new(),
            in_title: vec![false; concepts],
            passages: Vec::new(),
        }
    }

    /// Measures one article from its stream.
    pub fn measure(&mut self, bytes: &[u8]) -> Measured {
        self.counts.fill(Count::default());
        self.pair_counts.fill(PairCount::default());
        self.best.fill(Best::default());
        self.in_title.fill(false);
        self.passages.clear();
        let mut walk = Walk::default();
        stream::read(bytes, |item| self.take(item, &mut walk));
        self.end_chunk(&mut walk);
        self.sum_up(&walk)
    }

    fn take(&mut self, item: Item<'_>, walk: &mut Walk) {
        match item {
            Item::Title(run) => {
                walk.title_len = run.len() as u32;
                self.count(run, walk, true, |c, exact| {
                    c.title += 1.0;
                    c.title_exact += exact;
                });
            }
            Item::Keywords(run) => {
                walk.body_len += run.len() as u32;
                walk.at += run.len() as u32;
                for token in run {
                    self.take_keyword(number(*token));
                }
            }
            Item::Chunk(place, heading) => {
                self.end_chunk(walk);
                walk.place = Some(place);
                // A heading is repeated with every chunk of its passage, and counts once for the text.
                let once = if place.block == 0 { 1.0 } else { 0.0 };
                walk.chunk_len += heading.len() as u32;
                walk.body_len += if place.block == 0 { heading.len() as u32 } else { 0 };
                self.count(heading, walk, false, |c, exact| {
                    c.body += once;
                    c.exact += exact * once;
                    c.chunk += 1.0;
                });
            }
            Item::Body(run) => {
                walk.chunk_len += run.len() as u32;
                walk.body_len += run.len() as u32;
                let opening = if walk.chunks == 0 { 1.0 } else { 0.0 };
                self.count(run, walk, false, |c, exact| {
                    c.body += 1.0;
                    c.exact += exact;
                    c.opening += opening;
                    c.chunk += 1.0;
                });
            }
        }
    }

    /// A keyword says what the whole article is about, as its title does.
    fn take_keyword(&mut self, token: u32) {
        let Some(at) = self.lookup.term(token) else { return };
        if let Some(count) = self.counts.get_mut(at) {
            count.body += 1.0;
        }
        let concept = self.query.terms.get(at).map(|term| term.concept);
        if let Some(flag) = concept.and_then(|concept| self.in_title.get_mut(concept)) {
            *flag = true;
        }
    }

    /// Counts the words that were asked for, and the pairs that they make with the words before.
    fn count(&mut self, run: Run<'_>, walk: &mut Walk, in_title: bool, add: impl Fn(&mut Count, f32)) {
        let from = walk.at;
        walk.at += run.len() as u32;
        for (offset, token) in run.iter().enumerate() {
            let token = number(*token);
            let Some(at) = self.lookup.term(token) else { continue };
            let (Some(term), Some(count)) = (self.query.terms.get(at), self.counts.get_mut(at)) else {
                continue;
            };
            if count.chunk == 0.0 && !in_title {
                self.touched.push(at);
            }
            add(count, if term.forms & stream::form_bit(token) == 0 { 0.0 } else { 1.0 });
            if in_title && let Some(flag) = self.in_title.get_mut(term.concept) {
                *flag = true;
            }
            let here = from + offset as u32;
            let before = walk.last.replace(Last { concept: term.concept, at: here });
            let Some(before) = before.filter(|before| here - before.at == 1) else { continue };
            let pair = self.lookup.pair(before.concept, term.concept);
            if let Some(pair) = pair.and_then(|pair| self.pair_counts.get_mut(pair)) {
                pair.side_by_side += if in_title { TITLE } else { 1.0 };
                pair.in_title += if in_title { 1.0 } else { 0.0 };
            }
        }
    }

    /// Closes a chunk: its own BM25, and what share of the question it holds together with the title.
    fn end_chunk(&mut self, walk: &mut Walk) {
        walk.last = None;
        let Some(place) = walk.place.take() else { return };
        walk.chunks += 1;
        let norm = norm(B_PASSAGE, walk.chunk_len as f32, self.averages.chunk);
        walk.chunk_len = 0;
        let mut score = 0.0;
        for at in &self.touched {
            if let (Some(term), Some(count)) = (self.query.terms.get(*at), self.counts.get_mut(*at))
                && let (Some(best), Some(c)) =
                    (self.best.get_mut(term.concept), self.query.concepts.get(term.concept))
            {
                let value = term.weight * term.idf * saturate(count.chunk, norm);
                if value > best.passage {
                    score += c.weight * (value - best.passage);
                    best.passage = value;
                }
                count.chunk = 0.0;
            }
        }
        let held = self.query.concepts.iter().zip(&self.best).zip(&self.in_title);
        let weight =
            held.filter(|((_, b), title)| b.passage > 0.0 || **title).map(|((c, _), _)| c.idf * c.weight);
        self.passages.push(Part { place, score, covered: weight.sum() });
        for at in self.touched.drain(..) {
            if let Some(best) = self.query.terms.get(at).and_then(|term| self.best.get_mut(term.concept)) {
                best.passage = 0.0;
            }
        }
    }

    fn sum_up(&mut self, walk: &Walk) -> Measured {
        let (title_len, len) =
            (walk.title_len as f32, (walk.title_len as f32).mul_add(TITLE, walk.body_len as f32));
        let text_norm = norm(B_TEXT, len, self.averages.text);
        let title_norm = norm(B_TITLE, title_len, self.averages.title);
        let mut title_words = 0.0;
        for (term, c) in self.query.terms.iter().zip(&self.counts) {
            let Some(best) = self.best.get_mut(term.concept).filter(|_| c.title + c.body > 0.0) else {
                continue;
            };
            let (idf, exact_idf) = (term.weight * term.idf, term.weight * term.exact_idf);
            best.text = best.text.max(idf * saturate(TITLE.mul_add(c.title, c.body), text_norm));
            best.exact =
                best.exact.max(exact_idf * saturate(TITLE.mul_add(c.title_exact, c.exact), text_norm));
            best.opening = best.opening.max(idf * saturate(c.opening, K1));
            if c.title > 0.0 {
                title_words += 1.0;
                best.title_exact = best.title_exact.max(exact_idf * saturate(c.title_exact, title_norm));
                best.title_idf = best.title_idf.max(idf);
            }
        }
        let sum = |of: fn(&Best) -> f32| -> f32 {
            self.query.concepts.iter().zip(&self.best).map(|(c, b)| c.weight * of(b)).sum()
        };
        let pairs = |of: fn(&PairCount) -> f32, norm: f32| -> f32 {
            self.pair_counts.iter().zip(&self.pair_idf).map(|(p, idf)| idf * saturate(of(p), norm)).sum()
        };
        let share = if title_len > 0.0 { (title_words / title_len).min(1.0) } else { 0.0 };
        let mut m = Measured::default();
        m.set(Measure::Text, sum(|b| b.text));
        m.set(Measure::TextExact, sum(|b| b.exact));
        m.set(Measure::TitleExact, sum(|b| b.title_exact));
        m.set(Measure::Pairs, pairs(|p| p.side_by_side, text_norm));
        m.set(Measure::TitlePairs, pairs(|p| p.in_title, title_norm));
        m.set(Measure::TitleShare, share * sum(|b| b.title_idf));
        m.set(Measure::Opening, sum(|b| b.opening));
        m
    }
}

impl Reader<'_> {
    /// Chooses the part of the article just measured that answers best, given how near each part's meaning is (0 to 1).
    pub fn choose_part(&self, nearness: impl Fn(usize) -> f32, m: &mut Measured) {
        let total = self.total.max(f32::EPSILON);
        // Among parts that are about as good, authors put what most people need first.
        let value = |(at, part): (usize, &Part)| part.score / total + nearness(at) - 0.03 * at.min(5) as f32;
        let best =
            self.passages.iter().enumerate().max_by(|a, b| value((a.0, a.1)).total_cmp(&value((b.0, b.1))));
        if let Some((_, part)) = best {
            m.place = part.place;
            m.covered = (part.covered / total).min(1.0);
        }
    }
}

fn number(token: [u8; 4]) -> u32 {
    u32::from_le_bytes(token)
}

fn norm(b: f32, len: f32, average: f32) -> f32 {
    K1 * b.mul_add(len / average, 1.0 - b)
}

fn saturate(tf: f32, norm: f32) -> f32 {
    if tf > 0.0 { tf * (K1 + 1.0) / (tf + norm) } else { 0.0 }
}
