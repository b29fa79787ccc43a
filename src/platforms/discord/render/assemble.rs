//! Puts the parts of a reply into as few messages as Discord's limits allow.

use crate::chat::{Document, Reply, ReplyBlock};
use crate::domain::Span;
use crate::domain::case::safe_name;
use crate::replies::{Locale, discord};

use super::Look;
use super::blocks::{Boxed, Piece, file, pieces};
use super::clean::{line, size};
use super::controls::{Control, controls};
use super::escape::escaped;
use super::line::{Line, TextLine, plain};
use super::message::{
    Embed, File, MOST_CONTENT, MOST_DESCRIPTION, MOST_EMBEDDED, MOST_EMBEDS, MOST_ROWS, Message,
};
use super::pages::pages;

/// The most messages of one answer; a longer one begins in the conversation and is attached as a file.
const MOST_MESSAGES: usize = 5;
/// The messages that show the beginning of a longer one.
const BEGINNING: usize = 2;
/// The most bytes of a file. Discord takes a little more.
const MOST_BYTES: usize = 8_000_000;
/// The edge of an article's box.
const ACCENT: u32 = 0x2f_6f_db;

/// The messages of a reply, in the order in which they are sent. None only where the reply is silent.
#[must_use]
pub fn messages(reply: &Reply, look: Look) -> Vec<Message> {
    if reply.is_silent() {
        return Vec::new();
    }
    let pieces = pieces(reply);
    let mut pack = Pack { look, messages: Vec::new(), pending: Vec::new() };
    for piece in &pieces {
        pack.piece(piece);
    }
    pack.flush();
    let mut messages = pack.messages;
    if messages.len() > MOST_MESSAGES {
        messages = folded(messages, &pieces, reply);
    }
    with_rows(messages, controls(reply))
}

struct Pack {
    look: Look,
    messages: Vec<Message>,
    /// Lines that are in no message yet.
    pending: Vec<Line>,
}

impl Pack {
    fn piece(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Text { lines, is_list } => self.text(lines, *is_list),
            Piece::Boxed(boxed) if self.look.may_embed => {
                self.flush();
                self.boxed(boxed);
            }
            Piece::Boxed(boxed) => self.text(&unboxed(boxed), false),
            Piece::File(document) => {
                self.flush();
                self.file(document);
            }
        }
    }

    fn text(&mut self, lines: &[Line], is_list: bool) {
        if !self.pending.is_empty() && !is_list {
            self.pending.push(Line::Blank);
        }
        self.pending.extend_from_slice(lines);
    }

    /// Puts the lines into messages. What comes after a box stands in one as well, since a message's own text is above its boxes.
    fn flush(&mut self) {
        let lines = std::mem::take(&mut self.pending);
        if self.messages.last().is_some_and(|last| !last.embeds.is_empty()) {
            for description in pages(&lines, MOST_DESCRIPTION) {
                self.embed(Embed { description, ..Embed::default() });
            }
            return;
        }
        for page in pages(&lines, MOST_CONTENT) {
            match self.messages.last_mut() {
                Some(last) if size(&last.content) + size(&page) + 2 <= MOST_CONTENT => {
                    last.content = format!("{}\n\n{page}", last.content);
                }
                Some(_) | None => self.messages.push(Message::of(page)),
            }
        }
    }

    fn boxed(&mut self, boxed: &Boxed) {
        let mut descriptions = pages(&boxed.lines, MOST_DESCRIPTION);
        if descriptions.is_empty() && boxed.title.is_some() {
            descriptions.push(String::new());
        }
        let last = descriptions.len().saturating_sub(1);
        for (at, description) in descriptions.into_iter().enumerate() {
            self.embed(Embed {
                title: boxed.title.as_ref().filter(|_| at == 0).map(|title| title.markdown.clone()),
                url: boxed.url.clone().filter(|_| at == 0),
                description,
                footer: boxed.footer.clone().filter(|_| at == last),
                color: boxed.title.as_ref().map(|_| ACCENT),
            });
        }
    }

    fn embed(&mut self, embed: Embed) {
        match self.messages.last_mut() {
            Some(last)
                if last.embeds.len() < MOST_EMBEDS && last.embedded() + embed.size() <= MOST_EMBEDDED =>
            {
                last.embeds.push(embed);
            }
            Some(_) | None => self.messages.push(Message { embeds: vec![embed], ..Message::default() }),
        }
    }

    /// Attaches a document, and names it in the text.
    fn file(&mut self, document: &Document) {
        let named = attached(document);
        match self.messages.last_mut() {
            Some(last)
                if last.files.is_empty()
                    && last.embeds.is_empty()
                    && size(&last.content) + size(&named.content) + 2 <= MOST_CONTENT =>
            {
                last.content = format!("{}\n\n{}", last.content, named.content);
                last.files = named.files;
            }
            Some(_) | None => self.messages.push(named),
        }
    }
}

