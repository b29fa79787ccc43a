//! Text with meaning instead of markup: what articles hold and replies show.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::ArticleId;
use super::case::CaseNumber;

/// A stretch of text within a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Span {
    /// Ordinary text.
    Plain(String),
    /// Names of menus and buttons, and whatever else an author set in bold.
    Strong(String),
    /// What a search matched; made when an answer is shown, never stored.
    Match(String),
    /// Commands, file names, codes.
    Code(String),
    /// A link that leaves the desk.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        url: String,
    },
    /// A link to another article of the desk.
    Article {
        /// What is shown.
        text: String,
        /// The article it leads to.
        id: ArticleId,
    },
    /// A case of the reader's, or one that staff may see; only in replies.
    Case(CaseNumber),
    /// A moment, which each door writes in the reader's zone; only in replies.
    Time {
        /// When.
        at: DateTime<Utc>,
        /// How much of it is said.
        style: TimeStyle,
    },
}

/// How much is said of a moment. The day is left out where it is today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimeStyle {
    /// The day and the time: "22 November at 14:10".
    Moment,
    /// Only the day.
    Day,
}

impl Span {
    /// What is read, without the markup.
    #[must_use]
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Plain(text)
            | Self::Strong(text)
            | Self::Match(text)
            | Self::Code(text)
            | Self::Link { text, .. }
            | Self::Article { text, .. } => Cow::Borrowed(text),
            Self::Case(number) => Cow::Owned(number.to_string()),
            Self::Time { at, style: TimeStyle::Moment } => {
                Cow::Owned(at.format("%-d %B %Y at %H:%M UTC").to_string())
            }
            Self::Time { at, style: TimeStyle::Day } => Cow::Owned(at.format("%-d %B %Y").to_string()),
        }
    }
}

/// A part of an article or of a reply.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(no_recursion)]
#[serde(rename_all = "kebab-case")]
pub enum Block {
    /// Running text.
    Paragraph(Vec<Span>),
    /// A heading below the passage's own.
    Heading(Vec<Span>),
    /// A numbered list: a procedure.
    Steps {
        /// The number of the first step, usually 1.
        start: u64,
        /// In order.
        steps: Vec<Step>,
    },
    /// A list without numbers.
    Bullets(Vec<Vec<Block>>),
    /// Text kept as it was typed.
    Code(String),
    /// What somebody else said: a message, a note, a warning.
    Quote(Vec<Block>),
    /// Rows of cells; the first row is the head.
    Table(Vec<Vec<Vec<Span>>>),
}

/// One step of a procedure: its sentence first, then what belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[schema(no_recursion)]
pub struct Step {
    /// Never empty in a loaded article.
    pub blocks: Vec<Block>,
}

impl Block {
    /// Calls `visit` with every span, in reading order.
    pub fn for_each_span<'a>(&'a self, visit: &mut dyn FnMut(&'a Span)) {
        match self {
            Self::Paragraph(spans) | Self::Heading(spans) => spans.iter().for_each(visit),
            Self::Steps { steps, .. } => each(steps.iter().flat_map(|step| &step.blocks), visit),
            Self::Bullets(items) => each(items.iter().flatten(), visit),
            Self::Quote(blocks) => each(blocks, visit),
            Self::Table(rows) => rows.iter().flatten().flatten().for_each(visit),
            Self::Code(_) => {}
        }
    }

    /// Appends what is read, one line for each paragraph, step, item or row.
    pub fn write_text(&self, out: &mut String) {
        match self {
            Self::Paragraph(spans) | Self::Heading(spans) => write_line(spans, out),
            Self::Steps { steps, .. } => {
                steps.iter().flat_map(|step| &step.blocks).for_each(|b| b.write_text(out));
            }
            Self::Bullets(items) => items.iter().flatten().for_each(|block| block.write_text(out)),
            Self::Quote(blocks) => blocks.iter().for_each(|block| block.write_text(out)),
            Self::Code(text) => {
                out.push_str(text);
                end_line(out);
            }
            Self::Table(rows) => {
                for row in rows {
                    for cell in row {
                        write_spans(cell, out);
                        out.push(' ');
                    }
                    end_line(out);
                }
            }
        }
    }
}

fn each<'a>(blocks: impl IntoIterator<Item = &'a Block>, visit: &mut dyn FnMut(&'a Span)) {
    blocks.into_iter().for_each(|block| block.for_each_span(visit));
}

fn write_line(spans: &[Span], out: &mut String) {
    write_spans(spans, out);
    end_line(out);
}

fn write_spans(spans: &[Span], out: &mut String) {
    for span in spans {
        out.push_str(&span.text());
    }
}

fn end_line(out: &mut String) {
    if !out.ends_with('\n') {
        out.push('\n');
    }
}
