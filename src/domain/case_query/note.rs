//! What was not understood of a search, or understood otherwise than it was written.

use serde::{Deserialize, Serialize};

use super::FieldName;

/// Something that whoever searches is told, beside what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Note {
    /// There is no such field; it was looked for as words.
    UnknownField {
        /// As it was written.
        typed: String,
        /// The field that was perhaps meant.
        meant: Option<FieldName>,
    },
    /// A field can't have this value; the condition was left out.
    UnknownValue {
        /// The field.
        field: FieldName,
        /// As it was written.
        typed: String,
        /// The value that was perhaps meant.
        meant: Option<String>,
    },
    /// A time was not understood; the condition was left out.
    UnknownTime {
        /// The field.
        field: FieldName,
        /// As it was written.
        typed: String,
    },
    /// Only staff can look for this; the condition was left out.
    OnlyStaff(FieldName),
    /// Only the first characters were read.
    CutAt {
        /// So many.
        characters: usize,
    },
    /// Only the first words and conditions were used.
    Only {
        /// So many.
        parts: usize,
    },
    /// No case has all of the words: these have some of them.
    NotAll,
    /// A word that stands in no case was read as others that do.
    ReadAs {
        /// As it was written.
        typed: String,
        /// As it was read, the likeliest first.
        read: Vec<String>,
    },
    /// The index is being built: there may be more.
    Building,
}
