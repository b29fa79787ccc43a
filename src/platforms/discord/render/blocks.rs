//! The parts of a reply as texts, boxes and files. Lists to choose from are rows below them: [`super::controls`].

use crate::chat::{Card, CaseLine, CommandHelp, Document, Form, Mention, Reply, ReplyBlock, TimelineEntry};
use crate::domain::{Span, TimeStyle};
use crate::replies::{Locale, articles, guides, terminal};

use super::clean::{self, line, size};
use super::escape::escaped;
use super::inline::{atoms, bold, code, plain, time};
use super::line::{Atom, Line, TextLine};
use super::link;
use super::message::MOST_TITLE;
use super::prose::{QUOTE, heading, prose};

/// The longest kind of an article, in words.
const MOST_KIND: usize = 60;

/// A part of a reply as it will be shown.
#[derive(Debug)]
pub enum Piece<'a> {
    /// Text of the message itself.
    Text {
        /// Its lines.
        lines: Vec<Line>,
        /// Whether it belongs to the text before it, and stands close to it.
        is_list: bool,
    },
    /// Text in a box.
    Boxed(Boxed),
    /// A file to attach.
    File(&'a Document),
}

/// A text in a box.
#[derive(Debug, Default)]
pub struct Boxed {
    /// What stands over it.
    pub title: Option<Title>,
    /// Where the title leads.
    pub url: Option<String>,
    /// What stands in it.
    pub lines: Vec<Line>,
    /// What stands below it, small.
    pub footer: Option<String>,
}

/// A title, short enough for a box, and as words for where there are no boxes.
#[derive(Debug)]
pub struct Title {
    /// In Discord's markup.
    pub markdown: String,
    /// As words.
    pub atoms: Vec<Atom>,
}

/// The pieces of a reply, in reading order.
pub fn pieces(reply: &Reply) -> Vec<Piece<'_>> {
    if let (true, Some(Form { title, .. })) = (reply.blocks.is_empty(), &reply.form) {
        return vec![Piece::Text { lines: heading(title).into_iter().collect(), is_list: false }];
    }
    reply.blocks.iter().filter_map(|block| piece(block, reply)).collect()
}

fn piece<'a>(block: &'a ReplyBlock, reply: &Reply) -> Option<Piece<'a>> {
    let text = |lines| Some(Piece::Text { lines, is_list: false });
    let list = |lines| Some(Piece::Text { lines, is_list: true });
    match block {
        ReplyBlock::Paragraph(spans) => text(vec![Line::Text(TextLine::of(atoms(spans)))]),
        ReplyBlock::Text(blocks) => text(prose(blocks)),
        ReplyBlock::Card(card) => Some(Piece::Boxed(boxed(card, reply))),
        ReplyBlock::Articles(mentions) => list(mentions.iter().map(article).collect()),
        ReplyBlock::Cases(cases) => list(cases.iter().map(case).collect()),
        ReplyBlock::Timeline(entries) => {
            Some(Piece::Boxed(Boxed { lines: timeline(entries), ..Boxed::default() }))
        }
        ReplyBlock::Commands(commands) => {
            Some(Piece::Boxed(Boxed { lines: commands.iter().map(command).collect(), ..Boxed::default() }))
        }
        ReplyBlock::Progress(progress) => {
            text(vec![Line::Text(TextLine::of(atoms(&guides::progress(Locale::English, progress))))])
        }
        ReplyBlock::File(document) => Some(Piece::File(document)),
        ReplyBlock::Also(_) | ReplyBlock::Products(_) | ReplyBlock::Pickers(_) => None,
    }
}

fn boxed(card: &Card, reply: &Reply) -> Boxed {
    let mut lines = Vec::new();
    let (title, is_cut) = title(card);
    if is_cut {
        lines.extend(heading(&card.title));
    }
    for section in &card.sections {
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        lines.extend(section.heading.as_deref().and_then(heading));
        lines.extend(prose(&section.blocks));
    }
    let updated = card.updated.map(|date| articles::updated(Locale::English, date));
    Boxed {
        title: Some(title),
        url: card.url.as_deref().and_then(link::safe),
        lines,
        footer: updated.filter(|text| !says(reply, text)),
    }
}

