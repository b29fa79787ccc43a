//! What is remembered of every file, so that an unchanged one need not be read again.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};

use crate::domain::ArticleId;

use super::{
    fault::Remark,
    names::Names,
    scan::{FileStamp, Scan},
};

/// Raised whenever the loader makes something else of the same files, which then have to be read again.
const VERSION: u32 = 1;

/// All that the checks across files need to know. Whoever keeps what the articles became (a search index) keeps this
/// with it, in one and the same commit.
///
/// One that an older program wrote can't be deserialised: then start from [`Manifest::default`], and with an empty index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    version: Version,
    /// By path inside the folder.
    pub(super) files: BTreeMap<String, Entry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
struct Version(u32);

impl Default for Version {
    fn default() -> Self {
        Self(VERSION)
    }
}

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            VERSION => Ok(Self(VERSION)),
            other => Err(D::Error::custom(format!("the manifest has version {other}, not {VERSION}"))),
        }
    }
}

/// What is remembered of one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// In bytes.
    pub size: u64,
    /// When it was last written, in nanoseconds since 1970.
    pub modified: u64,
    /// The article in it; none where there is none that could be read.
    pub article: Option<Known>,
    /// What is wrong in it, as far as the file itself tells.
    pub remarks: Vec<Remark>,
}

/// What other files may contradict in an article; the numbers are lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Its id.
    pub id: ArticleId,
    /// Where it says so.
    pub id_line: usize,
    /// Its other names.
    pub aliases: Vec<(usize, String)>,
    /// The product it names, as it is written.
    pub product: Option<(usize, String)>,
    /// The articles it links to.
    pub links: Vec<(usize, ArticleId)>,
}

impl Manifest {
    /// The files that were remembered, by their paths inside the folder.
    pub fn files(&self) -> impl Iterator<Item = (&str, &Entry)> {
        self.files.iter().map(|(path, entry)| (path.as_str(), entry))
    }

    /// Which article each id and alias leads to.
    #[must_use]
    pub fn names(&self) -> Names<'_> {
        Names::of(self.files().filter_map(|(path, entry)| entry.article.as_ref().map(|known| (path, known))))
    }
}

/// What has happened in a folder since a manifest was written.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Changes {
    /// New and changed files, by path.
    pub parse: Vec<FileStamp>,
    /// Paths of files that are gone.
    pub removed: Vec<String>,
}

/// Compares a folder with what is remembered of it.
#[must_use]
pub fn plan(manifest: &Manifest, scan: &Scan) -> Changes {
    let is_same = |stamp: &FileStamp| {
        let entry = manifest.files.get(&stamp.path);
        entry.is_some_and(|entry| (entry.size, entry.modified) == (stamp.size, stamp.modified))
    };
    let is_there = |path: &str| {
        scan.stamps.binary_search_by(|stamp| stamp.path.as_str().cmp(path)).is_ok()
            || scan.unlisted.iter().any(|folder| is_below(path, folder))
    };
    Changes {
        parse: scan.stamps.iter().filter(|stamp| !is_same(stamp)).cloned().collect(),
        removed: manifest.files.keys().filter(|path| !is_there(path)).cloned().collect(),
    }
}

/// Whether a path is this folder or file itself or lies in it; the empty one is the knowledge folder.
fn is_below(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| folder.is_empty() || rest.is_empty() || rest.starts_with('/'))
}
