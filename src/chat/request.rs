//! What a platform hands in: who, where, and what they did.

use serde::{Deserialize, Serialize};

use crate::domain::Actor;

use super::{ChoiceId, Command};

/// One turn of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Who.
    pub actor: Actor,
    /// Where.
    pub place: Place,
    /// What they typed, pressed or chose.
    pub input: Input,
}

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

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// Typed something; any text is safe.
    Text(String),
    /// Pressed a button or chose from a list.
    Press(ChoiceId),
    /// Used a command whose arguments the platform has told apart, such as a slash command.
    Command(Command),
}
