//! What is said when something can not be done to a case: why, what was kept, and what can be done instead.

use chrono::TimeDelta;

use crate::chat::Reply;
use crate::chat::choice::CaseVerb;
use crate::domain::case::{By, Case, CaseNumber, QueueId, Refused};

use super::about_case;
use crate::replies::words::{listed, quoted, sentence};
use crate::replies::{Locale, case_buttons as buttons, choices};

/// There is no such case for this person.
#[must_use]
pub fn unknown(locale: Locale, number: CaseNumber) -> Reply {
    let Locale::English = locale;
    let text = format!("You have no case {number}. Perhaps the number is another one.");
    Reply { choices: vec![buttons::my_cases(locale), buttons::open_case(locale)], ..sentence(text) }
}

/// What was typed is no case number.
#[must_use]
pub fn no_number(locale: Locale, typed: &str, open: &[CaseNumber]) -> Reply {
    let Locale::English = locale;
    let numbers: Vec<String> = open.iter().map(ToString::to_string).collect();
    let own = match numbers.as_slice() {
        [] => "You have none open.".to_owned(),
        [only] => format!("Your open one is {only}."),
        _ => format!("Your open ones are {}.", listed(locale, &numbers)),
    };
    let text = format!("{} is not a case number. They look like CASE-000042. {own}", quoted(typed));
    Reply { choices: vec![buttons::my_cases(locale)], ..sentence(text) }
}

/// The case does not allow it.
#[must_use]
pub fn refused(locale: Locale, case: &Case, why: &Refused, by: By) -> Reply {
    let Locale::English = locale;
    match why {
        Refused::Closed if matches!(by, By::Staff(_)) => closed_for_staff(locale, case),
        Refused::Closed => closed_already(locale, case),
        Refused::ClosedLongAgo => closed_for_good(locale, case),
        Refused::NotOver => not_over(locale, case),
        Refused::TakenBy(_) => {
            let mut reply = about_case(case, "Somebody else has ", " already; nothing was changed.");
            reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Show), buttons::queue(locale)];
            reply
        }
        Refused::OnlyStaff => only_staff(locale),
        Refused::OnlyRequester => {
            let mut reply = about_case(case, "Only the requester of ", " can do that; nothing was changed.");
            reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Show)];
            reply
        }
        Refused::Empty => nothing_said(locale),
        Refused::Itself => about_case(case, "", " can't be linked to itself; nothing was changed."),
        Refused::Full => {
            let mut reply = about_case(
                case,
                "",
                " has as much of that as a case can have; nothing was changed. A new case can be linked to it.",
            );
            reply.choices = vec![buttons::open_case_after(locale, case.number)];
            reply
        }
    }
}

/// It is closed; a reply may open it.
#[must_use]
pub fn closed_already(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let mut reply = about_case(case, "", " is closed already; nothing was changed.");
    reply.choices = vec![
        buttons::case(locale, case.number, CaseVerb::Reply),
        buttons::case(locale, case.number, CaseVerb::Rate(None)),
        buttons::case(locale, case.number, CaseVerb::Show),
    ];
    reply
}

/// It was closed too long ago.
#[must_use]
pub fn closed_for_good(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let mut reply = about_case(
        case,
        "",
        " was closed too long ago to be opened again; nothing was changed. A new case can be linked to it.",
    );
    reply.choices = vec![buttons::open_case_after(locale, case.number)];
    reply
}

/// It is closed, for staff who want to go on.
#[must_use]
pub fn closed_for_staff(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let mut reply = about_case(case, "", " is closed; nothing was changed. Reopen it first.");
    reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Reopen)];
    reply
}

/// It is not over, so it can't be rated.
#[must_use]
pub fn not_over(locale: Locale, case: &Case) -> Reply {
    let Locale::English = locale;
    let mut reply = about_case(case, "", " is not over yet. You can rate it once it is solved or closed.");
    reply.choices = vec![buttons::case(locale, case.number, CaseVerb::Show)];
    reply
}

/// Only staff may do that.
#[must_use]
pub fn only_staff(locale: Locale) -> Reply {
    let Locale::English = locale;
    Reply {
        choices: vec![choices::help(locale)],
        ..sentence("Only the staff of the desk can do that; nothing was changed.")
    }
}

/// Somebody speaks in the room of a case that is not theirs.
#[must_use]
pub fn not_of_this_room(locale: Locale, case: CaseNumber) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "I can't add this to {case}: you are not one of its people. Staff can add you to it with /manage follow."
    ))
}

/// Too many cases are open.
#[must_use]
pub fn too_many(locale: Locale, active: u32, most: u32) -> Reply {
    let Locale::English = locale;
    let cases = if active == 1 { "case" } else { "cases" };
    let text = format!(
        "You have {active} open {cases}, and {most} at once is the limit. What you wrote is kept: close one that is done, then say \"continue\"."
    );
    Reply { choices: vec![buttons::my_cases(locale), choices::person(locale)], ..sentence(text) }
}

/// Another case was opened a moment ago.
#[must_use]
pub fn too_soon(locale: Locale, wait: TimeDelta) -> Reply {
    let Locale::English = locale;
    let seconds = wait.num_seconds().max(1);
    let wait =
        if seconds < 90 { format!("{seconds} seconds") } else { format!("{} minutes", seconds / 60 + 1) };
    let text = format!(
        "You opened a case a moment ago. What you wrote is kept: say \"continue\" in {wait}, and I'll open this one, too."
    );
    Reply { choices: vec![buttons::my_cases(locale)], ..sentence(text) }
}

/// There is no such queue.
#[must_use]
pub fn unknown_queue(locale: Locale, typed: &str, queues: &[QueueId]) -> Reply {
    let Locale::English = locale;
    let names: Vec<String> = queues.iter().map(ToString::to_string).collect();
    sentence(format!("There is no queue {}. There are {}.", quoted(typed), listed(locale, &names)))
}

/// A text is too long.
#[must_use]
pub fn too_long(locale: Locale, length: usize, most: usize) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "That has {length} characters, and {most} are possible; nothing was kept of it. Shorten it, or add it as a file."
    ))
}

/// There was nothing to keep.
#[must_use]
pub fn nothing_said(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("There was nothing in it that I could keep. Write a few words, or add a file.")
}

/// There is no case to write in.
#[must_use]
pub fn none_to_write_in(locale: Locale) -> Reply {
    let Locale::English = locale;
    Reply {
        choices: vec![buttons::open_case(locale), buttons::my_cases(locale)],
        ..sentence("You have no case for that.")
    }
}
