//! Measures case search: what customers and staff type among 100,000 cases, beside a bare tantivy query over the same index.
//!
//! `cargo bench --bench cases_search` prints the table of `BENCHMARKS.md`; `GUIDEPOST_BENCH=quick` only tries that everything runs.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench prints, ends at the first fault, and is told by its environment what to measure"
)]

mod corpus;
mod queries;

use std::path::Path;
use std::time::{Duration, Instant};

use guidepost::domain::Actor;
use guidepost::services::case_search::CaseSearch;
use guidepost::store::{Place, Store};

/// Memory for building, in bytes: the default of the settings.
const MEMORY: usize = 100_000_000;

fn main() {
    let is_test = !std::env::args().any(|arg| arg == "--bench");
    let is_quick = is_test || std::env::var("GUIDEPOST_BENCH").as_deref() == Ok("quick");
    let (cases, rounds) = if is_quick { (1_000, 2) } else { (100_000, 40) };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(measure(cases, rounds));
}

async fn measure(cases: u64, rounds: usize) {
    let folder = tempfile::tempdir_in("target").or_else(|_| tempfile::tempdir_in(".")).unwrap();
    let place = Place::Folder(folder.path().join("store"));
    let index = folder.path().join("cases");
    let store = Store::open(&place).await.unwrap();
    let (customer, staff) = corpus::fill(&store, cases).await;

    let search = CaseSearch::open(store.clone(), &index, MEMORY).unwrap();
    let started = Instant::now();
    search.catch_up().await.unwrap();
    let built = started.elapsed();
    let peak = memory("VmHWM:");
    drop(search);
    store.close().await;

    let store = Store::open(&place).await.unwrap();
    let before = memory("VmRSS:");
    let started = Instant::now();
    let search = CaseSearch::open(store, &index, MEMORY).unwrap();
    search.catch_up().await.unwrap();
    let opened = started.elapsed();
    println!("### Search among {} cases\n", search.len());
    println!(
        "Built in {:.1} s (most memory of the process {peak:.0} MB); on disk {:.1} MB; opened and up to date in {:.0} ms.\n",
        built.as_secs_f64(),
        size_of(&index) as f64 / 1e6,
        opened.as_secs_f64() * 1e3
    );
    println!("| who | what is typed | found | p50 ms | p99 ms | bare tantivy OR: p50 ms | p99 ms |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    let bare = queries::Bare::open(&index);
    let mut all = Vec::new();
    for (who, actor, texts) in [("customer", &customer, queries::CUSTOMER), ("staff", &staff, queries::STAFF)]
    {
        let mut of_who = Vec::new();
        for text in texts {
            let (found, ours, theirs) = one(&search, actor, text, rounds, &bare).await;
            row(who, text, &found.to_string(), &ours, &theirs);
            of_who.extend(ours);
        }
        row(who, "all of these", "", &of_who, &[]);
        all.extend(of_who);
    }
    row("both", "all of these", "", &all, &[]);
    println!(
        "\nMemory of the process {before:.0} MB before the index was opened, {:.0} MB after all searches (mapped files of the index included).",
        memory("VmRSS:")
    );
}

/// The times of one search, in turns with those of a bare query for the same words.
async fn one(
    search: &CaseSearch,
    actor: &Actor,
    text: &str,
    rounds: usize,
    bare: &queries::Bare,
) -> (usize, Vec<Duration>, Vec<Duration>) {
    let (mut ours, mut theirs, mut found) = (Vec::new(), Vec::new(), 0);
    for round in 0..=rounds {
        let started = Instant::now();
        let answer = search.search(actor, text, 20, corpus::now()).await.unwrap();
        let took = started.elapsed();
        let started = Instant::now();
        bare.search(text);
        // The first one only warms up.
        if round > 0 {
            ours.push(took);
            theirs.push(started.elapsed());
        }
        found = answer.total;
    }
    (found, ours, theirs)
}

fn row(who: &str, text: &str, found: &str, ours: &[Duration], theirs: &[Duration]) {
    let at = |times: &[Duration], of: usize| {
        let mut times = times.to_vec();
        times.sort_unstable();
        times
            .get((times.len().max(1) - 1) * of / 100)
            .map_or(String::new(), |t| format!("{:.2}", t.as_secs_f64() * 1e3))
    };
    println!(
        "| {who} | `{text}` | {found} | {} | {} | {} | {} |",
        at(ours, 50),
        at(ours, 99),
        at(theirs, 50),
        at(theirs, 99)
    );
}

fn size_of(folder: &Path) -> u64 {
    let entries = std::fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let about = entry.metadata().unwrap();
            if about.is_dir() { size_of(&entry.path()) } else { about.len() }
        })
        .sum()
}

/// What this process has in memory, or had at most, in MB; 0 where the system does not say.
fn memory(name: &str) -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1e3
}
