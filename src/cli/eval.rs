//! `guidepost eval`: search quality and speed on a labelled set.

use std::process::ExitCode;
use std::time::Instant;

use serde::Serialize;

use crate::config::Settings;
use crate::domain::SynonymGroups;
use crate::knowledge::{self, shipped};
use crate::search::{Engine, Request, Shown, Synonyms};
use crate::services::evaluation::{DEPTH, LabelledSet, Metrics};

use super::args::Eval;
use super::output::{self, Failure};

#[derive(Serialize)]
struct Measured {
    documents: usize,
    queries: usize,
    #[serde(flatten)]
    metrics: Metrics,
    p50_ms: f64,
    p99_ms: f64,
}

/// Runs the command: the documents are indexed in memory, with the desk's own synonyms and weights.
pub fn run(settings: &Settings, eval: &Eval) -> Result<ExitCode, Failure> {
    let set = LabelledSet::read(&eval.docs, &eval.queries, &eval.qrels)?;
    let bar = output::progress("Indexing");
    bar.set_length(set.articles.len() as u64);
    let groups = synonyms(settings)?;
    let articles = set.articles.iter().inspect(|_| bar.inc(1)).cloned();
    let engine = Engine::in_memory(articles, Synonyms::new(&groups.groups, &groups.replacements))?;
    bar.finish_and_clear();
    let bar = output::progress("Asking");
    bar.set_length(set.queries.len() as u64);
    let (mut all, mut times) = (Vec::new(), Vec::new());
    for (id, text) in &set.queries {
        bar.inc(1);
        let started = Instant::now();
        let shown = Shown::One(0);
        let results = engine.search(&Request { question: text, product: None, limit: DEPTH, shown })?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
        let labels = set.labels.get(id).filter(|labels| labels.values().any(|relevance| *relevance > 0.0));
        let Some(labels) = labels else { continue };
        let ranking: Vec<String> =
            results.found.iter().filter_map(|f| set.id_of(f.about.id.as_str())).map(str::to_owned).collect();
        all.push(Metrics::of(&ranking, labels));
    }
    bar.finish_and_clear();
    times.sort_by(f64::total_cmp);
    let measured = Measured {
        documents: set.articles.len(),
        queries: all.len(),
        metrics: Metrics::mean(all),
        p50_ms: percentile(&times, 0.50),
        p99_ms: percentile(&times, 0.99),
    };
    tell(&measured, eval.json)?;
    Ok(ExitCode::SUCCESS)
}

/// The desk's synonyms: those of its knowledge folder, else the shipped ones.
fn synonyms(settings: &Settings) -> Result<SynonymGroups, Failure> {
    let folder = &settings.knowledge.path;
    if folder.exists() {
        return Ok(knowledge::synonyms_of(folder));
    }
    let aside = tempfile::tempdir()?;
    let folder = aside.path().join("knowledge");
    shipped::write_out(&folder)?;
    Ok(knowledge::synonyms_of(&folder))
}

/// The value below which a share of all values lies.
fn percentile(sorted: &[f64], share: f64) -> f64 {
    let below = sorted.len().saturating_sub(1) as f64 * share;
    #[expect(clippy::cast_sign_loss, reason = "a share of a length")]
    let at = below.round() as usize;
    sorted.get(at).copied().unwrap_or(0.0)
}

fn tell(m: &Measured, json: bool) -> Result<(), Failure> {
    if json {
        return output::print_json(m);
    }
    let Metrics { ndcg_at_10, mrr_at_10, recall_at_10, hit_at_1, hit_at_3 } = m.metrics;
    output::print(&format!("{} documents, {} questions", m.documents, m.queries))?;
    output::print(&format!("nDCG@10 {ndcg_at_10:.3}   MRR@10 {mrr_at_10:.3}   Recall@10 {recall_at_10:.3}"))?;
    output::print(&format!("Hit@1   {hit_at_1:.3}   Hit@3  {hit_at_3:.3}"))?;
    output::print(&format!("per question: p50 {:.2} ms, p99 {:.2} ms", m.p50_ms, m.p99_ms))?;
    Ok(())
}
