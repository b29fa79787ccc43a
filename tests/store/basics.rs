//! What every engine does: reads, scans, batches, counters, the feed, tables, snapshots.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use guidepost::store::{
    Batch, CommitError, Direction, Entry, Index, Key, KeyRange, MAX_VALUE, Store, Table, Version, feed,
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::on_each_engine;

fn key(name: &str) -> Key {
    Key::of("t").text(name)
}

async fn keys(store: &Store, range: &KeyRange, limit: usize, direction: Direction) -> Vec<String> {
    let found = store.scan(range, limit, direction).await.unwrap();
    found.into_iter().map(|entry| entry.key.to_string()).collect()
}

#[test]
fn what_was_committed_is_there_after_the_store_was_closed() {
    on_each_engine(&async |bench| {
        let mut batch = Batch::new();
        batch.put(key("a"), &json!({"text": "Grüße\n\u{1F642}", "n": [1, -2.5, null, true]}));
        batch.put(key("b"), &"x".repeat(MAX_VALUE - 2));
        let committed = bench.store.commit(batch).await.unwrap();
        bench.reopen().await;
        let a = bench.store.get(&key("a")).await.unwrap().unwrap();
        assert_eq!(a.version, committed.version);
        assert_eq!(a.value, json!({"text": "Grüße\n\u{1F642}", "n": [1, -2.5, null, true]}));
        assert_eq!(
            bench.store.get(&key("b")).await.unwrap().unwrap().value.text().unwrap().len(),
            MAX_VALUE - 2
        );
        assert_eq!(bench.store.get(&key("c")).await.unwrap(), None);
    });
}

#[test]
fn a_scan_goes_both_ways_and_ends_where_its_range_does() {
    on_each_engine(&async |bench| {
        let mut batch = Batch::new();
        for name in ["a", "b", "c", "c/d", "é"] {
            batch.put(key(name), &name);
        }
        batch.put(Key::of("u").text("a"), &1);
        batch.put(Key::of("t.b").text("a"), &1);
        bench.store.commit(batch).await.unwrap();
        let under = KeyRange::under(&Key::of("t"));
        let (store, forward, backward) = (&bench.store, Direction::Forward, Direction::Backward);
        assert_eq!(keys(store, &under, 9, forward).await, ["t/a", "t/b", "t/c", "t/c%2Fd", "t/é"]);
        assert_eq!(keys(store, &under, 2, backward).await, ["t/é", "t/c%2Fd"]);
        assert_eq!(keys(store, &under.clone().after(&key("b")), 1, forward).await, ["t/c"]);
        assert_eq!(keys(store, &under.clone().before(&key("b")), 9, forward).await, ["t/a"]);
        assert_eq!(keys(store, &under.clone().after(&key("z")).before(&key("a")), 9, forward).await, [""; 0]);
        assert_eq!(keys(store, &under, 0, forward).await, [""; 0]);
    });
}

#[test]
fn a_batch_whose_expectation_fails_changes_nothing() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let mut batch = Batch::new();
        batch.expect_absent(key("name"));
        batch.put(key("name"), &"ann");
        let first = store.commit(batch.clone()).await.unwrap();
        batch.put(key("other"), &1);
        batch.numbered("case", |n, writes| writes.put(Key::of("case").number(n, 6), &n));
        batch.tell(&"never");
        assert_eq!(store.commit(batch).await, Err(CommitError::Conflict(key("name"))));
        assert_eq!(store.get(&key("other")).await.unwrap(), None);
        assert_eq!(feed::read(store, 0, 9).await.unwrap(), []);

        let mut change = Batch::new();
        change.expect(key("name"), first.version);
        change.put(key("name"), &"bea");
        let second = store.commit(change.clone()).await.unwrap();
        assert!(second.version > first.version);
        assert_eq!(store.commit(change).await, Err(CommitError::Conflict(key("name"))));
        let mut gone = Batch::new();
        gone.expect(key("name"), second.version);
        gone.delete(key("name"));
        store.commit(gone).await.unwrap();
        // A version never comes back, whatever was deleted.
        let mut again = Batch::new();
        again.expect(key("name"), Version(0));
        assert!(matches!(store.commit(again).await, Err(CommitError::Conflict(_))));
    });
}

