//! Cases of a visitor that become those of the person they turned out to be: timelines, followers, and how many there are.

use std::collections::BTreeSet;

use crate::domain::case::{By, Case, CaseNumber, Event};
use crate::domain::{Change, PersonId};
use crate::services::cases::table::{CASES, DONE, EVENTS, OWN, TALLIES, Tally, key, person_key};
use crate::services::notices::NOTICES;
use crate::store::{Batch, Direction, Key, Row, Store, StoreError};

use super::To;

/// How many events are rewritten at once: each may be kept in dozens of parts, and a batch holds 1,000 writes.
const AT_ONCE: usize = 5;

/// The next change of a case that is the visitor's or followed by them; `None` where there is no such case.
pub(super) async fn next(store: &Store, from: PersonId, to: &To) -> Result<Option<Batch>, StoreError> {
    let under = person_key(from);
    let own = CASES.find(store, &OWN, Some(&under), 1, Direction::Forward).await?;
    first(store, own.iter().filter_map(Key::last_number).map(CaseNumber).collect(), from, to).await
}

/// The next change of a case that the visitor's first news or wishes are about: they may have written in it once.
pub(super) async fn led_to(
    store: &Store,
    from: PersonId,
    to: &To,
    most: usize,
) -> Result<Option<Batch>, StoreError> {
    let under = person_key(from);
    let told = NOTICES.list_under(store, &under, None, most, Direction::Forward).await?;
    let done = DONE.list_under(store, &under, None, most, Direction::Forward).await?;
    let told = told.into_iter().map(|row| row.record.case);
    first(store, told.chain(done.into_iter().map(|row| row.record.case)).collect(), from, to).await
}

async fn first(
    store: &Store,
    cases: BTreeSet<CaseNumber>,
    from: PersonId,
    to: &To,
) -> Result<Option<Batch>, StoreError> {
    for case in cases {
        if let Some(batch) = rewriting(store, case, from, to).await? {
            return Ok(Some(batch));
        }
    }
    Ok(None)
}

/// One commit on the way to a case without the visitor. After each of them, the case is what its timeline adds up to.
async fn rewriting(
    store: &Store,
    number: CaseNumber,
    from: PersonId,
    to: &To,
) -> Result<Option<Batch>, StoreError> {
    let Some(row) = CASES.get(store, &key(number)).await? else { return Ok(None) };
    let rows = EVENTS.list_under(store, &key(number), None, usize::MAX, Direction::Forward).await?;
    let mut timeline: Vec<Event> = rows.iter().map(|row| row.record.clone()).collect();
    let mut batch = to.batch();
    let mut changed = false;
    // The opening comes first: from then on the case is theirs.
    for (row, event) in changes(&rows, &mut timeline, from, to.id()).take(AT_ONCE) {
        changed = true;
        EVENTS.update(&mut batch, row, event);
    }
    if !changed {
        return Ok(None);
    }
    let damaged = || StoreError::Damaged(format!("{number} does not begin with an opening"));
    let mut after = Case::replay(&timeline).ok_or_else(damaged)?;
    if let Some(what) = after.still_followed(&row.record, from, to.id())
        && !after.belongs_to(from)
    {
        let event = Event {
            case: number,
            number: after.events.saturating_add(1),
            at: after.updated_at,
            by: By::Desk,
            what,
        };
        EVENTS.insert(&mut batch, &event);
        after = after.after(&event);
    }
    CASES.update(&mut batch, &row, &after);
    if row.record.requester != after.requester && after.status.is_active() {
        count(store, &mut batch, from, to.id()).await?;
    }
    batch.tell(&Change::Case(number));
    Ok(Some(batch))
}

/// The events that have the visitor in them; each takes its new form in the timeline as it is asked for.
fn changes<'a>(
    rows: &'a [Row<Event>],
    timeline: &'a mut [Event],
    from: PersonId,
    to: PersonId,
) -> impl Iterator<Item = (&'a Row<Event>, &'a Event)> {
    rows.iter().zip(timeline).filter_map(move |(row, event)| {
        let instead = event.with_instead(from, to);
        if instead == *event {
            return None;
        }
        *event = instead;
        Some((row, &*event))
    })
}

/// One case that is not over is another's from now on.
async fn count(store: &Store, batch: &mut Batch, from: PersonId, to: PersonId) -> Result<(), StoreError> {
    if let Some(row) = TALLIES.get(store, &person_key(from)).await? {
        let less = Tally { active: row.record.active.saturating_sub(1), ..row.record.clone() };
        TALLIES.update(batch, &row, &less);
    }
    match TALLIES.get(store, &person_key(to)).await? {
        Some(row) => {
            let more = Tally { active: row.record.active.saturating_add(1), ..row.record.clone() };
            TALLIES.update(batch, &row, &more);
        }
        None => TALLIES.insert(batch, &Tally { person: to, active: 1, opened_at: None }),
    }
    Ok(())
}
