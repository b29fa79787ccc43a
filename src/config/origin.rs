//! Where a setting's value came from.

use std::fmt;

use serde::{Serialize, Serializer};

/// Where a value came from; the later ones win.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The copy of `config.toml` in the binary.
    Default,
    /// A line of the operator's file, counted from 1.
    File {
        /// The file as it was named.
        file: String,
        /// The line of the key.
        line: usize,
    },
    /// A variable of the environment.
    Environment(String),
    /// `--set` on the command line.
    Set,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File { file, line } => write!(f, "{file}:{line}"),
            Self::Environment(name) => f.write_str(name),
            Self::Set => f.write_str("--set"),
        }
    }
}

impl Serialize for Origin {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
