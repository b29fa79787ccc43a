//! What is said to whoever typed a password where none belongs.

use crate::chat::{Choice, Reply, Verb};

use super::Locale;
use super::words::paragraph;

/// Nothing of it was kept. It may be said where others read along: it names nothing.
#[must_use]
pub fn never_here(locale: Locale) -> Reply {
    let Locale::English = locale;
    let blocks = vec![
        paragraph("That looks like a password. I kept nothing of it, and nobody here ever asks for one."),
        paragraph("Delete your message where you can, and choose a new password: somebody may have read it."),
    ];
    Reply { blocks, choices: vec![new_password(locale)], ..Reply::default() }
}

/// The rest went into a case.
#[must_use]
pub fn taken_out(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text = "There was something in it that looks like a password: I took it out before I kept the rest. Delete it from your message where you can, and choose a new one.";
    Reply { blocks: vec![paragraph(text)], choices: vec![new_password(locale)], ..Reply::default() }
}

/// Begins with a new password.
pub(super) fn new_password(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Password, "Reset my password")
}

/// The same beside an article that says how.
pub(super) fn reset_here(locale: Locale) -> Choice {
    let Locale::English = locale;
    Choice::new(&Verb::Password, "Reset it here")
}
