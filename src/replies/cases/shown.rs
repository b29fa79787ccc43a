//! Cases as they are shown: lists, one of them with its timeline, the transcript.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use crate::chat::choice::CaseVerb;
use crate::chat::wish::Format;
use crate::chat::{CaseLine, Choice, ChoiceId, Document, Reply, ReplyBlock, TimelineEntry, Verb};
use crate::domain::case::{Case, Event, Nudge, Standing, Status, What};
use crate::domain::{PersonId, Span, TimeStyle};

use super::size;
use crate::replies::case_events::told;
use crate::replies::transcript::{self, Audience, Copied};
use crate::replies::words::{case_span, paragraph, plain, private, sentence};
use crate::replies::{Locale, case_buttons as buttons, staff};

/// A case with all that its reader may see.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// The case.
    pub case: &'a Case,
    /// Its timeline, oldest first, without what the reader may not see.
    pub events: &'a [Event],
    /// What the people in it are called.
    pub names: &'a BTreeMap<PersonId, String>,
    /// Who reads.
    pub reader: PersonId,
    /// Whether they read as staff.
    pub as_staff: bool,
    /// What time it is.
    pub now: DateTime<Utc>,
    /// The zone of the times within sentences.
    pub zone: Tz,
    /// The name of the desk.
    pub desk: &'a str,
}

/// The newest entries that are shown of a timeline; the transcript has all.
const SHOWN: usize = 15;

/// Somebody's own cases.
#[must_use]
pub fn list(locale: Locale, own: &[Case], is_more: bool, more: bool) -> Reply {
    let Locale::English = locale;
    if own.is_empty() {
        let text = if is_more { "There are no older ones." } else { "You have no cases." };
        return Reply { choices: vec![buttons::open_case(locale)], ..sentence(text) };
    }
    let title = if is_more { "Older ones:" } else { "Your cases, the newest first:" };
    let lines = own.iter().map(|case| line(locale, case, status(locale, &case.status).to_owned()));
    let mut reply = private(vec![paragraph(title), ReplyBlock::Cases(lines.collect())]);
    if let (true, Some(last)) = (more, own.last()) {
        reply.choices.push(buttons::more_cases(locale, last.number));
    }
    reply.choices.push(buttons::open_case(locale));
    reply
}

/// A case in a list, with what the reader needs to choose.
pub(in crate::replies) fn line(locale: Locale, case: &Case, about: String) -> CaseLine {
    let Locale::English = locale;
    CaseLine {
        number: case.number,
        subject: case.subject.as_str().to_owned(),
        about,
        updated: case.updated_at,
        press: ChoiceId::of(&Verb::Case(case.number, CaseVerb::Show)),
    }
}

/// Where a case stands, for its requester.
#[must_use]
pub fn status(locale: Locale, status: &Status) -> &'static str {
    let Locale::English = locale;
    match status {
        Status::New => "waits for a first answer",
        Status::Open => "in work",
        Status::WaitingOnCustomer { .. } => "waits for you",
        Status::WaitingOnThirdParty { .. } => "waits for somebody else",
        Status::Solved { .. } => "solved",
        Status::Closed { .. } => "closed",
    }
}

/// A case with its timeline.
#[must_use]
pub fn show(locale: Locale, view: &View<'_>) -> Reply {
    let Locale::English = locale;
    let case = view.case;
    let mut blocks = vec![headline(locale, view)];
    blocks.extend(standing(locale, view).map(ReplyBlock::Paragraph));
    if view.as_staff {
        blocks.extend(staff::context(locale, view));
    }
    let left_out = view.events.len().saturating_sub(SHOWN);
    if left_out > 0 {
        let text = format!("The newest {SHOWN} entries; the transcript has the {left_out} before them, too.");
        blocks.push(paragraph(text));
    }
    blocks.push(ReplyBlock::Timeline(timeline(locale, view, left_out)));
    let mut reply = private(blocks);
    reply.choices = if view.as_staff && !case.belongs_to(view.reader) {
        staff::choices(locale, case)
    } else {
        own_choices(locale, view)
    };
    reply
}

fn headline(locale: Locale, view: &View<'_>) -> ReplyBlock {
    let Locale::English = locale;
    let case = view.case;
    let about =
        if view.as_staff { staff::status(locale, &case.status) } else { status(locale, &case.status) };
    ReplyBlock::Paragraph(
        [
            vec![case_span(case.number)],
            plain(" · "),
            vec![Span::Strong(case.subject.as_str().to_owned())],
            plain(format!(" · {about}")),
        ]
        .concat(),
    )
}

