//! What a terminal says: about its files, its prompts, and the desk that it talks with. Other doors mark files and what is
//! internal in the same words.

use std::fmt::Display;

use crate::chat::{Field, Reply, ReplyBlock};

use super::Locale;
use super::words::{paragraph, quoted};

/// What a field asks for, with how much it takes.
#[must_use]
pub fn field(locale: Locale, field: &Field) -> String {
    let Locale::English = locale;
    let Field { label, optional, most, name: _, kind: _, value: _ } = field;
    let optional = if *optional { "; may be left out" } else { "" };
    format!("{label} (at most {most} characters{optional})")
}

/// How to type more than one line, and to hand in a file.
#[must_use]
pub fn how_to_write(locale: Locale) -> String {
    let Locale::English = locale;
    "A line that ends in \\ goes on in the next, and pasted text arrives as one message. \"attach PATH\" hands in a file.".to_owned()
}

/// Beside what only staff may read.
#[must_use]
pub fn internal(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "internal, only for staff"
}

/// Before the name of a file.
#[must_use]
pub fn file(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "File:"
}

/// A file that the desk made is in the working folder now.
#[must_use]
pub fn saved(locale: Locale, name: &str) -> ReplyBlock {
    let Locale::English = locale;
    paragraph(format!("Saved as {name} in the folder that you are in."))
}

/// A file that the desk made could not be saved.
#[must_use]
pub fn not_saved(locale: Locale, name: &str, why: &dyn Display) -> ReplyBlock {
    let Locale::English = locale;
    paragraph(format!(
        "{name} could not be saved here ({why}). Start the chat in a folder where you may write."
    ))
}

/// Why a file can't be attached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAttached {
    /// Nothing follows the word.
    NoPath,
    /// A quote is not closed.
    OpenQuote,
    /// There is none.
    Missing(String),
    /// It is a folder, a pipe or a device.
    NoFile(String),
    /// It has more bytes than the desk takes.
    TooLarge {
        /// Which.
        path: String,
        /// The most, in millions of bytes.
        most_mb: u64,
    },
    /// It can't be read.
    Unreadable {
        /// Which.
        path: String,
        /// What the system says.
        why: String,
    },
}

/// Why a file was not attached, and what to do.
#[must_use]
pub fn not_attached(locale: Locale, why: &NotAttached) -> Reply {
    let Locale::English = locale;
    let text = match why {
        NotAttached::NoPath => {
            "Say which file, for example: attach ~/screenshot.png. Words after it are your message."
                .to_owned()
        }
        NotAttached::OpenQuote => {
            "The quotes around the file's name are not closed. Write it as: attach \"my screenshot.png\"."
                .to_owned()
        }
        NotAttached::Missing(path) => format!(
            "There is no file {} here. Nothing was sent. A name with spaces goes in quotes, and Tab completes it.",
            quoted(path)
        ),
        NotAttached::NoFile(path) => {
            format!(
                "{} is not a file. Nothing was sent. Attach files one by one, or an archive of them.",
                quoted(path)
            )
        }
        NotAttached::TooLarge { path, most_mb } => format!(
            "{} is larger than {most_mb} MB. Nothing was sent. Compress it, or attach the part that matters.",
            quoted(path)
        ),
        NotAttached::Unreadable { path, why } => {
            format!("{} could not be read ({why}). Nothing was sent.", quoted(path))
        }
    };
    said(text)
}

/// What became of the connection with a desk that runs elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// It was not there to take the turn.
    NotRunning,
    /// It took the turn and did not answer.
    BrokenOff,
    /// It can't be asked.
    Refused(String),
    /// It has stopped.
    Stopped,
    /// It is there again.
    Back,
}

/// What became of the desk, and of what was typed.
#[must_use]
pub fn trouble(locale: Locale, trouble: &Trouble) -> Reply {
    let Locale::English = locale;
    said(match trouble {
        Trouble::NotRunning => {
            "The desk is not running, so this was not sent. Everything it answered before is kept. I'll say when it is back; then type it again.".to_owned()
        }
        Trouble::BrokenOff => {
            "The desk stopped before it answered, so this may be kept or not. I'll say when it is back; then look before you do it again.".to_owned()
        }
        Trouble::Refused(why) => format!("The desk can't be asked: {why}."),
        Trouble::Stopped => {
            "The desk has stopped. Everything it answered is kept. I'll say when it is back.".to_owned()
        }
        Trouble::Back => "The desk is back. The conversation goes on where it was.".to_owned(),
    })
}

fn said(text: String) -> Reply {
    Reply { blocks: vec![paragraph(text)], ..Reply::default() }
}
