//! A quick look at an index on disk, which neither checks it nor opens it for searching.

use std::fs;
use std::path::Path;

use chrono::{DateTime, Utc};
use tantivy::Index as TantivyIndex;
use tantivy::directory::MmapDirectory;

use super::generations::{Current, Generations};
use super::{SearchError, cases, folder};

/// What a look at an index shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// The generation in use.
    pub generation: String,
    /// How many articles or cases are in it.
    pub documents: u64,
    /// When it last changed.
    pub changed: DateTime<Utc>,
}

/// Looks at the index of articles in `folder`; `None` where there is none that this program could use.
pub fn glance_at_articles(folder: &Path) -> Result<Option<Glance>, SearchError> {
    glance(&folder::generations(folder))
}

/// The same for the index of cases.
pub fn glance_at_cases(folder: &Path) -> Result<Option<Glance>, SearchError> {
    glance(&cases::generations(folder))
}

fn glance(generations: &Generations) -> Result<Option<Glance>, SearchError> {
    let Current::Named(generation) = generations.current()? else { return Ok(None) };
    let place = generations.at(&generation);
    let directory = MmapDirectory::open(&place).map_err(tantivy::TantivyError::from)?;
    let metas = TantivyIndex::open(directory)?.load_metas()?;
    let documents = metas.segments.iter().map(|segment| u64::from(segment.num_docs())).sum();
    let changed = fs::metadata(place.join("meta.json")).and_then(|meta| meta.modified());
    let changed = changed.map_err(|error| SearchError::Folder { folder: place, error })?;
    Ok(Some(Glance { generation, documents, changed: changed.into() }))
}
