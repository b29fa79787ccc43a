//! What is said about files that come with a case.

use crate::chat::{Reply, ReplyBlock};
use crate::domain::case::{Case, CaseNumber};
use crate::domain::{Block, Span};

use super::size;
use crate::replies::Locale;
use crate::replies::words::{case_span, listed, plain, private, quoted, sentence};

/// Files came, and there are several cases.
#[must_use]
pub fn which_case_for_files(locale: Locale, cases: &[Case]) -> Reply {
    let Locale::English = locale;
    let numbers: Vec<String> = cases.iter().take(5).map(|case| case.number.to_string()).collect();
    let text = format!(
        "Which case is it for? Your open ones are {}. Send it again with the number before the words; nothing was kept yet.",
        listed(locale, &numbers)
    );
    sentence(text)
}

/// Files waited too long for the case that they were to come with; nothing where there are none.
#[must_use]
pub fn files_gone(locale: Locale, names: &[String]) -> Reply {
    let Locale::English = locale;
    if names.is_empty() {
        return Reply::default();
    }
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    sentence(format!(
        "I keep files for a day until there is a case, so {} is missing in it. Add it again.",
        listed(locale, &names)
    ))
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken<'a> {
    /// It is too large.
    TooLarge {
        /// Its name.
        name: &'a str,
        /// Its size in bytes.
        size: u64,
        /// The most.
        most: u64,
    },
    /// There is nothing in it.
    Empty {
        /// Its name.
        name: &'a str,
    },
    /// It could not be fetched from where it was sent.
    NotFetched {
        /// Its name.
        name: &'a str,
    },
    /// Files of this type are not taken.
    Type {
        /// Its name.
        name: &'a str,
        /// The ends of names that are.
        allowed: &'a [String],
    },
    /// It is not what its name says.
    Disguised {
        /// Its name.
        name: &'a str,
    },
    /// There are too many at once.
    TooMany {
        /// How many.
        count: usize,
        /// The most.
        most: usize,
    },
}

impl NotTaken<'_> {
    /// What is wrong, and what to do about it.
    fn reason(&self, locale: Locale) -> (String, String) {
        let Locale::English = locale;
        let (what, remedy) = match self {
            Self::TooLarge { name, size: bytes, most } => (
                format!("{} has {}, and a file may have {}", quoted(name), size(*bytes), size(*most)),
                "compress it, or send the part that matters",
            ),
            Self::Empty { name } => {
                (format!("{} is empty", quoted(name)), "look whether it is the right file")
            }
            Self::NotFetched { name } => {
                (format!("I could not fetch {}", quoted(name)), "send it again in a minute")
            }
            Self::Type { name, allowed } => {
                let these = format!("these are: {}", listed(locale, allowed));
                return (format!("Files like {} are not taken", quoted(name)), these);
            }
            Self::Disguised { name } => (
                format!("{} is not what its name says", quoted(name)),
                "send it under its own name, or as text",
            ),
            Self::TooMany { count, most } => {
                (format!("These are {count} files, and {most} are taken at once"), "send them in parts")
            }
        };
        (what, remedy.to_owned())
    }
}

/// A file is not taken, and so nothing that came with it.
#[must_use]
pub fn not_taken(locale: Locale, why: &NotTaken<'_>) -> Reply {
    let Locale::English = locale;
    let (what, remedy) = why.reason(locale);
    sentence(format!("{what}. Nothing was added; {remedy}."))
}

/// What was sent into the room of a case is in it, but for these files; nothing where there are none.
#[must_use]
pub fn without_files(
    locale: Locale,
    case: CaseNumber,
    is_rest_kept: bool,
    left_out: &[NotTaken<'_>],
) -> Reply {
    let Locale::English = locale;
    if left_out.is_empty() {
        return Reply::default();
    }
    let (files, them) = if left_out.len() == 1 { ("one file", "it") } else { ("some files", "them") };
    let head = if is_rest_kept {
        vec![Span::Plain(format!("I left {files} out; all else that you sent is in ")), case_span(case)]
    } else {
        vec![Span::Plain("Nothing was added to ".to_owned()), case_span(case)]
    };
    let why = left_out.iter().map(|why| {
        let (what, remedy) = why.reason(locale);
        vec![Block::Paragraph(plain(format!("{what}: {remedy}.")))]
    });
    let end = if is_rest_kept { format!(". Why, and how I can take {them}:") } else { ":".to_owned() };
    let head = [head, plain(end)].concat();
    private(vec![ReplyBlock::Paragraph(head), ReplyBlock::Text(vec![Block::Bullets(why.collect())])])
}