/// What the status means for the requester, with its times.
fn standing(locale: Locale, view: &View<'_>) -> Option<Vec<Span>> {
    let Locale::English = locale;
    let day = |at: &DateTime<Utc>| Span::Time { at: *at, style: TimeStyle::Day };
    match &view.case.status {
        Status::WaitingOnCustomer { due, next: Nudge::Close, .. } if !view.as_staff => Some(
            [plain("It closes on "), vec![day(due)], plain(" if I hear nothing; a reply keeps it open.")]
                .concat(),
        ),
        Status::Solved { .. } if !view.as_staff => {
            Some(plain("Support holds it for solved. A reply opens it again."))
        }
        Status::Closed { reopens_until, .. } if *reopens_until >= view.now => {
            Some([plain("A reply opens it again until "), vec![day(reopens_until)], plain(".")].concat())
        }
        Status::Closed { .. } if !view.as_staff => {
            Some(plain("It can no longer be opened again; a new case can be linked to it."))
        }
        Status::WaitingOnThirdParty { on: Some(on), .. } => Some(plain(format!("It waits for {on}."))),
        Status::New
        | Status::Open
        | Status::WaitingOnCustomer { .. }
        | Status::WaitingOnThirdParty { .. }
        | Status::Solved { .. }
        | Status::Closed { .. } => None,
    }
}

fn own_choices(locale: Locale, view: &View<'_>) -> Vec<Choice> {
    let case = view.case;
    let button = |verb| buttons::case(locale, case.number, verb);
    let transcript = CaseVerb::Transcript(Format::Text);
    match case.standing() {
        Standing::New | Standing::Open | Standing::WaitingOnCustomer | Standing::WaitingOnThirdParty => {
            [CaseVerb::Reply, CaseVerb::AddFile, CaseVerb::Priority(None), CaseVerb::Close, transcript]
                .into_iter()
                .map(button)
                .collect()
        }
        Standing::Solved => [CaseVerb::Reply, CaseVerb::Close, CaseVerb::Rate(None), transcript]
            .into_iter()
            .map(button)
            .collect(),
        Standing::Closed if case.reopens(view.now) => {
            [CaseVerb::Reply, CaseVerb::Rate(None), transcript].into_iter().map(button).collect()
        }
        Standing::Closed => vec![
            buttons::open_case_after(locale, case.number),
            button(CaseVerb::Rate(None)),
            button(transcript),
        ],
    }
}

/// The entries of a timeline, without the oldest of its events.
pub(in crate::replies) fn timeline(locale: Locale, view: &View<'_>, left_out: usize) -> Vec<TimelineEntry> {
    let names = |person: PersonId| view.names.get(&person).cloned();
    let times = |at: DateTime<Utc>| at.with_timezone(&view.zone).format("%-d %B at %H:%M").to_string();
    let all = told(locale, view.events, &names, &times);
    // What it was before, a sentence knows only from the events before: all are told, and the newest shown.
    let from = view.events.get(left_out).map_or(0, |event| event.number);
    let shown = all.into_iter().filter(|told| told.event.number >= from);
    shown.map(|told| entry(told.event, told.sentence)).collect()
}

fn entry(event: &Event, title: String) -> TimelineEntry {
    let said = event.what.text().map(|text| text.as_str().to_owned());
    let text = if let What::Rated(rating) = &event.what {
        rating.comment.clone()
    } else if let What::Opened(opening) = &event.what {
        // The subject is in the sentence already.
        said.filter(|said| said != opening.subject.as_str())
    } else {
        said
    };
    let files = event.what.files().iter().map(|file| format!("{} ({})", file.name, size(file.size)));
    TimelineEntry { at: event.at, title, text, files: files.collect(), internal: event.what.is_internal() }
}

/// The transcript of a case: the staff's where staff take it of a case that is not theirs.
#[must_use]
pub fn transcript_of(locale: Locale, view: &View<'_>, format: Format) -> Reply {
    let is_staffs = view.as_staff && !view.case.belongs_to(view.reader);
    let names = |person: PersonId| view.names.get(&person).cloned();
    let copied = Copied {
        desk: view.desk,
        case: view.case,
        events: view.events,
        names: &names,
        copy: if is_staffs { Audience::Staff } else { Audience::Customer },
        made_at: view.now,
    };
    let made = transcript::transcript(locale, copied, view.zone);
    let (end, media, text) = match format {
        Format::Text => ("txt", "text/plain", transcript::text(locale, &made, view.zone)),
        Format::Html => ("html", "text/html", transcript::html(locale, &made, view.zone)),
        Format::Json => ("json", "application/json", transcript::json(&made)),
    };
    let name = format!("{}.{end}", view.case.number);
    let mut reply = private(vec![ReplyBlock::File(Document { name, media: media.to_owned(), text })]);
    let others = [Format::Text, Format::Html, Format::Json].into_iter().filter(|other| *other != format);
    reply.choices =
        others.map(|other| buttons::case(locale, view.case.number, CaseVerb::Transcript(other))).collect();
    reply
}
