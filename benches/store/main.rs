//! Measures the store: durable commits beside a bare append, reads among many keys, and how disk and memory grow.
//!
//! `cargo bench --bench store` prints the tables of `BENCHMARKS.md`. `GUIDEPOST_BENCH=full` takes a million keys and a million
//! updates, `GUIDEPOST_BENCH=quick` only tries that everything runs. PostgreSQL is measured beside sled where
//! `GUIDEPOST_TEST_POSTGRES` says where there is one.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    missing_docs,
    reason = "a bench prints, ends at the first fault, and is told by its environment what to measure"
)]

mod commits;
mod growth;
mod places;
mod reads;

use places::Bench;

/// How much is measured.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// Commits one at a time.
    pub commits: u64,
    /// Keys to read among.
    pub keys: u64,
    /// Updates of the same records.
    pub updates: u64,
    /// Those records.
    pub records: u64,
}

fn extent() -> Extent {
    let is_test = !std::env::args().any(|arg| arg == "--bench");
    match std::env::var("GUIDEPOST_BENCH").as_deref() {
        Ok("full") => Extent { commits: 2000, keys: 1_000_000, updates: 1_000_000, records: 10_000 },
        Ok("quick") => Extent { commits: 50, keys: 2000, updates: 2000, records: 200 },
        _ if is_test => Extent { commits: 50, keys: 2000, updates: 2000, records: 200 },
        _ => Extent { commits: 1000, keys: 100_000, updates: 100_000, records: 10_000 },
    }
}

fn main() {
    let extent = extent();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        commits::measure(&extent).await;
        // Before the many keys: what is measured is what this process then has in memory.
        growth::measure(&extent).await;
        reads::measure(&extent).await;
        places::clear().await;
    });
}

/// A text of so many bytes that is its own JSON, and differs from record to record.
#[must_use]
pub fn text(n: u64, bytes: usize) -> String {
    let letter =
        |at: u64| char::from(b'a' + ((at.wrapping_mul(31) ^ n.wrapping_mul(0x9E37_79B9) >> 7) % 26) as u8);
    (0..bytes as u64 - 2).map(letter).collect()
}

/// The engines that are measured, each on an empty store.
pub async fn engines() -> Vec<Bench> {
    places::all().await
}
