//! Records that are one person's, table by table: what the visitor had is the other's, and where both have the same, it becomes one.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::domain::PersonId;
use crate::services::cases::table::{DONE, Done, TALLIES, Tally, person_key};
use crate::services::chat_log::{CHAT_LOG, Shown};
use crate::services::conversations::{ANSWERS, Answered, CONVERSATIONS, Conversation, FLOWS, FlowRecord};
use crate::services::kept_answers::{KEPT_ANSWERS, KeptAnswer};
use crate::services::limits::{self, COUNTS, Count, Counted};
use crate::services::notices::{NOTICES, Notice};
use crate::services::opinions::{By, OPINIONS, Opinion};
use crate::store::{Batch, Direction, Key, Row, Store, StoreError, Table};

use super::{To, cases};

/// How many records are moved at once: a long one is many writes, twice.
const AT_ONCE: usize = 10;
/// The most times that are kept of one count.
const MOST_COUNTED: usize = 100;

/// The next records that are moved; `None` where there are none.
pub(super) async fn next(store: &Store, from: PersonId, to: &To) -> Result<Option<Batch>, StoreError> {
    let own = person_key(from);
    let mut found = some(&CONVERSATIONS, store, &own, to, (talk, talks)).await?;
    if found.is_none() {
        found = some(&FLOWS, store, &own, to, (flow, first)).await?;
    }
    if found.is_none() {
        found = some(&ANSWERS, store, &own, to, (answer, first)).await?;
    }
    if found.is_none() {
        found = some(&CHAT_LOG, store, &own, to, (shown, first)).await?;
    }
    if found.is_none() {
        found = some(&KEPT_ANSWERS, store, &own, to, (kept, first)).await?;
    }
    if found.is_none() {
        found = some(&OPINIONS, store, &own, to, (opinion, opinions)).await?;
    }
    if found.is_none() {
        let rows: Vec<Row<Tally>> = TALLIES.get(store, &own).await?.into_iter().collect();
        found = moved(&TALLIES, store, rows, to, (tally, tallies)).await?;
    }
    if found.is_none() {
        let counted = limits::key_of(&Counted::person(from));
        found = some(&COUNTS, store, &counted, to, (Count::of_person, counts)).await?;
    }
    // News and wishes lead to cases in which the visitor may have written without having them any more.
    if found.is_none() {
        found = cases::led_to(store, from, to, AT_ONCE).await?;
    }
    if found.is_none() {
        found = some(&NOTICES, store, &own, to, (notice, notices)).await?;
    }
    if found.is_none() {
        found = some(&DONE, store, &own, to, (done, first)).await?;
    }
    Ok(found)
}

/// How a record becomes another person's, and how one is made of two under the same key.
type How<R> = (fn(R, PersonId) -> R, fn(R, &R) -> R);

/// Some records of a table whose keys begin with the visitor's, moved.
async fn some<R: Clone + Serialize + DeserializeOwned>(
    table: &Table<R>,
    store: &Store,
    under: &Key,
    to: &To,
    how: How<R>,
) -> Result<Option<Batch>, StoreError> {
    let rows = table.list_under(store, under, None, AT_ONCE, Direction::Forward).await?;
    moved(table, store, rows, to, how).await
}

/// These records, moved; none where there are none.
async fn moved<R: Clone + Serialize + DeserializeOwned>(
    table: &Table<R>,
    store: &Store,
    rows: Vec<Row<R>>,
    to: &To,
    (instead, both): How<R>,
) -> Result<Option<Batch>, StoreError> {
    if rows.is_empty() {
        return Ok(None);
    }
    let mut batch = to.batch();
    for row in rows {
        table.delete(&mut batch, &row);
        let moved = instead(row.record, to.id());
        match table.get(store, &(table.key)(&moved)).await? {
            Some(own) => table.update(&mut batch, &own, &both(own.record.clone(), &moved)),
            None => table.insert(&mut batch, &moved),
        }
    }
    Ok(Some(batch))
}

/// Of two with one name, which the random numbers of tickets rule out, the person's own stays.
fn first<R>(own: R, _: &R) -> R {
    own
}

fn talk(talk: Conversation, person: PersonId) -> Conversation {
    Conversation { person, ..talk }
}

/// The same place, spoken at as both: what was said last is remembered.
fn talks(own: Conversation, other: &Conversation) -> Conversation {
    let (told, flow) = (own.told.max(other.told), own.flow.or(other.flow));
    let last = if own.at >= other.at { own } else { other.clone() };
    Conversation { told, flow: last.flow.or(flow), ..last }
}

fn flow(record: FlowRecord, person: PersonId) -> FlowRecord {
    FlowRecord { person, ..record }
}

fn answer(answer: Answered, person: PersonId) -> Answered {
    Answered { person, ..answer }
}

fn shown(turn: Shown, person: PersonId) -> Shown {
    Shown { person, ..turn }
}

fn kept(kept: KeptAnswer, person: PersonId) -> KeptAnswer {
    KeptAnswer { person, ..kept }
}

fn opinion(opinion: Opinion, person: PersonId) -> Opinion {
    Opinion { by: By::Person(person), ..opinion }
}

/// Both spoke of the same article: the last word counts.
fn opinions(own: Opinion, other: &Opinion) -> Opinion {
    if own.at >= other.at { own } else { other.clone() }
}

fn tally(mut tally: Tally, person: PersonId) -> Tally {
    tally.person = person;
    tally
}

/// The visitor's cases were counted as they were moved; when the last one was opened is left.
fn tallies(mut own: Tally, other: &Tally) -> Tally {
    own.active = own.active.saturating_add(other.active);
    own.opened_at = own.opened_at.max(other.opened_at);
    own
}

fn notice(mut notice: Notice, person: PersonId) -> Notice {
    notice.person = person;
    notice
}

/// Both heard of it: seen by one, it is seen.
fn notices(mut own: Notice, other: &Notice) -> Notice {
    own.seen = match (own.seen, other.seen) {
        (Some(one), Some(two)) => Some(one.min(two)),
        (one, two) => one.or(two),
    };
    own
}

fn done(done: Done, person: PersonId) -> Done {
    Done { person, ..done }
}

/// What is limited stays so: nobody begins anew by being two.
fn counts(own: Count, other: &Count) -> Count {
    let mut at = own.at;
    at.extend_from_slice(&other.at);
    at.sort_unstable();
    let at = at.split_off(at.len().saturating_sub(MOST_COUNTED));
    Count { at, until: own.until.max(other.until), ..own }
}
