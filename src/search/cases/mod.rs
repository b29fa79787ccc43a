//! Finds cases: what was said in them and, for staff, what was noted, by words and fields.
//!
//! Whoever asks sees a part of the index, decided before anything else (`sight`): a customer's search counts, ranks, corrects and
//! quotes as if there were no cases but theirs and no notes in them.

mod best;
mod document;
mod either;
mod gathered;
mod generation;
mod marks;
mod query;
mod schema;
mod search;
mod sight;
mod spelling;
mod writer;

pub use document::CaseDocument;
pub use marks::Marks;
pub use search::{Asked, CaseIndex, Ranked, Viewer};
pub(super) use writer::generations;
pub use writer::{CaseReader, CaseWriter, Opened, in_memory, open};

/// The most cases that one search names.
pub const MOST_FOUND: usize = 1_000;
