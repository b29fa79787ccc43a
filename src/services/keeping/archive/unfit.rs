//! Why a file can't be restored.

/// Why a file is no backup that can be restored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It can't be read.
    #[error("it can't be read ({0})")]
    Unreadable(String),
    /// It is something else.
    #[error("it is no backup of this guidepost ({0}); if a newer one made it, use that")]
    Foreign(String),
    /// It was a backup once.
    #[error("it is damaged ({0}); use another backup")]
    Damaged(String),
    /// It was made by a newer program.
    #[error(
        "it was made by guidepost {program}, whose {what} is of version {found}, and this program knows versions up to {known}; use a newer guidepost"
    )]
    Newer {
        /// The program that made it.
        program: String,
        /// What is newer.
        what: &'static str,
        /// Its version.
        found: u64,
        /// The newest that this program knows.
        known: u64,
    },
}

impl Unfit {
    /// Something is not as it was written.
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Self::Damaged(what.into())
    }
}
