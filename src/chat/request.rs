//! What a platform hands in: who, where, and what they did.

use serde::{Deserialize, Serialize};

use crate::domain::{Identity, Missing, Place, Upload};

use super::{ChoiceId, Command};

/// One turn of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Who, as the platform knows them.
    pub who: Identity,
    /// Where.
    pub place: Place,
    /// The channel that the place is a thread of, where what is heard there depends on it.
    #[serde(skip)]
    pub within: Option<u64>,
    /// What they typed, pressed or chose.
    pub input: Input,
    /// Files that came with it. Where a request travels, their bytes travel beside it.
    #[serde(skip)]
    pub files: Vec<Upload>,
    /// Files that were to come with it, and did not get here.
    #[serde(skip)]
    pub missing: Vec<Missing>,
    /// The platform's own id of this turn, where it has one: the same turn handed in twice is carried out once.
    pub id: Option<String>,
    /// What the platform says of whoever speaks, where it says anything.
    #[serde(skip)]
    pub member: Option<Member>,
}

/// What a platform says of somebody who speaks.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Member {
    /// What they are called there.
    pub name: Option<String>,
    /// Whether they manage the server that the place belongs to.
    pub manages: bool,
    /// The roles that they have on that server.
    pub roles: Vec<u64>,
}

/// What somebody did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Input {
    /// Typed something; any text is safe.
    Text(String),
    /// Typed something where others talk as well, and not to the desk: only what it can help with is answered. It does not travel.
    #[serde(skip)]
    Overheard(String),
    /// Changed what they had typed, or took it back. It does not travel.
    #[serde(skip)]
    Corrected {
        /// The id of the turn in which they typed it.
        of: String,
        /// What it says now; none where it was taken back.
        text: Option<String>,
    },
    /// Pressed a button or chose from a list.
    Press(ChoiceId),
    /// Filled in a form, in part or wholly.
    Form {
        /// What the form is for.
        id: ChoiceId,
        /// The fields by name, as they were typed.
        fields: Vec<(String, String)>,
    },
    /// Used a command whose arguments the platform has told apart, such as a slash command. It does not travel.
    #[serde(skip)]
    Command(Command),
}

impl Request {
    /// A turn without files.
    #[must_use]
    pub fn new(who: Identity, place: Place, input: Input) -> Self {
        Self {
            who,
            place,
            within: None,
            input,
            files: Vec::new(),
            missing: Vec::new(),
            id: None,
            member: None,
        }
    }
}
