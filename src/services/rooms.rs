//! Rooms: the thread on Discord in which a case is talked about, and how far it shows the case.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::{Case, CaseNumber};
use crate::domain::{Channel, Effect, JobKey, Place, Platform, Post};
use crate::store::{Batch, CommitError, Direction, Index, Key, Row, Store, StoreError, Table, Writes};

use super::agenda::{self, fault};
use super::cases::table;
use super::servers;

/// The room of a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The case.
    pub case: CaseNumber,
    /// The server.
    pub server: u64,
    /// The channel that the thread is in.
    pub parent: u64,
    /// The thread.
    pub thread: u64,
    /// The last event of the case that the room shows.
    #[serde(default)]
    pub shown: u32,
    /// The Discord accounts that were added to it.
    #[serde(default)]
    pub members: BTreeSet<u64>,
    /// Whether it is archived.
    #[serde(default)]
    pub archived: bool,
}

/// All rooms; a case has one.
pub const ROOMS: Table<Room> = Table::new("discord.room", |room| table::key(room.case), &[THREAD, OPEN]);

/// The rooms of a server that are not archived.
pub const OPEN: Index<Room> = Index {
    name: "open",
    unique: false,
    keys: |room| (!room.archived).then(|| servers::key(room.server)).into_iter().collect(),
};

/// A case that should have a room, and for which none could be made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roomless {
    /// The case.
    pub case: CaseNumber,
    /// Why.
    pub why: String,
}

/// All cases for which no room could be made.
pub const ROOMLESS: Table<Roomless> = Table::new("discord.roomless", |one| table::key(one.case), &[]);

/// How many rooms are changed at once.
const AT_ONCE: usize = 100;
/// The most rooms or cases that are looked at in one go.
const LISTED: usize = 10_000;

/// Rooms by their threads.
pub const THREAD: Index<Room> =
    Index { name: "thread", unique: true, keys: |room| vec![servers::key(room.thread)] };

impl Room {
    /// The place where people talk in it.
    #[must_use]
    pub fn channel(&self) -> Channel {
        Channel { server: Some(self.server), id: self.thread }
    }
}

/// The case whose room a place is.
pub async fn case_of(store: &Store, place: &Place) -> Result<Option<CaseNumber>, StoreError> {
    let Some(Channel { server: Some(_), id }) = Channel::of(place) else { return Ok(None) };
    Ok(of_thread(store, id).await?.map(|row| row.record.case))
}

/// The room that a thread is.
pub async fn of_thread(store: &Store, thread: u64) -> Result<Option<Row<Room>>, StoreError> {
    ROOMS.get_one(store, &THREAD, &servers::key(thread)).await
}

/// The room of a case.
pub async fn of_case(store: &Store, case: CaseNumber) -> Result<Option<Row<Room>>, StoreError> {
    ROOMS.get(store, &table::key(case)).await
}

/// Keeps a room that was made, and answers what is kept: another one where somebody else was quicker.
pub async fn add(store: &Store, room: &Room) -> Result<Row<Room>, StoreError> {
    let mut batch = Batch::new();
    ROOMS.insert(&mut batch, room);
    match store.commit(batch).await {
        Ok(_) | Err(CommitError::Conflict(_)) => {}
        Err(error) => return Err(fault(error)),
    }
    let gone = || StoreError::Unavailable(format!("the room of {} is being changed", room.case));
    of_case(store, room.case).await?.ok_or_else(gone)
}

/// Keeps a room as it is now; `None` where somebody else changed it meanwhile.
pub async fn update(store: &Store, row: &Row<Room>, room: &Room) -> Result<Option<Row<Room>>, StoreError> {
    if row.record == *room {
        return Ok(Some(row.clone()));
    }
    let mut batch = Batch::new();
    ROOMS.update(&mut batch, row, room);
    match store.commit(batch).await {
        Ok(_) => of_case(store, room.case).await,
        Err(CommitError::Conflict(_)) => Ok(None),
        Err(error) => Err(fault(error)),
    }
}

/// A room is no longer there: it is forgotten, and its case gets another one.
pub async fn lost(store: &Store, row: &Row<Room>, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    ROOMS.delete(&mut batch, row);
    let Room { case, thread, .. } = row.record;
    let again = Post::Case { case, event: u32::MAX };
    let key = JobKey::of("discord-room-again", &[case.0, thread]);
    agenda::enqueue(&mut batch, Effect::Discord(again), key, now);
    ignore_conflict(store.commit(batch).await.map(drop))
}

