//! The forms of steps, and what flows are called.

use crate::chat::choice::FlowVerb;
use crate::chat::flow::{At, Draft, Flow, Step, WritingKind};
use crate::chat::{ChoiceId, Field, FieldKind, Form, Verb};
use crate::domain::case::MOST_TEXT;

use crate::replies::Locale;
use crate::replies::words::quoted;

/// The form of the present step; none where only buttons answer it.
pub(super) fn form(locale: Locale, flow: &Flow) -> Option<Form> {
    let Locale::English = locale;
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
        (_, Step::Address) => ("E-mail address", FieldKind::Line, 254),
        (_, Step::Code) => ("Code", FieldKind::Line, 20),
        (_, _) => return None,
    };
    let step = flow.step();
    let optional = step == Step::Text { optional: true };
    let id = ChoiceId::of(&Verb::Flow(flow.id, FlowVerb::Form(step.name().into_owned())));
    let field = Field { name: step.name().into_owned(), label: label.to_owned(), kind, optional, most };
    Some(Form { id, title: title(locale, flow), at_once: true, fields: vec![field] })
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
        Draft::Address(_) => "Prove an e-mail address".to_owned(),
        Draft::Walk(walk) => match walk.at {
            At::Opening => walk.called().to_owned(),
            At::Step(at) => format!("{}: step {} of {}", walk.called(), at + 1, walk.steps),
            At::End => format!("{}: the end", walk.called()),
        },
    }
}
