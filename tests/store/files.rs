//! Files on every engine: they come back as they were, and go when nobody names them. The clock is moved by hand.

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::store::files::{FileId, Files, Home, unname};
use guidepost::store::{Batch, CommitError, Key, Place};
use serde_json::json;

use super::engines::Bench;
use super::on_each_engine;

fn at(hours: i64) -> DateTime<Utc> {
    "2026-03-01T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(hours)
}

fn case(number: u64) -> Key {
    Key::of("case").number(number, 6)
}

/// The files of a store; in the folder beside it where they are in one.
fn files(bench: &Bench) -> Files {
    let folder = match &bench.place {
        Place::Folder(store) => store.with_file_name("files"),
        Place::Postgres(_) => "/nowhere".into(),
    };
    Files::new(bench.store.clone(), Home::of(&bench.store, folder))
}

fn bytes(length: usize) -> Vec<u8> {
    (0..length).map(|n| (n % 251) as u8).collect()
}

#[test]
fn a_file_of_any_length_comes_back_after_the_store_was_closed() {
    const CHUNK: usize = 256 * 1024;
    on_each_engine(&async |bench| {
        let lengths = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 5 * CHUNK + 7];
        for length in lengths {
            let put = files(bench).put(bytes(length), at(0)).await.unwrap();
            assert_eq!(put.id, FileId::of(&bytes(length)));
        }
        bench.reopen().await;
        for length in lengths {
            let found = files(bench).get(&FileId::of(&bytes(length))).await.unwrap();
            assert!(found == Some(bytes(length)), "{length} bytes");
        }
        assert_eq!(files(bench).get(&FileId::of(b"never put")).await.unwrap(), None);
    });
}

#[test]
fn a_file_stays_while_a_record_names_it_and_a_day_longer() {
    on_each_engine(&async |bench| {
        let files = files(bench);
        let named = files.put(bytes(300_000), at(0)).await.unwrap();
        let loose = files.put(b"an upload that was never sent".to_vec(), at(0)).await.unwrap();
        let mut batch = Batch::new();
        named.name(&mut batch, &case(1));
        bench.store.commit(batch).await.unwrap();

        assert_eq!(files.collect(at(23), 9).await.unwrap(), 0);
        assert_eq!(files.collect(at(24), 9).await.unwrap(), 1);
        assert_eq!(files.get(&loose.id).await.unwrap(), None);
        assert_eq!(files.collect(at(999), 9).await.unwrap(), 0);
        assert!(files.get(&named.id).await.unwrap().is_some());

        let mut batch = Batch::new();
        unname(&mut batch, &named.id, &case(1), at(1000));
        bench.store.commit(batch).await.unwrap();
        assert_eq!(files.collect(at(1023), 9).await.unwrap(), 0);
        assert_eq!(files.collect(at(1024), 9).await.unwrap(), 1);
        assert_eq!(files.get(&named.id).await.unwrap(), None);
        assert_eq!(files.collect(at(9999), 9).await.unwrap(), 0);
    });
}

#[test]
fn a_file_that_two_records_name_stays_for_the_second() {
    on_each_engine(&async |bench| {
        let files = files(bench);
        for number in [1, 2] {
            let put = files.put(b"the same screenshot".to_vec(), at(0)).await.unwrap();
            let mut batch = Batch::new();
            put.name(&mut batch, &case(number));
            bench.store.commit(batch).await.unwrap();
        }
        let id = FileId::of(b"the same screenshot");
        let mut batch = Batch::new();
        unname(&mut batch, &id, &case(1), at(0));
        bench.store.commit(batch).await.unwrap();
        assert_eq!(files.collect(at(48), 9).await.unwrap(), 0);
        assert!(files.get(&id).await.unwrap().is_some());
    });
}

#[test]
fn of_those_who_put_the_same_bytes_at_once_the_first_to_name_them_is_not_held_up() {
    on_each_engine(&async |bench| {
        let files = files(bench);
        let first = files.put(b"twice".to_vec(), at(0)).await.unwrap();
        let second = files.put(b"twice".to_vec(), at(1)).await.unwrap();
        let mut batch = Batch::new();
        first.name(&mut batch, &case(1));
        bench.store.commit(batch).await.unwrap();
        // Nothing says any more that the bytes stay, so the other one puts them again.
        let mut batch = Batch::new();
        second.name(&mut batch, &case(2));
        assert!(matches!(bench.store.commit(batch).await, Err(CommitError::Conflict(_))));
    });
}

#[test]
fn a_file_that_was_put_again_half_a_day_later_is_named_only_by_the_second_put() {
    on_each_engine(&async |bench| {
        let files = files(bench);
        let first = files.put(b"twice".to_vec(), at(0)).await.unwrap();
        let second = files.put(b"twice".to_vec(), at(12)).await.unwrap();
        let mut batch = Batch::new();
        first.name(&mut batch, &case(1));
        assert!(matches!(bench.store.commit(batch).await, Err(CommitError::Conflict(_))));
        let mut batch = Batch::new();
        second.name(&mut batch, &case(1));
        bench.store.commit(batch).await.unwrap();
    });
}

#[test]
fn a_removal_that_was_cut_off_is_finished_by_the_next() {
    on_each_engine(&async |bench| {
        let files = files(bench);
        let put = files.put(b"half gone".to_vec(), at(0)).await.unwrap();
        // What a process leaves that died between its claim and the removal.
        let mut claim = Batch::new();
        claim.put(Key::of("file.mark").text(put.id.as_str()), &json!({ "Claimed": at(30) }));
        bench.store.commit(claim).await.unwrap();
        assert_eq!(files.collect(at(30), 9).await.unwrap(), 0);
        assert_eq!(files.collect(at(31), 9).await.unwrap(), 1);
        assert_eq!(files.get(&put.id).await.unwrap(), None);
        let again = files.put(b"half gone".to_vec(), at(32)).await.unwrap();
        assert!(files.get(&again.id).await.unwrap().is_some());
    });
}
