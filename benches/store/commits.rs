//! Durable commits of 1.5 kB, beside a bare append of the same bytes with one `fdatasync` each.

use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

use guidepost::store::{Batch, Key, Store};

use crate::places::folder;
use crate::{Extent, engines, text};

const BYTES: usize = 1500;
const AT_ONCE: u64 = 64;

/// A file that is appended to.
struct Bare(File);

impl Bare {
    fn append(&mut self, n: u64) {
        self.0.write_all(text(n, BYTES).as_bytes()).unwrap();
        self.0.sync_data().unwrap();
    }
}

pub async fn measure(extent: &Extent) {
    let folder = folder();
    let mut bare = Bare(File::create(folder.path().join("bare")).unwrap());
    println!("### Durable commits of {BYTES} bytes\n");
    println!(
        "| | one at a time: p50 ms | of a bare append's | 64 at once: commits a second | of a bare append's |"
    );
    println!("| --- | ---: | ---: | ---: | ---: |");
    for bench in engines().await {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        // In turns, so that whatever else the disk does hits both alike.
        for n in 0..extent.commits {
            let started = Instant::now();
            bare.append(n);
            theirs.push(started.elapsed());
            let started = Instant::now();
            commit(&bench.store, n).await;
            ours.push(started.elapsed());
        }
        let all = extent.commits * 8;
        let started = Instant::now();
        at_once(&bench.store, extent.commits, all).await;
        let rate = all as f64 / started.elapsed().as_secs_f64();
        let (ours, theirs) = (median(ours), median(theirs));
        let bare_rate = 1.0 / theirs;
        println!(
            "| {} | {:.3} | {:.2} | {rate:.0} | {:.2} |",
            bench.name,
            ours * 1e3,
            ours / theirs,
            rate / bare_rate
        );
        println!(
            "| bare append and `fdatasync` | {:.3} | 1.00 | {bare_rate:.0} (one at a time) | 1.00 |",
            theirs * 1e3
        );
        bench.store.close().await;
    }
}

/// What opening a case does to the store: a number, a record, an entry in the feed.
async fn commit(store: &Store, n: u64) {
    let mut batch = Batch::new();
    let value = text(n, BYTES);
    batch.numbered("bench", move |n, writes| writes.put(Key::of("bench").number(n, 9), &value));
    store.commit(batch).await.unwrap();
}

async fn at_once(store: &Store, from: u64, count: u64) {
    let clients: Vec<_> = (0..AT_ONCE)
        .map(|client| {
            let store = store.clone();
            tokio::spawn(async move {
                for n in 0..count / AT_ONCE {
                    commit(&store, from + client * count + n).await;
                }
            })
        })
        .collect();
    for client in clients {
        client.await.unwrap();
    }
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}
