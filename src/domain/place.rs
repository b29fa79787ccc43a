//! Where a conversation takes place.

use serde::{Deserialize, Serialize};

/// Where a conversation takes place.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Through which door.
    pub platform: Platform,
    /// The channel, thread or session, as the platform names it.
    pub conversation: String,
    /// Who can read along.
    pub privacy: Privacy,
}

/// The doors of the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Platform {
    /// A server, thread or direct message on Discord.
    Discord,
    /// The web page and its widget.
    Web,
    /// A terminal.
    Console,
}

/// Who can read along.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Privacy {
    /// Others may be reading.
    Public,
    /// Only the person and the desk.
    Private,
}

impl Platform {
    /// Its name within a key.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Discord => "discord",
            Self::Web => "web",
            Self::Console => "console",
        }
    }
}
