//! News about a person themselves, and about no case: told at each of their places, once.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Effect, Identity, JobKey, Person, PersonId, Post};
use crate::store::{Batch, CommitError, Direction, Index, Key, KeyRange, Store, StoreError, Table};

use super::agenda::{self, fault};
use super::cases::table::person_key;

/// How long news are kept.
const KEPT: TimeDelta = TimeDelta::days(90);

/// Something that happened to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnNews {
    /// To whom.
    pub person: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub what: Happened,
    /// When they first saw it; none while they have not.
    #[serde(default)]
    pub seen: Option<DateTime<Utc>>,
}

/// What can happen to somebody. A kept variant is never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Happened {
    /// Their password is another one.
    PasswordChanged,
}

impl Happened {
    const fn name(self) -> &'static str {
        match self {
            Self::PasswordChanged => "password-changed",
        }
    }
}

/// All of these news, by person and time.
pub const OWN_NEWS: Table<OwnNews> = Table::new(
    "news.own",
    |news| person_key(news.person).text(&moment(news.at)).text(news.what.name()),
    &[AT],
);

/// The same by time, to forget them.
pub const AT: Index<OwnNews> =
    Index { name: "at", unique: false, keys: |news| vec![Key::of(&moment(news.at))] };

/// Puts news into the batch of what happened: told where the person talks with the desk, and in a direct message where they do on Discord.
pub fn tell(batch: &mut Batch, person: &Person, what: Happened, once: &str, now: DateTime<Utc>) {
    let id = person.id;
    OWN_NEWS.insert(batch, &OwnNews { person: id, at: now, what, seen: None });
    if person.identities.iter().any(|identity| matches!(identity, Identity::Discord(_))) {
        let post = Post::Own { person: id, at: now };
        agenda::enqueue(batch, Effect::Discord(post), JobKey::named("own-news", once), now);
    }
}

/// What a place has not told somebody yet, the oldest first: what they have seen nowhere, and what happened after the place last told
/// them something.
pub async fn untold(
    store: &Store,
    person: PersonId,
    told: Option<DateTime<Utc>>,
    limit: usize,
) -> Result<Vec<OwnNews>, StoreError> {
    let rows = OWN_NEWS.list_under(store, &person_key(person), None, limit, Direction::Backward).await?;
    let all = rows.into_iter().rev().map(|row| row.record);
    Ok(all.filter(|news| news.seen.is_none() || told.is_some_and(|told| news.at > told)).collect())
}

/// Notes that news were seen; what was seen before stays as it was.
pub async fn seen(store: &Store, news: &[OwnNews], now: DateTime<Utc>) -> Result<(), StoreError> {
    let mut batch = Batch::new();
    for news in news {
        let Some(row) = OWN_NEWS.get(store, &(OWN_NEWS.key)(news)).await? else { continue };
        if row.record.seen.is_none() {
            OWN_NEWS.update(&mut batch, &row, &OwnNews { seen: Some(now), ..row.record.clone() });
        }
    }
    match store.commit(batch).await {
        // Another place shows them at the same moment: then they were seen there.
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}

/// Forgets news of long ago, `limit` at most; answers how many.
pub async fn forget(store: &Store, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
    let index = OWN_NEWS.index_key(&AT);
    let range = KeyRange::under(&index).before(&index.clone().join(&Key::of(&moment(now - KEPT))));
    let old = OWN_NEWS.list_in(store, &range, limit, Direction::Forward).await?;
    let mut batch = Batch::new();
    for row in &old {
        OWN_NEWS.delete(&mut batch, row);
    }
    match store.commit(batch).await {
        Ok(_) => Ok(old.len()),
        Err(CommitError::Conflict(_)) => Ok(0),
        Err(error) => Err(fault(error)),
    }
}

fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
