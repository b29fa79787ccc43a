//! Turns the Markdown parser's events into passages.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Tag, TagEnd};

use crate::domain::{Block, Passage, Span};
use crate::knowledge::{fault::Remark, lines::Lines, text::one_line};

use super::{Body, html, inline::Inline, stack::Stack, table::Table, target::Target};

/// What has been read so far.
pub(super) struct Builder<'s> {
    source: &'s str,
    lines: &'s Lines,
    body: Body,
    /// The heading of the passage that is being read, and its place.
    heading: Option<(String, HeadingLevel, Range<usize>)>,
    stack: Stack,
    inline: Inline,
    table: Option<Table>,
    /// The code or HTML block that is being read.
    verbatim: Option<String>,
}

impl<'s> Builder<'s> {
    pub fn new(source: &'s str, lines: &'s Lines) -> Self {
        Self {
            source,
            lines,
            body: Body::default(),
            heading: None,
            stack: Stack::default(),
            inline: Inline::default(),
            table: None,
            verbatim: None,
        }
    }

    /// Takes the next event and the place it comes from.
    pub fn take(&mut self, event: Event<'_>, range: &Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) | Event::Html(text) => match &mut self.verbatim {
                Some(verbatim) => verbatim.push_str(&text),
                None => self.inline.text(&text),
            },
            Event::Code(code) => self.inline.code(&code),
            Event::InlineHtml(tag) if html::is_line_break(&tag) => self.inline.line_break(),
            Event::InlineHtml(tag) => self.inline.text(&html::description(&tag).unwrap_or_default()),
            Event::SoftBreak => self.inline.text(" "),
            Event::HardBreak => self.inline.line_break(),
            Event::Rule => self.end_paragraph(),
            // The extensions that make these are not enabled; their text would not be lost.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.inline.text(&text);
            }
            Event::TaskListMarker(_) => {}
        }
    }

    /// The passages, when all events have been taken.
    pub fn finish(mut self) -> Body {
        self.end_paragraph();
        self.end_passage();
        self.body
    }

    fn start(&mut self, tag: Tag<'_>, range: &Range<usize>) {
        if is_block(tag.to_end()) {
            self.end_paragraph();
        }
        match tag {
            Tag::Strong => self.inline.begin_strong(),
            Tag::Link { link_type, dest_url, .. } => self.start_link(link_type, &dest_url, range),
            Tag::Image { .. } => self.inline.begin_image(),
            Tag::TableCell | Tag::Heading { .. } => self.inline.begin_line(),
            Tag::Item => self.stack.begin_item(),
            Tag::List(start) => self.stack.begin_list(start),
            Tag::BlockQuote(kind) => self.stack.begin_quote(kind),
            Tag::CodeBlock(_) | Tag::HtmlBlock => self.verbatim = Some(String::new()),
            Tag::Table(_) => self.table = Some(Table::default()),
            Tag::Paragraph
            | Tag::TableHead
            | Tag::TableRow
            | Tag::Emphasis
            | Tag::Strikethrough
            | Tag::Superscript
            | Tag::Subscript
            | Tag::FootnoteDefinition(_)
            | Tag::MetadataBlock(_)
            | Tag::DefinitionList
            | Tag::DefinitionListTitle
            | Tag::DefinitionListDefinition => {}
        }
    }

    fn end(&mut self, tag: TagEnd, range: &Range<usize>) {
        match tag {
            TagEnd::Strong => self.inline.end_strong(),
            TagEnd::Link => self.inline.end_link(),
            TagEnd::Image => self.inline.end_image(),
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table {
                    table.cell(self.inline.take(), range.end);
                }
            }
            TagEnd::TableHead | TagEnd::TableRow => self.end_row(range),
            TagEnd::Table => {
                if let Some(block) = self.table.take().and_then(Table::block) {
                    self.stack.push(block);
                }
            }
            TagEnd::Item => self.end_item(range),
            TagEnd::List(_) => {
                self.end_paragraph();
                self.stack.end_list();
            }
            TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                self.stack.end_quote();
            }
            TagEnd::Heading(level) => self.end_heading(level, range),
            TagEnd::CodeBlock => {
                let code = self.verbatim.take().unwrap_or_default();
                if !code.trim().is_empty() {
                    self.stack.push(Block::Code(code.trim_end_matches('\n').to_owned()));
                }
            }
            TagEnd::HtmlBlock => {
                for text in html::paragraphs(&self.verbatim.take().unwrap_or_default()) {
                    self.stack.push(Block::Paragraph(vec![Span::Plain(text)]));
                }
            }
            TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Superscript | TagEnd::Subscript => {}
            TagEnd::Paragraph
            | TagEnd::FootnoteDefinition
            | TagEnd::MetadataBlock(_)
            | TagEnd::DefinitionList
            | TagEnd::DefinitionListTitle
            | TagEnd::DefinitionListDefinition => self.end_paragraph(),
        }
    }

    /// What has no paragraph of its own, such as the text of an item, ends where the next block begins.
    fn end_paragraph(&mut self) {
        let spans = self.inline.take();
        if !spans.is_empty() {
            self.stack.push(Block::Paragraph(spans));
        }
    }

    fn end_heading(&mut self, level: HeadingLevel, range: &Range<usize>) {
        let spans = self.inline.take();
        if spans.is_empty() {
            return;
        }
        if level > HeadingLevel::H2 || !self.stack.is_outermost() {
            self.stack.push(Block::Heading(spans));
            return;
        }
        self.end_passage();
        let text: String = spans.iter().map(Span::text).collect();
        self.heading = Some((one_line(&text), level, range.clone()));
    }

    fn end_passage(&mut self) {
        let blocks = self.stack.take();
        let heading = self.heading.take().map(|(heading, level, range)| {
            // A first-level heading is the title of what follows in the next sections.
            if blocks.is_empty() && level == HeadingLevel::H2 {
                let remedy = "write it, or leave the heading out; headings within a section begin with ###";
                self.remark(&range, "this section has no text", remedy);
            }
            heading
        });
        if heading.is_some() || !blocks.is_empty() {
            self.body.passages.push(Passage { heading, blocks });
        }
    }

    fn end_item(&mut self, range: &Range<usize>) {
        self.end_paragraph();
        if !self.stack.end_item() {
            self.remark(range, "this step is empty", "write what is to be done, or take its number away");
        }
    }

    fn end_row(&mut self, range: &Range<usize>) {
        let Some(table) = &mut self.table else { return };
        if table.end_row(self.source, range.end) {
            let remedy = "give the first row as many cells as the others";
            self.remark(range, "this row has more cells than the table's first row", remedy);
        }
    }

    fn start_link(&mut self, link_type: LinkType, dest: &str, range: &Range<usize>) {
        let target = Target::of_link(link_type, dest);
        match &target {
            Target::Article(id) => self.body.links.push((self.lines.at(range.start), id.clone())),
            Target::Outside(_) => {}
            Target::Nowhere => {
                let shown: String = dest.chars().take(60).collect();
                let remedy =
                    "link to an article's id, as in [text](change-password), or to a full web address";
                self.remark(range, &format!("the link to \"{shown}\" is shown as plain text"), remedy);
            }
        }
        self.inline.begin_link(target);
    }

    fn remark(&mut self, range: &Range<usize>, what: &str, remedy: &str) {
        self.body.remarks.push(Remark::warning(self.lines.at(range.start), what, remedy));
    }
}

/// Whether this is a block of its own and not a part of a sentence or table.
fn is_block(tag: TagEnd) -> bool {
    !matches!(
        tag,
        TagEnd::Strong
            | TagEnd::Emphasis
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::TableHead
            | TagEnd::TableRow
            | TagEnd::TableCell
    )
}
