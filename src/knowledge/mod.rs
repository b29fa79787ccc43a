//! Markdown articles in, [`Article`](crate::domain::Article) out.
//!
//! [`load()`] reads a knowledge folder. It is handed the [`Manifest`] of the time before and reads only the files that
//! have changed since; what concerns several files (an id used twice, a link that leads nowhere) is decided by the
//! manifest alone, so that thousands of articles are ready in a moment. Whatever is wrong becomes a [`Fault`] with its
//! place and remedy, and holds up nothing else.

mod article_file;
mod check;
mod fault;
mod fields;
mod front_matter;
pub mod import;
mod lines;
mod load;
mod manifest;
pub mod markdown;
mod names;
mod phone_numbers;
mod products;
mod scan;
pub mod shipped;
mod suggest;
mod synonyms;
mod text;
mod toml_file;
mod watch;

pub use fault::{Fault, Remark, Severity};
pub use load::{Loaded, LoadedArticle, load};
pub use manifest::{Changes, Entry, Known, Manifest, plan};
pub use names::Names;
pub use products::Products;
pub use scan::{FileStamp, FolderUnreadable, Scan, scan};
pub use synonyms::synonyms_of;
pub use watch::{WatchError, Watcher};
