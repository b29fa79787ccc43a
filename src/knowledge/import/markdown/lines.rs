//! A text line by line, with the knowledge of which lines are code and must stay as they are.

use pulldown_cmark::{CodeBlockKind, Event, Tag};

use super::edit;

/// A line without its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// As it was written.
    pub text: &'a str,
    /// Whether it belongs to a code block, its fences included.
    pub code: bool,
    /// Whether it is code only because it is indented.
    pub indented: bool,
}

impl Line<'_> {
    /// Whether nothing but white space is on it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a text.
pub(super) fn of(text: &str) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> =
        text.split('\n').map(|text| Line { text, code: false, indented: false }).collect();
    let mut starts = vec![0];
    starts.extend(text.match_indices('\n').map(|(at, _)| at + 1));
    let line_of = |offset: usize| starts.partition_point(|start| *start <= offset).saturating_sub(1);

    for (event, range) in edit::parse(text) {
        let (first, last) = (line_of(range.start), line_of(range.end.saturating_sub(1).max(range.start)));
        let Some(covered) = lines.get_mut(first..=last) else { continue };
        if let Event::Start(Tag::CodeBlock(kind)) = event {
            for line in covered {
                line.code = true;
                line.indented = matches!(kind, CodeBlockKind::Indented);
            }
        } else if matches!(event, Event::Start(Tag::HtmlBlock)) {
            mark_fences(covered);
        }
    }
    lines
}

/// Marks fenced code inside a block of HTML, where CommonMark sees no Markdown but MDX and authors do.
fn mark_fences(lines: &mut [Line<'_>]) {
    let mut fences = Fences::default();
    for line in lines {
        line.code |= fences.covers(line.text);
    }
}

/// Follows fences from line to line, where CommonMark's own idea of them does not count.
#[derive(Debug, Default)]
pub(super) struct Fences<'a>(Option<&'a str>);

impl<'a> Fences<'a> {
    /// Whether this line is a fence or stands between two.
    pub(super) fn covers(&mut self, line: &'a str) -> bool {
        let found = fence(line);
        let was_open = self.0.is_some();
        self.0 = match (self.0, found) {
            (None, found) => found,
            (Some(mark), Some(close)) if close.starts_with(mark) && line.trim() == close => None,
            (Some(mark), _) => Some(mark),
        };
        was_open || found.is_some()
    }
}

/// The run of back-ticks or tildes that a fence is made of.
pub(super) fn fence(line: &str) -> Option<&str> {
    let trimmed = line.trim_start();
    let mark = trimmed.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let rest = trimmed.trim_start_matches(mark);
    let run = trimmed.get(..trimmed.len() - rest.len())?;
    (run.len() >= 3 && !(mark == '`' && rest.contains('`'))).then_some(run)
}

/// Applies `change` to what stands outside the code spans of a line.
pub(super) fn outside_code(line: &str, change: impl FnMut(&str) -> String) -> String {
    by_code(line, change, str::to_owned)
}

/// Applies `change` to the code spans of a line.
pub(super) fn each_code_span(line: &str, change: impl FnMut(&str) -> String) -> String {
    by_code(line, str::to_owned, change)
}

fn by_code(
    line: &str,
    mut outside: impl FnMut(&str) -> String,
    mut inside: impl FnMut(&str) -> String,
) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, ticks, span, after)) = next_code_span(rest) {
        out.push_str(&outside(before));
        out.push_str(ticks);
        out.push_str(&inside(span));
        out.push_str(ticks);
        rest = after;
    }
    out.push_str(&outside(rest));
    out
}

/// Text before a code span, its back-ticks, its content, and what follows.
fn next_code_span(text: &str) -> Option<(&str, &str, &str, &str)> {
    let mut from = 0;
    loop {
        let start = from + text.get(from..)?.find('`')?;
        let run = text.get(start..)?;
        let length = run.len() - run.trim_start_matches('`').len();
        let (ticks, inside) = (run.get(..length)?, run.get(length..)?);
        if let Some(end) = closing(inside, length) {
            return Some((text.get(..start)?, ticks, inside.get(..end)?, inside.get(end + length..)?));
        }
        from = start + length;
    }
}

/// Where the run of exactly `length` back-ticks begins that closes a span.
fn closing(text: &str, length: usize) -> Option<usize> {
    let mut at = 0;
    loop {
        let start = at + text.get(at..)?.find('`')?;
        let run = text.get(start..)?;
        let found = run.len() - run.trim_start_matches('`').len();
        if found == length {
            return Some(start);
        }
        at = start + found;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(text: &str) -> Vec<bool> {
        of(text).iter().map(|line| line.code).collect()
    }

    #[test]
    fn code_is_found_wherever_commonmark_finds_it() {
        assert_eq!(code("a\n```sh\nb\n```\nc"), [false, true, true, true, false]);
        assert_eq!(code("1. a\n\n   ~~~\n   b\n   ~~~\n2. c"), [false, false, true, true, true, false]);
        assert_eq!(code("> ```\n> a\n> ```\nb"), [true, true, true, false]);
        assert_eq!(code("a\n\n    b\n\nc"), [false, false, true, false, false]);
        assert_eq!(code("<Tabs>\n```js\nimport x\n```\n</Tabs>"), [false, true, true, true, false]);
    }

    #[test]
    fn code_spans_are_left_alone() {
        let upper = |text: &str| outside_code(text, str::to_uppercase);
        assert_eq!(upper("a `b` c"), "A `b` C");
        assert_eq!(upper("a ``b ` c`` d ` e"), "A ``b ` c`` D ` E");
        // A run without a partner is text; the next ones pair up.
        assert_eq!(upper("``a` `b`"), "``A` `B`");
    }
}
