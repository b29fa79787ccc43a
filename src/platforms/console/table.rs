//! Renders tables: in columns where they fit, else as lists.

use crate::domain::Span;

use super::inline::inline;
use super::style::{STRONG, paint};
use super::view::View;
use super::wrap::{columns as columns_of, hang};

/// Between two columns.
const GAP: &str = "  ";

/// The lines of a table whose first row is the head.
pub fn table(rows: &[Vec<Vec<Span>>], view: View) -> Vec<String> {
    let rows: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|cell| inline(cell, view)).collect()).collect();
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widest = |column: usize| {
        rows.iter().filter_map(|row| row.get(column)).map(|cell| columns_of(cell)).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..columns).map(widest).collect();
    let all = widths.iter().sum::<usize>() + GAP.len() * columns.saturating_sub(1);
    if all <= view.width { aligned(&rows, &widths) } else { listed(&rows, view.width) }
}

fn aligned(rows: &[Vec<String>], widths: &[usize]) -> Vec<String> {
    let mut lines = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        let mut line = String::new();
        for (column, width) in widths.iter().enumerate() {
            let cell = row.get(column).map(String::as_str).unwrap_or_default();
            if column > 0 {
                line.push_str(GAP);
            }
            line.push_str(&if at == 0 { paint(STRONG, cell) } else { cell.to_owned() });
            line.extend(std::iter::repeat_n(' ', width.saturating_sub(columns_of(cell))));
        }
        lines.push(line.trim_end().to_owned());
        if at == 0 {
            let rule: Vec<String> = widths.iter().map(|width| "─".repeat(*width)).collect();
            lines.push(rule.join(GAP));
        }
    }
    lines
}

/// Each row as an item: its first cell, and below it the others under their heads.
fn listed(rows: &[Vec<String>], width: usize) -> Vec<String> {
    let Some((head, body)) = rows.split_first() else { return Vec::new() };
    if body.is_empty() {
        return hang(&head.join(" · "), width, "• ", "  ");
    }
    let mut lines = Vec::new();
    for row in body {
        for (column, cell) in row.iter().enumerate().filter(|(column, cell)| *column == 0 || !cell.is_empty())
        {
            let (first, text) = match head.get(column).filter(|name| !name.is_empty()) {
                _ if column == 0 => ("• ", paint(STRONG, cell)),
                Some(name) => ("  ", format!("{name}: {cell}")),
                None => ("  ", cell.clone()),
            };
            lines.extend(hang(&text, width, first, if column == 0 { "  " } else { "    " }));
        }
    }
    lines
}
