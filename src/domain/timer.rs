//! Timers: what the desk does again and again.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::JobKey;

/// Everything that recurs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Timer {
    /// Removes files that no record has named for a day.
    CollectFiles,
    /// Removes the oldest entries of the change feed.
    TrimFeed,
    /// Reminds, warns and closes where customers are silent, and closes what is solved.
    TendCases,
    /// Forgets what was asked for once, flows and sessions that are over and codes that were sent, all of long ago.
    ForgetDone,
    /// Removes the keys of effects that were carried out long ago.
    ForgetKeys,
    /// Brings the records of visitors to the people they turned out to be.
    MoveRecords,
}

impl Timer {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::CollectFiles,
        Self::TrimFeed,
        Self::TendCases,
        Self::ForgetDone,
        Self::ForgetKeys,
        Self::MoveRecords,
    ];

    /// How long after one time the next is due.
    #[must_use]
    pub const fn period(self) -> TimeDelta {
        match self {
            Self::CollectFiles | Self::TrimFeed => TimeDelta::hours(1),
            Self::TendCases | Self::MoveRecords => TimeDelta::minutes(1),
            Self::ForgetKeys | Self::ForgetDone => TimeDelta::days(1),
        }
    }

    /// The key of its one job.
    #[must_use]
    pub fn key(self) -> JobKey {
        JobKey::of(
            match self {
                Self::CollectFiles => "timer-collect-files",
                Self::TrimFeed => "timer-trim-feed",
                Self::TendCases => "timer-tend-cases",
                Self::ForgetDone => "timer-forget-done",
                Self::ForgetKeys => "timer-forget-keys",
                Self::MoveRecords => "timer-move-records",
            },
            &[],
        )
    }
}
