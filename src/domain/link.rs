//! What a link that is sent by mail is for.

use serde::{Deserialize, Serialize};

/// What a link is for. A kept variant is never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LinkPurpose {
    /// Choosing a new password.
    Reset,
    /// Creating an account.
    SignUp,
}

impl LinkPurpose {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Reset, Self::SignUp];

    /// Its name, as it stands in keys.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::SignUp => "sign-up",
        }
    }
}
