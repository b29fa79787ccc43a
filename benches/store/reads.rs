//! Point reads and short scans among many keys.

use std::time::Instant;

use guidepost::store::{Batch, Direction, Key, KeyRange, Store};

use crate::growth::{memory, size_on_disk};
use crate::{Extent, engines, text};

const BYTES: usize = 200;
const READS: u64 = 20_000;

pub async fn measure(extent: &Extent) {
    println!("\n### Reads among {} records of {BYTES} bytes\n", extent.keys);
    println!(
        "| | loaded: records a second | one key: p50 µs | p99 µs | 20 in order: p50 µs | p99 µs | bytes on disk each | memory MB |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
    for bench in engines().await {
        let started = Instant::now();
        load(&bench.store, extent.keys, BYTES).await;
        let rate = extent.keys as f64 / started.elapsed().as_secs_f64();
        let reads = READS.min(extent.keys);
        let mut points = Vec::new();
        let mut scans = Vec::new();
        for n in 0..reads {
            let at = n.wrapping_mul(7_919_777) % extent.keys;
            let started = Instant::now();
            assert!(bench.store.get(&key(at)).await.unwrap().is_some());
            points.push(started.elapsed());
            if n % 10 == 0 {
                let range = KeyRange::under(&Key::of("bench")).after(&key(at));
                let started = Instant::now();
                bench.store.scan(&range, 20, Direction::Forward).await.unwrap();
                scans.push(started.elapsed());
            }
        }
        let us = |times: &mut Vec<std::time::Duration>, of: usize| {
            times.sort_unstable();
            times[(times.len() - 1) * of / 100].as_secs_f64() * 1e6
        };
        println!(
            "| {} | {rate:.0} | {:.1} | {:.1} | {:.1} | {:.1} | {:.0} | {:.0} |",
            bench.name,
            us(&mut points, 50),
            us(&mut points, 99),
            us(&mut scans, 50),
            us(&mut scans, 99),
            size_on_disk(&bench).await as f64 / extent.keys as f64,
            memory()
        );
        bench.store.close().await;
    }
}

fn key(n: u64) -> Key {
    Key::of("bench").number(n, 9)
}

/// Puts records, some hundred in one commit.
pub async fn load(store: &Store, count: u64, bytes: usize) {
    for first in (0..count).step_by(500) {
        let mut batch = Batch::new();
        for n in first..(first + 500).min(count) {
            batch.put(key(n), &text(n, bytes));
        }
        store.commit(batch).await.unwrap();
    }
}
