//! Chooses the weights of the ranking by cross-validation over the questions of several labelled sets.
//!
//! `cargo run --release --example tune -- [--choose] [--candidates N] FOLDER…`, each folder with `docs.jsonl` (or `.gz`),
//! `queries.tsv` and `qrels.tsv`.

#![allow(
    clippy::must_use_candidate,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    missing_docs
)]

mod choose;
mod plain;
mod typo;

use std::path::{Path, PathBuf};
use std::time::Instant;

use guidepost::search::features::{COUNT, Features, NAMES};
use guidepost::search::{Engine, Synonyms, rank};
use guidepost::services::evaluation::{LabelledSet, Metrics};
use guidepost::services::library::{Library, Places};

/// A question's candidates: measures and relevance.
pub struct Judged {
    pub candidates: Vec<(Features, f64)>,
    /// 0 for one word, 1 for a long question.
    pub length: f32,
    /// Relevances of all relevant documents, found or not.
    pub relevant: Vec<f64>,
}

/// Weights of short and of long questions.
pub type Pair = (Features, Features);

pub struct Set {
    pub name: String,
    pub judged: Vec<Judged>,
}

fn main() {
    let mut folders: Vec<PathBuf> = Vec::new();
    let (mut choose, mut limit, mut plain, mut failures, mut typos) = (false, 100, false, false, false);
    let mut shipped = false;
    let mut without: Vec<usize> = Vec::new();
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--choose" => choose = true,
            "--without" => without.push(args.next().unwrap().parse().unwrap()),
            "--typos" => typos = true,
            "--shipped" => shipped = true,
            "--nosyn" => {}
            "--failures" => failures = true,
            "--plain" => plain = true,
            "--candidates" => limit = args.next().unwrap().parse().unwrap(),
            folder => folders.push(folder.into()),
        }
    }
    let mut sets: Vec<Set> =
        folders.iter().map(|folder| judge(folder, limit, plain, failures, typos)).collect();
    if shipped {
        sets.push(judge_shipped(limit));
    }
    report(&sets, &(rank::weights(1), rank::weights(1000)));
    if choose {
        choose::run(&sets, &without);
    }
}

fn synonyms() -> Synonyms {
    if std::env::args().any(|arg| arg == "--nosyn") {
        return Synonyms::default();
    }
    let groups = guidepost::knowledge::synonyms_of(Path::new("knowledge"));
    Synonyms::new(&groups.groups, &groups.replacements)
}

fn judge(folder: &Path, limit: usize, plain: bool, failures: bool, typos: bool) -> Set {
    let file = |name: &str| folder.join(name);
    let docs = [file("docs.jsonl"), file("docs.jsonl.gz")].into_iter().find(|f| f.exists()).unwrap();
    let set = LabelledSet::read(&docs, &file("queries.tsv"), &file("qrels.tsv")).unwrap();
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    if plain {
        plain::report(&name, &set, typos);
    }
    let engine = Engine::in_memory(set.articles.iter().cloned(), synonyms()).unwrap();
    let started = Instant::now();
    let mut judged = Vec::new();
    let mut found = (0.0, 0.0);
    let ids = engine.ids().unwrap();
    for (id, text) in &set.queries {
        let Some(labels) = set.labels.get(id) else { continue };
        let text = &if typos { typo::one(text, id) } else { text.clone() };
        let (query, scored) = engine.measure(text, limit).unwrap();
        let candidates: Vec<(Features, f64)> = scored
            .iter()
            .map(|s| {
                let document = set.id_of(&ids[&s.address]).unwrap();
                (s.measured.features, labels.get(document).copied().unwrap_or(0.0))
            })
            .collect();
        if failures {
            let mut order: Vec<usize> = (0..candidates.len()).collect();
            let sc = |at: usize| rank::score(&candidates[at].0, &rank::weights(query.concepts.len()));
            order.sort_by(|a, b| sc(*b).total_cmp(&sc(*a)));
            let place = order.iter().position(|at| candidates[*at].1 > 0.0);
            if place != Some(0) {
                let title = |at: usize| {
                    let n: usize = ids[&scored[at].address].strip_prefix("doc-").unwrap().parse().unwrap();
                    set.articles[n].about.title.clone()
                };
                println!(
                    "[{place:?}] {text}\n      got: {}",
                    order.first().map_or(String::new(), |a| title(*a))
                );
                if let Some(p) = place {
                    println!("     want: {}", title(order[p]));
                    println!("      {:.1?}\n      {:.1?}", candidates[order[0]].0, candidates[order[p]].0);
                }
            }
        }
        let relevant: Vec<f64> = labels.values().copied().filter(|r| *r > 0.0).collect();
        if relevant.is_empty() {
            continue;
        }
        found.0 += candidates.iter().filter(|c| c.1 > 0.0).count() as f64 / relevant.len() as f64;
        found.1 += 1.0;
        let length = rank::length(query.concepts.len());
        judged.push(Judged { candidates, length, relevant });
    }
    eprintln!(
        "{name}: {} documents, {} questions, {:.3} of the relevant among {limit} candidates, {:.3} ms a question",
        set.ids.len(),
        judged.len(),
        found.0 / found.1,
        started.elapsed().as_secs_f64() * 1e3 / judged.len() as f64
    );
    Set { name, judged }
}

