//! The tables of conversations, flows and answers.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::flow::Flow;
use crate::chat::{Memory, Ticket};
use crate::domain::{ArticleId, Digest, PersonId, Place, ProductId};
use crate::services::cases::table::person_key;
use crate::store::{Index, Key, Table};

/// The longest name of a conversation that stands in a key as it is, in bytes.
const MOST_NAME: usize = 100;

/// What is kept of one person's conversation at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Whose.
    pub person: PersonId,
    /// Where: the platform and what it calls the conversation.
    pub place: String,
    /// What it remembers.
    #[serde(default)]
    pub memory: Memory,
    /// The flow that goes on here.
    #[serde(default)]
    pub flow: Option<Ticket>,
    /// Up to when news were told here; none where none ever were.
    #[serde(default)]
    pub told: Option<DateTime<Utc>>,
    /// When somebody last said something here.
    #[serde(default)]
    pub at: DateTime<Utc>,
}

impl Conversation {
    /// One that begins.
    #[must_use]
    pub fn begins(person: PersonId, place: &Place) -> Self {
        let at = DateTime::UNIX_EPOCH;
        Self { person, place: place_name(place), memory: Memory::default(), flow: None, told: None, at }
    }
}

/// All conversations.
pub const CONVERSATIONS: Table<Conversation> =
    Table::new("conversation", |talk| place_key(talk.person, &talk.place), &[]);

/// A flow, with whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowRecord {
    /// Whose.
    pub person: PersonId,
    /// The flow.
    pub flow: Flow,
}

/// All flows.
pub const FLOWS: Table<FlowRecord> =
    Table::new("flow", |record| ticket_key(record.person, record.flow.id), &[GOING, FLOWS_AT]);

/// A person's flows under way, by when they were begun.
pub const GOING: Index<FlowRecord> = Index {
    name: "going",
    unique: false,
    keys: |record| {
        let going = record.flow.is_going();
        going.then(|| person_key(record.person).text(&moment(record.flow.begun))).into_iter().collect()
    },
};

/// All flows by when they were begun, to be forgotten one day.
pub const FLOWS_AT: Index<FlowRecord> =
    Index { name: "at", unique: false, keys: |record| vec![Key::of(&moment(record.flow.begun))] };

/// An answer that somebody got: the question, what was shown, and what they said of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// Its name among the person's answers.
    pub id: Ticket,
    /// Who asked.
    pub person: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub text: String,
    /// The product that it was limited to.
    #[serde(default)]
    pub product: Option<ProductId>,
    /// Whether the desk was sure of the first result.
    #[serde(default)]
    pub confident: bool,
    /// Why it was asked.
    #[serde(default)]
    pub source: Source,
    /// The articles that were shown, in order; each place is a place among the results.
    #[serde(default)]
    pub shown: BTreeMap<usize, ArticleId>,
    /// What the person said of each of them.
    #[serde(default)]
    pub votes: BTreeMap<ArticleId, Vote>,
}

/// Why articles were looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// Somebody asked a question.
    #[default]
    Question,
    /// Somebody was about to open a case: an article that solved it is a deflection.
    Case,
}

/// Whether an article solved it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Whether it did.
    pub solved: bool,
    /// When the person said so.
    pub at: DateTime<Utc>,
}

/// All answers.
pub const ANSWERS: Table<Answered> =
    Table::new("answer", |answer| ticket_key(answer.person, answer.id), &[ANSWERS_AT]);

/// All answers by time: what is asked, and what the articles lack.
pub const ANSWERS_AT: Index<Answered> =
    Index { name: "at", unique: false, keys: |answer| vec![Key::of(&moment(answer.at))] };

/// The key of what is kept for a person under a ticket.
#[must_use]
pub fn ticket_key(person: PersonId, ticket: Ticket) -> Key {
    person_key(person).text(&ticket.to_string())
}

pub(super) fn conversation_key(person: PersonId, place: &Place) -> Key {
    place_key(person, &place_name(place))
}

pub(super) fn place_key(person: PersonId, place: &str) -> Key {
    person_key(person).text(place)
}

/// What a place is called in a key. A long name of a platform's is shortened to a digest.
fn place_name(place: &Place) -> String {
    let name = &place.conversation;
    let platform = place.platform.name();
    if name.len() <= MOST_NAME {
        format!("{platform}:{name}")
    } else {
        format!("{platform}#{}", Digest::of(name))
    }
}

pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
