//! Renders paragraphs, steps, lists, code and quotes.

use crate::domain::{Block, Span, Step};

use super::inline::inline;
use super::safe;
use super::style::{QUIET, STRONG, paint};
use super::table::table;
use super::view::View;
use super::wrap::{columns, wrap};

/// The lines of blocks, with space between those that would run together.
pub fn prose(blocks: &[Block], view: View) -> Vec<String> {
    let mut lines = Vec::new();
    let mut before: Option<&Block> = None;
    for next in blocks {
        if before.is_some_and(|before| needs_space(before, next)) {
            lines.push(String::new());
        }
        lines.extend(block(next, view));
        before = Some(next);
    }
    lines
}

/// A list belongs to the sentence before it, and a heading to what follows.
fn needs_space(before: &Block, next: &Block) -> bool {
    match (before, next) {
        (Block::Heading(_), _) => false,
        (Block::Paragraph(_), next) => matches!(next, Block::Paragraph(_) | Block::Heading(_)),
        (Block::Steps { .. } | Block::Bullets(_) | Block::Code(_) | Block::Quote(_) | Block::Table(_), _) => {
            true
        }
    }
}

fn block(block: &Block, view: View) -> Vec<String> {
    match block {
        Block::Paragraph(spans) => wrap(&inline(spans, view), view.width),
        Block::Heading(spans) => {
            let text: String = spans.iter().map(Span::text).collect();
            wrap(&paint(STRONG, &safe::line(&text)), view.width)
        }
        Block::Steps { start, steps } => numbered(*start, steps, view),
        Block::Bullets(items) => items.iter().flat_map(|item| item_of(item, "• ", view)).collect(),
        Block::Code(text) => text.lines().map(|line| format!("    {}", safe::code(line))).collect(),
        Block::Quote(blocks) => {
            let bar = paint(QUIET, "│");
            let inner = prose(blocks, view.within(2));
            inner.into_iter().map(|line| format!("{bar} {line}").trim_end().to_owned()).collect()
        }
        Block::Table(rows) => table(rows, view),
    }
}

fn numbered(start: u64, steps: &[Step], view: View) -> Vec<String> {
    let number = |at: usize| start.saturating_add(at as u64);
    let digits = number(steps.len().saturating_sub(1)).to_string().len();
    let step =
        |(at, step): (usize, &Step)| item_of(&step.blocks, &format!("{:>digits$}. ", number(at)), view);
    steps.iter().enumerate().flat_map(step).collect()
}

/// An item of a list: its mark, and everything in it indented as far. Nested blocks stand close together.
fn item_of(blocks: &[Block], mark: &str, view: View) -> Vec<String> {
    let indent = columns(mark);
    let inner = blocks.iter().flat_map(|inner| block(inner, view.within(indent)));
    let mut lines = Vec::new();
    for line in inner {
        let before = if lines.is_empty() { mark.to_owned() } else { " ".repeat(indent) };
        lines.push(format!("{before}{line}"));
    }
    if lines.is_empty() {
        lines.push(mark.trim_end().to_owned());
    }
    lines
}
