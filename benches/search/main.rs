//! Measures the search beside a bare tantivy and FTS5 of `SQLite` over the same text, in one thread of one process; and questions while
//! passwords are hashed, in as many threads as a desk has.
//!
//! `cargo bench` prints the tables of `BENCHMARKS.md`, which tells how to repeat them. `GUIDEPOST_BENCH=full` adds
//! 100,000 articles, `GUIDEPOST_BENCH=quick` only tries that everything runs, as `cargo test --benches` does.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench prints, ends at the first fault, and is told by its environment what to measure"
)]

mod child;
mod corpus;
mod hashing;
mod peers;
mod questions;
mod tables;
mod times;

use corpus::Corpus;

/// How much is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Only that it runs: some hundred articles, some dozen questions.
    Quick,
    /// All real articles.
    Usual,
    /// The same, and 100,000 made ones.
    Full,
}

const MANY: usize = 100_000;

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [job, knowledge, index] = args.as_slice()
        && child::run(job, knowledge, index)
    {
        return;
    }
    let extent = extent(&args);
    let corpus = Corpus::read(extent == Extent::Quick);
    println!("{}", corpus.told);
    if extent == Extent::Quick {
        println!(
            "A quick run over part of them: it shows that everything runs, and its figures say nothing."
        );
    }
    measure(&corpus, corpus.articles.len(), extent);
    child::measure(&corpus);
    if extent == Extent::Full && corpus.is_real {
        measure(&corpus, MANY, extent);
    }
}

/// `cargo bench` passes `--bench`; without it this is a test run.
fn extent(args: &[String]) -> Extent {
    let is_test = args.iter().any(|arg| arg == "--test") || !args.iter().any(|arg| arg == "--bench");
    match std::env::var("GUIDEPOST_BENCH").as_deref() {
        Ok("full") => Extent::Full,
        Ok("usual") => Extent::Usual,
        Ok("quick") => Extent::Quick,
        _ if is_test => Extent::Quick,
        _ => Extent::Usual,
    }
}

/// Builds the three indexes over `count` articles and asks them.
fn measure(corpus: &Corpus, count: usize, extent: Extent) {
    println!("\n### {count} articles\n");
    let built = peers::build(corpus, count);
    tables::indexing(&built, corpus.bytes(count), count);
    let all = &corpus.questions;
    let few = if count > corpus.articles.len() || extent == Extent::Quick { 200 } else { all.len() };
    let asked: Vec<&str> = all.iter().step_by(all.len().div_ceil(few).max(1)).map(String::as_str).collect();
    let desk = questions::desk(&built.ours);
    let times = questions::ask(&built, &desk, &asked);
    tables::questions(&times, asked.len());
    tables::type_ahead(&questions::type_ahead(&built.ours, &corpus.articles));
    hashing::measure(&built.ours, &asked);
}
