//! The timeline of a case: what happened to it, in order. Nothing in it is ever changed but by erasing a person.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{PersonId, Place, ProductId};

use super::{
    Attachment, CaseNumber, Correction, Priority, QueueId, Rating, Status, Subject, Tag, Text, Tried,
};

/// The most bytes of what a platform calls a turn.
pub const MOST_SOURCE: usize = 100;

/// One entry of a case's timeline.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// The case.
    pub case: CaseNumber,
    /// Its place in the timeline; the first is 1.
    pub number: u32,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it.
    pub by: By,
    /// What happened.
    pub what: What,
}

/// Who does something to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// The person whose case it is, or who follows it.
    Requester(PersonId),
    /// Somebody who works for the desk.
    Staff(PersonId),
    /// The desk, by itself.
    Desk,
}

impl By {
    /// The person, where it was one.
    #[must_use]
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Requester(person) | Self::Staff(person) => Some(person),
            Self::Desk => None,
        }
    }
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// The case was opened: always the first event, and only that.
    Opened(Box<Opening>),
    /// Somebody wrote to the other side.
    Message(Written),
    /// Staff wrote something that only staff may read.
    Note(Written),
    /// The status changed.
    Became(Status),
    /// Somebody works on it from now on, or nobody.
    Assigned(Option<PersonId>),
    /// It waits in another queue.
    Moved(QueueId),
    /// It matters more or less.
    Prioritised(Priority),
    /// It is about something else than it was thought to be.
    Renamed(Subject),
    /// It got a tag.
    Tagged(Tag),
    /// It lost a tag.
    Untagged(Tag),
    /// Somebody hears of its news from now on.
    Followed(PersonId),
    /// Somebody no longer does.
    Unfollowed(PersonId),
    /// Somebody changed what they wrote, or took it back.
    Corrected(Correction),
    /// It has to do with another case.
    Linked(CaseNumber),
    /// It no longer has.
    Unlinked(CaseNumber),
    /// The requester was reminded that an answer waits.
    Reminded,
    /// The requester was told that it will be closed then.
    Warned {
        /// When it will be closed if nothing is heard.
        closes_at: DateTime<Utc>,
    },
    /// The requester said how content they were.
    Rated(Rating),
}

impl What {
    /// Whether only staff may know of it.
    #[must_use]
    pub fn is_internal(&self) -> bool {
        match self {
            Self::Note(_)
            | Self::Moved(_)
            | Self::Tagged(_)
            | Self::Untagged(_)
            | Self::Followed(_)
            | Self::Unfollowed(_)
            | Self::Linked(_)
            | Self::Unlinked(_) => true,
            Self::Corrected(correction) => correction.internal,
            Self::Opened(_)
            | Self::Message(_)
            | Self::Became(_)
            | Self::Assigned(_)
            | Self::Prioritised(_)
            | Self::Renamed(_)
            | Self::Reminded
            | Self::Warned { .. }
            | Self::Rated(_) => false,
        }
    }

    /// What was written with it to the other side, or among staff.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        match self {
            Self::Opened(opening) => opening.description.as_ref(),
            Self::Message(written) | Self::Note(written) => written.text.as_ref(),
            Self::Corrected(correction) => correction.text.as_ref(),
            Self::Became(_)
            | Self::Assigned(_)
            | Self::Moved(_)
            | Self::Prioritised(_)
            | Self::Renamed(_)
            | Self::Tagged(_)
            | Self::Untagged(_)
            | Self::Followed(_)
            | Self::Unfollowed(_)
            | Self::Linked(_)
            | Self::Unlinked(_)
            | Self::Reminded
            | Self::Warned { .. }
            | Self::Rated(_) => None,
        }
    }

    /// The files that came with it.
    #[must_use]
    pub fn files(&self) -> &[Attachment] {
        match self {
            Self::Opened(opening) => &opening.files,
            Self::Message(written) | Self::Note(written) => &written.files,
            Self::Corrected(_)
            | Self::Became(_)
            | Self::Assigned(_)
            | Self::Moved(_)
            | Self::Prioritised(_)
            | Self::Renamed(_)
            | Self::Tagged(_)
            | Self::Untagged(_)
            | Self::Followed(_)
            | Self::Unfollowed(_)
            | Self::Linked(_)
            | Self::Unlinked(_)
            | Self::Reminded
            | Self::Warned { .. }
            | Self::Rated(_) => &[],
        }
    }
}

/// With what a case begins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opening {
    /// Whose case it is.
    pub requester: PersonId,
    /// What it is about.
    pub subject: Subject,
    /// All that the requester said; none where the subject is all.
    #[serde(default)]
    pub description: Option<Text>,
    /// The product.
    #[serde(default)]
    pub product: Option<ProductId>,
    /// The queue it waits in.
    pub queue: QueueId,
    /// How much it matters.
    pub priority: Priority,
    /// Where it was opened: news go there.
    pub place: Place,
    /// What was tried before.
    #[serde(default)]
    pub tried: Tried,
    /// Files that came with it.
    #[serde(default)]
    pub files: Vec<Attachment>,
    /// Cases that it has to do with: the one that could no longer be opened again.
    #[serde(default)]
    pub links: Vec<CaseNumber>,
}

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// The words; none where only files were sent.
    #[serde(default)]
    pub text: Option<Text>,
    /// The files.
    #[serde(default)]
    pub files: Vec<Attachment>,
    /// What the platform calls the turn in which it was written, where it was said in the room of the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
}

impl Written {
    /// Words without files; none where files are to come.
    #[must_use]
    pub fn new(text: Option<Text>) -> Self {
        Self { text, files: Vec::new(), source: None }
    }

    /// The same as it was said in the room of the case. A name that is too long for one is none.
    #[must_use]
    pub fn said_in(self, source: Option<&str>) -> Self {
        let source = source.filter(|source| source.len() <= MOST_SOURCE);
        Self { source: source.map(str::to_owned), ..self }
    }
}

/// What the platform calls the turn from which an event came, where it was said in the room of the case: whoever is there has read it.
#[must_use]
pub fn is_from_room(event: &Event) -> Option<&str> {
    match &event.what {
        What::Message(written) | What::Note(written) => written.source.as_deref(),
        What::Corrected(correction) => correction.source.as_deref(),
        What::Opened(_)
        | What::Became(_)
        | What::Assigned(_)
        | What::Moved(_)
        | What::Prioritised(_)
        | What::Renamed(_)
        | What::Tagged(_)
        | What::Untagged(_)
        | What::Followed(_)
        | What::Unfollowed(_)
        | What::Linked(_)
        | What::Unlinked(_)
        | What::Reminded
        | What::Warned { .. }
        | What::Rated(_) => None,
    }
}
