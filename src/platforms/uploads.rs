//! How many files a turn may bring, and how long ones.

use crate::config;

/// The files that a turn may bring.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Uploads {
    /// How many.
    pub most: usize,
    /// The longest, in bytes.
    pub bytes: u64,
}

impl Uploads {
    /// As the settings say.
    #[must_use]
    pub fn of(settings: &config::Cases) -> Self {
        Self { most: settings.most_files, bytes: settings.most_file_bytes() }
    }
}
