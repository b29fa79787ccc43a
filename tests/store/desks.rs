//! Several desks on one database.

use std::collections::BTreeSet;

use guidepost::store::{Batch, Direction, Key, KeyRange, Place, Store, feed};
use serde_json::json;

use super::schema::Schema;

const EACH: u64 = 150;

fn numbered(desk: u64, n: u64) -> Batch {
    let mut batch = Batch::new();
    batch.numbered("case", move |number, writes| {
        writes.put(Key::of("case").number(number, 6), &json!({ "desk": desk, "n": n }));
        writes.tell(&json!({ "case": number }));
    });
    batch
}

/// Reads the feed as it grows, and fails where a number is missing.
async fn follow(store: Store, until: u64) {
    let mut read = 0;
    while read < until {
        for told in feed::read(&store, read, 50).await.unwrap() {
            assert_eq!(told.number, read + 1, "a number was skipped that became visible later");
            read = told.number;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_desks_give_out_every_number_once_and_nobody_sees_a_gap() {
    let Some(schema) = Schema::fresh().await else { return };
    let place = Place::Postgres(schema.url());
    let desks = [Store::open(&place).await.unwrap(), Store::open(&place).await.unwrap()];
    let followers: Vec<_> = desks.iter().map(|desk| tokio::spawn(follow(desk.clone(), 2 * EACH))).collect();
    let mut clients = Vec::new();
    for (desk, store) in (0..).zip(&desks) {
        for client in 0..5 {
            let store = store.clone();
            clients.push(tokio::spawn(async move {
                let mut numbers = Vec::new();
                for n in 0..EACH / 5 {
                    numbers.extend(store.commit(numbered(desk, client * EACH + n)).await.unwrap().numbers);
                }
                assert!(numbers.is_sorted());
                numbers
            }));
        }
    }
    let mut numbers = BTreeSet::new();
    for client in clients {
        for number in client.await.unwrap() {
            assert!(numbers.insert(number), "{number} was given out twice");
        }
    }
    assert_eq!(numbers, (1..=2 * EACH).collect());
    for follower in followers {
        follower.await.unwrap();
    }
    let told = desks[0].scan(&KeyRange::under(&Key::of("feed")), 1000, Direction::Forward).await.unwrap();
    assert!(told.iter().map(|entry| entry.version).is_sorted_by(|a, b| a < b));
    for desk in desks {
        desk.close().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn desks_that_start_at_the_same_moment_all_start() {
    for _ in 0..3 {
        let Some(schema) = Schema::fresh().await else { return };
        let place = Place::Postgres(schema.url());
        let starting: Vec<_> = (0..6)
            .map(|desk| {
                let place = place.clone();
                tokio::spawn(async move {
                    let store = Store::open(&place).await.unwrap();
                    store.commit(numbered(desk, 0)).await.unwrap();
                    store
                })
            })
            .collect();
        for desk in starting {
            desk.await.unwrap().close().await;
        }
        let store = Store::open(&place).await.unwrap();
        assert_eq!(feed::read(&store, 0, 99).await.unwrap().len(), 6);
        store.close().await;
    }
}

#[tokio::test]
async fn a_desk_sees_at_once_what_another_has_committed() {
    let Some(schema) = Schema::fresh().await else { return };
    let place = Place::Postgres(schema.url());
    let (one, other) = (Store::open(&place).await.unwrap(), Store::open(&place).await.unwrap());
    for n in 1..=50_u64 {
        let (writes, reads) = if n % 2 == 0 { (&one, &other) } else { (&other, &one) };
        writes.commit(numbered(0, n)).await.unwrap();
        let found = reads.get(&Key::of("case").number(n, 6)).await.unwrap().unwrap();
        assert_eq!(found.value, json!({ "desk": 0, "n": n }));
    }
    one.close().await;
    other.close().await;
}