#[test]
fn counters_and_feed_have_no_gaps_when_many_commit_at_once() {
    on_each_engine(&async |bench| {
        let tasks: Vec<_> = (0..64)
            .map(|client| {
                let store = bench.store.clone();
                tokio::spawn(async move {
                    let mut batch = Batch::new();
                    batch.numbered("case", move |n, writes| {
                        writes.put(Key::of("case").number(n, 6), &json!({"by": client, "number": n}));
                    });
                    batch.tell(&json!({"client": client}));
                    store.commit(batch).await.unwrap()
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for task in tasks {
            numbers.extend(task.await.unwrap().numbers);
        }
        numbers.sort_unstable();
        assert_eq!(numbers, (1..=64).collect::<Vec<u64>>());
        let told = feed::read(&bench.store, 0, 100).await.unwrap();
        assert_eq!(told.iter().map(|t| t.number).collect::<Vec<_>>(), (1..=64).collect::<Vec<u64>>());
        // The order of the feed is the order of commits, and so of versions.
        let range = KeyRange::under(&Key::of("feed"));
        let versions: Vec<_> = bench
            .store
            .scan(&range, 100, Direction::Forward)
            .await
            .unwrap()
            .iter()
            .map(|e| e.version)
            .collect();
        assert!(versions.is_sorted());
    });
}

#[test]
fn a_follower_reads_every_entry_once_and_what_all_have_read_is_trimmed() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        for n in 0..10 {
            let mut batch = Batch::new();
            batch.tell(&n);
            store.commit(batch).await.unwrap();
        }
        let follower = feed::Follower::new("index");
        let unread = follower.unread(store, 4).await.unwrap();
        assert_eq!(unread.entries.iter().map(|t| t.number).collect::<Vec<_>>(), [1, 2, 3, 4]);
        let mut batch = Batch::new();
        unread.done(&mut batch);
        store.commit(batch.clone()).await.unwrap();
        assert!(matches!(store.commit(batch).await, Err(CommitError::Conflict(_))), "dealt with twice");
        bench.reopen().await;
        let store = &bench.store;
        assert_eq!(follower.unread(store, 1).await.unwrap().entries[0].number, 5);
        assert_eq!(feed::trim(store, 0, 100).await.unwrap(), 4);
        assert_eq!(feed::trim(store, 0, 100).await.unwrap(), 0);
        assert_eq!(feed::read(store, 0, 1).await.unwrap()[0].number, 5);
    });
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Person {
    id: u64,
    mail: String,
    tags: Vec<String>,
    story: String,
}

const BY_MAIL: Index<Person> =
    Index { name: "mail", unique: true, keys: |person| vec![Key::of(&person.mail.to_lowercase())] };
const BY_TAG: Index<Person> =
    Index { name: "tag", unique: false, keys: |person| person.tags.iter().map(|tag| Key::of(tag)).collect() };
const PEOPLE: Table<Person> =
    Table::new("person", |person: &Person| Key::of_number(person.id, 6), &[BY_MAIL, BY_TAG]);

fn person(id: u64, mail: &str, tags: &[&str], story: &str) -> Person {
    let tags = tags.iter().map(|tag| (*tag).to_owned()).collect();
    Person { id, mail: mail.to_owned(), tags, story: story.to_owned() }
}

#[test]
fn a_table_keeps_its_indexes_in_step() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let mut batch = Batch::new();
        PEOPLE.insert(&mut batch, &person(1, "Ann@example.org", &["vip", "a/b"], ""));
        PEOPLE.insert(&mut batch, &person(2, "bea@example.org", &["vip"], ""));
        store.commit(batch).await.unwrap();
        let mut twin = Batch::new();
        PEOPLE.insert(&mut twin, &person(3, "ann@EXAMPLE.org", &[], ""));
        assert!(
            matches!(store.commit(twin).await, Err(CommitError::Conflict(_))),
            "a mail address is unique"
        );

        let vip = async |tag: &str| {
            let found =
                PEOPLE.find(store, &BY_TAG, Some(&Key::of(tag)), 9, Direction::Forward).await.unwrap();
            found.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        assert_eq!(vip("vip").await, ["000001", "000002"]);
        assert_eq!(vip("a/b").await, ["000001"]);
        let found = PEOPLE.find_one(store, &BY_MAIL, &Key::of("ann@example.org")).await.unwrap().unwrap();
        let row = PEOPLE.get(store, &found).await.unwrap().unwrap();

        let mut change = Batch::new();
        PEOPLE.update(&mut change, &row, &person(1, "ann@example.net", &["a/b"], ""));
        store.commit(change.clone()).await.unwrap();
        assert!(
            matches!(store.commit(change).await, Err(CommitError::Conflict(_))),
            "it was changed meanwhile"
        );
        assert_eq!(vip("vip").await, ["000002"]);
        assert_eq!(PEOPLE.find_one(store, &BY_MAIL, &Key::of("ann@example.org")).await.unwrap(), None);

        let row = PEOPLE.get(store, &Key::of_number(1, 6)).await.unwrap().unwrap();
        let mut gone = Batch::new();
        PEOPLE.delete(&mut gone, &row);
        store.commit(gone).await.unwrap();
        let left = store.scan(&KeyRange::all(), 99, Direction::Forward).await.unwrap();
        assert!(left.iter().all(|entry| !entry.key.as_str().contains("000001")), "{left:?}");
    });
}

