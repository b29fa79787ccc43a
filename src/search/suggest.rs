//! Type-ahead: the titles that fit what was typed so far.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use crate::domain::{ArticleId, Kind};

use super::engine::Engine;
use super::results::Suggestion;
use super::snapshot::{Snapshot, Title};
use super::spelling;
use super::words::{is_stop, words};

/// All titles by their words.
pub struct Titles {
    titles: Vec<Title>,
    /// Words with the titles they stand in, sorted.
    words: Vec<(String, u32)>,
}

impl Titles {
    /// Cuts the titles of an index into words.
    pub fn of(snapshot: &Snapshot) -> tantivy::Result<Self> {
        let titles = snapshot.titles()?;
        let mut all: Vec<(String, u32)> = Vec::new();
        for (at, title) in titles.iter().enumerate() {
            // An article is found by its number, too.
            let own = words(&title.title).into_iter().chain(words(&title.id)).map(|w| w.form);
            all.extend(own.filter(|w| !is_stop(w)).map(|w| (w, at as u32)));
        }
        all.sort_unstable();
        all.dedup();
        Ok(Self { titles, words: all })
    }

    /// The titles with a word that begins like this.
    fn beginning_with(&self, prefix: &str) -> &[(String, u32)] {
        let from = self.words.partition_point(|(word, _)| word.as_str() < prefix);
        let rest = self.words.get(from..).unwrap_or_default();
        let range: Range<usize> = 0..rest.partition_point(|(word, _)| word.starts_with(prefix));
        rest.get(range).unwrap_or_default()
    }
}

impl Engine {
    /// Makes what [`Engine::suggest`] would make at its first call: a tenth of a second with thousands of articles.
    pub fn warm(&self) {
        if let Err(error) = self.snapshot().type_ahead() {
            tracing::warn!(%error, "the titles can not be read");
        }
    }

    /// Articles to offer while somebody types: every typed word begins a word of the title, or as many as possible do.
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        let snapshot = self.snapshot();
        let Ok(titles) = snapshot.type_ahead() else { return Vec::new() };
        let typed: String = typed.chars().take(200).collect();
        let open = typed.chars().last().is_some_and(char::is_alphanumeric);
        let all: Vec<String> = words(&typed).into_iter().map(|w| w.form).collect();
        let mut scores: HashMap<u32, f32> = HashMap::new();
        for (at, word) in all.iter().enumerate() {
            let unfinished = open && at + 1 == all.len();
            if is_stop(word) && !(unfinished && all.len() == 1) {
                continue;
            }
            self.add_scores(word, unfinished, &titles, &snapshot, &mut scores);
        }
        let mut best: Vec<(f32, &Title)> = scores
            .into_iter()
            .filter_map(|(at, score)| Some((score, titles.titles.get(at as usize)?)))
            .collect();
        let order = |(score, title): &(f32, &Title)| (-*score, title.kind_rank, title.title.len());
        best.sort_by(|a, b| {
            let (a, b) = (order(a), order(b));
            a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2))
        });
        best.into_iter().take(limit).filter_map(|(_, title)| title.suggestion()).collect()
    }

    fn add_scores(
        &self,
        word: &str,
        unfinished: bool,
        titles: &Arc<Titles>,
        snapshot: &Snapshot,
        scores: &mut HashMap<u32, f32>,
    ) {
        let stem = self.stems.of(word);
        // "adding" finds "add"; what is still being typed is taken as it is.
        let prefix = if unfinished || !word.starts_with(&stem) { word } else { stem.as_str() };
        let mut hits = titles.beginning_with(prefix);
        let readings =
            if hits.is_empty() && !unfinished { spelling::readings(word, snapshot) } else { Vec::new() };
        if let Some(read) = readings.first().and_then(|r| r.forms.first()) {
            hits = titles.beginning_with(read);
        }
        let telling = snapshot.idf(hits.len() as u64);
        let mut counted: Option<u32> = None;
        let mut sorted: Vec<(u32, bool)> = hits.iter().map(|(w, at)| (*at, w == word)).collect();
        sorted.sort_unstable_by_key(|(at, whole)| (*at, !*whole));
        for (at, whole) in sorted {
            if counted.replace(at) != Some(at) {
                *scores.entry(at).or_default() += 1.0 + 0.1 * telling + if whole { 0.05 } else { 0.0 };
            }
        }
    }
}

impl Title {
    fn suggestion(&self) -> Option<Suggestion> {
        let kind: Kind = serde_json::from_str(&self.kind).ok()?;
        Some(Suggestion { id: ArticleId::parse(&self.id).ok()?, title: self.title.clone(), kind })
    }
}
