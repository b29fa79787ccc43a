//! Sets what stands within a line.

use crate::domain::{Span, TimeStyle};

use super::clean::line;
use super::escape::escaped;
use super::line::{Atom, Style, words};
use super::link::{self, Shown};

/// A link whose text is longer is told beside it, so that the text can be broken.
const MOST_LINKED: usize = 200;

/// The spans as words. Neighbours that are set alike become one stretch first, so that no two of them make markup together.
pub fn atoms<'a>(spans: impl IntoIterator<Item = &'a Span>) -> Vec<Atom> {
    let mut inline = Inline::default();
    for span in spans {
        inline.span(span);
    }
    inline.end();
    inline.atoms
}

/// A text that nobody set.
pub fn plain(text: &str) -> Vec<Atom> {
    words(Style::Plain, &line(text))
}

/// A text in bold.
pub fn bold(text: &str) -> Vec<Atom> {
    words(Style::Bold, line(text).trim())
}

/// A text as code.
pub fn code(text: &str) -> Vec<Atom> {
    words(Style::Code, line(text).trim())
}

/// A moment, which Discord writes in the reader's own zone: `f` is day and time, `D` the day, `R` how long ago.
pub fn time(span: &Span, unix: i64, form: char) -> Atom {
    Atom::made(format!("<t:{unix}:{form}>"), span.text().into_owned())
}

#[derive(Default)]
struct Inline {
    atoms: Vec<Atom>,
    /// What is not cut into words yet, with its style.
    run: Option<(Style, String)>,
}

impl Inline {
    fn span(&mut self, span: &Span) {
        match span {
            Span::Plain(text) => self.text(Style::Plain, text),
            Span::Strong(text) | Span::Match(text) => self.text(Style::Bold, text),
            Span::Code(text) => self.text(Style::Code, text),
            Span::Case(number) => self.text(Style::Bold, &number.to_string()),
            Span::Article { text, id } => {
                self.text(Style::Plain, text);
                let is_said = text.contains(id.as_str());
                if id.is_numbered() && !is_said {
                    let number = if text.is_empty() { id.to_string() } else { format!(" ({id})") };
                    self.text(Style::Plain, &number);
                }
            }
            Span::Link { text, url } => self.link(text, url),
            Span::Time { at, style } => {
                let form = match style {
                    TimeStyle::Moment => 'f',
                    TimeStyle::Day => 'D',
                };
                self.made(time(span, at.timestamp(), form));
            }
        }
    }

    fn text(&mut self, style: Style, text: &str) {
        match &mut self.run {
            Some((own, run)) if *own == style => run.push_str(text),
            Some(_) | None => {
                self.end();
                self.run = Some((style, text.to_owned()));
            }
        }
    }

    fn made(&mut self, atom: Atom) {
        self.end();
        self.atoms.push(atom);
    }

    fn end(&mut self) {
        if let Some((style, run)) = self.run.take() {
            self.atoms.extend(words(style, &line(&run)));
        }
    }

    fn link(&mut self, text: &str, url: &str) {
        let text = line(text);
        let alone = |url: &str| Atom::made(format!("<{url}>"), url.to_owned());
        match link::shown(&text, url) {
            Shown::Alone(url) => self.made(alone(&url)),
            Shown::Behind(url) if text.chars().count() <= MOST_LINKED => {
                let markdown = format!("[{}](<{url}>)", escaped(text.trim(), false));
                self.made(Atom::made(markdown, format!("{} ({url})", text.trim())));
            }
            Shown::Behind(url) | Shown::After(url) => {
                self.text(Style::Plain, &format!("{text} ("));
                self.made(alone(&url));
                self.text(Style::Plain, ")");
            }
            Shown::NotFollowed if text.trim() == url.trim() || url.trim().is_empty() => {
                self.text(Style::Plain, &text);
            }
            Shown::NotFollowed => self.text(Style::Plain, &format!("{text} ({url})")),
        }
    }
}
