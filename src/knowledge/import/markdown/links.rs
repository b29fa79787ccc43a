//! Links and pictures: links are led to where their target is now, pictures become their description.

use std::{collections::HashSet, ops::Range};

use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::edit::{self, Edits};
use crate::knowledge::import::links::Target;

/// The text with every link resolved. Links by reference become inline ones, and their definitions go.
pub(super) fn rewrite(text: &str, resolve: &mut dyn FnMut(&str) -> Target) -> String {
    if !text.contains(['[', '<']) {
        return text.to_owned();
    }
    let mut edits = Edits::default();
    let mut open: Vec<Open> = Vec::new();
    let mut used: HashSet<String> = HashSet::new();
    let mut events = edit::parse(text);
    for (event, range) in events.by_ref() {
        match event {
            Event::Start(Tag::Link { link_type, dest_url, id, .. }) => {
                used.insert(id.to_lowercase());
                open.push(Open::new(range, 1, Some((link_type, dest_url.into_string()))));
                continue;
            }
            Event::Start(Tag::Image { id, .. }) => {
                used.insert(id.to_lowercase());
                open.push(Open::new(range, 2, None));
                continue;
            }
            Event::End(TagEnd::Link | TagEnd::Image) => {
                if let Some(closed) = open.pop() {
                    close(text, closed, resolve, &mut edits);
                }
            }
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::Html(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
        if let Some(innermost) = open.last_mut() {
            innermost.inner_end = innermost.inner_end.max(range.end);
        }
    }
    for (label, definition) in events.reference_definitions().iter() {
        remove_definition(
            text,
            definition.span.clone(),
            &definition.dest,
            used.contains(&label.to_lowercase()),
            &mut edits,
        );
    }
    edits.apply(text)
}

/// A link or picture whose text is being read.
struct Open {
    range: Range<usize>,
    /// Where its text begins, after `[` or `![`.
    inner_start: usize,
    /// Where the last thing in it ends; the bracket that closes it comes after.
    inner_end: usize,
    /// `None` for a picture.
    link: Option<(LinkType, String)>,
}

impl Open {
    fn new(range: Range<usize>, mark: usize, link: Option<(LinkType, String)>) -> Self {
        let inner_start = range.start + mark;
        Self { range, inner_start, inner_end: inner_start, link }
    }
}

fn close(text: &str, open: Open, resolve: &mut dyn FnMut(&str) -> Target, edits: &mut Edits) {
    let rest = text.get(open.inner_end..open.range.end).unwrap_or_default();
    let Some(bracket) = rest.find(']') else {
        return autolink(text, open, resolve, edits);
    };
    let inner_end = open.inner_end + bracket;
    let (before, after) = (open.range.start..open.inner_start, inner_end..open.range.end);
    let Some((kind, written)) = open.link else {
        edits.remove(before);
        return edits.remove(after);
    };
    let is_inline = matches!(kind, LinkType::Inline);
    let target = match resolve(&written) {
        Target::Article(id) => id.to_string(),
        Target::Web(url) if is_inline && url == written => return,
        Target::Web(url) => destination(&url),
        Target::Plain => {
            edits.remove(before);
            return edits.remove(after);
        }
    };
    let is_empty = text.get(open.inner_start..inner_end).is_none_or(|inner| inner.trim().is_empty());
    let shown = if is_empty { super::escape::inline(&target) } else { String::new() };
    edits.replace(after, format!("{shown}]({target})"));
}

/// `<https://…>` stays as it is, unless it leads to an article of the desk.
fn autolink(text: &str, open: Open, resolve: &mut dyn FnMut(&str) -> Target, edits: &mut Edits) {
    let Some((LinkType::Autolink, written)) = open.link else { return };
    match resolve(&written) {
        Target::Article(id) => {
            edits.replace(open.range, format!("[{}]({id})", super::escape::inline(&written)));
        }
        Target::Plain => {
            let shown = text.get(open.range.clone()).unwrap_or_default().trim_matches(['<', '>']);
            edits.replace(open.range, super::escape::inline(shown));
        }
        Target::Web(_) => {}
    }
}

/// An address as it may stand between the round brackets of a link.
pub(super) fn destination(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            ' ' => out.push_str("%20"),
            '(' => out.push_str("%28"),
            ')' => out.push_str("%29"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '|' => out.push_str("%7C"),
            '\\' => out.push_str("%5C"),
            _ => out.push(c),
        }
    }
    out
}

/// Takes a definition out. One that nothing uses and that leads nowhere was meant as text.
fn remove_definition(text: &str, span: Range<usize>, target: &str, used: bool, edits: &mut Edits) {
    if used || target.contains(['/', '.', '#', ':']) {
        edits.remove(span);
    } else if text.get(span.clone()).is_some_and(|definition| definition.starts_with('[')) {
        edits.replace(span.start..span.start, "\\");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ArticleId;

    fn rewritten(text: &str) -> String {
        rewrite(text, &mut |target: &str| match target {
            "a.md" => Target::Article(ArticleId::parse("the-a").unwrap()),
            gone if gone.starts_with("gone") => Target::Plain,
            "rel" => Target::Web("https://x.y/rel(1)".to_owned()),
            other => Target::Web(other.to_owned()),
        })
    }

    #[test]
    fn links_lead_where_their_target_is() {
        for (text, expected) in [
            ("see [**A** `b`](a.md \"title\").", "see [**A** `b`](the-a)."),
            ("[x](gone.md)", "x"),
            ("[x](rel)", "[x](https://x.y/rel%281%29)"),
            ("[x](https://a.b/c_(d) \"t\")", "[x](https://a.b/c_(d) \"t\")"),
            ("[x][1] and [1]\n\n[1]: a.md", "[x](the-a) and [1](the-a)\n\n"),
            ("[](a.md)", "[the-a](the-a)"),
            (r"[\[a\]](a.md)", r"[\[a\]](the-a)"),
            ("`[x](a.md)`", "`[x](a.md)`"),
            ("<https://a.b>", "<https://a.b>"),
            ("<a.md> [x]", "<a.md> [x]"),
            ("[a] b\n\n[Native]: Login", "[a] b\n\n\\[Native]: Login"),
            ("| [x](a.md) |\n|---|\n| [y](gone) |", "| [x](the-a) |\n|---|\n| y |"),
        ] {
            assert_eq!(rewritten(text), expected, "{text}");
        }
    }

    #[test]
    fn pictures_become_their_description() {
        assert_eq!(rewritten("![A *b*](c.png \"d\")"), "A *b*");
        assert_eq!(rewritten("[![A](b.png)](a.md)"), "[A](the-a)");
        assert_eq!(rewritten("x![](b.png)y ![r][1]\n\n[1]: z.png"), "xy r\n\n");
    }
}
