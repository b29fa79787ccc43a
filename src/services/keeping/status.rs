//! How everything is: what `guidepost status` shows, and whether a person is needed.

use std::fmt;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::services::agenda::{self, Overview};
use crate::store::data_version;

use super::KeepingError;
use super::index::IndexSeen;
use super::operation::Keeper;
use super::progress::{Progress, Step, Told};

/// How many records are counted at a time.
const CHUNK: usize = 1000;
/// Work that is due for longer is not only waiting for its turn.
const LATE: TimeDelta = TimeDelta::minutes(10);

/// How everything is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Status {
    /// The version of the program that looked: of the desk, where one is running.
    pub guidepost: String,
    /// The desk; none where nobody has opened the doors.
    pub desk: Option<Running>,
    /// For how long it has been running, in seconds.
    pub uptime_s: Option<u64>,
    /// The store.
    pub store: StoreSeen,
    /// Effects and timers; none where the store can't be asked.
    pub jobs: Option<Overview>,
    /// The index of articles.
    pub index: IndexSeen,
    /// The index of cases.
    pub case_index: IndexSeen,
    /// What somebody has to look at; empty when all is well.
    pub needs_a_person: Vec<Reason>,
}

/// A desk that is running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// The number of its process.
    pub process: u32,
    /// Since when.
    pub since: DateTime<Utc>,
    /// Its doors.
    pub doors: Vec<Door>,
}

/// A way to the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Door {
    /// Its name: terminal, web, discord.
    pub name: String,
    /// Whether people can come in.
    pub open: bool,
    /// Why not, where it should be open.
    pub trouble: Option<String>,
}

/// How the store is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoreSeen {
    /// Its engine.
    pub engine: String,
    /// How many bytes it takes, where that is known.
    pub bytes: Option<u64>,
    /// The version of its data.
    pub data_version: Option<u64>,
    /// Why nothing can be kept at present.
    pub trouble: Option<String>,
    /// How many records there are, where they were counted.
    pub records: Option<u64>,
}

/// Why somebody has to look.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// Nothing can be kept.
    Store {
        /// Why.
        why: String,
    },
    /// Work was given up.
    DeadLetters {
        /// So many pieces.
        count: usize,
    },
    /// Work can't be done before somebody mends something.
    Mend {
        /// So many pieces.
        count: usize,
        /// What.
        why: String,
    },
    /// Work is due and nobody does it.
    Late {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// A running desk has no index that another start could use.
    Index {
        /// Why.
        why: String,
    },
    /// The index of cases can't be used.
    CaseIndex {
        /// Why.
        why: String,
    },
    /// A door should be open and is not.
    Door {
        /// Which one.
        name: String,
        /// Why.
        why: String,
    },
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Store { why } => write!(f, "{why}"),
            Self::DeadLetters { count } => write!(f, "{count} pieces of work were given up after many tries"),
            Self::Mend { count: 1, why } => {
                write!(f, "one piece of work waits until something is mended: {why}")
            }
            Self::Mend { count, why } => {
                write!(f, "{count} pieces of work wait until something is mended: {why}")
            }
            Self::Late { since } => {
                write!(f, "work has been due since {} and is not done", since.format("%Y-%m-%d %H:%M UTC"))
            }
            Self::Index { why } => write!(f, "the search index is not kept on the disk ({why})"),
            Self::CaseIndex { why } => write!(f, "the index of cases can't be used ({why})"),
            Self::Door { name, why } => write!(f, "the door \"{name}\" is not open: {why}"),
        }
    }
}

/// Looks at everything. `count` reads the whole store; all else is quick.
pub async fn status(
    keeper: &Keeper,
    count: bool,
    now: DateTime<Utc>,
    progress: Told<'_>,
) -> Result<Status, KeepingError> {
    let store = &keeper.kept.store;
    let trouble = store.trouble().await.map(|error| error.to_string());
    let is_well = trouble.is_none();
    let seen = StoreSeen {
        engine: store.engine().to_owned(),
        bytes: store.size().await,
        data_version: if is_well { data_version(store).await? } else { None },
        trouble,
        records: if count && is_well { Some(records(keeper, progress).await?) } else { None },
    };
    let jobs = if is_well { Some(agenda::overview(store, now).await?) } else { None };
    let desk = keeper.running.as_ref().map(|running| running.borrow().clone());
    let since = desk.as_ref().map(|running| running.since);
    let mut status = Status {
        guidepost: env!("CARGO_PKG_VERSION").to_owned(),
        desk,
        uptime_s: since.and_then(|since| u64::try_from((now - since).num_seconds()).ok()),
        store: seen,
        jobs,
        index: IndexSeen::of_articles(&keeper.index, now),
        case_index: IndexSeen::of_cases(&keeper.index, now),
        needs_a_person: Vec::new(),
    };
    status.needs_a_person = reasons(&status, now);
    Ok(status)
}

