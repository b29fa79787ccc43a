//! What is said when nothing is asked, and before anything is.

use crate::chat::{Choice, Field, FieldKind, Form, QUESTION, Reply, SmallTalk, Ticket, Verb};
use crate::chat::{ChoiceId, parse::MAX_QUESTION};

use super::words::{paragraph, sentence};
use super::{Locale, case_buttons as buttons, choices};

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

/// Something private was asked where others read along. Says nothing of what it was.
#[must_use]
pub fn continue_in_private(locale: Locale, held: Ticket) -> Reply {
    let Locale::English = locale;
    let choices = vec![Choice::new(&Verb::InPrivate(held), "Continue in private")];
    Reply { blocks: vec![paragraph("Let us go on where only you can see it.")], choices, ..Reply::default() }
}

/// An answer is ready that only its person may see. Says nothing of what it is.
#[must_use]
pub fn answer_waits(locale: Locale, kept: Ticket) -> Reply {
    let Locale::English = locale;
    let choices = vec![Choice::new(&Verb::Kept(kept), "Show it to me")];
    Reply { blocks: vec![paragraph("I have an answer for you.")], choices, ..Reply::default() }
}

/// A button for one person was pressed by another one, or is long forgotten.
#[must_use]
pub fn not_yours(locale: Locale) -> Reply {
    let Locale::English = locale;
    let choices = vec![choices::help(locale), buttons::my_cases(locale)];
    Reply {
        choices,
        ..sentence("There is nothing for you behind this button any more. What would you like to do?")
    }
}

/// Somebody wants to ask something.
#[must_use]
pub fn ask(locale: Locale) -> Reply {
    let Locale::English = locale;
    let field = Field {
        name: QUESTION.to_owned(),
        label: "What would you like to know?".to_owned(),
        kind: FieldKind::Paragraphs,
        optional: false,
        most: MAX_QUESTION,
        value: None,
    };
    let form = Form {
        id: ChoiceId::of(&Verb::Ask),
        title: "Ask a question".to_owned(),
        at_once: true,
        fields: vec![field],
    };
    Reply { form: Some(form), ..sentence("What would you like to know?") }
}
