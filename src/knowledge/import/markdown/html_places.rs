//! Where the tags of inline HTML stand, and which of them belong together.

use std::{collections::HashMap, ops::Range};

use pulldown_cmark::{Event, Tag as Md, TagEnd};

use super::{
    edit::{self, Edits},
    escape,
    tags::Tag,
};

/// A tag and where it stands.
pub(super) struct Found<'a> {
    pub range: Range<usize>,
    pub tag: Tag<'a>,
    /// The paragraph, heading or cell around it.
    pub scope: usize,
    /// The tag that closes it.
    pub partner: Option<usize>,
    /// Whether it closes another.
    pub is_partner: bool,
}

/// A paragraph, heading or cell.
#[derive(Default)]
pub(super) struct Scope {
    /// From the first thing in it to the last; nothing where it is empty.
    pub text: Option<Range<usize>>,
    /// Where sentences can't be broken into lines: cells and headings.
    pub one_line: bool,
    /// Where links of Markdown begin.
    pub links: Vec<usize>,
}

/// Finds the tags of a text and the paragraphs they stand in. What only looks like a tag becomes text at once.
pub(super) fn read<'a>(text: &'a str, edits: &mut Edits) -> (Vec<Found<'a>>, Vec<Scope>) {
    let mut found = Vec::new();
    let mut scopes = vec![Scope::default()];
    for (event, range) in edit::parse(text) {
        let is_block = match &event {
            Event::Start(tag) => !matches!(
                tag,
                Md::Emphasis | Md::Strong | Md::Strikethrough | Md::Link { .. } | Md::Image { .. }
            ),
            Event::End(tag) => !matches!(
                tag,
                TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image
            ),
            Event::Rule | Event::Html(_) => true,
            Event::Text(_)
            | Event::Code(_)
            | Event::InlineHtml(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => false,
        };
        if is_block {
            let one_line = matches!(event, Event::Start(Md::TableCell | Md::Heading { .. }));
            scopes.push(Scope { text: None, one_line, links: Vec::new() });
            continue;
        }
        let number = scopes.len() - 1;
        let Some(scope) = scopes.last_mut() else { continue };
        let so_far = scope.text.take().unwrap_or(range.clone());
        scope.text = Some(so_far.start.min(range.start)..so_far.end.max(range.end));
        if matches!(event, Event::Start(Md::Link { .. })) {
            scope.links.push(range.start);
        }
        if let Event::InlineHtml(_) = event {
            let raw = text.get(range.clone()).unwrap_or_default();
            match Tag::parse(raw) {
                Some(tag) => {
                    found.push(Found { range, tag, scope: number, partner: None, is_partner: false });
                }
                // Declarations and instructions: text that was meant to be read.
                None => edits.replace(range, escape::inline(raw)),
            }
        }
    }
    (found, scopes)
}

/// Finds for each tag the one that closes it, within the same paragraph or cell.
pub(super) fn pair(found: &mut [Found<'_>]) {
    let mut open: HashMap<(usize, String), Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, one) in found.iter().enumerate() {
        let key = (one.scope, one.tag.name.clone());
        if !one.tag.closes {
            open.entry(key).or_default().push(at);
        } else if let Some(opened) = open.get_mut(&key).and_then(Vec::pop) {
            pairs.push((opened, at));
        }
    }
    for (opened, closed) in pairs {
        if let Some(one) = found.get_mut(opened) {
            one.partner = Some(closed);
        }
        if let Some(one) = found.get_mut(closed) {
            one.is_partner = true;
        }
    }
}
