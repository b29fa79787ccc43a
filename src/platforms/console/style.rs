//! Colours of the terminal: a second hint, never the only one. They are taken out again where the output is no terminal.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style};

/// Titles and headings, and what an author set in bold.
pub const STRONG: Style = Style::new().bold();
/// What matched.
pub const MATCH: Style = AnsiColor::Yellow.on_default().bold();
/// Commands, file names, codes.
pub const CODE: Style = AnsiColor::Cyan.on_default();
/// What is there for those who look for it: addresses, numbers, kinds.
pub const QUIET: Style = Style::new().dimmed();
/// The numbers to type.
pub const NUMBER: Style = AnsiColor::Green.on_default().bold();

/// The text in a style, word by word: a style must not run on into the margin of the next line.
pub fn paint(style: Style, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for piece in text.split_inclusive(' ') {
        let word = piece.trim_end_matches(' ');
        if word.is_empty() {
            out.push_str(piece);
        } else {
            let space = if piece.len() > word.len() { " " } else { "" };
            // Writing to a String cannot fail.
            let _ = write!(out, "{style}{word}{style:#}{space}");
        }
    }
    out
}
