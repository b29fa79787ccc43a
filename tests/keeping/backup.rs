//! Backups: of one moment, whole, for the owner's eyes, and never in the place of something else.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};

use guidepost::services::keeping::{KeepingError, Kept, Places, Progress, Step, backup};
use guidepost::store::files::{FileId, named_by};
use guidepost::store::{Batch, Entry, Key, Place, Version, feed};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::archive::unpack;
use super::world::{
    all, back_up, bring_back, fill, folder, fresh, kept, lose, now, places, put_file, small_backup, spoil,
};
use crate::store::{Schema, on_each_engine};

/// What a commit changed.
type Change = (Version, BTreeMap<Key, Option<Value>>);

/// Commits without end, and what they changed.
#[derive(Default)]
struct Load {
    changes: Mutex<Vec<Change>>,
    committed: Condvar,
    stop: AtomicBool,
}

impl Load {
    fn count(&self) -> usize {
        self.changes.lock().unwrap().len()
    }

    /// Waits until so many more commits are durable.
    fn wait_for(&self, more: usize) {
        let changes = self.changes.lock().unwrap();
        let goal = changes.len() + more;
        drop(self.committed.wait_while(changes, |changes| changes.len() < goal).unwrap());
    }

    async fn run(&self, kept: &Kept, client: u64) {
        for turn in 0_u64.. {
            if self.stop.load(Ordering::Relaxed) {
                return;
            }
            let seed = turn.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(client) >> 7;
            let (put, gone) = (key(seed % 50), key((seed >> 8) % 50));
            let mut batch = Batch::new();
            batch.delete(gone.clone());
            batch.put(put.clone(), &json!({"by": client, "turn": turn}));
            batch.numbered("case", move |n, writes| {
                writes.put(Key::of("case").number(n, 6), &json!({"by": client}));
            });
            batch.tell(&json!({"turn": turn}));
            let done = kept.store.commit(batch).await.unwrap();
            let (case, told) = (done.numbers[0], done.feed.unwrap());
            let changed = BTreeMap::from([
                (gone, None),
                (put, Some(json!({"by": client, "turn": turn}))),
                (Key::of("case").number(case, 6), Some(json!({"by": client}))),
                (Key::of("counter").text("case"), Some(json!(case))),
                (feed::key(told), Some(json!({"turn": turn}))),
                (Key::of("counter").text("feed"), Some(json!(told))),
            ]);
            self.changes.lock().unwrap().push((done.version, changed));
            self.committed.notify_all();
            if turn % 5 == 0 {
                // What files leave in the store is not followed here: their table is looked at as a whole.
                put_file(kept, format!("{client} {turn}").as_bytes(), &format!("{client}-{turn}")).await;
            }
        }
    }
}

fn key(n: u64) -> Key {
    Key::of("busy").number(n, 3)
}

/// What the store held at a moment: what was there before, and every commit up to then.
fn at(clock: Version, before: Vec<Entry>, mut changes: Vec<Change>) -> BTreeMap<Key, (Version, Value)> {
    let mut state: BTreeMap<Key, (Version, Value)> =
        before.into_iter().map(|entry| (entry.key, (entry.version, entry.value.read().unwrap()))).collect();
    changes.sort_by_key(|(version, _)| *version);
    for (version, changed) in changes.into_iter().filter(|(version, _)| *version <= clock) {
        for (key, value) in changed {
            match value {
                Some(value) => state.insert(key, (version, value)),
                None => state.remove(&key),
            };
        }
    }
    state
}

fn is_of_files(key: &Key) -> bool {
    ["file", "file.mark", "document"].contains(&key.table().as_str())
}

#[test]
fn a_backup_taken_under_load_holds_exactly_what_was_committed_until_then() {
    on_each_engine(&async |bench| {
        let folder = folder();
        let kept = kept(&bench.store, folder.path());
        fill(&kept, 3000).await;
        let before = all(&kept.store).await;
        let load = Arc::new(Load::default());
        let clients: Vec<_> = (0..8)
            .map(|client| {
                let (load, kept) = (Arc::clone(&load), kept.clone());
                tokio::spawn(async move { load.run(&kept, client).await })
            })
            .collect();
        let started = load.count();
        // Between any two steps others have committed.
        let mut slow = |at: Progress| {
            if at.step == Step::Records {
                load.wait_for(10);
            }
        };
        let file = folder.path().join("backup.tar.gz");
        let made = backup(&kept, &file, now(), &mut slow).await.unwrap();
        let during = load.count() - started;
        load.stop.store(true, Ordering::Relaxed);
        for client in clients {
            client.await.unwrap();
        }
        assert!(during >= 50, "only {during} commits came in between");
        assert!(made.manifest.missing_files.is_empty());

        let target = places(&folder.path().join("target"));
        bring_back(&file, &target).await.unwrap();
        let restored = target.open(fresh).await.unwrap();
        let clock = made.manifest.clock;
        let changes = load.changes.lock().unwrap().clone();
        assert!(changes.iter().any(|(version, _)| *version > clock), "the load ended too early");
        let expected = at(clock, before, changes);
        let found = all(&restored.store).await;
        look_at_files(&restored, &found).await;
        let found: BTreeMap<Key, (Version, Value)> = found
            .into_iter()
            .map(|entry| (entry.key, (entry.version, entry.value.read().unwrap())))
            .collect();
        let ours = |(key, _): &(&Key, &(Version, Value))| !is_of_files(key);
        // The first start notes which key belongs to the store: the source of this test was never started.
        let noted = Key::of("store").text("desk-key");
        let found: Vec<_> = found.iter().filter(ours).filter(|(key, _)| **key != noted).collect();
        assert_eq!(found.len() as u64, expected.iter().filter(ours).count() as u64);
        assert!(found.into_iter().eq(expected.iter().filter(ours)), "the records differ");
        restored.store.close().await;
    });
}

