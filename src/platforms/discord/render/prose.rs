//! Sets paragraphs, steps, lists, code and quotes.

use crate::domain::{Block, Step};

use super::inline::atoms;
use super::line::{Line, Style, TextLine, words};
use super::table::table;

/// Lists are indented no further; nobody reads as deep.
const DEEPEST: usize = 40;
/// The mark of a quote.
pub const QUOTE: &str = "> ";

/// The lines of blocks, with space between those that would run together.
pub fn prose(blocks: &[Block]) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut before: Option<&Block> = None;
    for next in blocks {
        let own = block(next);
        if own.is_empty() {
            continue;
        }
        if before.is_some_and(|before| needs_space(before, next)) {
            lines.push(Line::Blank);
        }
        lines.extend(own);
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

fn block(block: &Block) -> Vec<Line> {
    match block {
        Block::Paragraph(spans) => of_text(TextLine::of(atoms(spans))),
        Block::Heading(spans) => {
            let text: String = spans.iter().map(crate::domain::Span::text).collect();
            heading(&text).into_iter().collect()
        }
        Block::Steps { start, steps } => numbered(*start, steps),
        Block::Bullets(items) => items.iter().flat_map(|item| item_of(item, "- ")).collect(),
        Block::Code(text) => code(text).into_iter().collect(),
        Block::Quote(blocks) => quoted(prose(blocks)),
        Block::Table(rows) => table(rows),
    }
}

/// A heading, in bold; none without words.
pub fn heading(text: &str) -> Option<Line> {
    let atoms = words(Style::Bold, super::clean::line(text).trim());
    let line = TextLine { is_heading: true, ..TextLine::of(atoms) };
    (!line.is_empty()).then_some(Line::Text(line))
}

/// A line, where it has words.
fn of_text(line: TextLine) -> Vec<Line> {
    if line.is_empty() { Vec::new() } else { vec![Line::Text(line)] }
}

fn code(text: &str) -> Option<Line> {
    let rows = super::clean::code(text);
    let from = rows.iter().position(|row| !row.trim().is_empty())?;
    let to = rows.iter().rposition(|row| !row.trim().is_empty())?;
    Some(Line::Code { lead: "", rows: rows.get(from..=to)?.to_vec() })
}

fn numbered(start: u64, steps: &[Step]) -> Vec<Line> {
    let numbers = (0..).map(|at| start.saturating_add(at));
    steps
        .iter()
        .zip(numbers)
        .flat_map(|(step, number)| item_of(&step.blocks, &format!("{number}. ")))
        .collect()
}

/// An item of a list: its mark, and everything in it indented as far. What is not text in its first line begins in the next.
fn item_of(blocks: &[Block], mark: &str) -> Vec<Line> {
    let indent = " ".repeat(mark.len());
    let mut inner = blocks.iter().flat_map(block).collect::<Vec<_>>();
    let opens_with_text = matches!(inner.first(), Some(Line::Text(line)) if line.lead.is_empty());
    if !opens_with_text {
        inner.insert(0, Line::Text(TextLine { is_heading: true, ..TextLine::default() }));
    }
    let mut lines: Vec<Line> = inner.into_iter().map(|line| behind(line, &indent, "")).collect();
    if let Some(Line::Text(first)) = lines.first_mut() {
        mark.clone_into(&mut first.lead);
    }
    lines
}

/// What somebody else said. Discord has no quotes within quotes, so there is one mark.
pub fn quoted(lines: Vec<Line>) -> Vec<Line> {
    lines.into_iter().map(|line| behind(line, QUOTE, QUOTE)).collect()
}

/// A line behind a mark or an indent. Code stands at the margin, since Discord would show the indent as part of it; only the
/// mark of a quote is kept.
fn behind(line: Line, before: &str, of_code: &'static str) -> Line {
    let is_quoted = |lead: &str| lead.trim_start().starts_with('>');
    match line {
        Line::Blank if of_code.is_empty() => Line::Blank,
        Line::Blank => {
            Line::Text(TextLine { lead: of_code.to_owned(), hang: of_code.to_owned(), ..TextLine::default() })
        }
        Line::Text(line) => {
            let put = |lead: &str| {
                if is_quoted(before) {
                    format!("{before}{}", lead.replacen(QUOTE, "", 1))
                } else if lead.len() > DEEPEST {
                    lead.to_owned()
                } else {
                    format!("{before}{lead}")
                }
            };
            Line::Text(TextLine { lead: put(&line.lead), hang: put(&line.hang), ..line })
        }
        Line::Code { lead: "", rows } => Line::Code { lead: of_code, rows },
        Line::Code { lead, rows } => Line::Code { lead, rows },
    }
}
