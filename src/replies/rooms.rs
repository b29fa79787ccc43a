//! What is said in the room of a case, and to staff about a new one.

use crate::chat::choice::CaseVerb;
use crate::chat::{Reply, ReplyBlock};
use crate::domain::Span;
use crate::domain::case::{Case, Event, Status, What};

use super::cases::{View, line, status, timeline};
use super::news::{self, Reading};
use super::words::{case_span, paragraph, plain, priority_name};
use super::{Locale, case_buttons as buttons};

/// The first words in the room.
#[must_use]
pub fn opened(locale: Locale, view: &View<'_>) -> Reply {
    let Locale::English = locale;
    let case = view.case;
    let head = [
        vec![case_span(case.number), Span::Strong(" is open.".to_owned())],
        plain(" Write here whatever belongs to it, and add files; support answers here."),
    ]
    .concat();
    let choices = [CaseVerb::Show, CaseVerb::Priority(None), CaseVerb::Close];
    Reply {
        blocks: vec![ReplyBlock::Paragraph(head), ReplyBlock::Timeline(timeline(locale, view, 0))],
        choices: choices.map(|verb| buttons::case(locale, case.number, verb)).into(),
        ..Reply::default()
    }
}

/// Something that happened to the case, for everybody in the room; `None` for what is not worth a word there.
#[must_use]
pub fn happened(locale: Locale, view: &View<'_>, event: &Event) -> Option<Reply> {
    let Locale::English = locale;
    let case = view.case;
    match &event.what {
        What::Opened(_) => Some(opened(locale, view)),
        What::Message(_) | What::Assigned(Some(_)) => {
            let blocks = vec![ReplyBlock::Timeline(timeline(locale, view, 0))];
            Some(Reply { blocks, ..Reply::default() })
        }
        What::Became(Status::Solved { .. } | Status::Closed { .. })
        | What::Reminded
        | What::Warned { .. } => {
            let item = (case.clone(), event.clone(), view.names.clone());
            let View { now, zone, desk, .. } = *view;
            // Its customers are asked to do something; staff know what to do.
            let told = news::told(locale, &[item], &Reading { reader: case.requester, now, zone, desk });
            Some(Reply { visibility: crate::chat::Visibility::Everyone, ..told })
        }
        What::Note(_)
        | What::Corrected(_)
        | What::Became(_)
        | What::Assigned(None)
        | What::Moved(_)
        | What::Prioritised(_)
        | What::Renamed(_)
        | What::Tagged(_)
        | What::Untagged(_)
        | What::Followed(_)
        | What::Unfollowed(_)
        | What::Linked(_)
        | What::Unlinked(_)
        | What::Rated(_) => None,
    }
}

/// A new case, for staff.
#[must_use]
pub fn new_case(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let about = format!(
        "{} · {} · {}",
        priority_name(locale, case.priority),
        status(locale, &case.status),
        case.queue
    );
    let choices = [CaseVerb::Take, CaseVerb::Answer, CaseVerb::Note, CaseVerb::Show];
    Reply {
        blocks: vec![paragraph("A new case waits:"), ReplyBlock::Cases(vec![line(locale, case, about)])],
        choices: choices.map(|verb| buttons::case(locale, case.number, verb)).into(),
        ..Reply::default()
    }
}

/// What the thread of a case is called: it begins with the number, by which it is found again.
#[must_use]
pub fn thread_name(case: &Case) -> String {
    super::words::shortened(&format!("{} · {}", case.number, case.subject.as_str()), MOST_NAME)
}

/// The longest name of a thread.
const MOST_NAME: usize = 100;