/// Has a room show what it does not show yet.
pub async fn refresh(store: &Store, case: CaseNumber, now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    let again = Post::Case { case, event: u32::MAX };
    let key = JobKey::of("discord-refresh", &[case.0, now.timestamp_millis().unsigned_abs()]);
    agenda::enqueue(&mut batch, Effect::Discord(again), key, now);
    ignore_conflict(store.commit(batch).await.map(drop))
}

/// Forgets which rooms somebody is in who has these accounts: of so many rooms past `past`, which becomes where these end. They leave
/// the threads as soon as Discord is there. `false` where there are no more rooms.
pub async fn forget_accounts(
    store: &Store,
    accounts: &BTreeSet<u64>,
    past: &mut Option<Key>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let rows = ROOMS.list(store, past.as_ref(), AT_ONCE, Direction::Forward).await?;
    let Some(last) = rows.last() else { return Ok(false) };
    let end = (ROOMS.key)(&last.record);
    if leave(store, &rows, accounts, now).await? {
        *past = Some(end);
    }
    Ok(true)
}

/// The same for the rooms of these cases only.
pub async fn forget_accounts_in(
    store: &Store,
    cases: &BTreeSet<CaseNumber>,
    accounts: &BTreeSet<u64>,
    now: DateTime<Utc>,
) -> Result<(), StoreError> {
    let keys: Vec<Key> = cases.iter().map(|case| table::key(*case)).collect();
    for keys in keys.chunks(AT_ONCE) {
        while !leave(store, &ROOMS.get_all(store, keys).await?, accounts, now).await? {}
    }
    Ok(())
}

/// Takes accounts off these rooms; `false` where somebody else changed one of them: all have to be read again.
async fn leave(
    store: &Store,
    rows: &[Row<Room>],
    accounts: &BTreeSet<u64>,
    now: DateTime<Utc>,
) -> Result<bool, StoreError> {
    let mut batch = Batch::new();
    for row in rows {
        for account in row.record.members.intersection(accounts) {
            let Room { case, thread, .. } = row.record;
            let key = JobKey::of("discord-leave", &[case.0, thread, now.timestamp_millis().unsigned_abs()]);
            agenda::enqueue(&mut batch, Effect::Discord(Post::Leave { thread, account: *account }), key, now);
        }
        if !row.record.members.is_disjoint(accounts) {
            let members = row.record.members.difference(accounts).copied().collect();
            ROOMS.update(&mut batch, row, &Room { members, ..row.record.clone() });
        }
    }
    match store.commit(batch).await {
        Ok(_) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(fault(error)),
    }
}

/// The rooms of a server that are not archived.
pub async fn open_on(store: &Store, server: u64) -> Result<Vec<Row<Room>>, StoreError> {
    ROOMS.list_by(store, &OPEN, Some(&servers::key(server)), LISTED, Direction::Forward).await
}

/// The cases for which no room could be made.
pub async fn roomless(store: &Store) -> Result<Vec<Roomless>, StoreError> {
    let rows = ROOMLESS.list(store, None, LISTED, Direction::Forward).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}

/// Notes that no room could be made, or that there is one now.
pub async fn note_roomless(store: &Store, case: CaseNumber, why: Option<String>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    match (ROOMLESS.get(store, &table::key(case)).await?, why) {
        (None, None) | (Some(_), Some(_)) => return Ok(()),
        (None, Some(why)) => ROOMLESS.insert(&mut batch, &Roomless { case, why }),
        (Some(row), None) => ROOMLESS.delete(&mut batch, &row),
    }
    ignore_conflict(store.commit(batch).await.map(drop))
}

/// Somebody else did the same, or changed it: whoever needs it next finds out anew.
fn ignore_conflict(done: Result<(), CommitError>) -> Result<(), StoreError> {
    match done {
        Ok(()) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}

/// Has the room show what just happened, within the batch of what happened. Cases that were opened elsewhere have none.
pub fn show(writes: &mut Writes, case: &Case) {
    if case.place.platform != Platform::Discord {
        return;
    }
    let post = Post::Case { case: case.number, event: case.events };
    let key = JobKey::of("discord-case", &[case.number.0, u64::from(case.events)]);
    agenda::enqueue_numbered(writes, Effect::Discord(post), key, case.updated_at);
}
