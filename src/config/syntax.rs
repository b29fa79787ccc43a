//! Where a text is not TOML, and what is left of it that can still be checked.

use std::borrow::Cow;
use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

/// The lines that are not TOML, and why. What follows from a line's first error says nothing new.
pub(super) fn errors(text: &str) -> BTreeMap<usize, String> {
    let (_, errors) = DeTable::parse_recoverable(text);
    let numbers = Lines::of(text.as_bytes());
    let written: Vec<&str> = text.split('\n').collect();
    let mut lines = BTreeMap::new();
    for error in errors {
        let line = numbers.at(error.span().map_or(text.len(), |span| span.start));
        let written = written.get(line - 1).copied().unwrap_or_default();
        lines.entry(line).or_insert_with(|| explained(error.message(), written));
    }
    lines
}

/// The text with these lines empty, as the parser gives up after some errors. Headings are mended instead: the settings
/// below belong to them.
pub(super) fn without(text: &str, lines: &BTreeMap<usize, String>) -> String {
    let kept =
        text.split('\n').zip(1..).map(|(written, line)| match written.trim_start().strip_prefix('[') {
            _ if !lines.contains_key(&line) => Cow::Borrowed(written),
            Some(heading) => {
                let end = |c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-');
                Cow::Owned(format!("[{}]", heading.split(end).next().unwrap_or_default()))
            }
            None => Cow::Borrowed(""),
        });
    kept.collect::<Vec<_>>().join("\n")
}

/// Where the lines of a text begin. Found once: a file with very many faults is read as quickly as one without.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub fn of(text: &[u8]) -> Self {
        let breaks = text.iter().zip(1..).filter(|(byte, _)| **byte == b'\n');
        Self(std::iter::once(0).chain(breaks.map(|(_, next)| next)).collect())
    }

    /// The line, counted from 1, in which a byte stands.
    pub fn at(&self, offset: usize) -> usize {
        self.0.partition_point(|start| *start <= offset)
    }
}

/// The parser's own words, but for the commonest slips: it takes `trace` for a misspelt `true`.
fn explained(message: &str, written: &str) -> String {
    let value = match written.split_once('=') {
        Some((key, value)) if !key.contains(['#', '"', '\'', '[']) => value.trim_start(),
        Some(_) | None => return message.to_owned(),
    };
    let without_comment = value.split('#').next().unwrap_or(value);
    if !value.starts_with(['"', '\'', '[', '{']) && DeValue::parse(without_comment.trim_end()).is_err() {
        "the value is neither a text in quotes, nor a number, nor true or false".to_owned()
    } else if message.contains("escape") || message.contains("unicode") {
        "in double quotes a backslash has a meaning of its own; put the text in single quotes".to_owned()
    } else {
        message.to_owned()
    }
}
