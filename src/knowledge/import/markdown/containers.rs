//! The `:::` directives of Docusaurus and Microsoft Learn: notes become quotes, pictures their description, the rest goes.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::lines::{self, Fences, Line};
use crate::knowledge::import::patterns::{group, pattern};

static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"^(?<prefix>\s*(?:>\s?)*\s*)(?<colons>:{3,})\s*(?<name>[A-Za-z][\w-]*)?(?<rest>.*)$")
});

/// The kinds of notes that are known, with what a reader sees instead.
const ADMONITIONS: [(&str, &str); 14] = [
    ("note", "Note"),
    ("tip", "Tip"),
    ("info", "Info"),
    ("information", "Info"),
    ("important", "Important"),
    ("caution", "Caution"),
    ("warning", "Warning"),
    ("danger", "Danger"),
    ("error", "Error"),
    ("success", "Success"),
    ("attention", "Attention"),
    ("example", "Example"),
    ("question", "Question"),
    ("notes", "Notes"),
];
/// Learn's containers that lay a page out, and so say nothing.
const LAYOUT: [&str; 8] = ["row", "column", "moniker", "zone", "code", "form", "image", "content"];

/// Notes within notes are understood so far; further in, only their text counts.
const DEEPEST: usize = 6;

/// What a reader sees for a kind of note.
pub(super) fn label(kind: &str) -> Option<&'static str> {
    ADMONITIONS.iter().find(|(name, _)| kind.eq_ignore_ascii_case(name)).map(|(_, label)| *label)
}

/// Whether this names a kind of note.
pub(super) fn is_admonition(name: &str) -> bool {
    label(name).is_some()
}

/// A container whose lines are being read.
struct Open {
    colons: usize,
    indent: usize,
    quote: bool,
}

/// The text without directives. Notes become Learn's `> [!NOTE]`, which a later step reads.
pub(super) fn convert(text: &str) -> String {
    if !text.contains(":::") {
        return text.to_owned();
    }
    let lines = lines::of(text);
    let mut out: Vec<String> = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    let mut layout: Option<Layout> = None;
    let mut fences = Fences::default();
    for (number, line) in lines.iter().enumerate() {
        let in_fence = layout.is_some() && fences.covers(line.text);
        let code = in_fence || (line.code && !(line.indented && layout.is_some()));
        let directive = DIRECTIVE.captures(line.text).filter(|_| !code);
        let rest = lines.get(number + 1..).unwrap_or_default();
        if let Some(found) = directive.filter(|found| is_directive(found, rest, &open)) {
            lay_out(&found, &mut layout);
            let before = quoted("", &open);
            let inside = directive_lines(&found, &mut open);
            let after = quoted("", &open);
            // A blank line of whatever is outside keeps the quote apart from the paragraphs around it.
            out.push(if after.len() < before.len() { after } else { before });
            out.extend(inside);
        } else {
            let text = layout.as_mut().map_or(line.text, |layout| layout.dedented(line.text));
            out.push(quoted(text, &open));
        }
    }
    out.join("\n")
}

/// Rows and columns, whose content authors indent for their own eyes.
struct Layout {
    /// How far the outermost directive is indented, which counts: it may stand in a list.
    base: usize,
    /// How far the content is.
    content: Option<usize>,
}

impl Layout {
    fn dedented<'a>(&mut self, line: &'a str) -> &'a str {
        let indent = line.len() - line.trim_start_matches(' ').len();
        if self.content.is_none() && !line.trim().is_empty() {
            self.content = Some(indent);
        }
        let surplus = self.content.unwrap_or(0).saturating_sub(self.base).min(indent);
        line.get(surplus..).unwrap_or(line)
    }
}

fn lay_out(found: &Captures<'_>, layout: &mut Option<Layout>) {
    match (group(found, "name"), layout.as_mut()) {
        ("row" | "column", None) => {
            *layout = Some(Layout { base: group(found, "prefix").len(), content: None });
        }
        ("column", Some(layout)) => layout.content = None,
        ("row-end", Some(_)) => *layout = None,
        _ => {}
    }
}