/// Every name has its bytes and its record, and the other way round.
/// The backup of one engine in the other one: what is there is what the archive holds, record by record.
#[test]
fn a_backup_under_load_comes_back_in_the_other_engine() {
    on_each_engine(&async |bench| {
        let Some(schema) = Schema::fresh().await else { return };
        let folder = folder();
        let kept = kept(&bench.store, folder.path());
        fill(&kept, 500).await;
        let load = Arc::new(Load::default());
        let client = {
            let (load, kept) = (Arc::clone(&load), kept.clone());
            tokio::spawn(async move { load.run(&kept, 0).await })
        };
        load.wait_for(20);
        let file = folder.path().join("backup.tar.gz");
        back_up(&kept, &file).await.unwrap();
        load.wait_for(20);
        load.stop.store(true, Ordering::Relaxed);
        client.await.unwrap();

        let of_sled = places(&folder.path().join("sled"));
        let of_server =
            Places { store: Place::Postgres(schema.url()), ..places(&folder.path().join("server")) };
        let mut found = Vec::new();
        for target in [of_sled, of_server] {
            bring_back(&file, &target).await.unwrap();
            let restored = target.open(fresh).await.unwrap();
            let entries = all(&restored.store).await;
            look_at_files(&restored, &entries).await;
            // Each notes its key when it is first opened.
            let noted = Key::of("store").text("desk-key");
            found.push(entries.into_iter().filter(|entry| entry.key != noted).collect::<Vec<_>>());
            restored.store.close().await;
        }
        assert!(found[0].len() > 500);
        assert!(found[0] == found[1], "the engines hold different records");
    });
}

async fn look_at_files(kept: &Kept, entries: &[Entry]) {
    let named: Vec<FileId> = entries.iter().filter_map(|entry| named_by(&entry.key)).collect();
    let documents = entries.iter().filter(|entry| entry.key.table() == "document");
    assert_eq!(documents.count(), named.len());
    for id in named {
        assert!(kept.files.get(&id).await.unwrap().is_some(), "{id:?} is missing");
    }
}

#[test]
fn what_was_restored_goes_on_where_it_was() {
    on_each_engine(&async |bench| {
        let folder = folder();
        let source = kept(&bench.store, folder.path());
        fill(&source, 600).await;
        let file = folder.path().join("backup.tar.gz");
        let made = back_up(&source, &file).await.unwrap();
        let target = places(&folder.path().join("target"));
        bring_back(&file, &target).await.unwrap();
        let kept = target.open(fresh).await.unwrap();
        assert_eq!(kept.key, source.key);
        let mut batch = Batch::new();
        batch.numbered("case", |n, writes| writes.put(Key::of("case").number(n, 6), &n));
        batch.tell(&"on");
        let (there, here) =
            (source.store.commit(batch.clone()).await.unwrap(), kept.store.commit(batch).await.unwrap());
        assert_eq!((here.numbers, here.feed), (there.numbers, there.feed), "no number comes twice");
        assert!(here.version > made.manifest.clock, "no version comes twice");
        kept.store.close().await;
    });
}

#[test]
fn a_backup_is_never_written_over_something() {
    on_each_engine(&async |bench| {
        let folder = folder();
        let kept = kept(&bench.store, folder.path());
        let file = folder.path().join("backup.tar.gz");
        fs::write(&file, "something").unwrap();
        assert!(matches!(back_up(&kept, &file).await, Err(KeepingError::Exists(_))));
        fs::remove_file(&file).unwrap();
        // Somebody is faster, while the backup is being made.
        let mut faster = |_: Progress| fs::write(&file, "something").unwrap();
        let made = backup(&kept, &file, now(), &mut faster).await;
        assert!(matches!(made, Err(KeepingError::Exists(_))), "{made:?}");
        assert_eq!(fs::read_to_string(&file).unwrap(), "something");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something is left beside it");
    });
}

