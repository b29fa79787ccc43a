//! What a transcript holds: the JSON form of a case for people to keep and programs to read.
//!
//! Names are stable. A field that goes or changes its meaning raises [`SCHEMA`]; new ones come without.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::{Priority, Standing};

/// The version of the document.
pub const SCHEMA: u32 = 1;

/// A case from beginning to end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// The version of the document, [`SCHEMA`].
    pub schema: u32,
    /// Whose copy it is.
    pub copy: Audience,
    /// The name of the desk.
    pub desk: String,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// What the case adds up to.
    pub case: Facts,
    /// What only staff may know of it; never in a customer's copy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub internal: Option<Internal>,
    /// What the requester tried before.
    pub tried: TriedBefore,
    /// What happened, the oldest first.
    pub events: Vec<Entry>,
}

/// Whose copy a transcript is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// For the requester and whoever follows the case.
    Customer,
    /// For those who work for the desk, with what is internal.
    Staff,
}

/// A case as it is now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// Its number, as `CASE-000042`.
    pub number: String,
    /// What it is about.
    pub subject: String,
    /// The product's id.
    pub product: Option<String>,
    /// How much it matters.
    pub priority: Priority,
    /// Where it stands.
    pub status: Standing,
    /// Who opened it, by name.
    pub requester: String,
    /// Who works on it, by name.
    pub assignee: Option<String>,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When the last of the events here happened.
    pub updated_at: DateTime<Utc>,
    /// How content the requester was, from 1 to 5.
    pub score: Option<u8>,
}

/// What only staff may know of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Internal {
    /// The queue it waits in.
    pub queue: String,
    /// What it is filed under.
    pub tags: Vec<String>,
    /// Who follows it, by name.
    pub followers: Vec<String>,
    /// The cases that it has to do with.
    pub links: Vec<String>,
}

/// What was tried before the case was opened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedBefore {
    /// The questions, oldest first.
    pub questions: Vec<Asked>,
    /// The guides, oldest first.
    pub guides: Vec<Stopped>,
}

/// A question that was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// The question.
    pub question: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The ids of the articles that were shown.
    pub shown: Vec<String>,
    /// Those of them that did not help.
    pub did_not_help: Vec<String>,
}

/// A guide that was not finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// The article's id.
    pub article: String,
    /// The step at which they stopped; the first is 1.
    pub step: u64,
    /// How many steps it has.
    pub of: u64,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// When.
    pub at: DateTime<Utc>,
    /// On whose side of the case.
    pub by: Author,
    /// The name of whoever did it, or what they are called that have none.
    pub name: String,
    /// What kind of thing it is.
    pub kind: Kind,
    /// Whether only staff may know of it; never so in a customer's copy.
    pub internal: bool,
    /// What happened, as a sentence.
    pub sentence: String,
    /// What was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The files that came with it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// Where the case stands from here on, where that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<Standing>,
    /// How much it matters from here on, where that changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// How content the requester was, from 1 to 5, where they said it here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
}

/// On whose side of a case somebody is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Author {
    /// The requester, or whoever follows the case.
    Customer,
    /// Somebody who works for the desk.
    Staff,
    /// The desk by itself.
    Desk,
}

/// The kinds of things that happen to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is explained at `domain::case::What`")]
pub enum Kind {
    Opened,
    Message,
    Note,
    Corrected,
    Status,
    Assigned,
    Moved,
    Prioritised,
    Renamed,
    Tagged,
    Untagged,
    Followed,
    Unfollowed,
    Linked,
    Unlinked,
    Reminded,
    Warned,
    Rated,
}

/// A file, which is named and never within the transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// What it is called.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its media type.
    pub media: String,
}
