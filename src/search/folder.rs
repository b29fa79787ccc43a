//! The index on disk. It is derived data: whatever is wrong with it, it is built again from the articles.
//!
//! ```text
//! index/articles/current        the generation in use, one line
//! index/articles/1-7/           tantivy's files, and the catalogue of what was indexed
//! index/articles/writer.lock    held by the one process that writes
//! ```
//!
//! A rebuild writes a new generation beside the old one and then changes `current`: readers see the old index or the
//! new one, never half of one. What the index was built from (`catalogue`) is named by the commit itself, so both
//! change at once.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Index as TantivyIndex;
use tantivy::directory::MmapDirectory;

use crate::disk::write_durably;

use super::SearchError;
use super::engine::Engine;
use super::schema::VERSION;
use super::synonyms::Synonyms;

/// Indexes up to this size are checked bit by bit when they are opened (about 2 GB a second).
const CHECKED: u64 = 256_000_000;

/// An index on disk, opened for reading.
pub struct Opened {
    /// For searching.
    pub engine: Arc<Engine>,
    /// What the index was built from, as the builder noted it.
    pub catalogue: Vec<u8>,
    /// Its tantivy index and folder, for the writer.
    pub(super) index: TantivyIndex,
    pub(super) generation: PathBuf,
}

/// What there is on disk.
pub enum State {
    /// An index that can be used.
    Ready(Box<Opened>),
    /// None yet.
    Missing,
    /// One that can't be used: why.
    Unusable(String),
}

/// Which generation is in use.
pub(super) enum Current {
    /// This one.
    Named(String),
    /// None yet.
    Missing,
    /// One that can't be used: why.
    Unusable(String),
}

/// Reads which generation is in use.
pub(super) fn current(folder: &Path) -> Result<Current, SearchError> {
    let name = match fs::read_to_string(folder.join("current")) {
        Ok(name) => name.trim().to_owned(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Current::Missing),
        Err(error) => return Err(SearchError::Folder { folder: folder.to_owned(), error }),
    };
    let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    if !is_name {
        return Ok(Current::Unusable("\"current\" names no generation".to_owned()));
    }
    if name.split_once('-').map(|(version, _)| version) != Some(VERSION.to_string().as_str()) {
        return Ok(Current::Unusable("it was built by another version of guidepost".to_owned()));
    }
    Ok(Current::Named(name))
}

/// Opens the index in `folder` for reading; never writes.
pub fn open(folder: &Path, synonyms: Synonyms) -> Result<State, SearchError> {
    let generation = match current(folder)? {
        Current::Named(name) => folder.join(name),
        Current::Missing => return Ok(State::Missing),
        Current::Unusable(why) => return Ok(State::Unusable(why)),
    };
    match open_generation(&generation, synonyms) {
        Ok(opened) => Ok(State::Ready(Box::new(opened))),
        Err(error) => Ok(State::Unusable(error.to_string())),
    }
}

fn open_generation(generation: &Path, synonyms: Synonyms) -> Result<Opened, SearchError> {
    let fault = |error| SearchError::Folder { folder: generation.to_owned(), error };
    let directory = MmapDirectory::open(generation).map_err(tantivy::TantivyError::from)?;
    let index = TantivyIndex::open(directory)?;
    if size(generation).map_err(fault)? <= CHECKED {
        let damaged = index.validate_checksum()?;
        if let Some(file) = damaged.iter().next() {
            return Err(SearchError::Damaged(file.clone()));
        }
    }
    let named = index.load_metas()?.payload.ok_or_else(|| SearchError::Damaged("meta.json".into()))?;
    let catalogue = fs::read(generation.join(named)).map_err(fault)?;
    let engine = Arc::new(Engine::open(&index, synonyms)?);
    Ok(Opened { engine, catalogue, index, generation: generation.to_owned() })
}

fn size(folder: &Path) -> io::Result<u64> {
    fs::read_dir(folder)?.map(|entry| Ok(entry?.metadata()?.len())).sum()
}

/// Makes what was written durable, then makes it current.
pub(super) fn make_current(folder: &Path, name: &str) -> io::Result<()> {
    write_durably(&folder.join("current"), format!("{name}\n").as_bytes())
}
