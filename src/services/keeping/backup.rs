//! A backup of everything, taken while others write: what is in it is the store of one moment.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::mpsc;

use crate::store::files::{FileId, named_by};
use crate::store::{StoreError, Version, version_in, version_key};

use super::KeepingError;
use super::archive::{FORMAT, LARGEST_FILE, Manifest, Message, Name, PART, write};
use super::kept::Kept;
use super::progress::{Progress, Step, Told};

/// How many records are read at a time.
const CHUNK: usize = 500;

/// A backup that was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// The file.
    pub file: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// What is in it.
    #[serde(flatten)]
    pub manifest: Manifest,
}

/// Writes a backup to a file that must not be there yet. Dropped before its end, it leaves nothing.
///
/// The records come first and as fast as they can, because a snapshot costs more the longer it is held; files stay where they
/// are for a day after the last record let go of them. In memory are a few parts, one file, and the names of the files.
pub async fn backup(
    kept: &Kept,
    file: &Path,
    now: DateTime<Utc>,
    progress: Told<'_>,
) -> Result<Backup, KeepingError> {
    if file.symlink_metadata().is_ok() {
        return Err(KeepingError::Exists(file.to_owned()));
    }
    let (sender, receiver) = mpsc::channel(2);
    let path = file.to_owned();
    let writer = tokio::task::spawn_blocking(move || write(&path, now, receiver));
    let produced = Producer { kept, sender, progress }.produce(now).await;
    if let Err(Stopped::Because(error)) = produced {
        // The sender is gone, so the writer ends and takes away what it has written.
        let _ = writer.await;
        return Err(error);
    }
    let written = writer.await.map_err(|error| KeepingError::BrokenOff(error.to_string()))?;
    let bytes = written.map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            KeepingError::Exists(file.to_owned())
        } else {
            KeepingError::NotWritten { file: file.to_owned(), error }
        }
    })?;
    match produced {
        Ok(manifest) => Ok(Backup { file: file.to_owned(), bytes, manifest }),
        Err(_) => Err(KeepingError::BrokenOff("its file was not taken".to_owned())),
    }
}

/// Why nothing more is produced.
enum Stopped {
    /// The writer takes no more; it knows why.
    Writer,
    /// Something here.
    Because(KeepingError),
}

impl<E: Into<KeepingError>> From<E> for Stopped {
    fn from(error: E) -> Self {
        Self::Because(error.into())
    }
}

struct Producer<'a> {
    kept: &'a Kept,
    sender: mpsc::Sender<Message>,
    progress: Told<'a>,
}

/// What the records of the snapshot were.
struct Records {
    count: u64,
    parts: u32,
    data_version: u64,
    clock: Version,
    named: Vec<FileId>,
}

impl Producer<'_> {
    async fn produce(mut self, now: DateTime<Utc>) -> Result<Manifest, Stopped> {
        let records = self.records().await?;
        let (files, missing_files) = self.files(&records.named).await?;
        let mut key = self.kept.key.expose().to_vec();
        key.push(b'\n');
        self.send(Name::Key, key).await?;
        let manifest = Manifest {
            format: FORMAT,
            data_version: records.data_version,
            clock: records.clock,
            engine: self.kept.store.engine().to_owned(),
            guidepost: env!("CARGO_PKG_VERSION").to_owned(),
            made: now,
            records: records.count,
            parts: records.parts,
            files,
            missing_files,
        };
        self.send(Name::Manifest, to_json(&manifest)?).await?;
        self.sender.send(Message::Finish).await.map_err(|_| Stopped::Writer)?;
        Ok(manifest)
    }

    async fn records(&mut self) -> Result<Records, Stopped> {
        let mut snapshot = self.kept.store.snapshot().await?;
        let clock = snapshot.clock();
        let mut records = Records { count: 0, parts: 0, data_version: 0, clock, named: Vec::new() };
        let mut part = Vec::new();
        loop {
            let entries = snapshot.next(CHUNK).await?;
            if entries.is_empty() {
                break;
            }
            for entry in entries {
                let line = to_json(&entry)?;
                if part.len() + line.len() >= PART {
                    self.part(&mut records, &mut part).await?;
                }
                part.extend(line);
                part.push(b'\n');
                records.count += 1;
                if entry.key == version_key() {
                    records.data_version = version_in(&entry.value)?;
                }
                // All names of a file stand side by side.
                if let Some(id) = named_by(&entry.key)
                    && records.named.last() != Some(&id)
                {
                    records.named.push(id);
                }
            }
            (self.progress)(Progress { step: Step::Records, done: records.count, of: None });
            // Reading an embedded store never waits by itself; the desk's other work is to go on.
            tokio::task::yield_now().await;
        }
        self.part(&mut records, &mut part).await?;
        Ok(records)
    }

    async fn part(&mut self, records: &mut Records, part: &mut Vec<u8>) -> Result<(), Stopped> {
        if part.is_empty() {
            return Ok(());
        }
        records.parts += 1;
        self.send(Name::Part(records.parts), std::mem::take(part)).await
    }

    /// Sends every file that is there; the answer is how many these were, and which ones were missing. One that was lost must
    /// not keep everything else from being kept.
    async fn files(&mut self, named: &[FileId]) -> Result<(u64, Vec<FileId>), Stopped> {
        let (mut done, mut missing) = (0, Vec::new());
        let of = named.len() as u64;
        for id in named {
            match self.kept.files.get(id).await {
                Ok(Some(bytes)) if bytes.len() > LARGEST_FILE => {
                    let file = id.as_str().to_owned();
                    return Err(KeepingError::TooLarge { file, bytes: bytes.len() }.into());
                }
                Ok(Some(bytes)) => {
                    self.send(Name::File(id.clone()), bytes).await?;
                    done += 1;
                }
                Ok(None) | Err(StoreError::Damaged(_)) => missing.push(id.clone()),
                Err(error) => return Err(error.into()),
            }
            let done = done + missing.len() as u64;
            (self.progress)(Progress { step: Step::Files, done, of: Some(of) });
        }
        Ok((done, missing))
    }

    async fn send(&mut self, name: Name, bytes: Vec<u8>) -> Result<(), Stopped> {
        self.sender.send(Message::Entry(name, bytes)).await.map_err(|_| Stopped::Writer)
    }
}

fn to_json(value: &impl Serialize) -> Result<Vec<u8>, KeepingError> {
    serde_json::to_vec(value).map_err(|error| StoreError::Damaged(error.to_string()).into())
}
