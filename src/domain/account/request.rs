//! A change that somebody who lacks the right to it sent to the administrators of the account.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{AccountChange, ChangeKind, ContactId, OrgId};

/// A request's permanent number within the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RequestId(pub u64);

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A change that waits for an administrator, or that one decided about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Request {
    /// Its number.
    pub id: RequestId,
    /// The organisation.
    pub org: OrgId,
    /// Who asks.
    pub by: ContactId,
    /// When they asked.
    pub at: DateTime<Utc>,
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// The change. Once it is decided only its kind is kept: the log has what became of it, and people's details are kept once.
    #[serde(default)]
    pub wish: Option<AccountChange>,
    /// The last entry of the account's log when whoever asks saw the account.
    #[serde(default)]
    pub seen: u64,
    /// What an administrator said.
    #[serde(default)]
    pub verdict: Option<Verdict>,
}

/// What an administrator said to a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Who.
    pub by: ContactId,
    /// When.
    pub at: DateTime<Utc>,
    /// What.
    pub ruling: Ruling,
}

/// Yes or no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ruling {
    /// The change was made.
    Approved,
    /// It was not made.
    Refused {
        /// Why, in one line.
        #[serde(default)]
        reason: Option<String>,
    },
}

/// What a mail about a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RequestNews {
    /// An administrator is told that it waits.
    Arrived,
    /// Whoever asked is told that it was decided about.
    Decided,
}

impl Request {
    /// The request as it is once somebody decided about it.
    #[must_use]
    pub fn decided(&self, by: ContactId, ruling: Ruling, at: DateTime<Utc>) -> Self {
        Self { wish: None, verdict: Some(Verdict { by, at, ruling }), ..self.clone() }
    }
}
