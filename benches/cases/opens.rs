//! Durable opens through the whole service, beside the store's own commits of the same size and a bare append, in one run.

use std::fs::File;
use std::io::Write;
use std::time::{Duration, Instant};

use guidepost::services::cases::Cases;
use guidepost::store::{Batch, Key, Store};

use crate::desk::{actor, cases, draft, now};
use crate::places::folder;
use crate::{Bench, Extent, micros, timed};

const AT_ONCE: u64 = 64;
/// What the store's own commits hold: about what a case comes to with all its indexes.
const BYTES: usize = 1500;
/// Clients have their own people, so that nobody's limits are in the way.
const PEOPLE: u64 = 10_000_000;

pub async fn measure(extent: &Extent, all: &[Bench]) {
    println!("### Durable opens\n");
    println!(
        "| | one at a time: p50 ms | of the store's own | of a bare append's | {AT_ONCE} at once: a second | of the store's own | of a bare append's |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let folder = folder();
    let mut bare = File::create(folder.path().join("bare")).unwrap();
    for bench in all {
        let cases = cases(&bench.store);
        let (mut ours, mut stores, mut bares) = (Vec::new(), Vec::new(), Vec::new());
        // In turns, so that whatever else the disk does hits all alike.
        for n in 0..extent.opens {
            ours.push(timed(open(&cases, 0, n)).await.1);
            stores.push(timed(commit(&bench.store, n)).await.1);
            let started = Instant::now();
            bare.write_all(&[b'x'; BYTES]).unwrap();
            bare.sync_data().unwrap();
            bares.push(started.elapsed());
        }
        let [one, own, append] = [&mut ours, &mut stores, &mut bares].map(|times| micros(times, 50) / 1e3);
        let each = (extent.opens * 4).div_ceil(AT_ONCE);
        let (mut opened, mut committed) = (Duration::ZERO, Duration::ZERO);
        for round in 0..4 {
            let range = round * each / 4..(round + 1) * each / 4;
            committed += all_at_once(|client| {
                let (store, range) = (bench.store.clone(), range.clone());
                async move {
                    for n in range {
                        commit(&store, client << 32 | n).await;
                    }
                }
            })
            .await;
            opened += all_at_once(|client| {
                let (cases, range) = (cases.clone(), range.clone());
                async move {
                    for n in range {
                        open(&cases, client + 1, n).await;
                    }
                }
            })
            .await;
        }
        let count = (each * AT_ONCE) as f64;
        let (rate, own_rate) = (count / opened.as_secs_f64(), count / committed.as_secs_f64());
        println!(
            "| {} | {one:.2} | {:.2} | {:.2} | {rate:.0} | {:.2} | {:.2} |",
            bench.name,
            one / own,
            one / append,
            rate / own_rate,
            rate * append / 1e3
        );
        println!(
            "| the store's own commits of {BYTES} bytes | {own:.2} | 1.00 | {:.2} | {own_rate:.0} | 1.00 | {:.2} |",
            own / append,
            own_rate * append / 1e3
        );
    }
}

async fn open(cases: &Cases, client: u64, n: u64) {
    let opened = cases.open(&actor(PEOPLE + client), &draft(client << 32 | n), &n.to_string(), now()).await;
    opened.unwrap();
}

async fn commit(store: &Store, n: u64) {
    let mut batch = Batch::new();
    let value = format!("{n:0BYTES$}");
    batch.numbered("bench", move |n, writes| writes.put(Key::of("bench").number(n, 9), &value));
    store.commit(batch).await.unwrap();
}

/// How long it takes until all clients are done.
async fn all_at_once<F: Future<Output = ()> + Send + 'static>(client: impl Fn(u64) -> F) -> Duration {
    let started = Instant::now();
    let clients: Vec<_> = (0..AT_ONCE).map(|n| tokio::spawn(client(n))).collect();
    for client in clients {
        client.await.unwrap();
    }
    started.elapsed()
}
