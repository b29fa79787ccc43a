//! The chat page.

use crate::chat::{Choice, Reply, Verb};
use crate::replies::words::paragraph;
use crate::replies::{Locale, case_buttons, choices};

/// The title of the page.
#[must_use]
pub const fn title(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Ask"
}

/// What is said to somebody who has said nothing yet. Accounts are there where the desk has pages, as it has where this is read.
#[must_use]
pub fn greeting(locale: Locale, desk: &str) -> Reply {
    let Locale::English = locale;
    let blocks = vec![
        paragraph(format!(
            "{desk} answers questions from the help articles, walks you through them, and brings you to a person when that does not help."
        )),
        paragraph("Ask in your own words, or type the number of an article or of a case."),
    ];
    let choices = vec![
        case_buttons::open_case(locale),
        Choice::new(&Verb::Guides { product: None, skip: 0 }, "Show the guides"),
        Choice::new(&Verb::Password, "Reset password"),
        choices::help(locale),
    ];
    Reply { blocks, choices, ..Reply::default() }
}

/// The name of the field in which one types.
#[must_use]
pub const fn say(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Your question"
}

/// How to type more than one line, where a script sends what is typed.
#[must_use]
pub const fn how(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Enter sends, Shift and Enter begin a new line. Files can be dropped here."
}

/// The button that sends.
#[must_use]
pub const fn send(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Send"
}

/// The field for files.
#[must_use]
pub const fn files(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Add files"
}

/// Beside a field that may be left empty.
#[must_use]
pub const fn optional(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "(may be left out)"
}

/// Before the articles that are named in passing.
#[must_use]
pub const fn also(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Also:"
}

/// Beside what is chosen now.
#[must_use]
pub const fn chosen(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "chosen now"
}

/// Before the day on which an article last changed.
#[must_use]
pub const fn updated(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "updated"
}

/// Leads to the page where an article came from.
#[must_use]
pub const fn original(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Open the original page"
}

/// Who speaks, for those who don't see on which side it stands.
#[must_use]
pub fn says(locale: Locale, desk: Option<&str>) -> String {
    let Locale::English = locale;
    desk.map_or_else(|| "You".to_owned(), ToOwned::to_owned)
}

/// What somebody typed, with the files that came with it.
#[must_use]
pub fn with_files(locale: Locale, text: String, files: &[&str]) -> String {
    let Locale::English = locale;
    match (text.trim().is_empty(), files) {
        (_, []) => text,
        (true, files) => format!("({})", files.join(", ")),
        (false, files) => format!("{text}\n({})", files.join(", ")),
    }
}

/// In place of what is not kept.
#[must_use]
pub const fn unkept(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "(what you typed here is not kept)"
}

/// In place of what somebody pressed, where nothing says what was on it.
#[must_use]
pub const fn pressed(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "(a button)"
}

/// In place of what somebody filled in, where nothing says what it was for.
#[must_use]
pub const fn filled(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "(a form)"
}

/// What the articles are called that are offered while somebody types.
#[must_use]
pub const fn suggestions(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Articles"
}

/// What the turns are called together.
#[must_use]
pub const fn conversation(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "The conversation"
}

/// What a script says where the desk can't be reached.
#[must_use]
pub const fn unreachable(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "The desk could not be reached, and nothing was sent. What you typed is still here; send it again in a moment."
}

/// What a script says where the desk is gone while the page is open.
#[must_use]
pub const fn away(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "The desk is away at the moment. This page goes on by itself when it is back."
}
