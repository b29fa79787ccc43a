//! A case as programs read it. Numbers of people are nobody's but staff's.

use chrono::{DateTime, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use super::Web;
use super::cases::{CasePriority, CaseStatus};
use crate::domain::case::{By, Case, Event, Priority, What};
use crate::domain::{PersonId, ProductId};
use crate::handlers::programs::CaseView;
use crate::replies::case_events;

/// A page of cases.
#[derive(Serialize, ToSchema)]
pub struct CasePage {
    /// They, the newest first.
    pub cases: Vec<CaseHead>,
    /// The cursor of the next page; none on the last one.
    pub next: Option<String>,
}

/// A case without its timeline.
#[derive(Serialize, ToSchema)]
pub struct CaseHead {
    /// Its number.
    #[schema(example = "CASE-000042")]
    number: String,
    /// What it is about.
    subject: String,
    /// Where it stands.
    status: CaseStatus,
    /// How much it matters.
    priority: CasePriority,
    /// The product.
    product: Option<ProductId>,
    /// When it was opened.
    opened_at: DateTime<Utc>,
    /// When something last happened to it.
    updated_at: DateTime<Utc>,
    /// When staff first answered.
    first_response_at: Option<DateTime<Utc>>,
    /// What only staff see of it; none for everybody else.
    staff: Option<CaseForStaff>,
}

/// What only staff see of a case.
#[derive(Serialize, ToSchema)]
pub struct CaseForStaff {
    /// Whose it is.
    requester: PersonSeen,
    /// Who works on it.
    assignee: Option<PersonSeen>,
    /// The queue that it waits in.
    queue: String,
    /// What it is filed under.
    tags: Vec<String>,
    /// The numbers of cases that it has to do with.
    links: Vec<String>,
    /// When it began to wait for staff, where it does.
    waiting_since: Option<DateTime<Utc>>,
}

/// Somebody, as staff see them.
#[derive(Serialize, ToSchema)]
pub struct PersonSeen {
    /// Their number.
    #[schema(example = "P-000017")]
    id: String,
    /// What they are called.
    name: Option<String>,
}

/// A case with its timeline.
#[derive(Serialize, ToSchema)]
pub struct CaseText {
    /// The case.
    case: CaseHead,
    /// What happened to it, the oldest first.
    events: Vec<CaseEvent>,
}

/// Something that happened to a case.
#[derive(Serialize, ToSchema)]
pub struct CaseEvent {
    /// Its place in the timeline; the first is 1, and those that only staff see are left out for others.
    number: u32,
    /// When.
    at: DateTime<Utc>,
    /// Who did it: `customer`, `staff` or `desk`.
    by: EventBy,
    /// What they are called, or what they are to the case.
    author: String,
    /// What kind of thing happened.
    kind: EventKind,
    /// The same in a sentence.
    summary: String,
    /// What was written.
    text: Option<String>,
    /// The files that came with it.
    files: Vec<EventFile>,
    /// Whether only staff may read it.
    internal: bool,
}

/// Who did something to a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventBy {
    /// Whose case it is, or who follows it.
    Customer,
    /// Somebody who works for the desk.
    Staff,
    /// The desk, by itself.
    Desk,
}

/// What kind of thing happened to a case.
#[derive(Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    /// It was opened.
    Opened,
    /// Somebody wrote to the other side.
    Message,
    /// Staff wrote something among themselves.
    Note,
    /// Its status changed.
    Status,
    /// Somebody works on it from now on, or nobody.
    Assigned,
    /// It matters more or less.
    Priority,
    /// It is filed otherwise: queue, subject, tags, followers or links.
    Filed,
    /// Somebody changed what they had written, or took it back.
    Corrected,
    /// The customer was reminded, or told that it will be closed.
    Reminded,
    /// The customer said how content they were.
    Rated,
}

/// A file in a case.
#[derive(Serialize, ToSchema)]
pub struct EventFile {
    /// What it is called.
    name: String,
    /// How many bytes it has.
    bytes: u64,
}

