//! A file as somebody hands it in: not trusted in any way.

use std::fmt;

/// A file as a platform hands it in.
#[derive(Clone, PartialEq, Eq)]
pub struct Upload {
    /// What its owner calls it.
    pub name: String,
    /// All of it.
    pub bytes: Vec<u8>,
}

/// A file that somebody sent and that did not get here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// What its owner calls it.
    pub name: String,
    /// How large it is, where it was left for that; else it could not be fetched.
    pub too_large: Option<u64>,
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload").field("name", &self.name).field("size", &self.bytes.len()).finish()
    }
}
