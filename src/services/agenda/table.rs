//! The table of jobs, in the order of their times.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Job, JobKey, State, Trouble};
use crate::store::{Entry, Index, Key, KeyRange, Table};

/// What is kept under the key of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Record {
    /// It waits, is under way, or was given up.
    Open(Job),
    /// It is over. Only its key is left, so that nobody uses it again.
    Over {
        /// The key.
        key: JobKey,
        /// Since when.
        at: DateTime<Utc>,
        /// What the other side said to it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<String>,
    },
}

/// All jobs.
pub const JOBS: Table<Record> = Table::new("job", |record| key_of(record.key()), &[DUE, DEAD, OVER, MEND]);

/// What can be claimed, by the time from when on, and whether somebody has it.
pub const DUE: Index<Record> = Index {
    name: "due",
    unique: false,
    keys: |record| match record {
        Record::Open(job) => match &job.state {
            State::Waiting => vec![moment(job.due).text(WAITING)],
            State::Leased { until, .. } => vec![moment(*until).text(LEASED)],
            State::Dead { .. } => Vec::new(),
        },
        Record::Over { .. } => Vec::new(),
    },
};

/// The dead letters, by when they were given up.
pub const DEAD: Index<Record> = Index {
    name: "dead",
    unique: false,
    keys: |record| match record {
        Record::Open(Job { state: State::Dead { at, .. }, .. }) => vec![moment(*at)],
        Record::Open(_) | Record::Over { .. } => Vec::new(),
    },
};

/// The keys of what is over, by since when.
pub const OVER: Index<Record> = Index {
    name: "over",
    unique: false,
    keys: |record| match record {
        Record::Over { at, .. } => vec![moment(*at)],
        Record::Open(_) => Vec::new(),
    },
};

/// What can't be done before somebody mends something, by when it was due last.
pub const MEND: Index<Record> = Index {
    name: "mend",
    unique: false,
    keys: |record| match record {
        Record::Open(Job { due, trouble: Some(Trouble { mend: true, .. }), .. }) => vec![moment(*due)],
        Record::Open(_) | Record::Over { .. } => Vec::new(),
    },
};

const WAITING: &str = "waiting";
const LEASED: &str = "leased";

impl Record {
    /// Its key.
    #[must_use]
    pub fn key(&self) -> &JobKey {
        match self {
            Self::Open(job) => &job.key,
            Self::Over { key, .. } => key,
        }
    }
}

/// The key of a job within its table.
#[must_use]
pub fn key_of(key: &JobKey) -> Key {
    Key::of(key.as_str())
}

/// Where a job stands in the index of what can be claimed.
pub struct Standing {
    /// From when on.
    pub at: DateTime<Utc>,
    /// Whether somebody has it until then.
    pub leased: bool,
}

/// What an entry of [`DUE`] says.
pub fn standing(entry: &Entry) -> Option<Standing> {
    let mut parts = entry.key.parts();
    let at = DateTime::parse_from_rfc3339(&parts.next()?).ok()?;
    Some(Standing { at: at.to_utc(), leased: parts.next()? == LEASED })
}

/// The part of an index up to a time, that time included.
pub fn until(index: &Index<Record>, time: DateTime<Utc>) -> KeyRange {
    let name = JOBS.index_key(index);
    // Keys are exact to the microsecond, and those of one microsecond all begin alike: the end is where the next begins.
    let next = name.clone().join(&moment(time + TimeDelta::microseconds(1)));
    KeyRange::under(&name).before(&next)
}

/// The part of an index after a time.
pub fn after(index: &Index<Record>, time: DateTime<Utc>) -> KeyRange {
    let name = JOBS.index_key(index);
    let next = name.clone().join(&moment(time + TimeDelta::microseconds(1)));
    KeyRange::under(&name).after(&next)
}

/// A time as a key. All have one length, so their order is that of time.
fn moment(time: DateTime<Utc>) -> Key {
    Key::of(&time.to_rfc3339_opts(SecondsFormat::Micros, true))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn the_order_of_keys_is_the_order_of_times(a in 0..i64::pow(10, 17), b in 0..i64::pow(10, 17)) {
            let time = DateTime::from_timestamp_micros;
            let key = |micros| moment(time(micros).unwrap());
            proptest::prop_assert_eq!(a.cmp(&b), key(a).cmp(&key(b)));
            let whole = |micros| JOBS.index_key(&DUE).join(&key(micros)).text(WAITING).text("mail-test-000001");
            proptest::prop_assert_eq!(until(&DUE, time(a).unwrap()).contains(&whole(b)), b <= a);
            proptest::prop_assert_eq!(after(&DUE, time(a).unwrap()).contains(&whole(b)), b > a);
        }
    }
}