async fn records(keeper: &Keeper, progress: Told<'_>) -> Result<u64, KeepingError> {
    let mut snapshot = keeper.kept.store.snapshot().await?;
    let mut done = 0;
    loop {
        let count = snapshot.next(CHUNK).await?.len() as u64;
        if count == 0 {
            return Ok(done);
        }
        done += count;
        progress(Progress { step: Step::Records, done, of: None });
        tokio::task::yield_now().await;
    }
}

/// Why somebody has to look. What only a running desk does is no reason where none is meant to run.
fn reasons(status: &Status, now: DateTime<Utc>) -> Vec<Reason> {
    let mut reasons = Vec::new();
    if let Some(why) = &status.store.trouble {
        reasons.push(Reason::Store { why: why.clone() });
    }
    if let Some(jobs) = &status.jobs {
        if jobs.dead > 0 {
            reasons.push(Reason::DeadLetters { count: jobs.dead });
        }
        if jobs.mend > 0 {
            let why = jobs.to_mend.clone().unwrap_or_default();
            reasons.push(Reason::Mend { count: jobs.mend, why });
        }
        if let Some(since) = jobs.oldest_due.filter(|since| status.desk.is_some() && now - *since > LATE) {
            reasons.push(Reason::Late { since });
        }
    }
    let Some(desk) = &status.desk else { return reasons };
    match &status.index {
        IndexSeen::Ready { .. } => {}
        IndexSeen::Missing => reasons.push(Reason::Index { why: "there is none".to_owned() }),
        IndexSeen::Unusable { why } => reasons.push(Reason::Index { why: why.clone() }),
    }
    match &status.case_index {
        // A desk at work builds it beside, and may keep it in memory only.
        IndexSeen::Ready { .. } | IndexSeen::Missing => {}
        IndexSeen::Unusable { why } => reasons.push(Reason::CaseIndex { why: why.clone() }),
    }
    for door in &desk.doors {
        if let Some(why) = &door.trouble {
            reasons.push(Reason::Door { name: door.name.clone(), why: why.clone() });
        }
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;

    fn well() -> Status {
        let now = DateTime::UNIX_EPOCH;
        let door = Door { name: "terminal".to_owned(), open: false, trouble: None };
        Status {
            guidepost: "1".to_owned(),
            desk: Some(Running { process: 1, since: now, doors: vec![door] }),
            uptime_s: Some(0),
            store: StoreSeen {
                engine: "sled".to_owned(),
                bytes: None,
                data_version: Some(1),
                trouble: None,
                records: None,
            },
            jobs: Some(Overview {
                waiting: 3,
                due: 1,
                leased: 1,
                dead: 0,
                oldest_due: Some(now),
                next_due: None,
                mend: 0,
                to_mend: None,
            }),
            index: IndexSeen::Ready { generation: "1-1".to_owned(), documents: 1, changed: now, age_s: 0 },
            case_index: IndexSeen::Missing,
            needs_a_person: Vec::new(),
        }
    }

    #[test]
    fn a_person_is_needed_for_what_no_desk_mends_by_itself() {
        type Change = fn(&mut Status);
        let cases: [(&str, i64, Change); 10] = [
            ("", 0, |_| {}),
            ("", 600, |_| {}),
            ("late", 601, |_| {}),
            ("", 601, |s| s.desk = None),
            ("store", 0, |s| s.store.trouble = Some("no room".to_owned())),
            ("dead_letters", 0, |s| s.jobs = s.jobs.take().map(|jobs| Overview { dead: 1, ..jobs })),
            ("mend", 0, |s| s.jobs = s.jobs.take().map(|jobs| Overview { mend: 1, ..jobs })),
            ("index", 0, |s| s.index = IndexSeen::Missing),
            ("", 0, |s| (s.index, s.desk) = (IndexSeen::Missing, None)),
            ("case_index", 0, |s| s.case_index = IndexSeen::Unusable { why: "no file".to_owned() }),
        ];
        for (expected, seconds, change) in cases {
            let mut status = well();
            change(&mut status);
            let found = reasons(&status, DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds));
            let found = serde_json::to_value(found).unwrap();
            let names: Vec<_> =
                found.as_array().unwrap().iter().map(|r| r["reason"].as_str().unwrap()).collect();
            assert_eq!(names.join(" "), expected, "after {seconds} seconds");
        }
    }
}