/// Colons may also be just text: a name that is not known needs an end further down.
fn is_directive(found: &Captures<'_>, rest: &[Line<'_>], open: &[Open]) -> bool {
    let (name, tail) = (group(found, "name"), group(found, "rest").trim());
    let base = name.strip_suffix("-end").unwrap_or(name).to_ascii_lowercase();
    if name.is_empty() {
        return tail.is_empty() && !open.is_empty();
    }
    is_admonition(name)
        || LAYOUT.contains(&base.as_str())
        || tail.ends_with(":::")
        || rest.iter().any(|line| !line.code && line.text.trim() == group(found, "colons"))
}

fn directive_lines(found: &Captures<'_>, open: &mut Vec<Open>) -> Vec<String> {
    let (name, tail) = (group(found, "name"), group(found, "rest").trim());
    let colons = group(found, "colons").len();
    if name.is_empty() {
        let closed = open.iter().rposition(|open| open.colons <= colons).unwrap_or(0);
        open.truncate(closed);
        return Vec::new();
    }
    let base = name.strip_suffix("-end").unwrap_or(name).to_ascii_lowercase();
    if LAYOUT.contains(&base.as_str()) || tail.ends_with(":::") {
        return Vec::new();
    }
    let prefix = group(found, "prefix");
    if open.len() >= DEEPEST {
        return Vec::new();
    }
    let is_note = is_admonition(name);
    open.push(Open { colons, indent: prefix.len(), quote: is_note });
    let title = tail.trim_start_matches('[').trim_end_matches(']').trim();
    let title = if title.starts_with('{') { "" } else { title };
    match (title.is_empty(), is_note) {
        (true, true) => vec![quoted(&format!("{prefix}[!{}]", name.to_ascii_uppercase()), open)],
        (true, false) => Vec::new(),
        (false, _) => vec![quoted(&format!("{prefix}**{title}**"), open), quoted("", open)],
    }
}

/// The line as it stands inside the open notes.
fn quoted(line: &str, open: &[Open]) -> String {
    let mut rest = line;
    let mut out = String::new();
    for container in open.iter().filter(|open| open.quote) {
        let (kept, stripped) = strip_indent(rest, container.indent.saturating_sub(out.len()));
        if kept.is_empty() && out.is_empty() {
            out.push_str(&" ".repeat(container.indent));
        }
        out.push_str(kept);
        out.push_str("> ");
        rest = stripped;
    }
    out.push_str(rest);
    if rest.is_empty() { out.trim_end().to_owned() } else { out }
}

/// At most `width` white spaces or quote marks of the line's start, and what follows.
fn strip_indent(line: &str, width: usize) -> (&str, &str) {
    let end = line
        .char_indices()
        .take(width)
        .take_while(|(_, c)| matches!(c, ' ' | '\t' | '>'))
        .last()
        .map_or(0, |(at, c)| at + c.len_utf8());
    line.split_at_checked(end).unwrap_or(("", line))
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn notes_become_quotes() {
        for (text, expected) in [
            (":::note\n\nMind\nthis.\n\n:::\nb", "\n> [!NOTE]\n>\n> Mind\n> this.\n>\n\nb"),
            (":::tip[A title]\nx\n:::", "\n> **A title**\n>\n> x\n"),
            ("   :::warning\n   x\n   :::", "\n   > [!WARNING]\n   > x\n"),
            ("::::info\n:::tip\nx\n:::\n::::", "\n> [!INFO]\n>\n> > [!TIP]\n> > x\n>\n"),
            (":::note\n```js\na\n\n:::\n```\n:::", "\n> [!NOTE]\n> ```js\n> a\n>\n> :::\n> ```\n"),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }

    #[test]
    fn layout_goes_and_its_content_stays() {
        for (text, expected) in [
            (
                ":::row:::\n   :::column:::\n      a\n\n      ```sh\n      b\n      ```\n   :::column-end:::\n\n    :::column:::\n\n        - c\n          - d\n    :::column-end:::\n:::row-end:::",
                "\n\na\n\n```sh\nb\n```\n\n\n\n\n- c\n  - d\n\n",
            ),
            (":::row:::\n:::column span=\"2\":::\na\n:::column-end:::\n:::row-end:::", "\n\na\n\n"),
            ("::: moniker range=\">=x\"\na\n::: moniker-end", "\na\n"),
            (":::zone pivot=\"x\"\na\n:::zone-end", "\na\n"),
            ("a\n::: what it says\nb", "a\n::: what it says\nb"),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }
}
