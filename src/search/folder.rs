//! The index of articles on disk. It is derived data: whatever is wrong with it, it is built again from the articles.
//!
//! Beside tantivy's files a generation holds the catalogue of what was indexed. The commit itself names it, so both change at once.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::Index as TantivyIndex;

use super::SearchError;
use super::engine::Engine;
use super::generations::{Current, Generations, open_checked};
use super::schema::VERSION;
use super::synonyms::Synonyms;

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

/// The generations of a folder of articles.
pub(super) fn generations(folder: &Path) -> Generations {
    Generations::new(folder, VERSION)
}

/// Opens the index in `folder` for reading; never writes.
pub fn open(folder: &Path, synonyms: Synonyms) -> Result<State, SearchError> {
    let generations = generations(folder);
    let generation = match generations.current()? {
        Current::Named(name) => generations.at(&name),
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
    let (index, named) = open_checked(generation)?;
    let catalogue = fs::read(generation.join(named)).map_err(fault)?;
    let engine = Arc::new(Engine::open(&index, synonyms)?);
    Ok(Opened { engine, catalogue, index, generation: generation.to_owned() })
}
