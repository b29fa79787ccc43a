//! Whether articles helped their readers, and why: one opinion of each reader about each article, and the last word counts.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{ArticleId, PersonId};
use crate::store::{Batch, CommitError, Direction, Index, Key, Store, StoreError, Table};

use super::agenda::fault;
use super::cases::table::person_key;
use super::forgetting;
use super::limits::{Counted, Limit, TooOften, count};

/// How often an opinion is kept that others come in between of.
const TRIES: u32 = 8;
/// How often something may be said of articles from one network address: a whole office may be behind it.
const SAID: Limit = Limit { what: "opinion", most: 60, within: TimeDelta::hours(1) };
/// How long an opinion is kept: articles change, and then it is about another text.
const KEPT: TimeDelta = TimeDelta::days(730);

/// Who said it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// Somebody who is signed in.
    Person(PersonId),
    /// Somebody else: a fingerprint that tells readers of one article from each other, and names nobody.
    Unknown(String),
}

/// What somebody said of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Who.
    pub by: By,
    /// Of which article.
    pub article: ArticleId,
    /// Whether it helped.
    pub helpful: bool,
    /// Why.
    #[serde(default)]
    pub reason: Option<String>,
    /// When.
    pub at: DateTime<Utc>,
}

/// All opinions.
pub const OPINIONS: Table<Opinion> =
    Table::new("opinion", |opinion| key_of(&opinion.by).text(opinion.article.as_str()), &[OF_ARTICLE]);

/// Opinions of an article, by time.
pub const OF_ARTICLE: Index<Opinion> = Index {
    name: "article",
    unique: false,
    keys: |opinion| {
        let at = opinion.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        vec![Key::of(opinion.article.as_str()).text(&at)]
    },
};

fn key_of(by: &By) -> Key {
    match by {
        By::Person(person) => person_key(*person),
        By::Unknown(fingerprint) => Key::of("unknown").text(fingerprint),
    }
}

/// Keeps what somebody said of an article, in place of what they said of it before. `from` is where they are on the network.
pub async fn say(
    store: &Store,
    opinion: &Opinion,
    from: &Counted,
) -> Result<Result<(), TooOften>, StoreError> {
    for _ in 0..TRIES {
        let mut batch = Batch::new();
        let limits = [(SAID, from.clone())];
        if let Err(too_often) = count(store, &mut batch, &limits, opinion.at).await? {
            return Ok(Err(too_often));
        }
        match OPINIONS.get(store, &(OPINIONS.key)(opinion)).await? {
            Some(row) => OPINIONS.update(&mut batch, &row, opinion),
            None => OPINIONS.insert(&mut batch, opinion),
        }
        match store.commit(batch).await {
            Ok(_) => return Ok(Ok(())),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    Err(StoreError::Unavailable("others keep saying what they think of articles".to_owned()))
}

/// What was said of an article, the latest first.
pub async fn of(store: &Store, article: &ArticleId, limit: usize) -> Result<Vec<Opinion>, StoreError> {
    let under = Key::of(article.as_str());
    let rows = OPINIONS.list_by(store, &OF_ARTICLE, Some(&under), limit, Direction::Backward).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}

/// Forgets what was said two years ago, so many in a step; answers how many.
pub async fn forget(store: &Store, now: DateTime<Utc>, step: usize) -> Result<usize, StoreError> {
    forgetting::forget(store, &OPINIONS, step, |opinion| opinion.at <= now - KEPT).await
}
