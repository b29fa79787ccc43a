//! What is said to those who work for the desk.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::choice::CaseVerb;
use crate::chat::{Choice, Reply, ReplyBlock};
use crate::domain::case::{Case, Event, QueueId, Standing, Status, Tried, Verb, What};
use crate::domain::{Block, Job, JobKey, PersonId, Span, State, TimeStyle};

use super::cases::{View, about_case, line, what_was_tried};
use super::words::{paragraph, plain, priority_name, private, quoted, sentence};
use super::{Locale, case_buttons as buttons};

/// Questions that are shown of what was tried.
const SHOWN: usize = 3;

/// Where a case stands, for staff.
#[must_use]
pub fn status(locale: Locale, status: &Status) -> &'static str {
    let Locale::English = locale;
    match status {
        Status::New => "new",
        Status::Open => "open",
        Status::WaitingOnCustomer { .. } => "waits for the customer",
        Status::WaitingOnThirdParty { .. } => "waits for a third party",
        Status::Solved { .. } => "solved",
        Status::Closed { .. } => "closed",
    }
}

/// What waits.
#[must_use]
pub fn queue(locale: Locale, cases: &[Case], queue: Option<&QueueId>, now: DateTime<Utc>) -> Reply {
    let Locale::English = locale;
    let of = queue.map(|queue| format!(" in {queue}")).unwrap_or_default();
    if cases.is_empty() {
        return sentence(format!("Nothing waits{of}."));
    }
    let lines = cases.iter().map(|case| {
        let waits = case.waiting_since.and_then(|since| span_of(now - since));
        let waits = waits.map(|time| format!(" · waits for {time}"));
        let taken = if case.assignee.is_some() { " · taken" } else { "" };
        let about = format!(
            "{} · {}{taken}{} · {}",
            priority_name(locale, case.priority),
            status(locale, &case.status),
            waits.unwrap_or_default(),
            case.queue
        );
        line(locale, case, about)
    });
    let title = format!("These wait{of}, the most urgent first:");
    private(vec![paragraph(title), ReplyBlock::Cases(lines.collect())])
}

/// What an agent has.
#[must_use]
pub fn mine(locale: Locale, cases: &[Case]) -> Reply {
    let Locale::English = locale;
    if cases.is_empty() {
        return Reply {
            choices: vec![buttons::queue(locale)],
            ..sentence("You have no cases that are not over.")
        };
    }
    let lines = cases.iter().map(|case| {
        line(
            locale,
            case,
            format!("{} · {}", priority_name(locale, case.priority), status(locale, &case.status)),
        )
    });
    private(vec![paragraph("Your cases, what changed last first:"), ReplyBlock::Cases(lines.collect())])
}

