//! The names in a backup: these and no others, so that no name ever leads anywhere.

use std::fmt;

use crate::store::files::FileId;

use super::{LARGEST_FILE, PART};

/// What an entry of a backup is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    /// A part of the records; the first is 1.
    Part(u32),
    /// A file, named by its hash.
    File(FileId),
    /// The desk key.
    Key,
    /// What the backup says of itself.
    Manifest,
    /// The hashes of all others.
    Sums,
}

impl Name {
    /// Reads a name; `None` where a backup has none such. Only one spelling is a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let name = match text {
            "desk.key" => Self::Key,
            "manifest.json" => Self::Manifest,
            "SHA256SUMS" => Self::Sums,
            other => match other.split_once('/')? {
                ("files", hash) => Self::File(FileId::parse(hash)?),
                ("store", part) => Self::Part(part.strip_suffix(".jsonl")?.parse().ok()?),
                _ => return None,
            },
        };
        (name.to_string() == text).then_some(name)
    }

    /// The most bytes that such an entry may have.
    #[must_use]
    pub fn most(&self) -> usize {
        match self {
            // A part ends before the record that would be too much, so a single one is never cut.
            Self::Part(_) => PART,
            Self::File(_) => LARGEST_FILE,
            Self::Key => 4 << 10,
            Self::Manifest => 16 << 20,
            Self::Sums => 128 << 20,
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Part(number) => write!(f, "store/{number:06}.jsonl"),
            Self::File(id) => write!(f, "files/{}", id.as_str()),
            Self::Key => f.write_str("desk.key"),
            Self::Manifest => f.write_str("manifest.json"),
            Self::Sums => f.write_str("SHA256SUMS"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_one_spelling_is_a_name() {
        let hash = "0123456789abcdef".repeat(4);
        let names = [
            "store/000001.jsonl".to_owned(),
            "store/1234567.jsonl".to_owned(),
            format!("files/{hash}"),
            "desk.key".to_owned(),
            "manifest.json".to_owned(),
            "SHA256SUMS".to_owned(),
        ];
        for name in &names {
            assert_eq!(Name::parse(name).map(|parsed| parsed.to_string()).as_ref(), Some(name));
        }
        let others = [
            "",
            "store/1.jsonl",
            "store/+00001.jsonl",
            "store/000001.json",
            "store/../desk.key",
            "../desk.key",
            "/desk.key",
            "./desk.key",
            "desk.key/",
            "files/",
            "files/../../etc/passwd",
            &format!("files/{}", hash.to_uppercase()),
            &format!("files/{hash}/"),
        ];
        for other in others {
            assert_eq!(Name::parse(other), None, "{other}");
        }
    }
}
