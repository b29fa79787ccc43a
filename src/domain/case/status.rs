//! Where a case stands.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Where a case stands, with what belongs to that and to nothing else.
///
/// Times at which the desk acts by itself were worked out when the case came here: changed settings hold from the next change on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Nobody has looked at it yet.
    New,
    /// Somebody works on it, or has to.
    Open,
    /// Staff asked the customer something.
    WaitingOnCustomer {
        /// Since when.
        since: DateTime<Utc>,
        /// What the desk does next by itself.
        next: Nudge,
        /// When it does.
        due: DateTime<Utc>,
    },
    /// Somebody else has to do something first.
    WaitingOnThirdParty {
        /// Since when.
        since: DateTime<Utc>,
        /// Who, where staff said so.
        #[serde(default)]
        on: Option<String>,
    },
    /// Staff hold it for solved; the customer may still disagree.
    Solved {
        /// Since when.
        at: DateTime<Utc>,
        /// When it closes by itself.
        due: DateTime<Utc>,
    },
    /// It is over.
    Closed {
        /// Since when.
        at: DateTime<Utc>,
        /// How it came to that.
        how: Closing,
        /// Until when a reply opens it again; later ones become a new case.
        reopens_until: DateTime<Utc>,
    },
}

/// What the desk does by itself while the customer is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nudge {
    /// Reminds them that an answer waits for them.
    Remind,
    /// Says when the case will be closed.
    Warn,
    /// Closes it.
    Close,
}

/// How a case came to be closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Closing {
    /// The requester closed it.
    Requester {
        /// Why, where they said so.
        #[serde(default)]
        reason: Option<String>,
    },
    /// Staff closed it.
    Staff {
        /// Why, where they said so.
        #[serde(default)]
        reason: Option<String>,
    },
    /// The customer did not answer.
    Silence,
    /// It was solved, and nobody objected.
    Settled,
    /// Everything about its requester was erased.
    Erased,
}

/// The kinds of status, as people filter by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each is explained at `Status`")]
pub enum Standing {
    New,
    Open,
    WaitingOnCustomer,
    WaitingOnThirdParty,
    Solved,
    Closed,
}

impl Standing {
    /// All of them, in the order of a case's life.
    pub const ALL: [Self; 6] = [
        Self::New,
        Self::Open,
        Self::WaitingOnCustomer,
        Self::WaitingOnThirdParty,
        Self::Solved,
        Self::Closed,
    ];

    /// Its name in a key, a search and JSON.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Open => "open",
            Self::WaitingOnCustomer => "waiting-on-customer",
            Self::WaitingOnThirdParty => "waiting-on-third-party",
            Self::Solved => "solved",
            Self::Closed => "closed",
        }
    }
}

impl Status {
    /// Its kind.
    #[must_use]
    pub const fn standing(&self) -> Standing {
        match self {
            Self::New => Standing::New,
            Self::Open => Standing::Open,
            Self::WaitingOnCustomer { .. } => Standing::WaitingOnCustomer,
            Self::WaitingOnThirdParty { .. } => Standing::WaitingOnThirdParty,
            Self::Solved { .. } => Standing::Solved,
            Self::Closed { .. } => Standing::Closed,
        }
    }

    /// Whether there is still something to be done: what counts towards a person's limit.
    #[must_use]
    pub const fn is_active(&self) -> bool {
        match self {
            Self::New | Self::Open | Self::WaitingOnCustomer { .. } | Self::WaitingOnThirdParty { .. } => {
                true
            }
            Self::Solved { .. } | Self::Closed { .. } => false,
        }
    }

    /// Whether it waits for staff.
    #[must_use]
    pub const fn waits_for_staff(&self) -> bool {
        match self {
            Self::New | Self::Open => true,
            Self::WaitingOnCustomer { .. }
            | Self::WaitingOnThirdParty { .. }
            | Self::Solved { .. }
            | Self::Closed { .. } => false,
        }
    }

    /// When the desk acts by itself, where it will.
    #[must_use]
    pub const fn due(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::WaitingOnCustomer { due, .. } | Self::Solved { due, .. } => Some(*due),
            Self::New | Self::Open | Self::WaitingOnThirdParty { .. } | Self::Closed { .. } => None,
        }
    }
}
