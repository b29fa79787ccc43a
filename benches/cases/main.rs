//! Measures cases: reading one's own among many, durable opens beside the store's own commits, and what many cases take.
//!
//! `cargo bench --bench cases` prints the tables of `BENCHMARKS.md`, over 100,000 cases; `GUIDEPOST_BENCH=quick` only tries that
//! everything runs; `cargo bench --bench cases -- opens` measures only the opens. PostgreSQL is measured beside sled where `GUIDEPOST_TEST_POSTGRES` says where there is one.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench prints, ends at the first fault, and is told by its environment what to measure"
)]

mod child;
mod desk;
mod many;
mod opens;
#[path = "../store/places.rs"]
mod places;
mod reads;

use std::time::{Duration, Instant};

use places::Bench;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Cases that are there.
    pub cases: u64,
    /// Whose they are.
    pub people: u64,
    /// Reads of each kind.
    pub reads: u64,
    /// Opens one at a time.
    pub opens: u64,
}

fn extent() -> Extent {
    let is_test = !std::env::args().any(|arg| arg == "--bench");
    match std::env::var("GUIDEPOST_BENCH").as_deref() {
        Ok("full") => Extent { cases: 100_000, people: 5000, reads: 20_000, opens: 2000 },
        Ok("quick") => Extent { cases: 1000, people: 50, reads: 100, opens: 64 },
        _ if is_test => Extent { cases: 1000, people: 50, reads: 100, opens: 64 },
        _ => Extent { cases: 100_000, people: 5000, reads: 5000, opens: 500 },
    }
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    if let [job, place] = args.as_slice()
        && job == child::LIST
    {
        runtime.block_on(child::list(place));
        return;
    }
    let extent = extent();
    let only_opens = args.iter().any(|arg| arg == "opens");
    runtime.block_on(async {
        let all = places::all().await;
        opens::measure(&extent, &all).await;
        if only_opens {
            return places::clear().await;
        }
        many::measure(&extent, &all).await;
        reads::measure(&extent, &all).await;
        for bench in &all {
            bench.store.close().await;
        }
        child::measure(&all);
        drop(all);
        places::clear().await;
    });
}

/// How long something takes.
pub async fn timed<T>(work: impl Future<Output = T>) -> (T, Duration) {
    let started = Instant::now();
    let done = work.await;
    (done, started.elapsed())
}

/// The time within which so many of a hundred were done, in microseconds.
#[must_use]
pub fn micros(times: &mut [Duration], of: usize) -> f64 {
    times.sort_unstable();
    times[(times.len() - 1) * of / 100].as_secs_f64() * 1e6
}
