//! What is kept of a token: whose words it speaks, what it may be used for, and for how long.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::TokenId;
use crate::domain::PersonId;
use crate::services::people;
use crate::store::{Index, Key, Table};

/// The most characters of a token's name.
const MOST_NAME: usize = 60;

/// What a token may be used for. Beyond that, it may do what its person may, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Scope {
    /// Talking with the desk, by which everything is done that can be done by talking.
    Chat,
    /// Reading cases.
    CasesRead,
    /// Opening cases, writing in them, closing and reopening them.
    CasesWrite,
    /// Reading the person's organisations, with contacts and licences.
    AccountsRead,
    /// Reading how the desk fares in numbers.
    Metrics,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Chat, Self::CasesRead, Self::CasesWrite, Self::AccountsRead, Self::Metrics];

    /// What it is called where tokens are made and in the API.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Chat => "chat",
            Self::CasesRead => "cases-read",
            Self::CasesWrite => "cases-write",
            Self::AccountsRead => "accounts-read",
            Self::Metrics => "metrics",
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn called(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What an operator calls a token: at most 60 letters, digits, hyphens, dots and underscores. No two have the same.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct TokenName(String);

impl TokenName {
    /// Reads a name; `None` where it can't be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let may_be = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
        let begins = text.starts_with(|c: char| c.is_ascii_alphanumeric());
        (begins && text.len() <= MOST_NAME && text.chars().all(may_be)).then(|| Self(text.to_owned()))
    }

    /// It.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same in any case.
    fn key(&self) -> Key {
        Key::of(&self.0.to_ascii_lowercase())
    }
}

impl TryFrom<String> for TokenName {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text).ok_or("it is no name of a token")
    }
}

impl fmt::Display for TokenName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// Its fingerprint.
    pub id: TokenId,
    /// What it is called.
    pub name: TokenName,
    /// For whom it speaks.
    pub person: PersonId,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// When it was made.
    pub made: DateTime<Utc>,
    /// When it was last used, give or take five minutes; none where it never was.
    #[serde(default)]
    pub used: Option<DateTime<Utc>>,
    /// From when on it is worth nothing; none where it does not run out.
    #[serde(default)]
    pub until: Option<DateTime<Utc>>,
}

impl Token {
    /// Whether it has run out.
    #[must_use]
    pub fn has_run_out(&self, now: DateTime<Utc>) -> bool {
        self.until.is_some_and(|until| until <= now)
    }
}

/// All tokens, by their fingerprints.
pub const TOKENS: Table<Token> =
    Table::new("token", |token| Key::of(token.id.as_str()), &[TOKENS_CALLED, TOKENS_OF]);

/// Tokens by name, in lower case.
pub const TOKENS_CALLED: Index<Token> =
    Index { name: "name", unique: true, keys: |token| vec![token.name.key()] };

/// Tokens by whom they speak for.
pub const TOKENS_OF: Index<Token> =
    Index { name: "person", unique: false, keys: |token| vec![people::key(token.person)] };

pub(super) fn name_key(name: &TokenName) -> Key {
    name.key()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_scopes_are_read_as_they_are_written() {
        for name in ["crm", "CRM-2.sync_a", "9"] {
            assert_eq!(TokenName::parse(name).unwrap().as_str(), name);
        }
        let long = "a".repeat(61);
        for name in ["", "-a", ".", "a b", "a/b", "ä", "a\n", long.as_str()] {
            assert!(TokenName::parse(name).is_none(), "{name:?}");
            let kept = serde_json::to_string(name).unwrap();
            assert!(serde_json::from_str::<TokenName>(&kept).is_err(), "{name:?}");
        }
        for scope in Scope::ALL {
            assert_eq!(Scope::called(scope.name()), Some(scope));
            assert_eq!(serde_json::to_value(scope).unwrap(), scope.name());
        }
    }
}
