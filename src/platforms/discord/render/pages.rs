//! Cuts lines into pages of at most so much: between lines where that can be, else between words. Nothing that was opened on a
//! page, a block of code or bold, stays open at its end.

use super::clean::size;
use super::escape::code_line;
use super::line::{Line, TextLine, code_pieces};

/// Opens and closes a block of code. Discord knows no longer one.
const FENCE: &str = "```";

/// The lines as pages of Discord's markup; none is empty.
pub fn pages(lines: &[Line], room: usize) -> Vec<String> {
    let mut book = Book { room, pages: Vec::new(), page: Vec::new(), used: 0 };
    for line in lines {
        match line {
            Line::Blank => book.blank(),
            Line::Text(line) => book.text(line),
            Line::Code { lead, rows } => book.code(lead, rows),
        }
    }
    book.end_page();
    book.pages
}

/// A line of the present page.
struct Row {
    text: String,
    is_heading: bool,
}

struct Book {
    room: usize,
    pages: Vec<String>,
    page: Vec<Row>,
    used: usize,
}

impl Book {
    fn left(&self) -> usize {
        self.room.saturating_sub(self.used)
    }

    fn push(&mut self, text: String, is_heading: bool) {
        self.used += size(&text) + 1;
        self.page.push(Row { text, is_heading });
    }

    /// Ends the page. Headings at its end go on the next one, together with what they announce.
    fn turn(&mut self) {
        let ends = self.page.iter().rposition(|row| !row.is_heading && !row.text.is_empty());
        let from = ends.map_or(0, |at| at + 1);
        let much: usize = self.page.iter().skip(from).map(|row| size(&row.text) + 1).sum();
        let carried = if much <= self.room / 4 { self.page.split_off(from) } else { Vec::new() };
        self.end_page();
        for row in carried {
            if row.is_heading || !self.page.is_empty() {
                self.push(row.text, row.is_heading);
            }
        }
    }

    fn end_page(&mut self) {
        let rows: Vec<String> = std::mem::take(&mut self.page).into_iter().map(|row| row.text).collect();
        self.used = 0;
        let text = rows.join("\n");
        let text = text.trim_matches('\n');
        if !text.trim().is_empty() {
            self.pages.push(text.to_owned());
        }
    }

    fn blank(&mut self) {
        if !self.page.is_empty() && self.left() > 1 {
            self.push(String::new(), false);
        }
    }

    fn text(&mut self, line: &TextLine) {
        let whole = line.markdown();
        if size(&whole) < self.left() {
            self.push(whole, line.is_heading);
            return;
        }
        self.turn();
        if size(&whole) < self.left() {
            self.push(whole, line.is_heading);
            return;
        }
        // Headings that were carried here go before it, whatever is left.
        let pieces = line.pieces(self.left().saturating_sub(1));
        for (at, piece) in pieces.into_iter().enumerate() {
            if at > 0 {
                self.end_page();
            }
            self.push(piece, false);
        }
    }

    /// A block of code, opened again on each page that it goes on.
    fn code(&mut self, lead: &str, rows: &[String]) {
        let fence = format!("{lead}{FENCE}");
        // The fences of both ends, and the ends of their lines.
        let fences = 2 * (size(&fence) + 1);
        let whole: usize = rows.iter().map(|row| size(lead) + size(&code_line(row)) + 1).sum();
        if whole + fences > self.left() {
            self.turn();
        }
        let most = self.left().saturating_sub(fences + size(lead) + 1);
        let mut is_open = false;
        for row in rows.iter().flat_map(|row| code_pieces(row, most)) {
            let row = format!("{lead}{row}");
            if is_open && size(&row) + 1 + size(&fence) + 1 > self.left() {
                self.push(fence.clone(), false);
                self.end_page();
                is_open = false;
            }
            if !is_open {
                self.push(fence.clone(), false);
                is_open = true;
            }
            self.push(row, false);
        }
        self.push(fence, false);
    }
}