/// The title of a card, with its number and kind; and whether it had to be cut.
fn title(card: &Card) -> (Title, bool) {
    let number = if card.id.is_numbered() { format!(" · {}", card.id) } else { String::new() };
    let after = format!("{number} · {}", clean::label(&card.label, MOST_KIND));
    let name = clean::label(&card.title, usize::MAX);
    let room = MOST_TITLE.saturating_sub(size(&escaped(&after, false)));
    let mut most = room;
    let mut short = clean::shortened(&name, most);
    // What is escaped is longer.
    while size(&escaped(&short, true)) > room && most > 0 {
        most -= 1;
        short = clean::shortened(&name, most);
    }
    let markdown = escaped(&short, true) + &escaped(&after, false);
    let atoms = [bold(&name), plain(&after)].concat();
    (Title { markdown, atoms }, short != name)
}

/// Whether a paragraph of the reply says this already.
fn says(reply: &Reply, text: &str) -> bool {
    reply.blocks.iter().any(|block| match block {
        ReplyBlock::Paragraph(spans) => spans.iter().any(|span| span.text() == text),
        ReplyBlock::Text(_)
        | ReplyBlock::Card(_)
        | ReplyBlock::Articles(_)
        | ReplyBlock::Also(_)
        | ReplyBlock::Products(_)
        | ReplyBlock::Commands(_)
        | ReplyBlock::Cases(_)
        | ReplyBlock::Timeline(_)
        | ReplyBlock::File(_)
        | ReplyBlock::Pickers(_)
        | ReplyBlock::Progress(_) => false,
    })
}

fn item(atoms: Vec<Atom>) -> Line {
    Line::Text(TextLine { lead: "- ".to_owned(), hang: "  ".to_owned(), atoms, is_heading: false })
}

fn article(mention: &Mention) -> Line {
    let number = if mention.id.is_numbered() { format!(" · {}", mention.id) } else { String::new() };
    item([bold(&mention.title), plain(&format!("{number} · {}", mention.label))].concat())
}

fn case(case: &CaseLine) -> Line {
    let about = format!(" · {} · {} · ", line(&case.subject).trim(), line(&case.about).trim());
    let updated = Span::Time { at: case.updated, style: TimeStyle::Moment };
    let updated = time(&updated, case.updated.timestamp(), 'R');
    item([bold(&case.number.to_string()), plain(&about), vec![updated]].concat())
}

fn command(command: &CommandHelp) -> Line {
    let example = if command.example == command.usage {
        Vec::new()
    } else {
        [plain(" "), code(&command.example)].concat()
    };
    item([code(&command.usage), plain(&format!(" {}", command.about)), example].concat())
}

/// What happened in a case. What people wrote keeps its lines, and stands as a quote below what the desk says about it.
fn timeline(entries: &[TimelineEntry]) -> Vec<Line> {
    let mut lines = Vec::new();
    for TimelineEntry { at, title, text, files, internal } in entries {
        if !lines.is_empty() {
            lines.push(Line::Blank);
        }
        // A sentence that goes on with its time has no period before it.
        let mut head = bold(title.strip_suffix('.').unwrap_or(title));
        let when = Span::Time { at: *at, style: TimeStyle::Moment };
        head.extend([plain(" · "), atoms([&when])].concat());
        if *internal {
            head.extend(plain(&format!(" · {}", terminal::internal(Locale::English))));
        }
        lines.push(Line::Text(TextLine::of(head)));
        let said = text.iter().flat_map(|text| clean::lines(text)).map(|row| {
            Line::Text(TextLine {
                lead: QUOTE.to_owned(),
                hang: QUOTE.to_owned(),
                ..TextLine::of(plain(&row))
            })
        });
        lines.extend(said);
        lines.extend(files.iter().map(|name| file(name)));
    }
    lines
}

/// A line that names a file.
pub fn file(name: &str) -> Line {
    Line::Text(TextLine::of([plain(&format!("{} ", terminal::file(Locale::English))), bold(name)].concat()))
}
