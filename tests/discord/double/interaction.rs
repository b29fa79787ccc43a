//! An interaction as Discord keeps it: what was done, by whom, and what the bot answered.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};

use super::{id::Id, model::Message, render, state::State};

/// The first answer has to come within this.
pub const FIRST_ANSWER: TimeDelta = TimeDelta::seconds(3);
/// After this the token is worth nothing.
pub const TOKEN_LIVES: TimeDelta = TimeDelta::minutes(15);

/// What somebody did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Did {
    Command,
    Component,
    Autocomplete,
    Modal,
}

impl Did {
    /// Discord's number for it.
    pub fn number(self) -> u8 {
        match self {
            Self::Command => 2,
            Self::Component => 3,
            Self::Autocomplete => 4,
            Self::Modal => 5,
        }
    }
}

/// The bot's first answer.
#[derive(Debug, Clone)]
pub struct Answered {
    /// The callback's type: 4 a message, 5 a message later, 6 a change later, 7 a change, 8 choices, 9 a modal.
    pub kind: u64,
    pub data: Value,
}

/// An interaction.
#[derive(Debug)]
pub struct Interaction {
    pub id: Id,
    pub token: String,
    pub did: Did,
    pub user: Id,
    pub channel: Id,
    /// The command's name, for commands and their autocomplete.
    pub command: Option<String>,
    /// The message with the button, or the one that a menu was opened on.
    pub message: Option<Id>,
    pub at: DateTime<Utc>,
    pub answered: Option<Answered>,
    /// The message that `@original` names, once there is one.
    pub original: Option<Id>,
    /// Messages beyond the first.
    pub followups: Vec<Id>,
    /// What messages became through this token, in order.
    pub edits: Vec<Message>,
}

impl Interaction {
    /// Whether a modal was opened from a message's button, so that the message can be changed.
    pub fn on_message(&self) -> bool {
        self.message.is_some() && matches!(self.did, Did::Component | Did::Modal)
    }

    /// Whether the bot may answer with a callback of this type.
    pub fn takes(&self, kind: u64) -> bool {
        match self.did {
            Did::Command => matches!(kind, 4 | 5 | 9),
            Did::Component => matches!(kind, 4..=7 | 9),
            Did::Autocomplete => kind == 8,
            Did::Modal => matches!(kind, 4 | 5) || (matches!(kind, 6 | 7) && self.on_message()),
        }
    }

    /// What a message tells of the interaction that it answers.
    pub fn metadata(&self, state: &State, message: &Message) -> Value {
        let owners = match state.channels.get(&self.channel).and_then(|channel| channel.guild) {
            Some(guild) => json!({ "0": guild }),
            None => json!({ "1": self.user }),
        };
        let mut value = json!({
            "id": self.id, "type": self.did.number(), "user": render::user(state.user(self.user)),
            "authorizing_integration_owners": owners,
        });
        if self.original.is_some_and(|original| original != message.id) {
            value["original_response_message_id"] = json!(self.original);
        }
        match self.did {
            Did::Component => value["interacted_message_id"] = json!(self.message),
            Did::Modal => {
                let command = json!({ "id": self.id, "type": 2, "user": value["user"],
                    "authorizing_integration_owners": value["authorizing_integration_owners"] });
                value["triggering_interaction_metadata"] = command;
            }
            Did::Command | Did::Autocomplete => {}
        }
        value
    }
}
