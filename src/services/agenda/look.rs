//! What is on the agenda: what is due now, what was given up, and how much there is of each.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Job, JobKey, State};
use crate::store::{Direction, Entry, Index, Key, KeyRange, Row, Store, StoreError};

use super::table::{DEAD, DUE, JOBS, MEND, Record, after, key_of, standing, until};

/// How many entries of an index are read at a time.
const PAGE: usize = 1000;

/// The agenda in numbers. Timers count like effects.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Overview {
    /// Not due yet: new, or waiting for another try.
    pub waiting: usize,
    /// Due, and nobody has it: also what somebody had and never came back from.
    pub due: usize,
    /// Under way.
    pub leased: usize,
    /// Given up; somebody has to look.
    pub dead: usize,
    /// Since when the oldest of what is due has been so.
    pub oldest_due: Option<DateTime<Utc>>,
    /// When the first of what waits is due.
    pub next_due: Option<DateTime<Utc>>,
    /// How much can't be done before somebody mends something.
    #[serde(default)]
    pub mend: usize,
    /// What has to be mended, as the one of them says that was due last.
    #[serde(default)]
    pub to_mend: Option<String>,
}

/// How a job stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// There is none with that key, or it was forgotten.
    Unknown,
    /// It is to be carried out, for the first time or again.
    Open(Box<Job>),
    /// It was carried out, or given up for good by hand.
    Over {
        /// What the other side said to it.
        said: Option<String>,
    },
}

/// How a job stands.
pub async fn fate(store: &Store, key: &JobKey) -> Result<Fate, StoreError> {
    Ok(match JOBS.get(store, &key_of(key)).await?.map(|row| row.record) {
        Some(Record::Open(job)) => Fate::Open(Box::new(job)),
        Some(Record::Over { said, .. }) => Fate::Over { said },
        None => Fate::Unknown,
    })
}

/// Counts the agenda. Only indexes are read, and one job where something is to be mended.
pub async fn overview(store: &Store, now: DateTime<Utc>) -> Result<Overview, StoreError> {
    let mut found = Overview::default();
    each(store, &DUE, |entry| {
        let Some(standing) = standing(entry) else { return };
        match (standing.at <= now, standing.leased) {
            (true, _) => {
                found.due += 1;
                found.oldest_due.get_or_insert(standing.at);
            }
            (false, true) => found.leased += 1,
            (false, false) => {
                found.waiting += 1;
                found.next_due.get_or_insert(standing.at);
            }
        }
    })
    .await?;
    each(store, &DEAD, |_| found.dead += 1).await?;
    each(store, &MEND, |_| found.mend += 1).await?;
    if found.mend > 0 {
        found.to_mend = to_mend(store).await?;
    }
    Ok(found)
}

/// What has to be mended, as the job says that was due last.
async fn to_mend(store: &Store) -> Result<Option<String>, StoreError> {
    let range = KeyRange::under(&JOBS.index_key(&MEND));
    let last = store.scan(&range, 1, Direction::Backward).await?;
    let Some(key) = last.first().and_then(own_key) else { return Ok(None) };
    Ok(match JOBS.get(store, &key).await?.map(|row| row.record) {
        Some(Record::Open(job)) => job.trouble.map(|trouble| trouble.why),
        Some(Record::Over { .. }) | None => None,
    })
}

/// Calls for each entry of an index, in its order.
async fn each(store: &Store, index: &Index<Record>, mut call: impl FnMut(&Entry)) -> Result<(), StoreError> {
    let mut range = KeyRange::under(&JOBS.index_key(index));
    loop {
        let entries = store.scan(&range, PAGE, Direction::Forward).await?;
        entries.iter().for_each(&mut call);
        match entries.last() {
            Some(last) if entries.len() == PAGE => range = range.after(&last.key),
            Some(_) | None => return Ok(()),
        }
    }
}

/// What can be claimed now.
#[derive(Debug, Default)]
pub struct DueJobs {
    /// The jobs, those that wait longest first.
    pub rows: Vec<(Row<Record>, Job)>,
    /// Jobs that this program can't read, with why: of a newer version, or damaged. They are left as they are.
    pub unreadable: Vec<String>,
}

/// The jobs that can be claimed now, `limit` at most, those that wait longest first.
pub async fn due(store: &Store, now: DateTime<Utc>, limit: usize) -> Result<DueJobs, StoreError> {
    let mut due = DueJobs::default();
    let mut range = until(&DUE, now);
    while due.rows.len() < limit {
        let entries = store.scan(&range, limit, Direction::Forward).await?;
        let Some(last) = entries.last() else { break };
        range = range.after(&last.key);
        for entry in &entries {
            if due.rows.len() == limit {
                break;
            }
            let Some(key) = own_key(entry) else { continue };
            match JOBS.get(store, &key).await {
                Ok(Some(row)) => match row.record.clone() {
                    Record::Open(job) if job.is_claimable(now) => due.rows.push((row, job)),
                    // Somebody was quicker.
                    Record::Open(_) | Record::Over { .. } => {}
                },
                Ok(None) => {}
                // One bad record does not keep all others from being carried out.
                Err(StoreError::Damaged(why)) => due.unreadable.push(why),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(due)
}

/// When the next job can be claimed; that may be in the past.
pub async fn next_due(store: &Store) -> Result<Option<DateTime<Utc>>, StoreError> {
    first(store, &KeyRange::under(&JOBS.index_key(&DUE))).await
}

/// When the next job after a time can be claimed.
pub async fn next_after(store: &Store, time: DateTime<Utc>) -> Result<Option<DateTime<Utc>>, StoreError> {
    first(store, &after(&DUE, time)).await
}

async fn first(store: &Store, range: &KeyRange) -> Result<Option<DateTime<Utc>>, StoreError> {
    let entries = store.scan(range, 1, Direction::Forward).await?;
    Ok(entries.first().and_then(standing).map(|standing| standing.at))
}

/// The dead letters, the latest first.
pub async fn dead_letters(store: &Store, limit: usize) -> Result<Vec<Job>, StoreError> {
    let range = KeyRange::under(&JOBS.index_key(&DEAD));
    let mut jobs = Vec::new();
    for entry in store.scan(&range, limit, Direction::Backward).await? {
        let Some(key) = own_key(&entry) else { continue };
        let Some(row) = JOBS.get(store, &key).await? else { continue };
        match row.record {
            Record::Open(job) if matches!(job.state, State::Dead { .. }) => jobs.push(job),
            // Somebody mended it meanwhile.
            Record::Open(_) | Record::Over { .. } => {}
        }
    }
    Ok(jobs)
}

/// The key of the job that an entry of an index is about.
pub(super) fn own_key(entry: &Entry) -> Option<Key> {
    entry.key.parts().last().map(|key| Key::of(&key))
}
