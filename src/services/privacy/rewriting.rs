//! A case's timeline rewritten without one person's words.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::case::{By, Case, CaseNumber, Event};
use crate::domain::{Change, PersonId};
use crate::services::cases::table::{CASES, EVENTS, event_key, key};
use crate::services::keeping::{Progress, Step, Told};
use crate::store::files::{FileId, unname};
use crate::store::{Batch, Direction, Key, KeyRange, Row, Store, StoreError};

/// How many events are rewritten at once: each may be kept in dozens of parts, and a batch holds 1,000 writes.
const AT_ONCE: usize = 5;
/// How many events are read at once.
const PAGE: usize = 1_000;

/// One commit on the way to a case without a person's words. After each of them, the case is what its timeline adds up to.
pub(super) struct Rewriting {
    /// What changes.
    pub batch: Batch,
    /// How many events lose something.
    pub events: u64,
    /// The files that this case no longer names.
    pub files: BTreeSet<FileId>,
}

impl Rewriting {
    /// The next commit; `None` where nothing of the person is left in the case.
    pub async fn of(
        store: &Store,
        number: CaseNumber,
        person: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Option<Self>, StoreError> {
        let Some(case) = CASES.get(store, &key(number)).await? else { return Ok(None) };
        let rows = EVENTS.list_under(store, &key(number), None, usize::MAX, Direction::Forward).await?;
        let mut timeline: Vec<Event> = rows.iter().map(|row| row.record.clone()).collect();
        let (mut batch, mut files, mut events) = (Batch::new(), BTreeSet::new(), 0);
        for (row, event) in changes(&rows, &mut timeline, person).take(AT_ONCE) {
            events += 1;
            EVENTS.update(&mut batch, row, event);
            for file in row.record.files_gone_in(event) {
                let Some(file) = FileId::parse(&file.file) else { continue };
                unname(&mut batch, &file, &EVENTS.at(&event_key(number, event.number)), now);
                files.insert(file);
            }
        }
        if events == 0 {
            let farewell = farewell(&case.record, person, now);
            if farewell.is_empty() {
                return Ok(None);
            }
            for event in &farewell {
                EVENTS.insert(&mut batch, event);
            }
            timeline.extend(farewell);
        }
        let after = Case::replay(&timeline);
        let after =
            after.ok_or_else(|| StoreError::Damaged(format!("{number} does not begin with an opening")))?;
        CASES.update(&mut batch, &case, &after);
        batch.tell(&Change::Case(number));
        Ok(Some(Self { batch, events, files }))
    }
}

/// The events that have something of the person in them; each takes its new form in the timeline as it is asked for.
fn changes<'a>(
    rows: &'a [Row<Event>],
    timeline: &'a mut [Event],
    person: PersonId,
) -> impl Iterator<Item = (&'a Row<Event>, &'a Event)> {
    rows.iter().zip(timeline).filter_map(move |(row, event)| {
        let without = event.without_words_of(person);
        if without == *event {
            return None;
        }
        *event = without;
        Some((row, &*event))
    })
}

/// The desk's last words on the person, as events.
fn farewell(case: &Case, person: PersonId, now: DateTime<Utc>) -> Vec<Event> {
    let numbers = case.events.saturating_add(1)..;
    let event = |(number, what)| Event { case: case.number, number, at: now, by: By::Desk, what };
    numbers.zip(case.farewell(person, now)).map(event).collect()
}

/// The cases in which one of these people wrote, also those that they no longer follow. No index leads there, so all timelines are looked through.
pub(super) async fn written_in(
    store: &Store,
    people: &BTreeSet<PersonId>,
    progress: Told<'_>,
) -> Result<BTreeSet<CaseNumber>, StoreError> {
    let mut found = BTreeSet::new();
    let mut range = KeyRange::under(&Key::of(EVENTS.name));
    let mut looked_at = 0;
    loop {
        let entries = store.scan(&range, PAGE, Direction::Forward).await?;
        let Some(last) = entries.last() else { return Ok(found) };
        range = range.after(&last.key);
        looked_at += entries.len() as u64;
        for entry in entries {
            if let Some(row) = EVENTS.row(store, entry).await?
                && let By::Requester(person) = row.record.by
                && people.contains(&person)
            {
                found.insert(row.record.case);
            }
        }
        progress(Progress { step: Step::Checking, done: looked_at, of: None });
    }
}
