//! The server crashes and comes back while clients commit: what was acknowledged is there, and nothing is there twice.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use guidepost::store::{Batch, CommitError, Direction, Key, KeyRange, Place, Store, StoreError, feed};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::cluster::Cluster;

const CRASHES: usize = 4;
/// So many batches are acknowledged between two crashes.
const BETWEEN: u64 = 300;

/// What a client was told of its batches.
#[derive(Default)]
struct Told {
    /// With the number each was given.
    kept: BTreeMap<Key, u64>,
    unsure: BTreeSet<Key>,
    refused: BTreeSet<Key>,
}

/// Two records that only exist together: one by the client's own count, one by the store's.
fn batch(own: Key) -> Batch {
    let mut batch = Batch::new();
    batch.expect_absent(own.clone());
    batch.numbered("case", move |number, writes| {
        writes.put(own.clone(), &json!({ "case": number, "filler": "x".repeat(500) }));
        writes.put(Key::of("case").number(number, 6), &json!({ "own": own }));
        writes.tell(&json!({ "case": number }));
    });
    batch
}

async fn client(store: Store, client: u64, stop: Arc<AtomicBool>, count: Arc<watch::Sender<u64>>) -> Told {
    let mut told = Told::default();
    for n in 0.. {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        let own = Key::of("own").number(client, 2).number(n, 6);
        match store.commit(batch(own.clone())).await {
            Ok(committed) => {
                told.kept.insert(own, committed.numbers[0]);
                count.send_modify(|count| *count += 1);
            }
            Err(CommitError::Store(StoreError::Unsure(_))) => drop(told.unsure.insert(own)),
            Err(CommitError::Store(StoreError::Unavailable(_))) => drop(told.refused.insert(own)),
            Err(error) => panic!("{own}: {error}"),
        }
    }
    told
}

async fn records(store: &Store, table: &str) -> BTreeMap<Key, Value> {
    let found = store.scan(&KeyRange::under(&Key::of(table)), usize::MAX, Direction::Forward).await.unwrap();
    found.into_iter().map(|entry| (entry.key, entry.value.read().unwrap())).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_server_that_crashes_while_clients_commit_loses_nothing_and_doubles_nothing() {
    let Some(cluster) = Cluster::start() else { return };
    let cluster = Arc::new(cluster);
    let place = Place::Postgres(cluster.url());
    let desks = [Store::open(&place).await.unwrap(), Store::open(&place).await.unwrap()];
    let (stop, count) = (Arc::new(AtomicBool::new(false)), Arc::new(watch::Sender::new(0)));
    let clients: Vec<_> = (0..8)
        .zip(desks.iter().cycle())
        .map(|(n, desk)| tokio::spawn(client(desk.clone(), n, Arc::clone(&stop), Arc::clone(&count))))
        .collect();
    for _ in 0..CRASHES {
        let until = *count.borrow() + BETWEEN;
        count.subscribe().wait_for(|count| *count >= until).await.unwrap();
        let cluster = Arc::clone(&cluster);
        tokio::task::spawn_blocking(move || cluster.crash()).await.unwrap();
    }
    let until = *count.borrow() + BETWEEN;
    count.subscribe().wait_for(|count| *count >= until).await.unwrap();
    stop.store(true, Ordering::Relaxed);
    let mut told = Told::default();
    for client in clients {
        let of_client = client.await.unwrap();
        told.kept.extend(of_client.kept);
        told.unsure.extend(of_client.unsure);
        told.refused.extend(of_client.refused);
    }
    for desk in desks {
        desk.close().await;
    }
    println!(
        "{CRASHES} crashes: {} batches kept, {} unsure, {} refused",
        told.kept.len(),
        told.unsure.len(),
        told.refused.len()
    );
    let store = Store::open(&place).await.unwrap();
    check(&store, &told).await;
    store.close().await;
}

async fn check(store: &Store, told: &Told) {
    let (own, cases) = (records(store, "own").await, records(store, "case").await);
    for (key, number) in &told.kept {
        let record = own.get(key).unwrap_or_else(|| panic!("{key} was acknowledged and is gone"));
        assert_eq!(record["case"], json!(number), "{key}");
    }
    let numbers: BTreeSet<u64> = told.kept.values().copied().collect();
    assert_eq!(numbers.len(), told.kept.len(), "a number was given out twice");
    assert!(told.refused.iter().all(|key| !own.contains_key(key)), "what was refused was kept");
    assert!(own.keys().all(|key| told.kept.contains_key(key) || told.unsure.contains(key)));

    // Wholly or not at all: the two records name each other, one to one, and the feed tells of all.
    assert_eq!(own.len(), cases.len());
    for (key, record) in &own {
        let case = &cases[&Key::of("case").number(record["case"].as_u64().unwrap(), 6)];
        assert_eq!(case["own"], json!(key));
    }
    let last = cases.keys().filter_map(Key::last_number).max();
    assert_eq!(last, Some(cases.len() as u64), "a number is missing");
    let feed = feed::read(store, 0, usize::MAX).await.unwrap();
    assert!(feed.iter().map(|told| told.number).eq(1..=cases.len() as u64));
    assert!(feed.iter().all(|told| told.entry.read::<Value>().unwrap()["case"] == json!(told.number)));

    let next = store.commit(batch(Key::of("own").text("last"))).await.unwrap();
    assert_eq!(next.numbers, [cases.len() as u64 + 1]);
}
