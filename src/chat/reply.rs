//! What the desk answers: meaning, not markup. Every platform renders it in its own way; as JSON it is the API's schema.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::CaseNumber;
use crate::domain::{ArticleId, Block, Kind, Passage, ProductId, Span};

use super::{ChoiceId, Verb};

/// One answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Reply {
    /// In reading order.
    pub blocks: Vec<ReplyBlock>,
    /// What the person may want next; each one leads somewhere.
    pub choices: Vec<Choice>,
    /// What is to be filled in; a door that has no forms asks for one field after the other.
    #[serde(default)]
    pub form: Option<Form>,
    /// Who may see it.
    #[serde(default)]
    pub visibility: Visibility,
}

impl Reply {
    /// This reply, and another one after it. What is offered first is offered once.
    #[must_use]
    pub fn and(mut self, mut next: Self) -> Self {
        self.blocks.append(&mut next.blocks);
        for choice in next.choices {
            if !self.choices.iter().any(|own| own.id == choice.id) {
                self.choices.push(choice);
            }
        }
        let is_second = !self.is_silent();
        self.form = next.form.map(|form| Form { at_once: form.at_once && !is_second, ..form }).or(self.form);
        self.visibility = self.visibility.max(next.visibility);
        self
    }

    /// Whether there is nothing to show: the turn is not answered.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        self.blocks.is_empty() && self.choices.is_empty() && self.form.is_none()
    }
}

/// Who may see a reply.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Visibility {
    /// Everybody in the conversation.
    #[default]
    Everyone,
    /// Only the person who asked.
    Asker,
}

/// A part of a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
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
    /// Cases to choose from.
    Cases(Vec<CaseLine>),
    /// What happened in a case, oldest first.
    Timeline(Vec<TimelineEntry>),
    /// A file that the desk made, to be shown or saved.
    File(Document),
    /// Lists of a server's channels or roles to pick from.
    Pickers(Vec<Picker>),
    /// How far somebody has come in something.
    Progress(Progress),
}

/// How far somebody has come in a guide.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Progress {
    /// What they are doing.
    pub title: String,
    /// The step that they are at; the first is 1, and 0 is before it.
    pub at: usize,
    /// How many steps there are.
    pub of: usize,
}

/// A list of a server's channels or roles, to pick some of them. What was picked comes back as a form with this id and one field,
/// [`PICKED`], that holds their numbers, separated by commas.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Picker {
    /// What picking means.
    pub id: ChoiceId,
    /// What is picked.
    pub label: String,
    /// What becomes of what is picked, in a sentence.
    #[serde(default)]
    pub about: String,
    /// Of what.
    pub kind: PickerKind,
    /// The numbers of those that are picked now.
    pub chosen: Vec<u64>,
    /// The most that can be picked, from 1 to 25.
    pub most: u8,
}

/// The field in which the numbers of what was picked come back.
pub const PICKED: &str = "picked";

/// What is picked from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PickerKind {
    /// Channels that people write in.
    TextChannels,
    /// Those of them that can have private threads.
    ChannelsWithThreads,
    /// Channels of forum posts.
    ForumChannels,
    /// Roles.
    Roles,
}

/// A form: what the person is to fill in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Form {
    /// What it is for; goes back with what was filled in.
    pub id: ChoiceId,
    /// What stands above it.
    pub title: String,
    /// Whether it is all that the reply is about, so that a door with forms may show it at once.
    #[serde(default)]
    pub at_once: bool,
    /// The fields, in order. A door may hand in some of them; what is missing is asked for again. Text that is typed is for the first.
    pub fields: Vec<Field>,
}

/// A field of a form.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Field {
    /// Its name, which goes back with the text.
    pub name: String,
    /// What is asked for.
    pub label: String,
    /// What kind of text it takes.
    pub kind: FieldKind,
    /// Whether it may be left empty.
    pub optional: bool,
    /// The most characters.
    pub most: usize,
    /// What stands in it to begin with.
    #[serde(default)]
    pub value: Option<String>,
}

/// What kind of text a field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FieldKind {
    /// One line.
    Line,
    /// Several lines.
    Paragraphs,
}

/// A case in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CaseLine {
    /// Its number.
    pub number: CaseNumber,
    /// What it is about.
    pub subject: String,
    /// Where it stands, and what else the reader needs to choose: in words.
    pub about: String,
    /// When something last happened to it.
    pub updated: DateTime<Utc>,
    /// Shows it.
    pub press: ChoiceId,
}

/// Something that happened in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct TimelineEntry {
    /// When.
    pub at: DateTime<Utc>,
    /// Who did what, in one sentence.
    pub title: String,
    /// What they wrote, line by line as they did; not markup.
    pub text: Option<String>,
    /// The files that came with it: names and sizes.
    pub files: Vec<String>,
    /// Whether only staff may read it.
    pub internal: bool,
}

/// A file that the desk made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct Document {
    /// What it is called: a harmless name without a path.
    pub name: String,
    /// Its media type.
    pub media: String,
    /// All of it.
    pub text: String,
}

/// An article, or the part of it that answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CommandHelp {
    /// How it is written: `/article NUMBER`.
    pub usage: String,
    /// What it does.
    pub about: String,
    /// How it may look.
    pub example: String,
}

/// A button.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
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
