//! Files: bytes named by their hash, on the disk before any record names them, and removed when none does any more.
//!
//! A file that no record names yet, or no longer, has a mark. [`Files::put`] commits a fresh mark, then writes the bytes; the
//! batch that names the file expects that very mark and takes it away, or expects another record's name to be still there. [`Files::collect`] removes what has been marked for a
//! day: it first claims the mark, so that whoever puts the same bytes again at that moment waits for it.

mod home;

use std::fmt::Write;
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::batch::{Batch, Writes};
use super::error::{CommitError, StoreError};
use super::key::{Direction, Key, KeyRange};
use super::{Entry, Store, Version};

pub use home::Home;

/// The table of names: `file/HASH/` and the key of the record that names it.
const NAMES: &str = "file";
/// The table of marks.
const MARKS: &str = "file.mark";
/// How long a file stays that nobody names: an upload whose form is still open, a backup that is being written.
const KEPT: TimeDelta = TimeDelta::days(1);
/// A mark that is younger than this is good for whoever puts the same bytes again.
const FRESH: TimeDelta = TimeDelta::hours(12);
/// After so long a claim is taken for one of a process that died.
const CLAIMED: TimeDelta = TimeDelta::minutes(1);
/// How often, and how long apart, a put looks whether the same file is still being removed.
const TRIES: u32 = 40;
const APART: Duration = Duration::from_millis(50);

/// A file's name: the SHA-256 of its bytes, in hexadecimal.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FileId(String);

impl FileId {
    /// The name of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut name = String::with_capacity(64);
        for byte in Sha256::digest(bytes) {
            // Writing to a string does not fail.
            let _ = write!(name, "{byte:02x}");
        }
        Self(name)
    }

    /// A name as it was written down; `None` where it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let is_name = text.len() == 64 && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        is_name.then(|| Self(text.to_owned()))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A file that was put and that no record names yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Put {
    /// Its name.
    pub id: FileId,
    stays: Stays,
}

/// Why a file stays until it is named.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Stays {
    /// It has this fresh mark, which goes when it is named.
    Marked(Version),
    /// Another record names it: this is the key of that name.
    Named(Key, Version),
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Mark {
    /// Nobody names it, since then.
    Loose(DateTime<Utc>),
    /// It is being removed, since then.
    Claimed(DateTime<Utc>),
}

/// The files of a store.
#[derive(Clone)]
pub struct Files {
    store: Store,
    home: Home,
}

impl Files {
    /// The files of a store, with where their bytes are.
    #[must_use]
    pub fn new(store: Store, home: Home) -> Self {
        Self { store, home }
    }

