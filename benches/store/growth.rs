//! Disk and memory per record, and how they grow while the same records are updated again and again.

use std::path::Path;
use std::time::Instant;

use guidepost::store::{Batch, Key, Store};

use crate::places::Bench;
use crate::reads::load;
use crate::{Extent, engines, text};

const BYTES: usize = 1200;

pub async fn measure(extent: &Extent) {
    println!(
        "\n### {} updates of the same {} records of {BYTES} bytes, 100 in a commit\n",
        extent.updates, extent.records
    );
    println!("| | updates | on disk MB | times the data | memory MB |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for bench in engines().await {
        load(&bench.store, extent.records, BYTES).await;
        let data = (extent.records * BYTES as u64) as f64 / 1e6;
        let row = async |updates: u64| {
            let disk = size_on_disk(&bench).await as f64 / 1e6;
            println!("| {} | {updates} | {disk:.1} | {:.1} | {:.0} |", bench.name, disk / data, memory());
        };
        row(0).await;
        let mut done = 0;
        for step in 1..=5 {
            while done < extent.updates * step / 5 {
                update(&bench.store, extent, done).await;
                done += 100;
            }
            row(done).await;
        }
        bench.store.close().await;
        let started = Instant::now();
        let again = Store::open(&bench.place).await.unwrap();
        println!(
            "| {}: opened again in {:.0} ms | | | | {:.0} |",
            bench.name,
            started.elapsed().as_secs_f64() * 1e3,
            memory()
        );
        again.close().await;
    }
}

async fn update(store: &Store, extent: &Extent, done: u64) {
    let mut batch = Batch::new();
    for n in done..done + 100 {
        let record = n.wrapping_mul(7_919_777) % extent.records;
        batch.put(Key::of("bench").number(record, 9), &text(n, BYTES));
    }
    store.commit(batch).await.unwrap();
}

/// How many bytes a store takes.
pub async fn size_on_disk(bench: &Bench) -> u64 {
    match &bench.folder {
        Some(folder) => size_of(folder.path()),
        None => bench.store.size().await.unwrap_or(0),
    }
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

/// What this process has in memory, in MB; 0 where the system does not say.
pub fn memory() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes =
        line.and_then(|line| line.split_whitespace().next()).and_then(|number| number.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1e3
}
