//! What the change feed tells: which record became different. Followers read the record as it is now.

use serde::{Deserialize, Serialize};

use super::PersonId;
use super::account::OrgId;
use super::case::CaseNumber;

/// An entry of the change feed. What was kept by an older version must stay readable: a variant is never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Change {
    /// A case or its timeline.
    Case(CaseNumber),
    /// A person.
    Person(PersonId),
    /// An account: the organisation, its contacts, licences or requests.
    Account(OrgId),
}
