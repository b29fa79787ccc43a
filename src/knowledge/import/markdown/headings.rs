//! Headings: the title leaves the body, and the sections below it begin at the second level.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, Tag, TagEnd};

use super::edit::{self, Edits};

/// A body whose headings are in order.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Body {
    /// What the heading of the first level said, where the body began with one.
    pub title: Option<String>,
    /// The rest.
    pub text: String,
}

struct Heading {
    level: usize,
    range: Range<usize>,
    /// Inside a quote or a list item, where it does not divide the article.
    nested: bool,
}

/// Takes the title out and moves the other headings so that sections begin with `## `.
pub(super) fn arrange(text: &str) -> Body {
    let mut headings = read(text);
    let mut edits = Edits::default();
    let mut title = None;
    if headings.first().is_some_and(|first| first.level == 1 && !first.nested) {
        let first = headings.remove(0);
        let said = edit::plain(text.get(first.range.clone()).unwrap_or_default());
        title = (!said.is_empty()).then_some(said);
        edits.remove(first.range);
    }
    level(text, headings, &mut edits);
    Body { title, text: edits.apply(text) }
}

/// Moves headings so that sections begin with `## `, and takes nothing out.
pub(super) fn relevelled(text: &str) -> String {
    let mut edits = Edits::default();
    level(text, read(text), &mut edits);
    edits.apply(text)
}

fn level(text: &str, headings: Vec<Heading>, edits: &mut Edits) {
    let top = headings.iter().filter(|heading| !heading.nested).map(|heading| heading.level).min();
    let up = top.unwrap_or(2).saturating_sub(2);
    for heading in headings {
        let wanted = if heading.nested { heading.level.max(3) } else { (heading.level - up).max(2) };
        relevel(text, &heading, wanted, edits);
    }
}

fn read(text: &str) -> Vec<Heading> {
    let mut headings = Vec::new();
    let mut depth = 0usize;
    for (event, range) in edit::parse(text) {
        match event {
            Event::Start(Tag::BlockQuote(_) | Tag::List(_)) => depth += 1,
            Event::End(TagEnd::BlockQuote(_) | TagEnd::List(_)) => depth = depth.saturating_sub(1),
            Event::Start(Tag::Heading { level, .. }) => {
                headings.push(Heading { level: number(level), range, nested: depth > 0 });
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
    }
    headings
}

fn number(level: HeadingLevel) -> usize {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

fn relevel(text: &str, heading: &Heading, wanted: usize, edits: &mut Edits) {
    let source = text.get(heading.range.clone()).unwrap_or_default();
    let marks = source.len() - source.trim_start_matches('#').len();
    // `#word` is no mark; over a row of `=` it is a heading all the same.
    if marks == 0 || source.get(marks..).is_some_and(|rest| rest.starts_with(|c: char| !c.is_whitespace())) {
        // Underlined: its lines become one.
        let mut lines: Vec<&str> =
            source.trim_end().lines().map(|line| line.trim().trim_start_matches('>')).collect();
        lines.pop();
        let end = heading.range.start + source.trim_end().len();
        let said = lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
        edits.replace(heading.range.start..end, format!("{} {said}", "#".repeat(wanted)));
    } else if marks != wanted {
        edits.replace(heading.range.start..heading.range.start + marks, "#".repeat(wanted));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_title_leaves_and_sections_begin_at_the_second_level() {
        for (text, title, expected) in [
            ("# A `b` c\n\n## D\n", Some("A b c"), "\n## D\n"),
            ("A\n===\n\nB\nc\n---\n", Some("A"), "\n## B c\n"),
            ("# A\n\n# B\n\n### C\n", Some("A"), "\n## B\n\n### C\n"),
            ("# A\n\n### B\n\n#### C\n", Some("A"), "\n## B\n\n### C\n"),
            ("## B\n\n# C\n", None, "## B\n\n## C\n"),
            ("> # Q\n\n- # I\n", None, "> ### Q\n\n- ### I\n"),
            ("> #b\n> ===\n", None, "> ### #b\n"),
            ("```\n# A\n```\n", None, "```\n# A\n```\n"),
        ] {
            let body = arrange(text);
            assert_eq!((body.title.as_deref(), body.text.as_str()), (title, expected), "{text}");
        }
    }
}
