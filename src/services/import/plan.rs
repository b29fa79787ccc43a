//! What an import is asked to do.

use std::{collections::BTreeSet, io, path::PathBuf};

use url::Url;

use crate::{
    domain::{ArticleId, Kind, ProductId},
    knowledge::import::ManifestError,
    net::{FetchError, Limits},
};

/// Where articles come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A folder of Markdown and HTML files, or a single Markdown file.
    Folder(PathBuf),
    /// A page in a file.
    PageFile(PathBuf),
    /// A page on the web.
    Page(String),
    /// A file with one address on each line; `#` begins a comment.
    List(PathBuf),
    /// A file with articles of a Zendesk help centre, in JSON.
    HelpCentreFile(PathBuf),
    /// A Zendesk help centre on the web: `https://SUBDOMAIN.zendesk.com`.
    HelpCentre(String),
}

impl Source {
    /// What an argument without a flag means: an address, a page (`.html`), an export (`.json`), or a folder.
    #[must_use]
    pub fn of_argument(text: &str) -> Self {
        let path = PathBuf::from(text);
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        match extension.as_deref() {
            _ if text.starts_with("http://") || text.starts_with("https://") => Self::Page(text.to_owned()),
            Some("html" | "htm" | "xhtml") if !path.is_dir() => Self::PageFile(path),
            Some("json") if !path.is_dir() => Self::HelpCentreFile(path),
            Some(_) | None => Self::Folder(path),
        }
    }
}

/// An import to be carried out.
#[derive(Debug, Clone, Default)]
pub struct Plan {
    /// Where articles come from, in the order in which ids are given away.
    pub sources: Vec<Source>,
    /// The folder that they go to: `knowledge/imported/NAME`.
    pub to: PathBuf,
    /// What sort of articles they are; support articles unless given.
    pub kind: Option<Kind>,
    /// The product that they are about; it has to be in `products.toml`.
    pub product: Option<ProductId>,
    /// Where the folders are on the web. It gives articles their address, and links that leave the import a target.
    pub base_url: Option<Url>,
    /// Origin and licence, written into every article.
    pub licence: Option<String>,
    /// The ids of all articles outside `to`.
    pub known_ids: BTreeSet<ArticleId>,
    /// Remove articles whose source is gone.
    pub prune: bool,
    /// Write over articles that were edited by hand, and over files that no import wrote.
    pub force: bool,
    /// Only report what would be done.
    pub dry_run: bool,
    /// How much and how long to fetch.
    pub limits: Limits,
}

/// What is going on, for a progress bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Progress {
    /// A folder or file is being read.
    Reading {
        /// Which.
        source: String,
    },
    /// A page or listing is being fetched.
    Fetching {
        /// Which.
        address: String,
        /// How many documents were found so far.
        found: usize,
    },
    /// Documents become articles.
    Converting {
        /// How many have.
        done: usize,
        /// How many there are.
        total: usize,
    },
    /// Articles are compared with the folder and written.
    Writing {
        /// How many have been.
        done: usize,
        /// How many there are.
        total: usize,
    },
}

/// What makes an import as a whole impossible.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// No source was given.
    #[error("there is nothing to import; name a folder, a page, a list or a help centre")]
    NothingToImport,
    /// The memory of the folder can't be used.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// No client could be made to fetch with.
    #[error("nothing can be fetched: {0}")]
    Client(#[from] FetchError),
    /// The folder's memory could not be written.
    #[error("the folder's import.toml cannot be written: {0}")]
    Unwritten(#[source] io::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_say_what_they_are() {
        for (text, expected) in [
            ("https://x.y/a.html", Source::Page("https://x.y/a.html".into())),
            ("a/b.HTML", Source::PageFile("a/b.HTML".into())),
            ("export.json", Source::HelpCentreFile("export.json".into())),
            ("docs", Source::Folder("docs".into())),
        ] {
            assert_eq!(Source::of_argument(text), expected);
        }
    }
}
