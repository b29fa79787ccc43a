//! What is said when something is over: given up, or asked about again.

use crate::chat::flow::{Draft, Flow, FlowState, Outcome, Writing, WritingKind};
use crate::chat::{Choice, Reply, ReplyBlock};

use crate::replies::words::{case_span, paragraph, plain, private, sentence};
use crate::replies::{Locale, accounts, case_buttons as buttons, guides, identity, secrets};

use super::reset;

/// It was given up.
#[must_use]
pub fn cancelled(locale: Locale, flow: &Flow) -> Reply {
    let Locale::English = locale;
    let (text, choices) = match &flow.draft {
        Draft::OpenCase(_) => {
            ("No case was opened. I'm here when you need me.", vec![buttons::open_case(locale)])
        }
        Draft::Writing(Writing { kind: WritingKind::Rate(_), case, .. }) => {
            ("Your rating stays as it is.", shown(locale, *case))
        }
        Draft::Writing(writing) => ("Nothing was changed.", shown(locale, writing.case)),
        Draft::Address(_) => ("Nothing was changed.", vec![buttons::news_by_mail(locale)]),
        Draft::Link(_) => ("Nothing was linked.", vec![identity::link_button(locale)]),
        Draft::Walk(_) => return guides::stopped(locale, flow),
        Draft::Reset(_) => reset::cancelled(locale),
        Draft::Account(draft) => return accounts::cancelled(locale, draft.org),
        Draft::RefuseRequest(draft) => return accounts::cancelled(locale, Some(draft.org)),
    };
    Reply { choices, ..sentence(text) }
}

fn shown(locale: Locale, case: Option<crate::domain::case::CaseNumber>) -> Vec<Choice> {
    let case = case.map(|case| buttons::case(locale, case, crate::chat::choice::CaseVerb::Show));
    case.into_iter().collect()
}

/// A button of a flow that is over: how it ended.
#[must_use]
pub fn over(locale: Locale, flow: &Flow) -> Reply {
    let Locale::English = locale;
    if let FlowState::Done(outcome) = &flow.state
        && let Some(reply) = accounts::over(locale, outcome)
    {
        return reply;
    }
    match (&flow.state, &flow.draft) {
        (FlowState::Done(Outcome::Case(number)), draft) => {
            let (before, after) = match draft {
                Draft::OpenCase(_) => ("That is done: it is ", "."),
                Draft::Writing(_)
                | Draft::Address(_)
                | Draft::Link(_)
                | Draft::Walk(_)
                | Draft::Reset(_)
                | Draft::Account(_)
                | Draft::RefuseRequest(_) => ("That is done, in ", "."),
            };
            let spans = [plain(before), vec![case_span(*number)], plain(after)].concat();
            let mut reply = private(vec![ReplyBlock::Paragraph(spans)]);
            reply.choices = shown(locale, Some(*number));
            reply
        }
        (FlowState::Done(Outcome::Solved(_)), _) => Reply {
            choices: vec![buttons::open_case(locale)],
            ..sentence("An article solved that, so no case was opened.")
        },
        (FlowState::Done(Outcome::Address(address)), _) => {
            sentence(format!("That is done: news of your cases can go to {address}."))
        }
        (FlowState::Done(Outcome::Reset), _) => {
            let choices = vec![secrets::new_password(locale)];
            Reply { choices, ..sentence("That is over. You can begin again.") }
        }
        (FlowState::Done(Outcome::Linked), _) => identity::was_linked(locale),
        (FlowState::Done(Outcome::Walked { solved }), Draft::Walk(walk)) => {
            guides::over(locale, flow, walk, *solved)
        }
        (
            FlowState::Done(Outcome::Walked { .. } | Outcome::Account(_) | Outcome::Request(..))
            | FlowState::Cancelled
            | FlowState::Going,
            _,
        ) => {
            let text = "That was given up, and nothing was changed.";
            let mut reply = cancelled(locale, flow);
            reply.blocks = vec![paragraph(text)];
            reply
        }
    }
}
