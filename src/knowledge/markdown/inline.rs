//! Collects the spans of one paragraph, heading or cell.

use crate::{domain::Span, knowledge::text::without_controls};

use super::target::Target;

/// The spans so far, and what the next text is inside of.
#[derive(Debug, Default)]
pub(super) struct Inline {
    spans: Vec<Span>,
    strong: usize,
    /// How many images are open: their descriptions are plain text, whatever is marked in them.
    images: usize,
    /// One entry for each link that is open: whether it became `link`. An address within the text of a link makes one
    /// inside the other; then the outer one counts.
    open: Vec<bool>,
    link: Option<(Target, String)>,
    /// Headings and cells are one line whatever their author broke.
    one_line: bool,
}

impl Inline {
    /// Begins a heading or cell.
    pub fn begin_line(&mut self) {
        self.one_line = true;
    }

    /// Begins something in bold.
    pub fn begin_strong(&mut self) {
        self.strong += 1;
    }

    /// Ends something in bold.
    pub fn end_strong(&mut self) {
        self.strong = self.strong.saturating_sub(1);
    }

    /// Begins the description of an image.
    pub fn begin_image(&mut self) {
        self.images += 1;
    }

    /// Ends the description of an image.
    pub fn end_image(&mut self) {
        self.images = self.images.saturating_sub(1);
    }

    /// Begins a link.
    pub fn begin_link(&mut self, target: Target) {
        let counts = self.link.is_none() && self.images == 0 && target != Target::Nowhere;
        if counts {
            self.link = Some((target, String::new()));
        }
        self.open.push(counts);
    }

    /// Ends a link. One without a text shows where it leads.
    pub fn end_link(&mut self) {
        if self.open.pop() != Some(true) {
            return;
        }
        let Some((target, text)) = self.link.take() else { return };
        let shown = |target: &str| if text.trim().is_empty() { target.to_owned() } else { text.clone() };
        match target {
            Target::Article(id) => self.spans.push(Span::Article { text: shown(id.as_str()), id }),
            Target::Outside(url) => self.spans.push(Span::Link { text: shown(&url), url }),
            Target::Nowhere => {}
        }
    }

    /// Adds text.
    pub fn text(&mut self, text: &str) {
        // The parser has decoded character references, so what the file was freed of can be back.
        let text = &*without_controls(text);
        if let Some((_, shown)) = &mut self.link {
            shown.push_str(text);
            return;
        }
        match (self.spans.last_mut(), self.strong > 0 && self.images == 0) {
            (Some(Span::Plain(last)), false) => {
                // What follows a line break begins at its line's beginning.
                let text = if last.ends_with('\n') { text.trim_start_matches(' ') } else { text };
                last.push_str(text);
            }
            (Some(Span::Strong(last)), true) => last.push_str(text),
            (_, false) => self.spans.push(Span::Plain(text.to_owned())),
            (_, true) => self.spans.push(Span::Strong(text.to_owned())),
        }
    }

    /// Adds code; within a link it is part of the link's text.
    pub fn code(&mut self, code: &str) {
        if self.link.is_some() || self.images > 0 {
            self.text(code);
        } else {
            self.spans.push(Span::Code(code.to_owned()));
        }
    }

    /// Breaks the line where the author did.
    pub fn line_break(&mut self) {
        if self.one_line || self.link.is_some() || self.strong > 0 {
            self.text(" ");
            return;
        }
        if let Some(Span::Plain(last)) = self.spans.last_mut() {
            last.truncate(last.trim_end_matches(' ').len());
        }
        self.text("\n");
    }

    /// Ends the paragraph: its spans without space around them, none of them empty.
    pub fn take(&mut self) -> Vec<Span> {
        self.one_line = false;
        let mut spans = std::mem::take(&mut self.spans);
        let has_text = |span: &Span| !span.text().trim().is_empty();
        let Some(first) = spans.iter().position(has_text) else { return Vec::new() };
        spans.truncate(spans.iter().rposition(has_text).map_or(0, |last| last + 1));
        spans.drain(..first);
        spans.retain(|span| !span.text().is_empty());
        if let Some(Span::Plain(text) | Span::Strong(text)) = spans.first_mut() {
            *text = text.trim_start().to_owned();
        }
        if let Some(Span::Plain(text) | Span::Strong(text)) = spans.last_mut() {
            text.truncate(text.trim_end().len());
        }
        spans
    }
}
