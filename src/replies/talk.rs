//! What is said when nothing is asked, and before anything is.

use crate::chat::{Reply, SmallTalk};

use super::words::paragraph;
use super::{Locale, choices};

/// A short, kind sentence.
#[must_use]
pub fn small_talk(locale: Locale, talk: SmallTalk) -> Reply {
    let Locale::English = locale;
    let (text, choices) = match talk {
        SmallTalk::Greeting => ("Hello. What would you like to know?", vec![choices::help(locale)]),
        SmallTalk::Thanks => ("You are welcome. I'm here when something else comes up.", Vec::new()),
        SmallTalk::Farewell => ("Goodbye. I'm here whenever you need me.", Vec::new()),
    };
    Reply { blocks: vec![paragraph(text)], choices, ..Reply::default() }
}

/// The first lines in a terminal: who speaks, what one can type, and how to leave.
#[must_use]
pub fn greeting(locale: Locale, desk: &str) -> Reply {
    let Locale::English = locale;
    let blocks = vec![
        paragraph(format!("{desk} answers questions from the help articles.")),
        paragraph("Type a question or an article number, \"help\" for more, \"quit\" to leave."),
    ];
    Reply { blocks, ..Reply::default() }
}

/// A number was typed to press a choice, but none has this number.
#[must_use]
pub fn no_such_choice(locale: Locale, typed: usize, last: usize) -> Reply {
    let Locale::English = locale;
    let text = match last {
        0 => "There is nothing to choose by number just now. Type your question.".to_owned(),
        1 => format!("There is no choice {typed}. The only one is 1."),
        _ => format!("There is no choice {typed}. They go from 1 to {last}."),
    };
    Reply { blocks: vec![paragraph(text)], ..Reply::default() }
}