/// A box as text, for where the bot may not embed.
fn unboxed(boxed: &Boxed) -> Vec<Line> {
    let title = boxed
        .title
        .as_ref()
        .map(|title| Line::Text(TextLine { is_heading: true, ..TextLine::of(title.atoms.clone()) }));
    let footer = boxed.footer.as_ref().map(|footer| Line::Text(TextLine::of(super::inline::plain(footer))));
    let mut lines: Vec<Line> = title.map(|title| [title, Line::Blank]).into_iter().flatten().collect();
    lines.extend(boxed.lines.iter().cloned());
    lines.extend(footer.map(|footer| [Line::Blank, footer]).into_iter().flatten());
    lines
}

/// A document in a message of its own.
fn attached(document: &Document) -> Message {
    let name = safe_name(&line(&document.name));
    if document.text.len() > MOST_BYTES {
        return Message::of(escaped(&discord::too_large(Locale::English, &name), true));
    }
    let file_line = pages(&[file(&name)], MOST_CONTENT).concat();
    let media = line(&document.media);
    Message { files: vec![File { name, media, text: document.text.clone() }], ..Message::of(file_line) }
}

/// The beginning of a long answer, the documents in it, and a file with all of its text.
fn folded(messages: Vec<Message>, pieces: &[Piece<'_>], reply: &Reply) -> Vec<Message> {
    let mut whole: Vec<Line> = Vec::new();
    let mut documents = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Text { lines, is_list } => {
                whole.extend((!is_list).then_some(Line::Blank));
                whole.extend_from_slice(lines);
            }
            Piece::Boxed(boxed) => {
                whole.push(Line::Blank);
                whole.extend(unboxed(boxed));
            }
            Piece::File(document) => {
                whole.extend([Line::Blank, file(&safe_name(&line(&document.name)))]);
                documents.push(attached(document));
            }
        }
    }
    let text = plain(&whole).trim_start_matches('\n').to_owned();
    let all = Document { name: name_of(reply), media: "text/markdown".to_owned(), text };
    let says = escaped(&discord::goes_on_in_file(Locale::English, &all.name), true);
    let mut kept: Vec<Message> = messages
        .into_iter()
        .take(BEGINNING)
        .map(|message| Message { files: Vec::new(), ..message })
        .collect();
    kept.extend(documents);
    kept.push(Message { content: says, ..attached(&all) });
    kept
}

/// What a file with all of the reply's text is called: like the article or the case that it is about.
fn name_of(reply: &Reply) -> String {
    let name = reply.blocks.iter().find_map(|block| match block {
        ReplyBlock::Card(card) => Some(card.id.to_string()),
        ReplyBlock::Paragraph(spans) => spans.iter().find_map(|span| match span {
            Span::Case(number) => Some(number.to_string()),
            Span::Plain(_)
            | Span::Strong(_)
            | Span::Match(_)
            | Span::Code(_)
            | Span::Link { .. }
            | Span::Article { .. }
            | Span::Time { .. } => None,
        }),
        ReplyBlock::Text(_)
        | ReplyBlock::Articles(_)
        | ReplyBlock::Also(_)
        | ReplyBlock::Products(_)
        | ReplyBlock::Commands(_)
        | ReplyBlock::Cases(_)
        | ReplyBlock::Timeline(_)
        | ReplyBlock::File(_)
        | ReplyBlock::Pickers(_)
        | ReplyBlock::Progress(_) => None,
    });
    format!("{}.md", name.unwrap_or_else(|| "answer".to_owned()))
}

/// The messages with what can be pressed below the last one, and below further ones where there is more of it.
fn with_rows(mut messages: Vec<Message>, controls: Vec<Control>) -> Vec<Message> {
    if messages.is_empty() {
        messages.push(Message::of(discord::what_next(Locale::English)));
    }
    let mut is_after_caption = false;
    for Control { caption, row } in controls {
        let says = caption.clone().unwrap_or_default();
        let gap = if is_after_caption { "\n" } else { "\n\n" };
        let fitting = messages.last_mut().filter(|last| {
            let has_room = last.embeds.is_empty() && size(&last.content) + size(&says) + 2 <= MOST_CONTENT;
            last.components.len() < MOST_ROWS && (caption.is_none() || has_room)
        });
        if let Some(last) = fitting {
            if caption.is_some() {
                last.content = format!("{}{gap}{says}", last.content);
            }
            last.components.push(row);
        } else {
            let says = caption.clone().unwrap_or_else(|| discord::more_to_choose(Locale::English).to_owned());
            messages.push(Message { components: vec![row], ..Message::of(says) });
        }
        is_after_caption = caption.is_some();
    }
    messages
}
