//! Finds the passage that answers a question. The only home of tantivy.
//!
//! Two stages. tantivy names the articles that share most with the question (`candidates`); then every one of them is
//! read in a compact form kept in the index (`stream`) and scored by what a person would look for (`features`):
//! words in the title, words side by side, one passage that has them all. `rank` weighs these.

mod browse;
mod candidates;
pub mod cases;
mod chatter;
mod confidence;
mod engine;
pub mod features;
mod folder;
mod generations;
mod given;
mod glance;
mod highlight;
mod lookup;
mod meaning;
mod number;
mod query;
pub mod rank;
mod reader;
mod results;
mod schema;
mod snapshot;
mod spelling;
mod stream;
mod suggest;
mod synonyms;
mod words;
mod writer;

use std::path::PathBuf;

pub use engine::{CANDIDATES, Engine, Scored, Version};
pub use folder::{Opened, State, open};
pub use glance::{Glance, glance_at_articles, glance_at_cases};
pub use query::Query;
pub use results::{Correction, Found, Request, Results, Shown, Suggestion};
pub use synonyms::Synonyms;
pub use writer::Writer;

/// Why the index could not be used.
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Another process writes this folder.
    #[error("the search index in {} is being written by another guidepost{}", folder.display(), holder.map_or(String::new(), |pid| format!(" (process {pid})")))]
    Locked {
        /// Which folder.
        folder: PathBuf,
        /// The other process, where it is known.
        holder: Option<u32>,
    },
    /// A file of the index is not what was written.
    #[error("the search index is damaged: {}", .0.display())]
    Damaged(PathBuf),
    /// The folder can't be read or written.
    #[error("{}: {error}", folder.display())]
    Folder {
        /// Which folder.
        folder: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// tantivy's own trouble: a damaged file, a full disk.
    #[error("the search index failed: {0}")]
    Index(#[from] tantivy::TantivyError),
    /// A stored article is not what was stored.
    #[error("the search index holds something unreadable: {0}")]
    Stored(#[from] serde_json::Error),
}