    /// Keeps bytes. When this returns they are durable; a batch that names them makes them stay.
    pub async fn put(&self, bytes: Vec<u8>, now: DateTime<Utc>) -> Result<Put, StoreError> {
        let id = FileId::of(&bytes);
        for _ in 0..TRIES {
            // What is named already needs no mark, so that those who name it do not get into each other's way.
            if let Some(name) = self.store.scan(&names(&id), 1, Direction::Forward).await?.pop() {
                self.home.write(&id, bytes).await?;
                return Ok(Put { id, stays: Stays::Named(name.key, name.version) });
            }
            let mut batch = Batch::new();
            match self.mark(&id).await? {
                Some((Mark::Claimed(since), _)) if now - since < CLAIMED => {
                    tokio::time::sleep(APART).await;
                    continue;
                }
                // Those who put the same bytes at once share a mark, so that one of them always comes to naming the file.
                Some((Mark::Loose(since), version)) if (now - since).abs() < FRESH => {
                    self.home.write(&id, bytes).await?;
                    return Ok(Put { id, stays: Stays::Marked(version) });
                }
                Some((_, version)) => batch.expect(mark_key(&id), version),
                None => batch.expect_absent(mark_key(&id)),
            }
            batch.put(mark_key(&id), &Mark::Loose(now));
            match self.store.commit(batch).await {
                Ok(committed) => {
                    self.home.write(&id, bytes).await?;
                    return Ok(Put { id, stays: Stays::Marked(committed.version) });
                }
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        Err(StoreError::Unavailable("the same file is being removed".to_owned()))
    }

    /// The bytes of a file; `None` where there is none.
    pub async fn get(&self, id: &FileId) -> Result<Option<Vec<u8>>, StoreError> {
        let Some(bytes) = self.home.read(id).await? else { return Ok(None) };
        if FileId::of(&bytes) == *id {
            Ok(Some(bytes))
        } else {
            Err(StoreError::Damaged(format!("the bytes of file {} are not what they were", id.as_str())))
        }
    }

    /// Brings a file of a backup back; the batch with its names comes with the records.
    pub async fn restore(&self, bytes: Vec<u8>) -> Result<FileId, StoreError> {
        let id = FileId::of(&bytes);
        self.home.write(&id, bytes).await?;
        Ok(id)
    }

    /// Removes files that nobody has named for a day, `limit` at most; answers how many.
    pub async fn collect(&self, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
        let mut removed = 0;
        let marks =
            self.store.scan(&KeyRange::under(&Key::of(MARKS)), usize::MAX, Direction::Forward).await?;
        for entry in marks {
            let Some(id) = entry.key.parts().next().as_deref().and_then(FileId::parse) else { continue };
            let Ok(mark) = entry.value.read::<Mark>() else { continue };
            let is_due = match mark {
                Mark::Loose(since) => now - since >= KEPT,
                Mark::Claimed(since) => now - since >= CLAIMED,
            };
            if is_due && removed < limit && self.remove(&id, entry.version, now).await? {
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// Removes a file at once that no record names any more, without waiting for a day: what was erased is to be gone. `false` where a
    /// record names it, or somebody has just put the same bytes.
    pub async fn remove_loose(&self, id: &FileId, now: DateTime<Utc>) -> Result<bool, StoreError> {
        match self.mark(id).await? {
            Some((Mark::Loose(_), version)) => self.remove(id, version, now).await,
            Some((Mark::Claimed(_), _)) | None => Ok(false),
        }
    }

    /// Removes one file, or only its mark where a record names it. `false` where somebody was faster.
    async fn remove(&self, id: &FileId, mark: Version, now: DateTime<Utc>) -> Result<bool, StoreError> {
        let is_named = !self.store.scan(&names(id), 1, Direction::Forward).await?.is_empty();
        let mut claim = Batch::new();
        claim.expect(mark_key(id), mark);
        if is_named {
            claim.delete(mark_key(id));
        } else {
            claim.put(mark_key(id), &Mark::Claimed(now));
        }
        let claimed = match self.store.commit(claim).await {
            Ok(committed) => committed.version,
            Err(CommitError::Conflict(_)) => return Ok(false),
            Err(error) => return Err(fault(error)),
        };
        if is_named {
            return Ok(false);
        }
        self.home.remove(id).await?;
        let mut done = Batch::new();
        done.expect(mark_key(id), claimed);
        done.delete(mark_key(id));
        match self.store.commit(done).await {
            Ok(_) | Err(CommitError::Conflict(_)) => Ok(true),
            Err(error) => Err(fault(error)),
        }
    }

    async fn mark(&self, id: &FileId) -> Result<Option<(Mark, Version)>, StoreError> {
        let Some(state) = self.store.get(&mark_key(id)).await? else { return Ok(None) };
        let mark = state.value.read().map_err(|error| StoreError::Damaged(error.to_string()))?;
        Ok(Some((mark, state.version)))
    }
}

impl Put {
    /// Names the file in the batch of the record that has it: a conflict where it was put again or removed meanwhile.
    pub fn name(&self, batch: &mut Batch, record: &Key) {
        self.claim(batch);
        self.name_new(batch.writes(), record);
    }

    /// The first half of [`Put::name`], for a record whose key a counter gives within the batch.
    pub fn claim(&self, batch: &mut Batch) {
        match &self.stays {
            Stays::Marked(version) => {
                batch.expect(mark_key(&self.id), *version);
                batch.delete(mark_key(&self.id));
            }
            Stays::Named(name, version) => batch.expect(name.clone(), *version),
        }
    }

    /// The second half, within [`Batch::numbered`].
    pub fn name_new(&self, writes: &mut Writes, record: &Key) {
        writes.put(name_key(&self.id, record), &true);
    }
}

/// Takes a record's name off a file, in the batch that changes the record. A file without a name goes after a day.
pub fn unname(batch: &mut Batch, id: &FileId, record: &Key, now: DateTime<Utc>) {
    batch.delete(name_key(id, record));
    batch.put(mark_key(id), &Mark::Loose(now));
}

/// The file that a key of the table of names is about.
#[must_use]
pub fn named_by(key: &Key) -> Option<FileId> {
    (key.table() == NAMES).then(|| key.parts().next().as_deref().and_then(FileId::parse)).flatten()
}

/// The key of the record that a key of the table of names is about.
#[must_use]
pub fn naming(key: &Key) -> Option<Key> {
    key.after(&Key::of(NAMES).text(named_by(key)?.as_str()))
}

/// The file that a mark is about and since when it is marked, where an entry of the store is a mark; else why it makes no sense.
#[must_use]
pub fn marked(entry: &Entry) -> Option<Result<(FileId, DateTime<Utc>), String>> {
    if entry.key.table() != MARKS {
        return None;
    }
    let id = entry.key.parts().next().as_deref().and_then(FileId::parse);
    Some(match (id, entry.value.read::<Mark>()) {
        (None, _) => Err("its key names no file".to_owned()),
        (_, Err(error)) => Err(error.to_string()),
        (Some(id), Ok(Mark::Loose(since) | Mark::Claimed(since))) => Ok((id, since)),
    })
}

fn name_key(id: &FileId, record: &Key) -> Key {
    Key::of(NAMES).text(id.as_str()).join(record)
}

fn names(id: &FileId) -> KeyRange {
    KeyRange::under(&Key::of(NAMES).text(id.as_str()))
}

fn mark_key(id: &FileId) -> Key {
    Key::of(MARKS).text(id.as_str())
}

fn fault(error: CommitError) -> StoreError {
    match error {
        CommitError::Store(error) => error,
        // What is expected is handled where it is expected.
        CommitError::Conflict(_) | CommitError::Wrong(_) => StoreError::Damaged(error.to_string()),
    }
}