#[test]
fn whoever_has_lost_a_key_never_passes_for_its_owner() {
    const MAIL: &str = "shared@example.org";
    on_each_engine(&async |bench| {
        let mut batch = Batch::new();
        PEOPLE.insert(&mut batch, &person(1, MAIL, &[], ""));
        PEOPLE.insert(&mut batch, &person(2, "2@example.org", &[], ""));
        bench.store.commit(batch).await.unwrap();
        let is_over = Arc::new(AtomicBool::new(false));
        let readers: Vec<_> = (0..8)
            .map(|_| {
                let (store, is_over) = (bench.store.clone(), Arc::clone(&is_over));
                tokio::spawn(async move {
                    loop {
                        let row = PEOPLE.get_one(&store, &BY_MAIL, &Key::of(MAIL)).await.unwrap().unwrap();
                        assert_eq!(row.record.mail, MAIL, "of {}", row.record.id);
                        if is_over.load(Ordering::Relaxed) {
                            break;
                        }
                    }
                })
            })
            .collect();
        for turn in 0..200_u64 {
            let (from, to) = (turn % 2 + 1, (turn + 1) % 2 + 1);
            let rows = PEOPLE
                .get_all(&bench.store, &[Key::of_number(from, 6), Key::of_number(to, 6)])
                .await
                .unwrap();
            let [from, to] = [&rows[0], &rows[1]];
            let less = Person { mail: format!("{turn}@example.org"), ..from.record.clone() };
            let more = Person { mail: MAIL.to_owned(), ..to.record.clone() };
            let mut batch = Batch::new();
            PEOPLE.hand_over(&mut batch, (from, &less), (to, &more));
            bench.store.commit(batch).await.unwrap();
        }
        is_over.store(true, Ordering::Relaxed);
        for reader in readers {
            reader.await.unwrap();
        }
    });
}

