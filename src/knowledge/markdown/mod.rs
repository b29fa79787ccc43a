//! Markdown to passages: `## ` headings divide an article, and a numbered list is a procedure.
//!
//! CommonMark with tables. HTML is never passed on: its tags go, its text stays. No text is lost, whatever comes in;
//! what is nested deeper than twenty levels keeps its text and loses its levels.

mod build;
mod continuing;
mod html;
mod inline;
#[cfg(test)]
mod properties;
mod stack;
mod table;
mod target;
#[cfg(test)]
mod tests;

use pulldown_cmark::{Options, Parser};

use crate::domain::{ArticleId, Passage};

use super::{fault::Remark, lines::Lines};

pub(super) use target::is_web_address;

/// How many lists and quotes may lie inside each other. Nobody reads deeper ones; hostile texts have them.
const DEEPEST: usize = 20;

/// What an article's Markdown says.
#[derive(Debug, Default)]
pub struct Body {
    /// In reading order; the first one has no heading when the text opens with an introduction.
    pub passages: Vec<Passage>,
    /// The links to other articles, with their lines.
    pub links: Vec<(usize, ArticleId)>,
    /// What the author should look at.
    pub remarks: Vec<Remark>,
}

/// Reads Markdown that begins at line `first_line` of its file.
#[must_use]
pub fn parse(text: &str, first_line: usize) -> Body {
    let lines = Lines::of(text, first_line);
    let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
    let mut builder = build::Builder::new(text, &lines);
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        builder.take(event, &range);
    }
    builder.finish()
}
