//! The usual measures of a ranking, each over the first ten results.

use std::collections::HashMap;

use serde::Serialize;

/// How many results are looked at.
pub const DEPTH: usize = 10;

/// Relevance by document id; what is not named is irrelevant.
pub type Labels = HashMap<String, f64>;

/// Means over all questions that have a relevant document; 0 to 1 each.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Metrics {
    /// Normalised discounted cumulative gain.
    pub ndcg_at_10: f64,
    /// One by the rank of the first relevant document.
    pub mrr_at_10: f64,
    /// The share of the relevant documents that were found.
    pub recall_at_10: f64,
    /// Whether the first document is relevant.
    pub hit_at_1: f64,
    /// Whether one of the first three is.
    pub hit_at_3: f64,
}

impl Metrics {
    /// The measures of one ranking.
    #[must_use]
    pub fn of(ranking: &[String], labels: &Labels) -> Self {
        let gain = |id: &String| labels.get(id).copied().unwrap_or(0.0);
        let gains: Vec<f64> = ranking.iter().take(DEPTH).map(gain).collect();
        let relevant: Vec<f64> = labels.values().copied().filter(|r| *r > 0.0).collect();
        Self::of_gains(&gains, &relevant)
    }

    /// The measures of the first results' relevances, given those of all relevant documents.
    #[must_use]
    pub fn of_gains(gains: &[f64], relevant: &[f64]) -> Self {
        let mut ideal = relevant.to_vec();
        ideal.sort_by(|a, b| b.total_cmp(a));
        if ideal.is_empty() {
            return Self::default();
        }
        let first = gains.iter().position(|g| *g > 0.0);
        let found = gains.iter().filter(|g| **g > 0.0).count();
        Self {
            ndcg_at_10: dcg(gains) / dcg(&ideal),
            mrr_at_10: first.map_or(0.0, |at| 1.0 / (at + 1) as f64),
            recall_at_10: found as f64 / ideal.len() as f64,
            hit_at_1: f64::from(u8::from(first == Some(0))),
            hit_at_3: f64::from(u8::from(first.is_some_and(|at| at < 3))),
        }
    }

    /// The means of many rankings' measures.
    #[must_use]
    pub fn mean(all: impl IntoIterator<Item = Self>) -> Self {
        let mut sum = Self::default();
        let mut n = 0.0_f64;
        for m in all {
            sum.ndcg_at_10 += m.ndcg_at_10;
            sum.mrr_at_10 += m.mrr_at_10;
            sum.recall_at_10 += m.recall_at_10;
            sum.hit_at_1 += m.hit_at_1;
            sum.hit_at_3 += m.hit_at_3;
            n += 1.0;
        }
        let n = n.max(1.0);
        Self {
            ndcg_at_10: sum.ndcg_at_10 / n,
            mrr_at_10: sum.mrr_at_10 / n,
            recall_at_10: sum.recall_at_10 / n,
            hit_at_1: sum.hit_at_1 / n,
            hit_at_3: sum.hit_at_3 / n,
        }
    }
}

fn dcg(gains: &[f64]) -> f64 {
    gains.iter().take(DEPTH).enumerate().map(|(at, gain)| gain / (at as f64 + 2.0).log2()).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ranking_is_measured_as_in_the_textbook() {
        let labels: Labels = [("a", 1.0), ("b", 1.0)].map(|(id, r)| (id.to_owned(), r)).into();
        let ranking = ["x", "b", "y", "a"].map(str::to_owned);
        let m = Metrics::of(&ranking, &labels);
        let expected = (1.0 / 3_f64.log2() + 1.0 / 5_f64.log2()) / (1.0 + 1.0 / 3_f64.log2());
        assert!((m.ndcg_at_10 - expected).abs() < 1e-12);
        assert!((m.mrr_at_10 - 0.5).abs() < 1e-12);
        assert!((m.recall_at_10 - 1.0).abs() < 1e-12);
        assert!((m.hit_at_1, m.hit_at_3) == (0.0, 1.0));
    }
}
