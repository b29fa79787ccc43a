//! Marks what really matched: the person's own words, their other endings, corrected words and synonyms.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};

use crate::domain::{Block, Passage, Span, Step};

use super::query::Query;
use super::words::{Stems, is_stop, words};

/// Knows which words matched.
pub struct Marker<'s> {
    matched: HashSet<String>,
    stems: &'s Stems,
    /// What was decided about words already seen: texts repeat them.
    seen: RefCell<HashMap<String, bool>>,
}

impl<'s> Marker<'s> {
    /// Marks the words that a question was answered by.
    #[must_use]
    pub fn new(query: &Query, stems: &'s Stems) -> Self {
        Self::of(query.terms.iter().map(|term| term.stem.clone()).collect(), stems)
    }

    /// Marks the words with these stems.
    #[must_use]
    pub fn of(matched: HashSet<String>, stems: &'s Stems) -> Self {
        Self { matched, stems, seen: RefCell::default() }
    }

    /// The passage with its matches marked. Names of buttons, code and links stay as they are.
    #[must_use]
    pub fn mark(&self, passage: Passage) -> Passage {
        Passage { heading: passage.heading, blocks: self.blocks(passage.blocks) }
    }

    /// A line of text with its matches marked, such as a title.
    #[must_use]
    pub fn line(&self, text: &str) -> Vec<Span> {
        let mut out = Vec::new();
        self.split(text, &mut out);
        out
    }

    fn blocks(&self, blocks: Vec<Block>) -> Vec<Block> {
        blocks.into_iter().map(|block| self.block(block)).collect()
    }

    fn block(&self, block: Block) -> Block {
        match block {
            Block::Paragraph(spans) => Block::Paragraph(self.spans(spans)),
            Block::Heading(spans) => Block::Heading(self.spans(spans)),
            Block::Steps { start, steps } => {
                let steps = steps.into_iter().map(|step| Step { blocks: self.blocks(step.blocks) }).collect();
                Block::Steps { start, steps }
            }
            Block::Bullets(items) => {
                Block::Bullets(items.into_iter().map(|item| self.blocks(item)).collect())
            }
            Block::Quote(blocks) => Block::Quote(self.blocks(blocks)),
            Block::Table(rows) => {
                let row = |row: Vec<Vec<Span>>| row.into_iter().map(|cell| self.spans(cell)).collect();
                Block::Table(rows.into_iter().map(row).collect())
            }
            Block::Code(text) => Block::Code(text),
        }
    }

    fn spans(&self, spans: Vec<Span>) -> Vec<Span> {
        let mut out = Vec::with_capacity(spans.len());
        for span in spans {
            match span {
                Span::Plain(text) => self.split(&text, &mut out),
                Span::Strong(_)
                | Span::Match(_)
                | Span::Code(_)
                | Span::Link { .. }
                | Span::Article { .. }
                | Span::Case(_)
                | Span::Time { .. } => {
                    out.push(span);
                }
            }
        }
        out
    }

    /// Whether a folded word matched.
    pub fn matches(&self, form: String) -> bool {
        let mut seen = self.seen.borrow_mut();
        if let Some(known) = seen.get(&form) {
            return *known;
        }
        let matches = !is_stop(&form) && self.matched.contains(&self.stems.of(&form));
        seen.insert(form, matches);
        matches
    }

    /// Cuts plain text at its matches; not a letter is lost.
    pub fn split(&self, text: &str, out: &mut Vec<Span>) {
        let mut from = 0;
        for word in words(text) {
            if !self.matches(word.form) {
                continue;
            }
            if let (Some(before), Some(hit)) =
                (text.get(from..word.place.start), text.get(word.place.clone()))
            {
                if !before.is_empty() {
                    out.push(Span::Plain(before.to_owned()));
                }
                out.push(Span::Match(hit.to_owned()));
                from = word.place.end;
            }
        }
        if let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
            out.push(Span::Plain(rest.to_owned()));
        }
    }
}
