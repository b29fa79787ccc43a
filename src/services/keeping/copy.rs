//! Copies a store with its files and its key to another place, on the same engine or the other one, and looks whether both are equal.

use std::io;
use std::path::Path;

use serde::Serialize;

use crate::store::files::{FileId, Files, named_by};
use crate::store::{Entry, Place, Snapshot, Store, StoreError, version_key};

use super::KeepingError;
use super::kept::{Kept, Places};
use super::load::{CHUNK, Loader};
use super::progress::{Progress, Step, Told};

/// A copy that was made and compared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Copied {
    /// Where it was copied from.
    pub from: String,
    /// Where it was copied to.
    pub to: String,
    /// How many records both have.
    pub records: u64,
    /// How many files were copied.
    pub files: u64,
    /// Files that records name and whose bytes were missing or damaged already.
    pub missing_files: Vec<FileId>,
}

/// Copies everything into a place that has to be empty. `fresh` is for a store that no desk has opened yet.
pub async fn copy(
    from: &Places,
    to: &Places,
    fresh: impl FnOnce() -> io::Result<[u8; 32]>,
    progress: Told<'_>,
) -> Result<Copied, KeepingError> {
    if let Some(what) = shared(from, to) {
        return Err(KeepingError::Same(what));
    }
    let kept = from.open_existing(fresh).await?;
    let done = copy_kept(&kept, from, to, progress).await;
    kept.store.close().await;
    done
}

async fn copy_kept(
    kept: &Kept,
    from: &Places,
    to: &Places,
    progress: Told<'_>,
) -> Result<Copied, KeepingError> {
    to.key.accepts(&kept.key)?;
    let store = to.open_empty().await?;
    let mut copied =
        Copied { from: from.name(), to: to.name(), records: 0, files: 0, missing_files: Vec::new() };
    let done = write(kept, &store, to, &mut copied, progress).await;
    store.close().await;
    match done {
        Ok(()) => Ok(copied),
        Err(why) => Err(KeepingError::Half { place: to.name(), why: Box::new(why) }),
    }
}

async fn write(
    kept: &Kept,
    store: &Store,
    to: &Places,
    copied: &mut Copied,
    progress: Told<'_>,
) -> Result<(), KeepingError> {
    let mut snapshot = kept.store.snapshot().await?;
    let mut loader = Loader::new(store, snapshot.clock());
    let mut named: Vec<FileId> = Vec::new();
    loop {
        let entries = snapshot.next(CHUNK).await?;
        if entries.is_empty() {
            break;
        }
        for id in entries.iter().filter_map(|entry| named_by(&entry.key)) {
            if named.last() != Some(&id) {
                named.push(id);
            }
        }
        loader.load(entries).await?;
        progress(Progress { step: Step::Records, done: loader.count, of: None });
    }
    drop(snapshot);
    copied.records = loader.count;
    let files = to.files_of(store);
    let of = named.len() as u64;
    for (at, id) in named.into_iter().enumerate() {
        if copy_file(&kept.files, &files, &id).await? {
            copied.files += 1;
        } else {
            copied.missing_files.push(id);
        }
        progress(Progress { step: Step::Files, done: at as u64 + 1, of: Some(of) });
    }
    to.key.keep(&kept.key)?;
    compare(&kept.store, store, copied.records, progress).await?;
    Ok(loader.finish().await?)
}

/// Copies one file, and reads it where it is then; `false` where it was lost before.
async fn copy_file(from: &Files, to: &Files, id: &FileId) -> Result<bool, KeepingError> {
    match from.get(id).await {
        Ok(Some(bytes)) => {
            to.restore(bytes).await?;
            match to.get(id).await? {
                Some(_) => Ok(true),
                None => Err(KeepingError::Different(format!("file {} is missing", id.as_str()))),
            }
        }
        Ok(None) | Err(StoreError::Damaged(_)) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Reads both stores again, from beginning to end. The record that makes the copy a whole store is not in it yet.
async fn compare(one: &Store, other: &Store, records: u64, progress: Told<'_>) -> Result<(), KeepingError> {
    let (mut one, mut other) = (one.snapshot().await?, other.snapshot().await?);
    if one.clock() != other.clock() {
        return Err(KeepingError::Changed("the store".to_owned()));
    }
    let mut done = 0;
    loop {
        let (left, right) = (exactly(&mut one).await?, exactly(&mut other).await?);
        for at in 0..left.len().max(right.len()) {
            if !equal(left.get(at), right.get(at)) {
                let key = left.get(at).or(right.get(at)).map(|entry| entry.key.to_string());
                let key = key.unwrap_or_default();
                return Err(KeepingError::Different(format!("{key} is not the same in both")));
            }
        }
        if left.is_empty() {
            return Ok(());
        }
        done += left.len() as u64;
        progress(Progress { step: Step::Comparing, done, of: Some(records) });
    }
}

/// As many entries as were asked for, or all that are left: an engine may answer with fewer.
async fn exactly(snapshot: &mut Snapshot) -> Result<Vec<Entry>, StoreError> {
    let mut entries = Vec::new();
    while entries.len() < CHUNK {
        let more = snapshot.next(CHUNK - entries.len()).await?;
        if more.is_empty() {
            break;
        }
        entries.extend(more.into_iter().filter(|entry| entry.key != version_key()));
    }
    Ok(entries)
}

fn equal(one: Option<&Entry>, other: Option<&Entry>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => {
            one.key == other.key && one.version == other.version && one.value == other.value
        }
        (None, None) => true,
        (Some(_), None) | (None, Some(_)) => false,
    }
}

/// What two places have in common, though they should not.
fn shared(from: &Places, to: &Places) -> Option<String> {
    match (&from.store, &to.store) {
        (Place::Folder(one), Place::Folder(other)) if absolute(one) == absolute(other) => Some(from.name()),
        (Place::Folder(_), Place::Folder(_)) if absolute(&from.files) == absolute(&to.files) => {
            Some("the folder of files".to_owned())
        }
        (Place::Postgres(one), Place::Postgres(other)) if one == other => Some(from.name()),
        (Place::Folder(_) | Place::Postgres(_), Place::Folder(_) | Place::Postgres(_)) => None,
    }
}

fn absolute(path: &Path) -> std::path::PathBuf {
    path.canonicalize().or_else(|_| std::path::absolute(path)).unwrap_or_else(|_| path.to_owned())
}
