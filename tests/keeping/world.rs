//! Stores to keep, and empty places to bring them to.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::services::keeping::{
    Backup, DeskKey, Keeper, KeepingError, Kept, KeyPlace, Places, Progress, Restored, backup, restore,
};
use guidepost::store::files::{FileId, Files, Home};
use guidepost::store::{Batch, Entry, Key, Place, Store};
use serde_json::json;

use crate::store::{Bench, client};

/// The time, as far as these tests know it.
pub fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::days(20_000)
}

/// What nobody looks at.
pub fn unseen(_: Progress) {}

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

/// Where a desk in this folder keeps everything; nothing of it is there yet.
pub fn places(folder: &Path) -> Places {
    places_with(folder, None)
}

/// The same, with a key from the environment.
pub fn places_with(folder: &Path, key: Option<&str>) -> Places {
    let store = folder.join("data/store");
    let key = KeyPlace::new(key, &store).unwrap();
    Places { store: Place::Folder(store), files: folder.join("data/files"), key }
}

#[expect(clippy::unnecessary_wraps, reason = "the system's source can fail")]
pub fn fresh() -> std::io::Result<[u8; 32]> {
    Ok([0xab; 32])
}

/// A key that is not the one that [`fresh`] makes.
pub const OTHER_KEY: &str = "another-key-that-is-long-enough-to-be-one";

/// What is kept with this store; its files and its key are in `folder`.
pub fn kept(store: &Store, folder: &Path) -> Kept {
    let files = Files::new(store.clone(), Home::of(store, folder.join("files")));
    Kept { store: store.clone(), files, key: DeskKey::parse(&"ab".repeat(32)).unwrap() }
}

pub fn keeper(kept: Kept) -> Keeper {
    Keeper { kept, tables: Vec::new(), index: PathBuf::from("no-index"), running: None }
}

/// So many records, the longest ones included, a few files, and one entry of the feed.
pub async fn fill(kept: &Kept, records: u32) -> Vec<FileId> {
    for first in (0..records).step_by(500) {
        let mut batch = Batch::new();
        for n in first..records.min(first + 500) {
            let value =
                json!({"n": n, "text": "Grüße\n\"\\\u{1F642}", "share": f64::from(n) / 7.0, "none": null});
            batch.put(Key::of("thing").number(u64::from(n), 6), &value);
        }
        batch.tell(&json!({"made": first}));
        batch.numbered("case", |n, writes| writes.put(Key::of("case").number(n, 6), &n));
        kept.store.commit(batch).await.unwrap();
    }
    let mut files = Vec::new();
    for n in 0..3_u8 {
        files.push(put_file(kept, &vec![n; 100_000 * usize::from(n)], &format!("{n}")).await);
    }
    files
}

/// Keeps a file that a record names.
pub async fn put_file(kept: &Kept, bytes: &[u8], name: &str) -> FileId {
    let put = kept.files.put(bytes.to_vec(), now()).await.unwrap();
    let record = Key::of("document").text(name);
    let mut batch = Batch::new();
    batch.put(record.clone(), &json!({"file": put.id}));
    put.name(&mut batch, &record);
    kept.store.commit(batch).await.unwrap();
    put.id
}

/// Everything in a store.
pub async fn all(store: &Store) -> Vec<Entry> {
    let mut snapshot = store.snapshot().await.unwrap();
    let mut entries = Vec::new();
    loop {
        let more = snapshot.next(777).await.unwrap();
        if more.is_empty() {
            return entries;
        }
        entries.extend(more);
    }
}

pub async fn back_up(kept: &Kept, file: &Path) -> Result<Backup, KeepingError> {
    backup(kept, file, now(), &mut unseen).await
}

pub async fn bring_back(file: &Path, to: &Places) -> Result<Restored, KeepingError> {
    restore(file, to, &mut unseen).await
}

/// A good backup of a small store, for tests that only need one.
pub async fn small_backup(folder: &Path) -> PathBuf {
    let kept = places(&folder.join("source")).open(fresh).await.unwrap();
    fill(&kept, 20).await;
    let file = folder.join("good.tar.gz");
    back_up(&kept, &file).await.unwrap();
    kept.store.close().await;
    file
}

/// The bytes of a file are gone, though nobody removed them.
pub async fn lose(bench: &Bench, folder: &Path, id: &FileId) {
    match &bench.place {
        Place::Folder(_) => fs::remove_file(bytes_of(folder, id)).unwrap(),
        Place::Postgres(url) => change(url, "DELETE FROM guidepost_file WHERE hash = $1", id).await,
    }
}

/// The bytes of a file are not what they were.
pub async fn spoil(bench: &Bench, folder: &Path, id: &FileId) {
    match &bench.place {
        Place::Folder(_) => fs::write(bytes_of(folder, id), "other bytes").unwrap(),
        Place::Postgres(url) => {
            change(url, "UPDATE guidepost_file SET bytes = 'other'::bytea WHERE hash = $1", id).await;
        }
    }
}

async fn change(url: &str, statement: &str, id: &FileId) {
    assert!(client(url).await.execute(statement, &[&id.as_str()]).await.unwrap() > 0);
}

fn bytes_of(folder: &Path, id: &FileId) -> PathBuf {
    folder.join("files").join(&id.as_str()[..2]).join(id.as_str())
}
