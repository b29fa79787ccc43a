//! The generations of an index on disk: which one is in use, the next one, and the lock of whoever writes.
//!
//! ```text
//! current        the generation in use, one line
//! 1-7/           tantivy's files: the version of the schema, and a running number
//! writer.lock    held by the one process that writes
//! ```
//!
//! A rebuild writes a new generation beside the old one and then changes `current`: readers see the old index or the new one, never
//! half of one.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tantivy::Index as TantivyIndex;
use tantivy::directory::MmapDirectory;

use crate::disk::{Lock, NotLocked, write_durably};

use super::SearchError;

/// Indexes up to this size are checked bit by bit when they are opened (about 2 GB a second).
const CHECKED: u64 = 256_000_000;

/// Which generation is in use.
pub enum Current {
    /// This one.
    Named(String),
    /// None yet.
    Missing,
    /// One that can't be used: why.
    Unusable(String),
}

/// The folder of an index, with the version of its schema.
#[derive(Debug, Clone)]
pub struct Generations {
    folder: PathBuf,
    version: u32,
}

impl Generations {
    /// Those of a folder whose schema has this version today.
    pub fn new(folder: &Path, version: u32) -> Self {
        Self { folder: folder.to_owned(), version }
    }

    /// Their folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The folder of one of them.
    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Locks the folder, which is made where it is missing.
    pub fn lock(&self) -> Result<Lock, SearchError> {
        fs::create_dir_all(&self.folder).map_err(|error| self.fault(error))?;
        Lock::take(&self.folder.join("writer.lock")).map_err(|why| match why {
            NotLocked::Held(holder) => SearchError::Locked { folder: self.folder.clone(), holder },
            NotLocked::Fault(error) => self.fault(error),
        })
    }

    /// Reads which one is in use.
    pub fn current(&self) -> Result<Current, SearchError> {
        let name = match fs::read_to_string(self.folder.join("current")) {
            Ok(name) => name.trim().to_owned(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Current::Missing),
            Err(error) => return Err(self.fault(error)),
        };
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        if !is_name {
            return Ok(Current::Unusable("\"current\" names no generation".to_owned()));
        }
        if name.split_once('-').map(|(version, _)| version) != Some(self.version.to_string().as_str()) {
            return Ok(Current::Unusable("it was built by another version of guidepost".to_owned()));
        }
        Ok(Current::Named(name))
    }

    /// Makes the folder of the next one; answers its name.
    pub fn begin(&self) -> Result<String, SearchError> {
        let name = self.next_name().map_err(|error| self.fault(error))?;
        fs::create_dir_all(self.at(&name)).map_err(|error| self.fault(error))?;
        Ok(name)
    }

    fn next_name(&self) -> io::Result<String> {
        let mut highest = 0;
        for entry in fs::read_dir(&self.folder)? {
            let name = entry?.file_name();
            let number =
                name.to_str().and_then(|n| n.split_once('-')).and_then(|(_, n)| n.parse::<u64>().ok());
            highest = highest.max(number.unwrap_or(0));
        }
        Ok(format!("{}-{}", self.version, highest + 1))
    }

    /// Makes one current whose files are durable, and removes the others; readers that have one open keep it until they let go.
    pub fn make_current(&self, name: &str) -> Result<(), SearchError> {
        let line = format!("{name}\n");
        write_durably(&self.folder.join("current"), line.as_bytes()).map_err(|error| self.fault(error))?;
        let Ok(entries) = fs::read_dir(&self.folder) else { return Ok(()) };
        for entry in entries.flatten() {
            let is_generation = entry.path().is_dir();
            if is_generation && entry.file_name() != name {
                // What can't be removed now is removed at the next rebuild.
                let _ = fs::remove_dir_all(entry.path());
            }
        }
        Ok(())
    }

    fn fault(&self, error: io::Error) -> SearchError {
        SearchError::Folder { folder: self.folder.clone(), error }
    }
}

/// Opens the tantivy index of a generation, checked, with the payload of its last commit.
pub fn open_checked(generation: &Path) -> Result<(TantivyIndex, String), SearchError> {
    let fault = |error| SearchError::Folder { folder: generation.to_owned(), error };
    let directory = MmapDirectory::open(generation).map_err(tantivy::TantivyError::from)?;
    let index = TantivyIndex::open(directory)?;
    if size(generation).map_err(fault)? <= CHECKED {
        let damaged = index.validate_checksum()?;
        if let Some(file) = damaged.iter().next() {
            return Err(SearchError::Damaged(file.clone()));
        }
    }
    let payload = index.load_metas()?.payload.ok_or_else(|| SearchError::Damaged("meta.json".into()))?;
    Ok((index, payload))
}

fn size(folder: &Path) -> io::Result<u64> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}
