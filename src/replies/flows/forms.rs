//! The forms of steps, and what flows are called.

use crate::chat::choice::FlowVerb;
use crate::chat::flow::{At, Draft, Flow, Step, WritingKind};
use crate::chat::{ChoiceId, Field, FieldKind, Form, Verb};
use crate::domain::case::{MOST_REASON, MOST_TEXT};

use crate::replies::words::quoted;
use crate::replies::{Locale, accounts};

use super::reset;

/// The form of the present step; none where only buttons answer it.
pub(super) fn form(locale: Locale, flow: &Flow) -> Option<Form> {
    let Locale::English = locale;
    if let Draft::Account(draft) = &flow.draft {
        return accounts::asked::form(locale, flow, draft);
    }
    let (label, kind, most) = match (&flow.draft, flow.step()) {
        (Draft::OpenCase(_), Step::Text { .. }) => ("What is the matter?", FieldKind::Paragraphs, MOST_TEXT),
        (Draft::Writing(writing), Step::Text { .. }) => (
            match writing.kind {
                WritingKind::Close => "Reason",
                WritingKind::Rate(_) => "Why?",
                WritingKind::Note => "Note",
                WritingKind::Answer | WritingKind::Solve => "Answer",
                WritingKind::Reply | WritingKind::Files => "Message",
            },
            if writing.most() == MOST_TEXT { FieldKind::Paragraphs } else { FieldKind::Line },
            writing.most(),
        ),
        (Draft::RefuseRequest(_), Step::Text { .. }) => ("Reason", FieldKind::Line, MOST_REASON),
        (_, Step::Address) => ("E-mail address", FieldKind::Line, 254),
        (Draft::Reset(draft), _) => (reset::field(locale, draft)?, FieldKind::Line, 300),
        (_, Step::Code) => ("Code", FieldKind::Line, 20),
        (_, _) => return None,
    };
    let step = flow.step();
    let optional = step == Step::Text { optional: true };
    let id = ChoiceId::of(&Verb::Flow(flow.id, FlowVerb::Form(step.name().into_owned())));
    let field =
        Field { name: step.name().into_owned(), label: label.to_owned(), kind, optional, most, value: None };
    // Linking can be done in two ways, which are read first: there the form is behind a button of its own.
    let (title, at_once) = match (&flow.draft, step) {
        (Draft::Link(_), Step::Code) => ("Type the code".to_owned(), false),
        (Draft::Link(_), _) => ("Enter the address".to_owned(), false),
        (_, _) => (title(locale, flow), true),
    };
    Some(Form { id, title, at_once, fields: vec![field] })
}

/// What a flow is called in a list.
pub(super) fn title(locale: Locale, flow: &Flow) -> String {
    let Locale::English = locale;
    match &flow.draft {
        Draft::OpenCase(draft) => {
            let whose = draft.on_behalf.map(|person| format!(" for {person}")).unwrap_or_default();
            let about = draft.description.as_ref().map(|text| format!(": {}", quoted(text.as_str())));
            format!("Open a case{whose}{}", about.unwrap_or_default())
        }
        Draft::Writing(writing) => {
            let case = writing.case.map(|case| format!(" {case}")).unwrap_or_default();
            match writing.kind {
                WritingKind::Reply => format!("Reply to{case}"),
                WritingKind::Files => format!("Add a file to{case}"),
                WritingKind::Close => format!("Close{case}"),
                WritingKind::Rate(_) => "Say why".to_owned(),
                WritingKind::Answer => format!("Answer{case}"),
                WritingKind::Note => format!("Note for{case}"),
                WritingKind::Solve => format!("Solve{case}"),
            }
        }
        Draft::Account(draft) => accounts::asked::title(locale, draft),
        Draft::RefuseRequest(draft) => format!("Refuse request {}", draft.request),
        Draft::Address(_) => "Prove an e-mail address".to_owned(),
        Draft::Reset(_) => "Choose a new password".to_owned(),
        Draft::Link(_) => "Link this chat".to_owned(),
        Draft::Walk(walk) => match walk.at {
            At::Opening => walk.called().to_owned(),
            At::Step(at) => format!("{}: step {} of {}", walk.called(), at + 1, walk.steps),
            At::End => format!("{}: the end", walk.called()),
        },
    }
}
