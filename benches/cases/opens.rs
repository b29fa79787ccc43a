//! Durable opens through the whole service, beside the same writes made beforehand, one record of the same size, and a bare append, in one
//! run.

use std::fs::File;
use std::io::Write;
use std::ops::Range;
use std::time::{Duration, Instant};

use guidepost::services::cases::table::{CASES, EVENTS, event_key, key};
use guidepost::services::cases::{Cases, Opened};
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
        "| | one at a time: p50 ms | of a bare append's | {AT_ONCE} at once: a second | of the same writes' | of one record's | of a bare append's |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let folder = folder();
    let mut bare = File::create(folder.path().join("bare")).unwrap();
    for bench in all {
        let (store, cases) = (bench.store.clone(), cases(&bench.store));
        let alike = Alike::new(&store, &cases).await;
        let all = [Work::Open(cases), Work::Alike(store.clone(), alike), Work::Single(store)];
        let (mut times, mut bares) = ([const { Vec::new() }; 3], Vec::new());
        // In turns, so that whatever else the disk does hits all alike.
        for n in 0..extent.opens {
            for (work, times) in all.iter().zip(&mut times) {
                times.push(timed(work.once(0, n)).await.1);
            }
            let started = Instant::now();
            bare.write_all(&[b'x'; BYTES]).unwrap();
            bare.sync_data().unwrap();
            bares.push(started.elapsed());
        }
        let [ours, same, single] = times.map(|mut times| micros(&mut times, 50) / 1e3);
        let append = micros(&mut bares, 50) / 1e3;
        let each = (extent.opens * 4).div_ceil(AT_ONCE);
        let mut took = [Duration::ZERO; 3];
        for round in 0..4 {
            for (work, took) in all.iter().zip(&mut took) {
                *took += at_once(work, round * each / 4..(round + 1) * each / 4).await;
            }
        }
        let [rate, same_rate, single_rate] = took.map(|took| (each * AT_ONCE) as f64 / took.as_secs_f64());
        for (name, time, rate) in [
            (bench.name, ours, rate),
            ("the same writes, made before", same, same_rate),
            ("one record of 1500 bytes", single, single_rate),
        ] {
            println!(
                "| {name} | {time:.2} | {:.2} | {rate:.0} | {:.2} | {:.2} | {:.2} |",
                time / append,
                rate / same_rate,
                rate / single_rate,
                rate * append / 1e3
            );
        }
    }
}

/// What is measured.
#[derive(Clone)]
enum Work {
    /// A case is opened.
    Open(Cases),
    /// The same is written.
    Alike(Store, Alike),
    /// One record is written.
    Single(Store),
}

impl Work {
    async fn once(&self, client: u64, n: u64) {
        match self {
            Self::Open(cases) => drop(open(cases, client, n).await),
            Self::Alike(store, alike) => alike.commit(store, client, n).await,
            Self::Single(store) => commit(store, client << 32 | n).await,
        }
    }
}

async fn open(cases: &Cases, client: u64, n: u64) -> Opened {
    let opened = cases.open(&actor(PEOPLE + client), &draft(client << 32 | n), &n.to_string(), now()).await;
    opened.unwrap()
}

async fn commit(store: &Store, n: u64) {
    let mut batch = Batch::new();
    let value = format!("{n:0BYTES$}");
    batch.numbered("bench", move |n, writes| writes.put(Key::of("bench").number(n, 9), &value));
    store.commit(batch).await.unwrap();
}

/// What opening a case writes, key for key, with other texts that are as long: the store's own part of it.
#[derive(Clone)]
struct Alike {
    case: String,
    event: String,
}

impl Alike {
    async fn new(store: &Store, cases: &Cases) -> Self {
        let case = open(cases, AT_ONCE + 1, 0).await.case().number;
        let text = async |key: Key| {
            let kept = store.get(&key).await.unwrap().unwrap();
            "x".repeat(kept.value.as_str().len())
        };
        Self { case: text(CASES.at(&key(case))).await, event: text(EVENTS.at(&event_key(case, 1))).await }
    }

    async fn commit(&self, store: &Store, client: u64, n: u64) {
        let own = |table: &str| Key::of(table).number(client, 9);
        let once = own("alike.once").number(n, 9);
        let mut batch = Batch::new();
        batch.expect_absent(once.clone());
        batch.put(own("alike.tally"), &now());
        let (alike, mine) = (self.clone(), own("alike@own"));
        batch.numbered("alike", move |n, writes| {
            writes.put(Key::of("alike").number(n, 9), &alike.case);
            writes.put(Key::of("alike.event").number(n, 9).number(1, 4), &alike.event);
            writes.put(mine.clone().number(n, 9), &n);
            writes.put(Key::of("alike@work").text("technical-support").number(n, 9), &n);
            writes.put(once.clone(), &now());
            writes.tell(&n);
        });
        store.commit(batch).await.unwrap();
    }
}

/// How long it takes until all clients have done all of their rounds.
async fn at_once(work: &Work, range: Range<u64>) -> Duration {
    let started = Instant::now();
    let client = |client: u64| {
        let (work, range) = (work.clone(), range.clone());
        tokio::spawn(async move {
            for n in range {
                // The first client is the one that worked alone.
                work.once(client + 1, n).await;
            }
        })
    };
    let clients: Vec<_> = (0..AT_ONCE).map(client).collect();
    for client in clients {
        client.await.unwrap();
    }
    started.elapsed()
}
