//! A licence that an organisation holds, and the contact for its renewal.

use std::fmt;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::ProductId;
use crate::domain::id::InvalidId;

use super::{ContactId, OrgId};

/// The most bytes of a licence's number.
const MOST: usize = 64;

/// A licence's number as whoever sold it wrote it: letters, digits and single hyphens, in capitals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct LicenceId(String);

impl LicenceId {
    /// Accepts letters of any case, digits and single hyphens, at most 64 of them.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        let text = text.trim();
        let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric());
        if text.len() <= MOST && text.split('-').all(is_part) {
            return Ok(Self(text.to_ascii_uppercase()));
        }
        Err(InvalidId::of(text, "number of a licence"))
    }

    /// As it is shown.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LicenceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for LicenceId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<LicenceId> for String {
    fn from(id: LicenceId) -> Self {
        id.0
    }
}

/// A licence. Only the operator's import makes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licence {
    /// Its number.
    pub id: LicenceId,
    /// Who holds it.
    pub org: OrgId,
    /// What it is for.
    pub product: ProductId,
    /// What people read.
    pub name: String,
    /// Who hears of its renewal.
    #[serde(default)]
    pub renewal: Option<ContactId>,
    /// When it is to be renewed.
    #[serde(default)]
    pub renews: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_licence_has_one_number_however_it_is_typed() {
        for (text, expected) in [
            ("lic-0042", Some("LIC-0042")),
            (" A1 ", Some("A1")),
            ("a--b", None),
            ("-", None),
            ("é", None),
            ("", None),
        ] {
            assert_eq!(LicenceId::parse(text).ok().as_ref().map(LicenceId::as_str), expected, "{text}");
        }
    }
}
