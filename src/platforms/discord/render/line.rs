//! Lines of a text before they are markup: they can be told in Discord's or in plain text, and broken at any word.

use super::clean::{beginning, size};
use super::escape::{BREAK, code_line, code_span, escaped, units};

/// Words longer than this are broken, so that any text fits somewhere.
const MOST_WORD: usize = 200;
/// The most that opens and closes bold or code, with what keeps it apart from its neighbours.
const MOST_MARKS: usize = 8;

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Line {
    /// Space between two paragraphs.
    Blank,
    /// A paragraph, an item or a heading.
    Text(TextLine),
    /// A block of code.
    Code {
        /// What stands before each of its lines: the mark of a quote, or nothing.
        lead: &'static str,
        /// Its lines; one of them at least has something in it.
        rows: Vec<String>,
    },
}

/// A line of words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TextLine {
    /// What stands before it: the marks of lists and quotes.
    pub lead: String,
    /// What stands before the rest of it, where it is broken.
    pub hang: String,
    /// Its words.
    pub atoms: Vec<Atom>,
    /// Whether it announces what comes after it.
    pub is_heading: bool,
}

/// How a word is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// Like the words around it.
    Plain,
    /// In bold.
    Bold,
    /// As code.
    Code,
    /// It is markup already.
    Made,
}

/// A word with the space after it: what is not taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Atom {
    style: Style,
    markdown: String,
    text: String,
}

impl Atom {
    /// Markup that was made here, and what is read of it.
    pub fn made(markdown: String, text: String) -> Self {
        Self { style: Style::Made, markdown, text }
    }

    /// The most that this takes after a word of this style, or at the beginning of a line.
    fn size(&self, before: Option<Style>) -> usize {
        let is_alike = before == Some(self.style);
        match self.style {
            Style::Plain if before.is_none() => size(&self.first()),
            Style::Plain | Style::Made => size(&self.markdown),
            Style::Bold => size(&self.markdown) + if is_alike { 0 } else { MOST_MARKS },
            // What breaks its backticks may stand between two words as well.
            Style::Code => size(&code_span(&self.text)) + if is_alike { 1 } else { MOST_MARKS },
        }
    }

    /// As it is sent at the beginning of a line.
    fn first(&self) -> String {
        match self.style {
            Style::Plain => escaped(&self.text, true),
            Style::Bold | Style::Code | Style::Made => self.markdown.clone(),
        }
    }
}

/// The words of a text of one line.
pub fn words(style: Style, text: &str) -> Vec<Atom> {
    let mut atoms: Vec<Atom> = Vec::new();
    let mut is_open = false;
    for unit in units(text, false) {
        let is_space = unit.text == " ";
        let markdown = if style == Style::Code { &unit.text } else { &unit.markdown };
        match atoms.last_mut() {
            Some(atom) if is_open && atom.text.len() + unit.text.len() <= MOST_WORD => {
                atom.markdown.push_str(markdown);
                atom.text.push_str(&unit.text);
            }
            Some(_) | None => {
                let markdown = markdown.clone();
                atoms.push(Atom { style, markdown, text: unit.text });
            }
        }
        is_open = !is_space;
    }
    atoms
}

impl TextLine {
    /// A paragraph.
    pub fn of(atoms: Vec<Atom>) -> Self {
        Self { atoms, ..Self::default() }
    }

    /// Whether there is nothing to read in it.
    pub fn is_empty(&self) -> bool {
        self.atoms.iter().all(|atom| atom.text.trim().is_empty())
    }

    /// As it is sent.
    pub fn markdown(&self) -> String {
        written(&self.lead, &self.atoms)
    }

    /// As it is read.
    pub fn plain(&self) -> String {
        self.lead.chars().chain(self.atoms.iter().flat_map(|atom| atom.text.chars())).collect()
    }

    /// The line in pieces of at most so much, each a line of its own.
    pub fn pieces(&self, room: usize) -> Vec<String> {
        let mut pieces = Vec::new();
        let mut lead = &self.lead;
        let mut rest = self.atoms.as_slice();
        while !rest.is_empty() {
            let mut left = room.saturating_sub(size(lead));
            let mut before = None;
            let fits = |atom: &&Atom| {
                let style = before.replace(atom.style);
                left.checked_sub(atom.size(style)).map(|less| left = less).is_some()
            };
            let count = rest.iter().take_while(fits).count().max(1);
            let (piece, after) = rest.split_at(count);
            pieces.push(written(lead, piece));
            lead = &self.hang;
            rest = after;
        }
        pieces
    }
}

/// Words behind a lead. Those that are set alike stand between one pair of marks, with the space around them outside.
fn written(lead: &str, atoms: &[Atom]) -> String {
    let mut out = lead.to_owned();
    let blank = atoms.iter().take_while(|atom| atom.text.trim().is_empty()).count();
    let atoms = atoms.get(blank..).unwrap_or_default();
    let is_alike = |a: &Atom, b: &Atom| a.style == b.style;
    for (at, run) in atoms.chunk_by(is_alike).enumerate() {
        let style = run.first().map_or(Style::Plain, |atom| atom.style);
        let all: String = match run {
            [first, rest @ ..] if at == 0 && style == Style::Plain => {
                first.first() + &rest.iter().map(|atom| atom.markdown.as_str()).collect::<String>()
            }
            run => run.iter().map(|atom| atom.markdown.as_str()).collect(),
        };
        let inner = all.trim_matches(' ');
        match style {
            Style::Bold | Style::Code if inner.is_empty() => out.push_str(&all),
            Style::Bold => out.push_str(&all.replacen(inner, &format!("**{inner}**"), 1)),
            Style::Code => {
                // An escaped backtick and those of the code would look like the three of a block.
                out.extend(out.ends_with('`').then_some(BREAK));
                out.push_str(&all.replacen(inner, &code_span(inner), 1));
            }
            Style::Plain | Style::Made => out.push_str(&all),
        }
    }
    out.truncate(out.trim_end_matches(' ').len().max(lead.len()));
    out
}

/// The lines as they are read, without any markup but that of lists: what a file holds.
pub fn plain(lines: &[Line]) -> String {
    let mut out = String::new();
    for line in lines {
        match line {
            Line::Blank => out.push('\n'),
            Line::Text(line) => {
                out.push_str(line.plain().trim_end());
                out.push('\n');
            }
            Line::Code { rows, .. } => {
                for row in rows {
                    out.push_str("    ");
                    out.push_str(row);
                    out.push('\n');
                }
            }
        }
    }
    out
}

/// A row of a block of code, in pieces of at most so much; between words where it has any.
pub fn code_pieces(row: &str, room: usize) -> Vec<String> {
    let row = code_line(row);
    let mut pieces = Vec::new();
    let mut rest = row.as_str();
    loop {
        let most = beginning(rest, room.max(2));
        let word = most.rfind(' ').and_then(|space| most.get(..=space)).filter(|_| most.len() < rest.len());
        let piece = word.unwrap_or(most);
        pieces.push(piece.to_owned());
        rest = rest.get(piece.len()..).unwrap_or_default();
        if rest.is_empty() {
            return pieces;
        }
    }
}
