//! The fields of the index of cases.

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, STRING, Schema};

use super::super::given;

/// Changes whenever the meaning of the index does; another number means: build it again.
pub const VERSION: u32 = 2;

/// The flag of a case that has a file which its customers may read.
pub const FILE: &str = "file";
/// The flag of a case that has a file which only staff may read.
pub const NOTED_FILE: &str = "noted-file";
/// The flag of a case that was rated.
pub const RATED: &str = "rated";
/// The number that stands for nobody; people begin with 1.
pub const NOBODY: u64 = 0;

/// The fields. No text is stored: what is shown is read from the store.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub number: Field,
    /// Its requester and followers: who finds it besides staff.
    pub party: Field,
    pub requester: Field,
    pub assignee: Field,
    pub status: Field,
    pub priority: Field,
    pub queue: Field,
    pub tag: Field,
    pub product: Field,
    pub flag: Field,
    /// Whether it is not over: 1 or 0.
    pub active: Field,
    /// In seconds, as the next one.
    pub created: Field,
    pub updated: Field,
    /// Stems of what its customers may read.
    pub said: Field,
    /// The same words as they are, in their places.
    pub said_exact: Field,
    /// A mark of each of them and the one that follows it, so that words side by side need not be looked for in every case that has both.
    pub said_pairs: Field,
    /// Stems of what only staff may read.
    pub noted: Field,
    /// The same words as they are, in their places.
    pub noted_exact: Field,
    /// A mark of each of them and the one that follows it.
    pub noted_pairs: Field,
}

/// The schema and its fields.
#[must_use]
pub fn schema() -> (Schema, Fields) {
    let mut s = Schema::builder();
    let stems = given::options(IndexRecordOption::WithFreqs, true);
    let exact = given::options(IndexRecordOption::WithFreqsAndPositions, false);
    let pairs = given::options(IndexRecordOption::Basic, false);
    let fields = Fields {
        number: s.add_u64_field("number", INDEXED | FAST),
        party: s.add_u64_field("party", INDEXED),
        requester: s.add_u64_field("requester", INDEXED),
        assignee: s.add_u64_field("assignee", INDEXED),
        status: s.add_text_field("status", STRING),
        priority: s.add_text_field("priority", STRING),
        queue: s.add_text_field("queue", STRING),
        tag: s.add_text_field("tag", STRING),
        product: s.add_text_field("product", STRING),
        flag: s.add_text_field("flag", STRING),
        active: s.add_u64_field("active", FAST),
        created: s.add_i64_field("created", FAST),
        updated: s.add_i64_field("updated", FAST),
        said: s.add_text_field("said", stems.clone()),
        said_exact: s.add_text_field("said_exact", exact.clone()),
        said_pairs: s.add_text_field("said_pairs", pairs.clone()),
        noted: s.add_text_field("noted", stems),
        noted_exact: s.add_text_field("noted_exact", exact),
        noted_pairs: s.add_text_field("noted_pairs", pairs),
    };
    (s.build(), fields)
}