/// The shipped articles with their questions.
fn judge_shipped(limit: usize) -> Set {
    let folder = tempfile::tempdir().unwrap();
    let (knowledge, index) = (PathBuf::from("knowledge"), folder.path().to_owned());
    let library = Library::open(Places { knowledge, index, memory: 50_000_000 }, false, &mut |_| {}).unwrap();
    let engine = library.answers().engine();
    let ids = engine.ids().unwrap();
    let text = std::fs::read_to_string("tests/data/questions.tsv").unwrap();
    let mut judged = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (wanted, question) = line.split_once('\t').unwrap();
        let wanted: Vec<&str> = wanted.split(',').collect();
        let (query, scored) = engine.measure(question, limit).unwrap();
        let gain = |id: &str| if wanted.contains(&id) { 1.0 } else { 0.0 };
        let candidates = scored.iter().map(|s| (s.measured.features, gain(&ids[&s.address]))).collect();
        let length = rank::length(query.concepts.len());
        judged.push(Judged { candidates, length, relevant: vec![1.0; wanted.len()] });
    }
    Set { name: "shipped".to_owned(), judged }
}

/// The measures of one question under given weights.
pub fn metrics(judged: &Judged, weights: &Pair) -> Metrics {
    let mut now = weights.0;
    now.iter_mut().zip(weights.1).for_each(|(s, l)| *s += (l - *s) * judged.length);
    let weights = &now;
    let mut scored: Vec<(f32, usize)> =
        judged.candidates.iter().enumerate().map(|(at, (f, _))| (rank::score(f, weights), at)).collect();
    let top = scored.len().min(10);
    if top < scored.len() {
        scored.select_nth_unstable_by(top, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        scored.truncate(top);
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let gains: Vec<f64> = scored.iter().map(|(_, at)| judged.candidates[*at].1).collect();
    Metrics::of_gains(&gains, &judged.relevant)
}

pub fn report(sets: &[Set], weights: &Pair) {
    let shown: Vec<String> =
        (0..COUNT).map(|f| format!("{} {:.2}–{:.2}", NAMES[f], weights.0[f], weights.1[f])).collect();
    println!("{}", shown.join(", "));
    println!("{:14} nDCG@10  MRR@10  Rec@10  Hit@1  Hit@3", "set");
    for set in sets {
        let m = Metrics::mean(set.judged.iter().map(|j| metrics(j, weights)));
        println!(
            "{:14}   {:.3}    {:.3}   {:.3}   {:.3}  {:.3}",
            set.name, m.ndcg_at_10, m.mrr_at_10, m.recall_at_10, m.hit_at_1, m.hit_at_3
        );
    }
}
