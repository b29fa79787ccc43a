//! The check finds every fault that was planted, and none where there is none.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::TimeDelta;
use guidepost::services::keeping::{Checked, Kept, check};
use guidepost::store::files::FileId;
use guidepost::store::{Batch, CommitError, Entry, Index, Json, Key, Shape, Table, Version, feed};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::world::{all, fill, folder, fresh, kept, lose, now, places, put_file, spoil, unseen};
use crate::store::on_each_engine;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Person {
    id: u64,
    mail: String,
    tags: Vec<String>,
    story: String,
}

const BY_MAIL: Index<Person> =
    Index { name: "mail", unique: true, keys: |person| vec![Key::of(&person.mail)] };
const BY_TAG: Index<Person> =
    Index { name: "tag", unique: false, keys: |person| person.tags.iter().map(|tag| Key::of(tag)).collect() };
const PEOPLE: Table<Person> =
    Table::new("person", |person: &Person| Key::of_number(person.id, 6), &[BY_MAIL, BY_TAG]);
/// Its name begins as that of the other one.
const PERSONAS: Table<Person> = Table::new("persona", |person: &Person| Key::of_number(person.id, 6), &[]);

fn tables() -> Vec<Shape> {
    vec![PERSONAS.shape(), PEOPLE.shape().counted_by("person")]
}

fn person(id: u64, story: &str) -> Person {
    let tags = if id.is_multiple_of(2) { vec!["even".to_owned(), "a/b".to_owned()] } else { vec![] };
    Person { id, mail: format!("{id}@example.org"), tags, story: story.to_owned() }
}

/// Five people, one with a long story; a document with a file; two entries of the feed; a follower.
async fn people(kept: &Kept) {
    let mut batch = Batch::new();
    for n in 1..=5 {
        let story = if n == 3 { "once \u{1F642} ".repeat(2000) } else { "short".to_owned() };
        // The number is the counter's; what else is expected of the batch is known.
        batch.expect_absent(Key::of("person@mail").text(&format!("{n}@example.org")));
        batch.numbered("person", move |id, writes| PEOPLE.insert_new(writes, &person(id, &story)));
        PERSONAS.insert(&mut batch, &person(n, ""));
    }
    batch.tell(&"one");
    batch.tell(&"two");
    kept.store.commit(batch).await.unwrap();
    put_file(kept, b"bytes", "doc").await;
    let mut batch = Batch::new();
    feed::Follower::new("index").unread(&kept.store, 1).await.unwrap().done(&mut batch);
    kept.store.commit(batch).await.unwrap();
}

async fn look(kept: &Kept) -> Checked {
    check(kept, &tables(), now(), &mut unseen).await.unwrap()
}

fn raw(key: &str) -> Key {
    Key::from_bytes(key.as_bytes()).unwrap()
}

#[test]
fn a_store_in_order_has_no_findings() {
    on_each_engine(&async |bench| {
        let folder = folder();
        let kept = kept(&bench.store, folder.path());
        people(&kept).await;
        fill(&kept, 1200).await;
        let row = PEOPLE.get(&kept.store, &Key::of_number(2, 6)).await.unwrap().unwrap();
        let mut batch = Batch::new();
        let changed =
            Person { mail: "new@example.org".to_owned(), story: "y".repeat(9000), ..row.record.clone() };
        PEOPLE.update(&mut batch, &row, &changed);
        kept.store.commit(batch).await.unwrap();
        assert_eq!(feed::trim(&kept.store, 0, 9).await.unwrap(), 1);
        let checked = look(&kept).await;
        assert_eq!(checked.findings, []);
        assert_eq!((checked.entries, checked.files), (all(&kept.store).await.len() as u64, 4));
    });
}

/// Plants a fault.
type Fault = fn(&mut Batch, &[Entry]);

/// The state of a key, for what is put back elsewhere.
fn value<'a>(entries: &'a [Entry], key: &str) -> &'a Json {
    &entries.iter().find(|entry| entry.key.as_str() == key).unwrap().value
}

