//! The memory of a folder of imported articles: which source became which article, and what was written.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, Serialize};

use crate::domain::ArticleId;

/// Its name in the folder.
pub const FILE: &str = "import.toml";

const HEADER: &str = "\
# Written by `guidepost import`: which source became which article, and what its file looked like then.
# Ids stay the same as long as this file does.

";

/// One source and its article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// The article's id.
    pub id: ArticleId,
    /// The folder, list or help centre that the source belongs to.
    pub origin: String,
    /// The SHA-256 of the file as it was written.
    pub sha256: String,
}

/// The sources of a folder by their names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The form of this file; there is only one so far.
    version: u32,
    /// Every source that became an article.
    #[serde(default)]
    pub articles: BTreeMap<String, Record>,
}

/// Why a folder's memory can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// It can't be read.
    #[error("{FILE} cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// Somebody edited it, or it is none of ours.
    #[error("{FILE} is damaged: {0}; repair it, or remove it and import again with --force")]
    Damaged(#[from] toml::de::Error),
    /// A later release wrote it.
    #[error("{FILE} was written by a later release (version {0}); update guidepost")]
    Later(u32),
}

const VERSION: u32 = 1;

impl Default for Manifest {
    fn default() -> Self {
        Self { version: VERSION, articles: BTreeMap::new() }
    }
}

impl Manifest {
    /// Reads a folder's manifest; a folder without one has an empty one.
    pub fn load(folder: &Path) -> Result<Self, ManifestError> {
        let text = match fs::read_to_string(folder.join(FILE)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(error.into()),
        };
        let manifest: Self = toml::from_str(&text)?;
        if manifest.version == VERSION { Ok(manifest) } else { Err(ManifestError::Later(manifest.version)) }
    }

    /// The file's text, the same for the same content.
    pub fn text(&self) -> Result<String, toml::ser::Error> {
        Ok(format!("{HEADER}{}", toml::to_string(self)?))
    }
}
