//! The backup file: a gzip'ed tar archive that holds everything but the search indexes, which are derived.
//!
//! ```text
//! store/000001.jsonl    records, one JSON object with key, version and value a line, in the order of their keys
//! files/HASH            the bytes of a file that a record names
//! desk.key              the desk key
//! manifest.json         what this is, and how many of each there are
//! SHA256SUMS            last: the hash of everything before it, as `sha256sum -c` reads it
//! ```

mod name;
mod read;
mod records;
mod unfit;
mod verify;
mod write;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::store::Version;
use crate::store::files::FileId;

pub use name::Name;
pub use read::{all, walk};
pub use records::Records;
pub use unfit::Unfit;
pub use verify::{Verified, verify};
pub use write::{Message, write};

/// The version of the archive's form that this program writes.
pub const FORMAT: u32 = 1;
/// The most bytes of a part of the records.
pub const PART: usize = 8 << 20;
/// The most bytes of a file: it is in memory while it is read or written.
pub const LARGEST_FILE: usize = 1 << 30;

/// What a backup says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The version of the archive's form.
    pub format: u32,
    /// The version of the data.
    pub data_version: u64,
    /// The last version that was given out when the records were read.
    pub clock: Version,
    /// The engine that they were read from.
    pub engine: String,
    /// The program that wrote it.
    pub guidepost: String,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// How many records there are.
    pub records: u64,
    /// In how many parts.
    pub parts: u32,
    /// How many files there are.
    pub files: u64,
    /// Files that records name and whose bytes were missing or damaged when the backup was made.
    pub missing_files: Vec<FileId>,
}
