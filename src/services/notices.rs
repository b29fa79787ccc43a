//! News for people: what is told to whom, where it was shown, and the mail for what nobody saw.
//!
//! A notice is kept for each person that an event of a case concerns, in the batch of the event. Conversations show what is new to them;
//! a mail follows after ten minutes, unless the person has seen it or wants it otherwise.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::{By, Case, CaseNumber, Event, Status, What};
use crate::domain::{Effect, JobKey, Mail, Notify, PersonId};
use crate::store::{Batch, CommitError, Direction, Index, Key, KeyRange, Store, StoreError, Table, Writes};

use super::agenda::{self, fault};
use super::cases::table::{event_key, person_key};
use super::people::People;

/// How many of the latest news of a case are seen by looking at it.
const MOST_OF_CASE: usize = 100;
/// How long news wait to be seen before they are sent by mail.
const PATIENCE: TimeDelta = TimeDelta::minutes(10);

/// News for one person: that something happened to a case of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// For whom.
    pub person: PersonId,
    /// The case.
    pub case: CaseNumber,
    /// The event in its timeline.
    pub event: u32,
    /// When it happened.
    pub at: DateTime<Utc>,
    /// When the person saw it; none while they have not.
    #[serde(default)]
    pub seen: Option<DateTime<Utc>>,
}

/// All notices.
pub const NOTICES: Table<Notice> =
    Table::new("notice", |notice| key(notice.person, notice.case, notice.event), &[NEWS, UNSEEN]);

/// A person's notices by time.
pub const NEWS: Index<Notice> = Index {
    name: "news",
    unique: false,
    keys: |notice| vec![person_key(notice.person).text(&moment(notice.at))],
};

/// A person's notices that they have seen nowhere, by time.
pub const UNSEEN: Index<Notice> = Index {
    name: "unseen",
    unique: false,
    keys: |notice| {
        let unseen = notice.seen.is_none();
        unseen.then(|| person_key(notice.person).text(&moment(notice.at))).into_iter().collect()
    },
};

/// The key of a notice within the table.
#[must_use]
pub fn key(person: PersonId, case: CaseNumber, event: u32) -> Key {
    person_key(person).join(&event_key(case, event))
}

/// Puts news of these events, for everybody concerned, into the batch that keeps the events.
pub async fn tell(
    store: &Store,
    batch: &mut Batch,
    case: &Case,
    events: &[Event],
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let Some(event) = news(events) else { return Ok(()) };
    let readers = Readers::of(store, concerned(case, event), now).await?;
    readers.write(batch.writes(), event);
    Ok(())
}

/// Who is told that a case was opened: its requester, where it was opened on their behalf.
pub async fn of_opening(store: &Store, event: &Event, now: DateTime<Utc>) -> Result<Readers, StoreError> {
    let told = Case::begin(event).map(|case| concerned(&case, event)).unwrap_or_default();
    Readers::of(store, told, now).await
}

/// Whom an event is told to, with when each gets a mail about it.
#[derive(Debug, Clone, Default)]
pub struct Readers(Vec<(PersonId, Option<DateTime<Utc>>)>);

impl Readers {
    async fn of(store: &Store, people: Vec<PersonId>, now: DateTime<Utc>) -> Result<Self, StoreError> {
        let service = People::new(store.clone());
        let mut readers = Vec::new();
        for person in people {
            let row = service.get(person).await?;
            let Some(row) = row.filter(|row| row.record.erased.is_none()) else { continue };
            let due = match (row.record.notify, &row.record.mail) {
                (_, None) | (Notify::NoMail, Some(_)) => None,
                (Notify::MailWhenUnseen, Some(_)) => Some(now + PATIENCE),
                (Notify::MailAlways, Some(_)) => Some(now),
            };
            readers.push((person, due));
        }
        Ok(Self(readers))
    }

    /// Puts the news, and the mails about them, beside the event.
    pub fn write(&self, writes: &mut Writes, event: &Event) {
        for (person, due) in &self.0 {
            let (person, case, number, at) = (*person, event.case, event.number, event.at);
            NOTICES.insert_new(writes, &Notice { person, case, event: number, at, seen: None });
            let Some(due) = due else { continue };
            let mail = Mail::CaseNews { person, case, event: number, at };
            let job = JobKey::of("case-news", &[person.0, case.0, u64::from(number)]);
            agenda::enqueue_numbered(writes, Effect::Mail(mail), job, *due);
        }
    }
}

/// The one event of a change that people are told of: what was said, else what became of the case.
fn news(events: &[Event]) -> Option<&Event> {
    let is_said =
        |event: &&Event| matches!(event.what, What::Message(_) | What::Reminded | What::Warned { .. });
    let is_end =
        |event: &&Event| matches!(&event.what, What::Became(Status::Solved { .. } | Status::Closed { .. }));
    let said = events.iter().find(is_said);
    said.or_else(|| events.iter().find(is_end))
}

/// Whom an event concerns: the customers where staff or the desk did something, the assignee where a customer did; never whoever did it.
fn concerned(case: &Case, event: &Event) -> Vec<PersonId> {
    let customers = || std::iter::once(case.requester).chain(case.followers.iter().copied());
    let mut people: Vec<PersonId> = match event.by {
        By::Staff(_) | By::Desk => customers().collect(),
        By::Requester(_) => customers().chain(case.assignee).collect(),
    };
    people.retain(|person| Some(*person) != event.by.person());
    people.sort_unstable();
    people.dedup();
    people
}

/// What a place has not told somebody yet, the oldest first, `limit` at most: what they have seen nowhere, and what happened after the
/// place last told them something, wherever they saw it. A place that never told anything has only the first to tell.
pub async fn untold(
    store: &Store,
    person: PersonId,
    told: Option<DateTime<Utc>>,
    limit: usize,
) -> Result<Vec<Notice>, StoreError> {
    let unseen = NOTICES.find(store, &UNSEEN, Some(&person_key(person)), limit, Direction::Forward).await?;
    let mut keys = unseen;
    if let Some(time) = told {
        let index = NOTICES.index_key(&NEWS).join(&person_key(person));
        let after = index.clone().join(&Key::of(&moment(time + TimeDelta::microseconds(1))));
        let range = KeyRange::under(&index).after(&after);
        keys.extend(NOTICES.find_in(store, &range, limit, Direction::Forward).await?);
    }
    keys.sort_unstable();
    keys.dedup();
    let rows = NOTICES.get_all(store, &keys).await?;
    let mut found: Vec<Notice> = rows.into_iter().map(|row| row.record).collect();
    found.sort_by_key(|notice| (notice.at, notice.case, notice.event));
    found.truncate(limit);
    Ok(found)
}

/// Somebody's news of one case.
pub async fn of_case(store: &Store, person: PersonId, case: CaseNumber) -> Result<Vec<Notice>, StoreError> {
    let under = person_key(person).join(&super::cases::table::key(case));
    let rows = NOTICES.list_under(store, &under, None, MOST_OF_CASE, Direction::Backward).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}

/// Notes that news were seen; what was seen before stays as it was.
pub async fn seen(store: &Store, notices: &[Notice], now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    for notice in notices {
        let Some(row) = NOTICES.get(store, &key(notice.person, notice.case, notice.event)).await? else {
            continue;
        };
        if row.record.seen.is_none() {
            NOTICES.update(&mut batch, &row, &Notice { seen: Some(now), ..row.record.clone() });
        }
    }
    match store.commit(batch).await {
        // Another door shows them at the same moment: then they were seen there.
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
