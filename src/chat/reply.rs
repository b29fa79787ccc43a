//! What the desk answers: meaning, not markup. Every platform renders it in its own way; as JSON it is the API's schema.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::{ArticleId, Block, Kind, Passage, ProductId, Span};

use super::{ChoiceId, Verb};

/// One answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// In reading order.
    pub blocks: Vec<ReplyBlock>,
    /// What the person may want next; each one leads somewhere.
    pub choices: Vec<Choice>,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
}

impl Reply {
    /// Whether there is nothing to show: the turn is not answered.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.blocks.is_empty() && self.choices.is_empty()
    }
}

/// Who may see a reply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Everybody in the conversation.
    #[default]
    Everyone,
    /// Only the person who asked.
    Asker,
}

/// A part of a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReplyBlock {
    /// Running text.
    Paragraph(Vec<Span>),
    /// Text of more than one paragraph: lists, steps, tables.
    Text(Vec<Block>),
    /// An article, or the passage of it that answers.
    Card(Card),
    /// Articles to choose from.
    Articles(Vec<Mention>),
    /// Further articles, named in passing below the choices.
    Also(Vec<Mention>),
    /// Products to choose from.
    Products(Vec<ProductLine>),
    /// What one can say here.
    Commands(Vec<CommandHelp>),
}

/// An article, or the part of it that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Card {
    /// Its permanent name; shown only where it is a number.
    pub id: ArticleId,
    /// What it is about.
    pub title: String,
    /// What sort of article it is.
    pub kind: Kind,
    /// The same in words.
    pub label: String,
    /// What is shown of it: each section with its heading, what matched marked.
    pub sections: Vec<Passage>,
    /// When its content last changed.
    pub updated: Option<NaiveDate>,
    /// The page where the original or the thing itself is.
    pub url: Option<String>,
}

/// An article that is named and can be opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Its permanent name; shown only where it is a number.
    pub id: ArticleId,
    /// What it is about.
    pub title: String,
    /// Its kind in words.
    pub label: String,
    /// Opens it.
    pub press: ChoiceId,
}

/// A product that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProductLine {
    /// Its permanent name.
    pub id: ProductId,
    /// What people call it.
    pub name: String,
    /// Whether it is the present choice.
    pub chosen: bool,
    /// Chooses it.
    pub press: ChoiceId,
}

/// A command, explained.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommandHelp {
    /// How it is written: `/article NUMBER`.
    pub usage: String,
    /// What it does.
    pub about: String,
    /// How it may look.
    pub example: String,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// What pressing it means.
    pub id: ChoiceId,
    /// What is on it.
    pub label: String,
}

impl Choice {
    /// A button with its text.
    #[must_use]
    pub fn new(verb: &Verb, label: impl Into<String>) -> Self {
        Self { id: ChoiceId::of(verb), label: label.into() }
    }
}