const FAULTS: &[(Fault, &[&str])] = &[
    (
        |batch, _| batch.delete(raw("person@mail/1@example.org")),
        &["person/000001 is not in the index as person@mail/1@example.org"],
    ),
    (
        |batch, _| batch.put(raw("person@mail/1@example.org"), &"000002"),
        &[
            "person/000001 is not in the index as person@mail/1@example.org",
            "person@mail/1@example.org is in the index for person/000002, which does not say so",
        ],
    ),
    (
        |batch, _| batch.put(raw("person@tag/even/000001"), &"000001"),
        &["person@tag/even/000001 is in the index for person/000001, which does not say so"],
    ),
    (
        |batch, _| batch.put(raw("person@old/x"), &"000001"),
        &["person@old/x is in the index for person/000001, which does not say so"],
    ),
    (
        |batch, _| batch.put(raw("person@tag/even/000099"), &"000099"),
        &["person@tag/even/000099 is in the index for person/000099, which does not say so"],
    ),
    (
        |batch, _| batch.put(raw("person@tag/even/000099"), &7),
        &["person@tag/even/000099 makes no sense: it leads to no key"],
    ),
    (
        |batch, _| batch.delete(raw("person/000004")),
        &[
            "person@mail/4@example.org is in the index for person/000004, which does not say so",
            "person@tag/a%2Fb/000004 is in the index for person/000004, which does not say so",
            "person@tag/even/000004 is in the index for person/000004, which does not say so",
        ],
    ),
    (
        |batch, _| batch.delete(raw("person/000003")),
        &[
            "person@mail/3@example.org is in the index for person/000003, which does not say so",
            "person~part/000003/0000 is a part of no record",
        ],
    ),
    (|batch, _| batch.put(raw("person/000001"), &json!({"id": "x"})), &["person/000001 can't be read"]),
    (
        |batch, entries| batch.put(raw("person/000005"), value(entries, "person/000001")),
        &[
            "person/000005 says that its key is person/000001",
            "person@mail/5@example.org is in the index for person/000005, which does not say so",
        ],
    ),
    (|batch, _| batch.delete(raw("person~part/000003/0002")), &["person/000003 has 2 of its 10 parts"]),
    (
        |batch, entries| {
            // As if the part were of another state of the record.
            batch.put(raw("person~part/000003/0009"), value(entries, "person~part/000003/0009"));
        },
        &["person/000003 has 9 of its 10 parts", "person~part/000003/0009 is a part of no record"],
    ),
    (
        |batch, _| batch.put(raw("person~part/000003/0010"), &"more"),
        &["person~part/000003/0010 is a part of no record"],
    ),
    (
        |batch, entries| batch.put(raw("persona/000009"), value(entries, "person/000001")),
        &["persona/000009 says that its key is persona/000001"],
    ),
    (
        |batch, entries| {
            batch.put(raw("feed/000000000009"), value(entries, "feed/000000000002"));
        },
        &["the change feed goes from 2 to 9", "the change feed ends at 9, and its counter stands at 2"],
    ),
    (
        |batch, _| batch.delete(raw("feed/000000000002")),
        &["the change feed ends at 1, and its counter stands at 2"],
    ),
    (|batch, _| batch.put(raw("feed/x"), &1), &["feed/x makes no sense: its key is none of the change feed"]),
    (
        |batch, _| batch.put(raw("counter/feed"), &0),
        &[
            "index has read the change feed up to 1, and its counter stands at 0",
            "the change feed ends at 2, and its counter stands at 0",
        ],
    ),
    (
        |batch, _| batch.put(raw("counter/person"), &3),
        &["the counter person stands at 3, and person/000005 has a higher number"],
    ),
    (
        |batch, _| batch.put(raw("counter/person"), &"five"),
        &[
            "counter/person makes no sense: a counter is a number",
            "the counter person stands at 0, and person/000005 has a higher number",
        ],
    ),
    (|batch, _| batch.delete(raw("store/version")), &["the data does not say that it is of version 1"]),
    (|batch, _| batch.delete(raw("document/doc")), &["is kept for document/doc, which is not there"]),
    (
        |batch, _| batch.put(raw("file.mark/nothing"), &1),
        &["file.mark/nothing makes no sense: its key names no file"],
    ),
    (
        |batch, _| {
            let mark = format!("file.mark/{}", FileId::of(b"other").as_str());
            batch.put(raw(&mark), &json!({"Loose": now() + TimeDelta::days(300)}));
        },
        &["makes no sense: it is of 2025-07-31 00:00:00 UTC, which is still to come"],
    ),
    (
        |batch, _| {
            let id = FileId::of(b"never there");
            batch.put(raw(&format!("file/{}/document/doc", id.as_str())), &true);
        },
        &["the bytes of file"],
    ),
];

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    for (number, (plant, expected)) in FAULTS.iter().enumerate() {
        on_each_engine(&async |bench| {
            let folder = folder();
            let kept = kept(&bench.store, folder.path());
            people(&kept).await;
            let mut batch = Batch::new();
            plant(&mut batch, &all(&kept.store).await);
            kept.store.commit(batch).await.unwrap();
            let checked = look(&kept).await;
            let mut found: Vec<String> = checked.findings.iter().map(ToString::to_string).collect();
            found.sort();
            // A record without its head leaves many parts; one of them is enough to say so.
            found.dedup_by(|a, b| a.contains("~part/") && b.contains("~part/") && expected.len() < 3);
            assert_eq!(found.len(), expected.len(), "fault {number}: {found:#?}");
            for expected in *expected {
                let is_found = found.iter().any(|found| found.contains(expected));
                assert!(is_found, "fault {number}: {found:#?}, not {expected}");
            }
            assert!(checked.findings.iter().all(|finding| !finding.remedy().is_empty()));
        });
    }
}

