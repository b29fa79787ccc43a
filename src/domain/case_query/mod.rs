//! What somebody looks for among cases, in words and fields: `printer status:open created:>2026-01-01 -tag:billing`.

mod field;
mod note;
mod parse;
#[cfg(test)]
mod tests;
mod time;
mod token;

use super::PersonId;
use super::case::{CaseNumber, Priority, Standing};

pub use field::FieldName;
pub use note::Note;
pub use parse::parse;
pub use time::Span;

/// The most characters that are read of what somebody looks for.
pub const MOST_CHARACTERS: usize = 2_000;
/// The most words and conditions.
pub const MOST_PARTS: usize = 32;

/// What somebody looks for. All of it has to hold, but that of conditions on the same field one is enough.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseQuery {
    /// Words and phrases, in the order in which they were written.
    pub words: Vec<Sought>,
    /// Conditions on fields.
    pub conditions: Vec<Condition>,
    /// The cases that are named; they come first.
    pub named: Vec<CaseNumber>,
    /// What was not understood, and what was made of it.
    pub notes: Vec<Note>,
}

/// A word or phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sought {
    /// As it was written.
    pub text: String,
    /// Whether its words have to stand side by side.
    pub is_phrase: bool,
    /// Whether a case must not have it.
    pub is_excluded: bool,
}

/// A condition on a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// What has to be so; one of these is enough.
    pub any: Vec<Is>,
    /// Whether it must not be so.
    pub is_excluded: bool,
}

/// What a field has to be.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it; they are those of a case's fields")]
pub enum Is {
    Standing(Standing),
    Assignee(Whom),
    Requester(Whom),
    Queue(String),
    Tag(String),
    Product(String),
    Priority(Priority),
    Created(Span),
    Updated(Span),
    Number(CaseNumber),
    /// It has a file.
    WithFile,
    /// Its requester said how content they were, or did not.
    Rated(bool),
}

/// A person, as somebody names them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whom {
    /// Whoever asks.
    Me,
    /// Nobody.
    Nobody,
    /// This one.
    Person(PersonId),
}

impl Is {
    /// The field that it is about.
    #[must_use]
    pub const fn field(&self) -> FieldName {
        match self {
            Self::Standing(_) => FieldName::Status,
            Self::Assignee(_) => FieldName::Assignee,
            Self::Requester(_) => FieldName::Requester,
            Self::Queue(_) => FieldName::Queue,
            Self::Tag(_) => FieldName::Tag,
            Self::Product(_) => FieldName::Product,
            Self::Priority(_) => FieldName::Priority,
            Self::Created(_) => FieldName::Created,
            Self::Updated(_) => FieldName::Updated,
            Self::Number(_) => FieldName::Number,
            Self::WithFile => FieldName::Has,
            Self::Rated(_) => FieldName::Is,
        }
    }

    /// Whether only staff know of it: what a case is filed under, where it waits, and other people's numbers.
    #[must_use]
    pub const fn is_internal(&self) -> bool {
        match self {
            Self::Queue(_)
            | Self::Tag(_)
            | Self::Assignee(Whom::Person(_))
            | Self::Requester(Whom::Person(_)) => true,
            Self::Standing(_)
            | Self::Assignee(Whom::Me | Whom::Nobody)
            | Self::Requester(Whom::Me | Whom::Nobody)
            | Self::Product(_)
            | Self::Priority(_)
            | Self::Created(_)
            | Self::Updated(_)
            | Self::Number(_)
            | Self::WithFile
            | Self::Rated(_) => false,
        }
    }
}
