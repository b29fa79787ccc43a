//! The tables of cases: the cases, their timelines, and how many of them each person has.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::PersonId;
use crate::domain::case::{Case, CaseNumber, Event, Priority};
use crate::store::{Index, Key, Table};

/// Digits of a case's number in a key; longer ones keep their order.
const WIDTH: usize = 6;
/// Digits of an event's number in a key.
const EVENT_WIDTH: usize = 4;

/// The name of the counter of cases.
pub const COUNTER: &str = "case";

/// All cases.
pub const CASES: Table<Case> = Table::new("case", |case| key(case.number), &[OWN, WORK, ASSIGNED, DUE]);

/// A person's cases, as requester or follower, by number.
pub const OWN: Index<Case> = Index {
    name: "own",
    unique: false,
    keys: |case| {
        let followers = case.followers.iter().filter(|person| **person != case.requester);
        std::iter::once(&case.requester).chain(followers).map(|person| person_key(*person)).collect()
    },
};

/// What waits for staff: by queue, the most urgent first, then what waits longest.
pub const WORK: Index<Case> = Index {
    name: "work",
    unique: false,
    keys: |case| match case.waiting_since {
        Some(since) if case.status.waits_for_staff() => {
            vec![Key::of(case.queue.as_str()).text(rank(case.priority)).text(&moment(since))]
        }
        Some(_) | None => Vec::new(),
    },
};

/// What an agent has that is not over, by when it last changed.
pub const ASSIGNED: Index<Case> = Index {
    name: "assigned",
    unique: false,
    keys: |case| match case.assignee {
        Some(person) if case.status.is_active() => vec![person_key(person).text(&moment(case.updated_at))],
        Some(_) | None => Vec::new(),
    },
};

/// What the desk does something about by itself, by when.
pub const DUE: Index<Case> = Index {
    name: "due",
    unique: false,
    keys: |case| case.status.due().map(|due| Key::of(&moment(due))).into_iter().collect(),
};

/// All events, by case and number.
pub const EVENTS: Table<Event> = Table::new("case.event", |event| event_key(event.case, event.number), &[]);

/// How many cases a person has that are not over, and when they last opened one: what their limits are held against.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Who.
    pub person: PersonId,
    /// How many of their cases are not over.
    pub active: u32,
    /// When they last opened one.
    pub opened_at: Option<DateTime<Utc>>,
}

/// All tallies.
pub const TALLIES: Table<Tally> = Table::new("case.tally", |tally| person_key(tally.person), &[]);

/// What somebody asked for under a key of their own, so that the same thing asked for again is not done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Who asked.
    pub person: PersonId,
    /// Their key.
    pub once: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The case that came of it, or that it was done to.
    pub case: CaseNumber,
}

/// All that was asked for once.
///
/// Not by time as well, though what is old is forgotten: whoever opens a case waits for every key that is written, and what looks
/// through all of it once a day has time.
pub const DONE: Table<Done> = Table::new("case.once", |done| once_key(done.person, &done.once), &[]);

/// The key of a case within its table.
#[must_use]
pub fn key(case: CaseNumber) -> Key {
    Key::of_number(case.0, WIDTH)
}

/// The key of an event within its table.
#[must_use]
pub fn event_key(case: CaseNumber, event: u32) -> Key {
    key(case).number(u64::from(event), EVENT_WIDTH)
}

/// The key of a person within the tables and indexes that have one for each.
#[must_use]
pub fn person_key(person: PersonId) -> Key {
    Key::of_number(person.0, WIDTH)
}

pub(super) fn once_key(person: PersonId, once: &str) -> Key {
    person_key(person).text(once)
}

/// A time as keys have it: in the order of time, to the microsecond.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

fn rank(priority: Priority) -> &'static str {
    match priority {
        Priority::Urgent => "1",
        Priority::High => "2",
        Priority::Normal => "3",
        Priority::Low => "4",
    }
}