#[test]
fn the_bytes_of_files_are_read() {
    on_each_engine(&async |bench| {
        let folder = folder();
        let kept = kept(&bench.store, folder.path());
        let files = fill(&kept, 10).await;
        lose(bench, folder.path(), &files[1]).await;
        spoil(bench, folder.path(), &files[2]).await;
        let mut found: Vec<String> = look(&kept).await.findings.iter().map(ToString::to_string).collect();
        found.sort();
        let mut expected = [
            format!("the bytes of file {} are missing", files[1].as_str()),
            format!("the bytes of file {} are not what they were", files[2].as_str()),
        ];
        expected.sort();
        assert_eq!(found, expected);
    });
}

#[tokio::test]
async fn a_version_that_was_never_given_out_is_found() {
    let folder = folder();
    let target = places(folder.path());
    let store = target.open_empty().await.unwrap();
    let entry = |key: &str, version| Entry {
        key: raw(key),
        version: Version(version),
        value: Json::of(&json!({"version": 1})).unwrap(),
    };
    store.load(&[entry("store/version", 3), entry("thing/1", 9)], Version(5)).await.unwrap();
    let kept = kept(&store, folder.path());
    let found: Vec<String> = look(&kept).await.findings.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["thing/1 has version 9, and the last that was given out is 5"]);
    store.close().await;
    target.open(fresh).await.unwrap().store.close().await;
}

#[test]
fn a_desk_at_work_is_no_fault() {
    on_each_engine(&async |bench| {
        let folder = folder();
        let kept = kept(&bench.store, folder.path());
        people(&kept).await;
        fill(&kept, 2000).await;
        let stop = Arc::new(AtomicBool::new(false));
        let clients: Vec<_> = (1..=5_u64)
            .map(|id| {
                let (kept, stop) = (kept.clone(), Arc::clone(&stop));
                tokio::spawn(async move { rewrite(&kept, id, &stop).await })
            })
            .collect();
        for _ in 0..5 {
            assert_eq!(look(&kept).await.findings, []);
        }
        stop.store(true, Ordering::Relaxed);
        for client in clients {
            assert!(client.await.unwrap() > 0, "nobody was at work");
        }
    });
}

/// Changes a person again and again: the address, the tags, and whether the story is long; answers how often.
async fn rewrite(kept: &Kept, id: u64, stop: &AtomicBool) -> u64 {
    for turn in 0_u64.. {
        if stop.load(Ordering::Relaxed) && turn > 0 {
            return turn;
        }
        let row = PEOPLE.get(&kept.store, &Key::of_number(id, 6)).await.unwrap().unwrap();
        let mut changed = person(id, &"z".repeat(if turn % 2 == 0 { 20_000 } else { 10 }));
        changed.mail = format!("{id}-{turn}@example.org");
        changed.tags = vec![format!("tag {}", turn % 3)];
        let mut batch = Batch::new();
        PEOPLE.update(&mut batch, &row, &changed);
        batch.tell(&turn);
        match kept.store.commit(batch).await {
            Ok(_) | Err(CommitError::Conflict(_)) => {}
            Err(other) => panic!("{other}"),
        }
    }
    0
}
