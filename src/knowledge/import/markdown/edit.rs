//! Changes to a text, gathered by their place and applied at once, so that what no change names stays as it was written.

use std::ops::Range;

use pulldown_cmark::{Event, OffsetIter, Options, Parser};

/// Replacements in one text; a later one that overlaps an earlier one is left out.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts `with` in the place of `range`.
    pub(super) fn replace(&mut self, range: Range<usize>, with: impl Into<String>) {
        self.0.push((range, with.into()));
    }

    /// Takes `range` out.
    pub(super) fn remove(&mut self, range: Range<usize>) {
        self.replace(range, "");
    }

    /// Puts `with` in the place of `range`, if there is one.
    pub(super) fn replace_if(&mut self, range: Option<Range<usize>>, with: &str) {
        self.0.extend(range.map(|range| (range, with.to_owned())));
    }

    /// Takes `range` out, if there is one.
    pub(super) fn remove_if(&mut self, range: Option<Range<usize>>) {
        self.replace_if(range, "");
    }

    /// The text with all changes made.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::with_capacity(text.len());
        let mut copied = 0;
        for (range, with) in self.0 {
            if range.start < copied {
                continue;
            }
            out.push_str(text.get(copied..range.start).unwrap_or_default());
            out.push_str(&with);
            copied = range.end;
        }
        out.push_str(text.get(copied..).unwrap_or_default());
        out
    }
}

/// What articles are written in: CommonMark and tables.
fn dialect() -> Options {
    Options::ENABLE_TABLES
}

/// A parser that tells where everything stands.
pub(super) fn parse(text: &str) -> OffsetIter<'_> {
    Parser::new_ext(text, dialect()).into_offset_iter()
}

/// The words that a reader sees, without markup, in one line.
pub(super) fn plain(markdown: &str) -> String {
    let mut out = String::new();
    for (event, _) in parse(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak | Event::Start(_) => out.push(' '),
            Event::End(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What stands before a block on each of its lines: the marks of the quotes and the indentation of the list items around it.
///
/// A list's own marker becomes as many spaces, so that a following line belongs to the same item.
pub(super) fn prefix_at(text: &str, start: usize) -> String {
    let before = text.get(..start).unwrap_or_default();
    let line = before.rsplit('\n').next().unwrap_or_default();
    line.chars()
        .map(|c| match c {
            '>' => '>',
            '\t' => '\t',
            _ => ' ',
        })
        .collect()
}

/// The text with `prefix` before every line but the first; lines without content get only the marks of the quotes.
pub(super) fn continued(text: &str, prefix: &str) -> String {
    let bare = prefix.trim_end();
    let mut out = String::with_capacity(text.len());
    for (number, line) in text.split('\n').enumerate() {
        if number > 0 {
            out.push('\n');
            out.push_str(if line.is_empty() { bare } else { prefix });
        }
        out.push_str(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn edits_apply_in_order_and_skip_overlaps() {
        let mut edits = Edits::default();
        edits.replace(4..5, "X");
        edits.replace(0..2, "");
        edits.replace(1..3, "never");
        assert_eq!(edits.apply("abcdef"), "cdXf");
    }

    #[test]
    fn a_prefix_keeps_quotes_and_turns_markers_into_spaces() {
        let text = "> 1. step";
        assert_eq!(prefix_at(text, 5), ">    ");
        assert_eq!(continued("a\n\nb", "> "), "a\n>\n> b");
    }
}