#[test]
fn the_records_of_an_index_come_in_its_order() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let long = "long \u{e9} \"story\" ".repeat(1000);
        let mut batch = Batch::new();
        for (id, tags) in [(3, ["a\"b/c"]), (1, ["a\"b/c"]), (2, ["other"]), (4, ["a\"b/c"])] {
            PEOPLE.insert(&mut batch, &person(id, &id.to_string(), &tags, &long));
        }
        // An index that leads to nothing, as after a fault.
        batch.put(PEOPLE.index_key(&BY_TAG).join(&Key::of("a\"b/c").number(2, 6)), &"000009");
        store.commit(batch).await.unwrap();
        let tag = Key::of("a\"b/c");
        let listed = async |limit, direction| {
            let rows = PEOPLE.list_by(store, &BY_TAG, Some(&tag), limit, direction).await.unwrap();
            assert!(rows.iter().all(|row| row.record.story == long));
            rows.iter().map(|row| row.record.id).collect::<Vec<_>>()
        };
        assert_eq!(listed(9, Direction::Forward).await, [1, 3, 4]);
        assert_eq!(listed(9, Direction::Backward).await, [4, 3, 1]);
        assert_eq!(listed(2, Direction::Forward).await, [1], "what leads to nothing counts as well");
        assert_eq!(listed(0, Direction::Forward).await, [] as [u64; 0]);
        let rows = PEOPLE.list_by(store, &BY_TAG, None, 9, Direction::Forward).await.unwrap();
        assert_eq!(rows.len(), 4);
    });
}

#[test]
fn many_keys_are_asked_for_in_their_order() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let mut batch = Batch::new();
        (0..600_u64).filter(|n| !n.is_multiple_of(3)).for_each(|n| batch.put(key(&n.to_string()), &n));
        store.commit(batch).await.unwrap();
        // At once and more than go into one question; one key twice.
        let asked = (0..40).map(|from| {
            let store = store.clone();
            tokio::spawn(async move {
                let keys: Vec<Key> = (from..from + 500).chain([from]).map(|n| key(&n.to_string())).collect();
                let states = store.get_all(&keys).await.unwrap();
                states.into_iter().map(|state| state?.value.number()).collect::<Vec<_>>()
            })
        });
        for (from, asked) in asked.collect::<Vec<_>>().into_iter().enumerate() {
            let is = |n: u64| (n < 600 && !n.is_multiple_of(3)).then_some(n);
            let from = from as u64;
            let expected: Vec<_> = (from..from + 500).chain([from]).map(is).collect();
            assert_eq!(asked.await.unwrap(), expected);
        }
        assert_eq!(store.get_all(&[]).await.unwrap(), []);
    });
}

#[test]
fn a_long_record_is_kept_in_parts_and_leaves_none_behind() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let text = "She said: \"é\u{1F642}\\\"\n".repeat(2000);
        let mut batch = Batch::new();
        PEOPLE.insert(&mut batch, &person(1, "a", &[], &text));
        store.commit(batch).await.unwrap();
        let row = PEOPLE.get(store, &Key::of_number(1, 6)).await.unwrap().unwrap();
        assert_eq!(row.record.story, text);
        assert_eq!(
            PEOPLE.list(store, None, 9, Direction::Forward).await.unwrap(),
            std::slice::from_ref(&row)
        );
        let mut batch = Batch::new();
        PEOPLE.update(&mut batch, &row, &person(1, "a", &[], "short"));
        store.commit(batch).await.unwrap();
        let all: Vec<Entry> = store.scan(&KeyRange::all(), 99, Direction::Forward).await.unwrap();
        assert!(all.iter().all(|entry| !entry.key.as_str().starts_with("person~part")), "{all:?}");
    });
}

#[test]
fn a_snapshot_stays_as_it_was_while_others_write() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let put = async |names: std::ops::Range<u32>, value: u32| {
            let mut batch = Batch::new();
            names.for_each(|n| batch.put(key(&format!("{n:04}")), &value));
            store.commit(batch).await.unwrap().version
        };
        let version = put(0..300, 1).await;
        let mut snapshot = store.snapshot().await.unwrap();
        assert_eq!(snapshot.clock(), version);
        let mut seen = snapshot.next(100).await.unwrap();
        put(50..400, 2).await;
        let mut gone = Batch::new();
        (200..250).for_each(|n| gone.delete(key(&format!("{n:04}"))));
        store.commit(gone).await.unwrap();
        put(200..220, 3).await;
        loop {
            let next = snapshot.next(70).await.unwrap();
            if next.is_empty() {
                break;
            }
            seen.extend(next);
        }
        seen.retain(|entry| entry.key.table() == "t");
        assert_eq!(seen.len(), 300);
        assert!(seen.iter().all(|entry| entry.value == json!(1) && entry.version == version));
    });
}