impl CaseHead {
    /// A case as somebody may see it.
    pub fn of(view: &CaseView) -> Self {
        let case = view.case();
        Self {
            number: case.number.to_string(),
            subject: case.subject.as_str().to_owned(),
            status: case.standing().into(),
            priority: case.priority.into(),
            product: case.product.clone(),
            opened_at: case.opened_at,
            updated_at: case.updated_at,
            first_response_at: case.first_response_at,
            staff: view.seen.as_staff.then(|| for_staff(view, case)),
        }
    }
}

fn for_staff(view: &CaseView, case: &Case) -> CaseForStaff {
    let seen = |id: PersonId| PersonSeen { id: id.to_string(), name: view.names.get(&id).cloned() };
    CaseForStaff {
        requester: seen(case.requester),
        assignee: case.assignee.map(seen),
        queue: case.queue.as_str().to_owned(),
        tags: case.tags.iter().map(|tag| tag.as_str().to_owned()).collect(),
        links: case.links.iter().map(ToString::to_string).collect(),
        waiting_since: case.waiting_since,
    }
}

impl CaseText {
    /// A case with what somebody may see of its timeline.
    pub fn of(web: &Web, view: &CaseView) -> Self {
        let locale = web.inner.locale;
        let names = |person: PersonId| view.names.get(&person).cloned();
        let times = |at: DateTime<Utc>| at.format("%Y-%m-%d %H:%M UTC").to_string();
        let told = case_events::told(locale, &view.seen.events, &names, &times);
        let events = told.into_iter().map(|told| CaseEvent {
            number: told.event.number,
            at: told.event.at,
            by: by(told.event.by),
            author: case_events::author(locale, told.event.by, &names),
            kind: kind(told.event),
            summary: told.sentence,
            text: told.event.what.text().map(|text| text.as_str().to_owned()),
            files: files(told.event),
            internal: told.event.what.is_internal(),
        });
        Self { case: CaseHead::of(view), events: events.collect() }
    }
}

fn files(event: &Event) -> Vec<EventFile> {
    let file =
        |file: &crate::domain::case::Attachment| EventFile { name: file.name.clone(), bytes: file.size };
    event.what.files().iter().map(file).collect()
}

const fn by(by: By) -> EventBy {
    match by {
        By::Requester(_) => EventBy::Customer,
        By::Staff(_) => EventBy::Staff,
        By::Desk => EventBy::Desk,
    }
}

const fn kind(event: &Event) -> EventKind {
    match &event.what {
        What::Opened(_) => EventKind::Opened,
        What::Message(_) => EventKind::Message,
        What::Note(_) => EventKind::Note,
        What::Became(_) => EventKind::Status,
        What::Assigned(_) => EventKind::Assigned,
        What::Prioritised(_) => EventKind::Priority,
        What::Moved(_)
        | What::Renamed(_)
        | What::Tagged(_)
        | What::Untagged(_)
        | What::Followed(_)
        | What::Unfollowed(_)
        | What::Linked(_)
        | What::Unlinked(_) => EventKind::Filed,
        What::Corrected(_) => EventKind::Corrected,
        What::Reminded | What::Warned { .. } => EventKind::Reminded,
        What::Rated(_) => EventKind::Rated,
    }
}

impl From<Priority> for CasePriority {
    fn from(priority: Priority) -> Self {
        match priority {
            Priority::Low => Self::Low,
            Priority::Normal => Self::Normal,
            Priority::High => Self::High,
            Priority::Urgent => Self::Urgent,
        }
    }
}

impl From<CasePriority> for Priority {
    fn from(priority: CasePriority) -> Self {
        match priority {
            CasePriority::Low => Self::Low,
            CasePriority::Normal => Self::Normal,
            CasePriority::High => Self::High,
            CasePriority::Urgent => Self::Urgent,
        }
    }
}
