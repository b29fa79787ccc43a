//! A store's beginning and end, on every engine: data of a newer program, a backup that comes back, a store that is closed.

use guidepost::store::{Batch, CommitError, Entry, Key, Store, StoreError, VERSION, Version, feed};
use serde_json::json;

use super::engines::Bench;
use super::numbered;
use super::on_each_engine;

/// Everything in a store, and its clock.
async fn everything(bench: &Bench) -> (Vec<Entry>, Version) {
    let mut snapshot = bench.store.snapshot().await.unwrap();
    let mut all = Vec::new();
    loop {
        let some = snapshot.next(7).await.unwrap();
        if some.is_empty() {
            return (all, snapshot.clock());
        }
        all.extend(some);
    }
}

#[test]
fn a_backup_comes_back_with_its_versions_and_its_numbers_go_on() {
    on_each_engine(&async |bench| {
        for n in 0..10 {
            bench.store.commit(numbered(&n.to_string())).await.unwrap();
        }
        let (all, clock) = everything(bench).await;
        assert!(matches!(
            Store::open_empty(&bench.place).await.err(),
            Some(StoreError::NotEmpty | StoreError::Locked { .. })
        ));

        bench.clear().await;
        let empty = Store::open_empty(&bench.place).await.unwrap();
        let (first, second) = all.split_at(all.len() / 2);
        empty.load(first, Version(0)).await.unwrap();
        empty.load(second, clock).await.unwrap();
        empty.close().await;
        bench.store = Store::open(&bench.place).await.unwrap();
        assert_eq!(everything(bench).await, (all, clock));
        let next = bench.store.commit(numbered("next")).await.unwrap();
        assert_eq!((next.numbers, next.feed), (vec![11], Some(11)));
        assert!(next.version > clock);
        assert_eq!(feed::read(&bench.store, 0, 99).await.unwrap().len(), 11);
    });
}

#[test]
fn data_of_a_newer_program_is_refused() {
    on_each_engine(&async |bench| {
        let mut batch = Batch::new();
        batch.put(Key::of("store").text("version"), &json!({ "version": VERSION + 1 }));
        bench.store.commit(batch).await.unwrap();
        bench.store.close().await;
        let opened = Store::open(&bench.place).await.map(|_| ());
        assert_eq!(opened, Err(StoreError::Newer { found: VERSION + 1, known: VERSION }));
    });
}

#[test]
fn a_store_that_is_closed_says_so() {
    on_each_engine(&async |bench| {
        bench.store.close().await;
        let mut batch = Batch::new();
        batch.put(Key::of("t").text("a"), &1);
        let refused = bench.store.commit(batch).await;
        assert!(matches!(refused, Err(CommitError::Store(StoreError::Unavailable(_)))), "{refused:?}");
        assert!(matches!(bench.store.get(&Key::of("t").text("a")).await, Err(StoreError::Unavailable(_))));
        assert!(bench.store.trouble().await.is_some());
    });
}