/// How long something took, in its largest unit; nothing for less than a minute.
fn span_of(time: TimeDelta) -> Option<String> {
    let (count, unit) = match time.num_minutes() {
        ..1 => return None,
        minutes @ 1..120 => (minutes, "minute"),
        minutes @ 120..2880 => (minutes / 60, "hour"),
        minutes => (minutes / 1440, "day"),
    };
    Some(if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") })
}

/// What staff need to know of a case beside its timeline.
pub(super) fn context(locale: Locale, view: &View<'_>) -> Vec<ReplyBlock> {
    let Locale::English = locale;
    let case = view.case;
    let name = |person: PersonId| {
        let called = view.names.get(&person).map(|name| format!("{name} "));
        format!("{}({person})", called.unwrap_or_default())
    };
    let mut parts = vec![
        format!("Priority {}", priority_name(locale, case.priority)),
        format!("queue {}", case.queue),
        format!("from {}", name(case.requester)),
        match case.assignee {
            Some(person) if person == view.reader => "yours".to_owned(),
            Some(person) => format!("with {}", name(person)),
            None => "with nobody".to_owned(),
        },
    ];
    parts.extend(case.product.as_ref().map(|product| format!("product {product}")));
    if !case.tags.is_empty() {
        let tags: Vec<&str> = case.tags.iter().map(crate::domain::case::Tag::as_str).collect();
        parts.push(format!("tags {}", tags.join(", ")));
    }
    if !case.links.is_empty() {
        let links: Vec<String> = case.links.iter().map(ToString::to_string).collect();
        parts.push(format!("linked to {}", links.join(", ")));
    }
    if let Some(rating) = &case.rating {
        parts.push(format!("rated {} of 5", rating.score.number()));
    }
    let mut blocks = vec![paragraph(format!("{}.", parts.join(" · ")))];
    if let Some(Event { what: What::Opened(opening), .. }) = view.events.first() {
        blocks.extend(tried_before(locale, &opening.tried));
    }
    blocks
}

fn tried_before(locale: Locale, tried: &Tried) -> Option<ReplyBlock> {
    let Locale::English = locale;
    let summary = what_was_tried(locale, tried)?;
    let mut items = Vec::new();
    for question in tried.questions.iter().rev().take(SHOWN).rev() {
        let shown = question.shown.iter().map(|article| {
            let helped = if question.did_not_help.contains(article) { " did not help" } else { " was shown" };
            format!("{article}{helped}")
        });
        let shown: Vec<String> = shown.collect();
        let after = if shown.is_empty() { "nothing was found".to_owned() } else { shown.join(", ") };
        items.push(vec![Block::Paragraph(plain(format!("{}: {after}", quoted(&question.text))))]);
    }
    Some(ReplyBlock::Text(vec![
        Block::Paragraph(plain(format!("Tried before: {summary}."))),
        Block::Bullets(items),
    ]))
}

/// What staff can do with a case.
pub(super) fn choices(locale: Locale, case: &Case) -> Vec<Choice> {
    let verbs: &[CaseVerb] = match case.standing() {
        Standing::New | Standing::Open if case.assignee.is_none() => {
            &[CaseVerb::Take, CaseVerb::Answer, CaseVerb::Note, CaseVerb::Solve, CaseVerb::Priority(None)]
        }
        Standing::New | Standing::Open | Standing::WaitingOnCustomer | Standing::WaitingOnThirdParty => {
            &[CaseVerb::Answer, CaseVerb::Note, CaseVerb::Solve, CaseVerb::Priority(None)]
        }
        Standing::Solved | Standing::Closed => &[CaseVerb::Reopen, CaseVerb::Note],
    };
    let mut choices: Vec<Choice> =
        verbs.iter().map(|verb| buttons::case(locale, case.number, *verb)).collect();
    choices.push(buttons::queue(locale));
    choices
}

/// A change without words was made.
#[must_use]
pub fn done(locale: Locale, case: &Case, verb: &Verb, names: &BTreeMap<PersonId, String>) -> Reply {
    let Locale::English = locale;
    let after = match verb {
        Verb::Take => " is yours.".to_owned(),
        Verb::Assign(None) => " is with nobody now.".to_owned(),
        Verb::Assign(Some(person)) => {
            format!(" is with {} now.", names.get(person).cloned().unwrap_or_else(|| person.to_string()))
        }
        Verb::WaitForThirdParty { on: Some(on) } => format!(" waits for {on}."),
        Verb::WaitForThirdParty { on: None } => " waits for somebody else.".to_owned(),
        Verb::Reopen => " is open.".to_owned(),
        Verb::Move(queue) => format!(" waits in {queue} now."),
        Verb::Rename(subject) => format!(" is called {} now.", quoted(subject.as_str())),
        Verb::Tag(tag) => format!(" is tagged {tag}."),
        Verb::Untag(tag) => format!(" is no longer tagged {tag}."),
        Verb::Link(other) => format!(" is linked to {other}."),
        Verb::Unlink(other) => format!(" is no longer linked to {other}."),
        Verb::Follow(person) => format!(" can be seen by {person} now."),
        Verb::Unfollow(person) => format!(" can no longer be seen by {person}."),
        Verb::Reply(_)
        | Verb::Prioritise(_)
        | Verb::Close { .. }
        | Verb::Rate(_)
        | Verb::Answer(_)
        | Verb::Note(_)
        | Verb::Solve(_)
        | Verb::Correct(_)
        | Verb::Nudge => " was changed.".to_owned(),
    };
    let mut reply = about_case(case, "", &after);
    reply.choices = if *verb == Verb::Take {
        let next = [CaseVerb::Answer, CaseVerb::Note, CaseVerb::Solve, CaseVerb::Show];
        next.map(|verb| buttons::case(locale, case.number, verb)).into()
    } else {
        vec![buttons::case(locale, case.number, CaseVerb::Show), buttons::queue(locale)]
    };
    reply
}

/// There is a new case, opened on somebody's behalf.
#[must_use]
pub fn opened_for(locale: Locale, case: &Case, names: &BTreeMap<PersonId, String>) -> Reply {
    let Locale::English = locale;
    let who = match names.get(&case.requester) {
        Some(name) => format!("{name} ({})", case.requester),
        None => case.requester.to_string(),
    };
    let after = format!(" is open for {who}, who is told of it.");
    let mut reply = about_case(case, "", &after);
    let next = [CaseVerb::Take, CaseVerb::Answer, CaseVerb::Note, CaseVerb::Show];
    reply.choices = next.map(|verb| buttons::case(locale, case.number, verb)).into();
    reply
}

/// What a case was to be opened for is a program.
#[must_use]
pub fn no_person(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("That is a program and not a person, so no case was opened for it.")
}

/// Nobody is called so.
#[must_use]
pub fn unknown_person(locale: Locale, name: &str) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "I know nobody called {}. An address, a number such as P-000017, \"discord:\" and an account's number, or the name of an agent will do; nothing was changed.",
        quoted(name)
    ))
}

