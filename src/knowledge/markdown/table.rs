//! Collects the rows of a table.

use crate::domain::{Block, Span};

/// The rows so far.
#[derive(Debug, Default)]
pub(super) struct Table {
    rows: Vec<Vec<Vec<Span>>>,
    row: Vec<Vec<Span>>,
    /// Where the last cell ended in the source.
    cell_end: usize,
}

impl Table {
    /// Adds a cell that ends here in the source.
    pub fn cell(&mut self, spans: Vec<Span>, end: usize) {
        self.row.push(spans);
        self.cell_end = end;
    }

    /// Ends a row that ends here in the source. The parser drops cells beyond the table's columns; their text goes into
    /// the last cell instead, and the answer is true.
    pub fn end_row(&mut self, source: &str, end: usize) -> bool {
        let mut row = std::mem::take(&mut self.row);
        let rest = source.get(self.cell_end..end).unwrap_or_default();
        let rest: Vec<&str> = rest.split('|').map(str::trim).filter(|cell| !cell.is_empty()).collect();
        let has_rest = !rest.is_empty();
        if let Some(cell) = row.last_mut().filter(|_| has_rest) {
            let rest = rest.join(" ");
            match cell.last_mut() {
                Some(Span::Plain(text)) => *text = format!("{text} {rest}"),
                Some(_) => cell.push(Span::Plain(format!(" {rest}"))),
                None => cell.push(Span::Plain(rest)),
            }
        }
        self.rows.push(row);
        has_rest
    }

    /// The table, unless there is no text in it.
    pub fn block(self) -> Option<Block> {
        let is_empty = self.rows.iter().flatten().all(Vec::is_empty);
        (!is_empty).then_some(Block::Table(self.rows))
    }
}
