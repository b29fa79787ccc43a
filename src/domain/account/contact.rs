//! A contact: somebody's membership in one organisation, with their rights there.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{MailAddress, PersonId};

use super::{OrgId, ToolboxId};

/// A contact's permanent number within the desk. It gives no right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ContactId(pub u64);

impl ContactId {
    /// What stands where a new contact's number belongs until the store gives it.
    pub const NEW: Self = Self(0);
}

impl fmt::Display for ContactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// Where a contact stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// They are on the account, and were sent a mail with which they make their sign-in.
    Invited {
        /// When.
        at: DateTime<Utc>,
    },
    /// They can sign in.
    Active {
        /// Since when.
        since: DateTime<Utc>,
    },
    /// They were taken off the account. The record stays for the log.
    Removed {
        /// When.
        at: DateTime<Utc>,
    },
}

/// Where a contact stands, without the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in `Standing`")]
pub enum StandingKind {
    Invited,
    Active,
    Removed,
}

impl Standing {
    /// The same without the time.
    #[must_use]
    pub fn kind(self) -> StandingKind {
        match self {
            Self::Invited { .. } => StandingKind::Invited,
            Self::Active { .. } => StandingKind::Active,
            Self::Removed { .. } => StandingKind::Removed,
        }
    }
}

/// Somebody on an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Their number.
    pub id: ContactId,
    /// The organisation.
    pub org: OrgId,
    /// Their name.
    pub name: String,
    /// Where the organisation writes to them. Not their sign-in: that is the person's own address, which nobody else can change.
    pub mail: MailAddress,
    /// Their telephone number.
    #[serde(default)]
    pub phone: Option<String>,
    /// Whose contact it is; none until they make their sign-in.
    #[serde(default)]
    pub person: Option<PersonId>,
    /// Where they stand.
    pub standing: Standing,
    /// Whether they are an administrator of the account.
    #[serde(default)]
    pub administrator: bool,
    /// The toolboxes that they may use under the Secure model.
    #[serde(default)]
    pub toolboxes: BTreeSet<ToolboxId>,
    /// Whether they hear of what concerns the account's security.
    #[serde(default)]
    pub security: bool,
}

impl Contact {
    /// Whether they can sign in.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.standing.kind() == StandingKind::Active
    }

    /// Whether they are on the account: active, or invited.
    #[must_use]
    pub fn is_present(&self) -> bool {
        self.standing.kind() != StandingKind::Removed
    }
}

/// What is to be known about a contact: what a form asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContactDetails {
    /// Their name.
    pub name: String,
    /// Their address.
    pub mail: MailAddress,
    /// Their telephone number.
    #[serde(default)]
    pub phone: Option<String>,
}
