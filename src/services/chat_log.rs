//! What was said in a chat that a page shows, so that a page that is opened again, or twice, shows all of it.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::{Reply, Ticket};
use crate::domain::PersonId;
use crate::store::{Batch, CommitError, Direction, Index, Key, KeyRange, Store, StoreError, Table};

use super::agenda::fault;
use super::cases::table::person_key;

/// How long a turn is shown. Replies hold what others wrote in a case, so it is not long.
const SHOWN: TimeDelta = TimeDelta::days(7);

/// One turn, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Whose chat it is.
    pub person: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// Its name.
    pub id: Ticket,
    /// What the person did.
    pub said: Said,
    /// What was answered.
    pub reply: Reply,
}

/// What somebody did in a turn. A kept variant is never renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Said {
    /// Nothing: the desk had news.
    Nothing,
    /// They typed this.
    Text(String),
    /// They typed something that is not kept.
    Unkept,
    /// They pressed a button with this on it.
    Pressed(String),
    /// They filled in a form with this title.
    Filled(String),
}

/// All turns that are shown, by person and time.
pub const CHAT_LOG: Table<Shown> =
    Table::new("chat.shown", |turn| own_key(turn.person, turn.at).text(&turn.id.to_string()), &[AT]);

/// The same by time, to forget them.
pub const AT: Index<Shown> =
    Index { name: "at", unique: false, keys: |turn| vec![Key::of(&moment(turn.at))] };

/// Adds a turn. One of the same name is there already: it stays.
pub async fn add(store: &Store, turn: &Shown) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    CHAT_LOG.insert(&mut batch, turn);
    match store.commit(batch).await {
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}

/// The newest turns of a person, `limit` at most, the oldest of them first.
pub async fn newest(store: &Store, person: PersonId, limit: usize) -> Result<Vec<Shown>, StoreError> {
    let rows = CHAT_LOG.list_under(store, &person_key(person), None, limit, Direction::Backward).await?;
    Ok(rows.into_iter().rev().map(|row| row.record).collect())
}

/// The first turns of a person since then, `limit` at most.
pub async fn since(
    store: &Store,
    person: PersonId,
    at: DateTime<Utc>,
    limit: usize,
) -> Result<Vec<Shown>, StoreError> {
    let (own, past) = (person_key(person), own_key(person, at));
    let rows = CHAT_LOG.list_under(store, &own, Some(&past), limit, Direction::Forward).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}

/// One of the newest turns of a person, by name.
pub async fn one(store: &Store, person: PersonId, id: Ticket) -> Result<Option<Shown>, StoreError> {
    let own = person_key(person);
    let rows = CHAT_LOG.list_under(store, &own, None, usize::MAX, Direction::Backward).await?;
    Ok(rows.into_iter().map(|row| row.record).find(|turn| turn.id == id))
}

/// Forgets turns of long ago, `limit` at most; answers how many.
pub async fn forget(store: &Store, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
    let index = CHAT_LOG.index_key(&AT);
    let range = KeyRange::under(&index).before(&index.clone().join(&Key::of(&moment(now - SHOWN))));
    let old = CHAT_LOG.list_in(store, &range, limit, Direction::Forward).await?;
    let mut batch = Batch::new();
    for row in &old {
        CHAT_LOG.delete(&mut batch, row);
    }
    match store.commit(batch).await {
        Ok(_) => Ok(old.len()),
        Err(CommitError::Conflict(_)) => Ok(0),
        Err(error) => Err(fault(error)),
    }
}

fn own_key(person: PersonId, at: DateTime<Utc>) -> Key {
    person_key(person).text(&moment(at))
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
