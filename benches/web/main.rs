//! Measures the search page at all real articles beside a bare axum server that says hello, in one process and one run: how many pages a second, how
//! long they take at 200 a second, and how large they are on their way.
//!
//! `cargo bench --bench web` prints the tables of `BENCHMARKS.md`; `GUIDEPOST_BENCH=quick` only tries that everything runs.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench prints, ends at the first fault, and is told by its environment what to measure"
)]

mod client;
#[path = "../search/corpus.rs"]
#[allow(dead_code, reason = "the bench of the search uses more of it")]
mod corpus;
mod desk;
mod load;

use std::time::Duration;

use corpus::Corpus;
use load::{Times, steady, together};
use url::form_urlencoded::byte_serialize;

/// Requests a second of the steady load.
const RATE: usize = 200;
/// Connections that ask as fast as they are answered.
const CONNECTIONS: usize = 16;

fn main() {
    let is_test = !std::env::args().any(|arg| arg == "--bench");
    let is_quick = is_test || std::env::var("GUIDEPOST_BENCH").as_deref() == Ok("quick");
    let corpus = Corpus::read(is_quick);
    println!("{}", corpus.told);
    let length = Duration::from_secs(if is_quick { 1 } else { 20 });
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(measure(&corpus, length));
}

async fn measure(corpus: &Corpus, length: Duration) {
    let hello = desk::hello().await;
    let (at, _folder) = desk::start(&corpus.articles).await;
    let search = |text: &str| format!("/search?q={}", byte_serialize(text.as_bytes()).collect::<String>());
    let questions: Vec<String> = corpus.questions.iter().map(|text| search(text)).collect();
    let titles = corpus.articles.iter().map(|article| article.about.title.as_str());
    let short = |title: &str| title.split_whitespace().take(4).collect::<Vec<_>>().join(" ");
    let words: Vec<String> = titles.map(|title| search(&short(title))).collect();
    let again: Vec<String> = words.iter().take(100).cloned().collect();
    let articles: Vec<String> =
        corpus.articles.iter().map(|article| format!("/a/{}", article.about.id)).collect();
    let lists = |count: usize| (1..=count).map(|page| format!("/articles?page={page}")).collect();
    let kinds: [(&str, _, Vec<String>); 6] = [
        ("bare axum: hello", hello, vec!["/".to_owned()]),
        ("search: the same hundred questions", at, again),
        ("search: four words of a title", at, words),
        ("search: a question", at, questions),
        ("an article", at, articles),
        ("the list, a page", at, lists(corpus.articles.len().div_ceil(100))),
    ];
    println!("\n### As fast as {CONNECTIONS} connections are answered\n");
    println!("| | a second | of hello's | bytes, mean | bytes, most |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    let mut bare = f64::NAN;
    for (name, at, paths) in &kinds {
        // What is made at the first request is made.
        together(*at, paths, CONNECTIONS, length / 10).await;
        let times = together(*at, paths, CONNECTIONS, length).await;
        let rate = times.count() as f64 / length.as_secs_f64();
        bare = if bare.is_nan() { rate } else { bare };
        let (mean, most) = times.bytes();
        println!("| {name} | {rate:.0} | 1/{:.1} | {mean:.0} | {most} |", bare / rate);
    }
    println!("\n### At {RATE} a second\n");
    println!("| | asked | p50 ms | p99 ms | slowest ms |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (name, at, paths) in &kinds {
        let mut times: Times = steady(*at, paths, RATE, length).await;
        let [half, most, slowest] = [50, 99, 100].map(|of| times.within(of));
        println!("| {name} | {} | {half:.2} | {most:.2} | {slowest:.2} |", times.count());
    }
}