/// They are no agent.
#[must_use]
pub fn no_agent(locale: Locale, name: &str) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "{} is not an agent, so nothing was changed. `guidepost agent add` makes one.",
        quoted(name)
    ))
}

/// What the desk gave up.
#[must_use]
pub fn dead_letters(locale: Locale, letters: &[Job]) -> Reply {
    let Locale::English = locale;
    if letters.is_empty() {
        return sentence("Nothing was given up.");
    }
    let mut items = Vec::new();
    for Job { key, tries, state, .. } in letters {
        let State::Dead { at, why } = state else { continue };
        items.push(vec![Block::Paragraph(
            [
                plain(format!("{key}, since ")),
                vec![Span::Time { at: *at, style: TimeStyle::Moment }],
                plain(format!(", after {tries} tries: {why}")),
            ]
            .concat(),
        )]);
    }
    let mut reply = private(vec![
        paragraph(
            "This was given up after many tries. Nothing of it is lost; what is mended can be tried again:",
        ),
        ReplyBlock::Text(vec![Block::Bullets(items)]),
    ]);
    reply.choices = letters.iter().filter_map(|letter| buttons::retry(locale, &letter.key)).collect();
    reply
}

/// It is tried again.
#[must_use]
pub fn tried_again(locale: Locale, key: &JobKey) -> Reply {
    let Locale::English = locale;
    sentence(format!("{key} is tried again at once."))
}

/// It was given up for good.
#[must_use]
pub fn discarded(locale: Locale, key: &JobKey) -> Reply {
    let Locale::English = locale;
    sentence(format!("{key} is given up for good."))
}

/// There is no such job.
#[must_use]
pub fn no_such_letter(locale: Locale, key: &JobKey) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "There is no {key}; it may be done, or given up for good. \"/dead\" lists what can be tried again."
    ))
}

/// It was not given up.
#[must_use]
pub fn not_given_up(locale: Locale, key: &JobKey) -> Reply {
    let Locale::English = locale;
    sentence(format!("{key} was not given up: it waits for its next try. Nothing was changed."))
}
