//! The small facts of a case: priority, tags, rating, and what was tried before it was opened.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::ArticleId;
use crate::domain::id::{InvalidId, is_slug, slug};

/// How much it matters, from the least to the most.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Priority {
    Low,
    #[default]
    Normal,
    High,
    Urgent,
}

impl Priority {
    /// All of them, the least first.
    pub const ALL: [Self; 4] = [Self::Low, Self::Normal, Self::High, Self::Urgent];

    /// Its name, in a command, a search and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Normal => "normal",
            Self::High => "high",
            Self::Urgent => "urgent",
        }
    }

    /// The priority with this name; case does not matter.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|priority| priority.name().eq_ignore_ascii_case(name.trim()))
    }
}

/// The line in which a case waits, a slug such as `technical-support`. The settings list them.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct QueueId(String);

/// A word that staff file a case under, a slug such as `billing`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Tag(String);

/// The most bytes of a tag.
const MOST_TAG: usize = 40;

impl QueueId {
    /// Accepts a slug.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if is_slug(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId::of(text, "queue")) }
    }

    /// The id as it is written in settings and commands.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Tag {
    /// Makes a tag of what somebody typed: "Needs billing" is `needs-billing`.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        slug(text).filter(|tag| tag.len() <= MOST_TAG).map(Self).ok_or_else(|| InvalidId::of(text, "tag"))
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QueueId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Tag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for QueueId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<QueueId> for String {
    fn from(id: QueueId) -> Self {
        id.0
    }
}

impl TryFrom<String> for Tag {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<Tag> for String {
    fn from(tag: Tag) -> Self {
        tag.0
    }
}

/// How content the requester was, from 1 (not at all) to 5 (entirely).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rating {
    /// From 1 to 5.
    pub score: Score,
    /// What they said about it.
    #[serde(default)]
    pub comment: Option<String>,
}

/// A number from 1 to 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Score(u8);

impl Score {
    /// A score from 1 to 5; `None` for any other number.
    #[must_use]
    pub fn new(number: u8) -> Option<Self> {
        (1..=5).contains(&number).then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub fn number(self) -> u8 {
        self.0
    }
}

impl TryFrom<u8> for Score {
    type Error = String;
    fn try_from(number: u8) -> Result<Self, String> {
        Self::new(number).ok_or_else(|| format!("{number} is no score from 1 to 5"))
    }
}

impl From<Score> for u8 {
    fn from(score: Score) -> Self {
        score.0
    }
}

/// What the requester tried before the case was opened, so that nobody proposes it again.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// The questions, oldest first.
    #[serde(default)]
    pub questions: Vec<TriedQuestion>,
    /// Where they stopped in guides, oldest first.
    #[serde(default)]
    pub guides: Vec<TriedGuide>,
}

impl Tried {
    /// Whether nothing was tried.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.questions.is_empty() && self.guides.is_empty()
    }
}

/// A question that was asked, and what it led to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedQuestion {
    /// What was asked.
    pub text: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The articles that were shown.
    #[serde(default)]
    pub shown: Vec<ArticleId>,
    /// Those of them that the requester said did not help.
    #[serde(default)]
    pub did_not_help: Vec<ArticleId>,
}

/// A guide that was begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedGuide {
    /// The article.
    pub article: ArticleId,
    /// What the guide is called; empty where it was not noted.
    #[serde(default)]
    pub name: String,
    /// The step at which they stopped; the first is 1.
    pub step: u64,
    /// How many steps it has.
    pub of: u64,
}
