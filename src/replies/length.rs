//! How long a text will be on a screen, near enough to decide what to leave out.

use crate::domain::{Block, Span};

/// Columns of the screen that is thought of.
const COLUMNS: usize = 80;

/// The lines that blocks take.
pub fn lines_of_all(blocks: &[Block]) -> usize {
    blocks.iter().map(lines).sum()
}

/// The lines that a block takes.
pub fn lines(block: &Block) -> usize {
    match block {
        Block::Paragraph(spans) | Block::Heading(spans) => lines_of_text(spans),
        Block::Steps { steps, .. } => steps.iter().map(|step| lines_of_all(&step.blocks)).sum(),
        Block::Bullets(items) => items.iter().map(|item| lines_of_all(item)).sum(),
        Block::Code(text) => text.lines().count(),
        Block::Quote(blocks) => lines_of_all(blocks),
        Block::Table(rows) => rows.iter().map(|row| row_lines(row)).sum(),
    }
}

/// The lines that a table's row takes: those of its longest cell, as if cells shared the width.
pub fn row_lines(row: &[Vec<Span>]) -> usize {
    let width = (COLUMNS / row.len().max(1)).max(8);
    row.iter().map(|cell| chars(cell).div_ceil(width).max(1)).max().unwrap_or(0)
}

fn lines_of_text(spans: &[Span]) -> usize {
    chars(spans).div_ceil(COLUMNS).max(1)
}

fn chars(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.text().chars().count()).sum()
}

/// The characters that fit into so many lines.
pub fn chars_in(lines: usize) -> usize {
    lines * COLUMNS
}
