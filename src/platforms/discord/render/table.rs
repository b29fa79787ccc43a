//! Sets tables: in columns of equal letters where these fit a phone, else as lists.

use textwrap::core::display_width;

use crate::domain::Span;

use super::clean::line;
use super::inline::{atoms, bold, plain};
use super::line::{Atom, Line, TextLine};

/// The widest table of equal letters; a wider one would be broken in its lines.
const WIDEST: usize = 56;
/// Between two columns.
const GAP: usize = 2;

/// The lines of a table whose first row is the head.
pub fn table(rows: &[Vec<Vec<Span>>]) -> Vec<Line> {
    let is_text = |span: &Span| !matches!(span, Span::Link { .. } | Span::Time { .. });
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| text(cell)).collect()).collect();
    if cells.iter().flatten().all(String::is_empty) {
        return Vec::new();
    }
    let columns = cells.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        cells.iter().filter_map(|row| row.get(column)).map(|cell| display_width(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let all = widths.iter().sum::<usize>() + GAP * columns.saturating_sub(1);
    if all <= WIDEST && rows.iter().flatten().flatten().all(is_text) {
        vec![Line::Code { lead: "", rows: aligned(&cells, &widths) }]
    } else {
        listed(rows)
    }
}

/// A cell without markup.
fn text(cell: &[Span]) -> String {
    let text: String = cell.iter().map(Span::text).collect();
    line(&text).trim().to_owned()
}

fn aligned(cells: &[Vec<String>], widths: &[usize]) -> Vec<String> {
    let row_of = |row: &Vec<String>| {
        let padded = row.iter().zip(widths).map(|(cell, width)| {
            let gap = (width + GAP).saturating_sub(display_width(cell));
            cell.clone() + &" ".repeat(gap)
        });
        padded.collect::<String>().trim_end().to_owned()
    };
    let rule = widths.iter().map(|width| "─".repeat(*width)).collect::<Vec<_>>().join(&" ".repeat(GAP));
    let mut lines: Vec<String> = cells.iter().map(row_of).collect();
    if lines.len() > 1 {
        lines.insert(1, rule);
    }
    lines
}

/// Each row as an item, each cell with what stands over its column.
fn listed(rows: &[Vec<Vec<Span>>]) -> Vec<Line> {
    let (head, body) = match rows {
        [only] => (&[][..], std::slice::from_ref(only)),
        [head, body @ ..] => (head.as_slice(), body),
        [] => return Vec::new(),
    };
    let item = |row: &Vec<Vec<Span>>| {
        let cells: Vec<(String, &Vec<Span>)> = row
            .iter()
            .enumerate()
            .map(|(column, cell)| (head.get(column).map(|name| text(name)).unwrap_or_default(), cell))
            .filter(|(name, cell)| !name.is_empty() || !text(cell).is_empty())
            .collect();
        let line = |(at, (name, cell)): (usize, (String, &Vec<Span>))| {
            let lead = if at == 0 { "- " } else { "  " };
            Line::Text(TextLine {
                lead: lead.to_owned(),
                hang: "  ".to_owned(),
                atoms: named(&name, cell),
                is_heading: false,
            })
        };
        cells.into_iter().enumerate().map(line).collect::<Vec<_>>()
    };
    body.iter().flat_map(item).collect()
}

fn named(name: &str, cell: &[Span]) -> Vec<Atom> {
    if name.is_empty() {
        return atoms(cell);
    }
    [bold(&format!("{name}:")), plain(" "), atoms(cell)].concat()
}
