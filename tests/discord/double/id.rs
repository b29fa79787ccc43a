//! Ids and times as Discord writes them: snowflakes tell when they were made and always increase.

use std::{fmt, num::ParseIntError, str::FromStr};

use chrono::{DateTime, Utc};
use serde::{Serialize, Serializer};

/// The first millisecond that a snowflake can name: the start of 2015.
const EPOCH: i64 = 1_420_070_400_000;

/// A snowflake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Id(pub u64);

impl Id {
    /// The id in a field of a body, written as text or as a number.
    pub fn of(value: &serde_json::Value) -> Option<Self> {
        value.as_u64().map(Self).or_else(|| value.as_str()?.parse().ok())
    }
}

impl fmt::Display for Id {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

impl FromStr for Id {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().map(Self)
    }
}

/// As text, because a snowflake is larger than what JavaScript counts exactly.
impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Makes ids, one after the other.
#[derive(Debug, Default)]
pub struct Mint {
    last: u64,
}

impl Mint {
    /// An id that was made now, and is larger than every one before.
    pub fn next(&mut self, now: DateTime<Utc>) -> Id {
        let millis = u64::try_from(now.timestamp_millis() - EPOCH).unwrap_or_default();
        self.last = (self.last + 1).max(millis << 22);
        Id(self.last)
    }
}

/// A time, in the spelling of Discord's answers.
pub fn written(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%dT%H:%M:%S%.6f+00:00").to_string()
}

#[test]
fn ids_increase_even_while_the_clock_stands_still_or_goes_back() {
    let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
    let mut mint = Mint::default();
    let times =
        ["2026-11-22T09:00:00Z", "2026-11-22T09:00:00Z", "2026-11-22T08:00:00Z", "2026-11-22T09:00:01Z"];
    let ids: Vec<Id> = times.map(|time| mint.next(at(time))).to_vec();
    assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
    let made = (ids[3].0 >> 22).cast_signed() + EPOCH;
    assert_eq!(made, at("2026-11-22T09:00:01Z").timestamp_millis());
}