#[test]
fn a_backup_that_can_not_be_written_says_so_and_leaves_nothing() {
    on_each_engine(&async |bench| {
        let folder = folder();
        let kept = kept(&bench.store, folder.path());
        let made = back_up(&kept, &folder.path().join("no/such/folder.tar.gz")).await;
        assert!(matches!(made, Err(KeepingError::NotWritten { .. })), "{made:?}");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
    });
}

#[test]
fn a_backup_that_is_broken_off_leaves_nothing() {
    let folder = folder();
    let target = folder.path().join("target");
    fs::create_dir(&target).unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let kept = places(&folder.path().join("source")).open(fresh).await.unwrap();
        fill(&kept, 2000).await;
        let begun = Notify::new();
        let mut tell = |_: Progress| begun.notify_one();
        let file = target.join("backup.tar.gz");
        tokio::select! {
            biased;
            () = begun.notified() => {}
            made = backup(&kept, &file, now(), &mut tell) => panic!("it was not broken off: {made:?}"),
        }
        kept.store.close().await;
    });
    // Waits for the thread that was writing.
    drop(runtime);
    assert_eq!(fs::read_dir(&target).unwrap().count(), 0);
}

#[test]
fn a_lost_file_does_not_keep_the_rest_from_being_kept() {
    on_each_engine(&async |bench| {
        let folder = folder();
        let kept = kept(&bench.store, folder.path());
        let files = fill(&kept, 10).await;
        lose(bench, folder.path(), &files[0]).await;
        spoil(bench, folder.path(), &files[1]).await;
        let file = folder.path().join("backup.tar.gz");
        let made = back_up(&kept, &file).await.unwrap();
        let mut lost = vec![files[0].clone(), files[1].clone()];
        lost.sort();
        assert_eq!((made.manifest.files, made.manifest.missing_files), (1, lost));
        let target = places(&folder.path().join("target"));
        bring_back(&file, &target).await.unwrap();
        let restored = target.open(fresh).await.unwrap();
        assert!(restored.files.get(&files[2]).await.unwrap().is_some());
        assert!(restored.files.get(&files[0]).await.unwrap().is_none());
        restored.store.close().await;
    });
}

#[tokio::test]
async fn records_come_in_parts_of_at_most_eight_mebibytes() {
    let folder = folder();
    let kept = places(&folder.path().join("source")).open(fresh).await.unwrap();
    for first in 0..6_u64 {
        let mut batch = Batch::new();
        for n in 0..500 {
            batch.put(Key::of("long").number(first * 500 + n, 6), &"é".repeat(2900));
        }
        kept.store.commit(batch).await.unwrap();
    }
    let file = folder.path().join("backup.tar.gz");
    let made = back_up(&kept, &file).await.unwrap();
    assert_eq!(made.manifest.parts, 3);
    let items = unpack(&file);
    let parts: Vec<usize> =
        items.iter().filter(|item| item.name.starts_with("store/")).map(|item| item.bytes.len()).collect();
    assert!(parts.iter().all(|length| *length <= 8 << 20) && parts[0] > 7 << 20, "{parts:?}");
    let target = places(&folder.path().join("target"));
    bring_back(&file, &target).await.unwrap();
    let restored = target.open(fresh).await.unwrap();
    assert!(all(&restored.store).await == all(&kept.store).await);
    kept.store.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_a_backup_and_any_system_can_check_it() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder();
    let file = small_backup(folder.path()).await;
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let place = folder.path().join("unpacked");
    for item in unpack(&file) {
        let path = place.join(&item.name);
        fs::create_dir_all(path.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(path, &item.bytes).unwrap();
    }
    let told = std::process::Command::new("sha256sum")
        .args(["--check", "--strict", "SHA256SUMS"])
        .current_dir(&place)
        .output();
    // Systems without it have another name for it.
    let Ok(told) = told else { return };
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    assert_eq!(String::from_utf8_lossy(&told.stdout).matches(": OK").count(), 6);
}

#[tokio::test]
async fn a_backup_says_what_it_is() {
    let folder = folder();
    let file = small_backup(folder.path()).await;
    let items = unpack(&file);
    let manifest = items.iter().find(|item| item.name == "manifest.json").unwrap();
    let told = manifest.text().replace(env!("CARGO_PKG_VERSION"), "x.y.z");
    insta::assert_snapshot!(told, @r#"{"format":1,"data_version":1,"clock":9,"engine":"sled","guidepost":"x.y.z","made":"2024-10-04T00:00:00Z","records":32,"parts":1,"files":3,"missing_files":[]}"#);
    let kept = places(&folder.path().join("source")).open(fresh).await.unwrap();
    let count = all(&kept.store).await.len();
    assert!(manifest.text().contains(&format!("\"records\":{count}")));
    kept.store.close().await;
}
