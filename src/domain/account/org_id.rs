//! An organisation's number, and reading it as people type it.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The smallest and the largest number: all have eight digits, so one is never taken for a case's or an article's.
const SMALLEST: u32 = 10_000_000;
const LARGEST: u32 = 99_999_999;
/// How much of a text is read.
const READ: usize = 60;
/// Words that may stand around the digits.
const FILLERS: &[&str] = &[
    "account",
    "id",
    "is",
    "my",
    "no",
    "nr",
    "number",
    "org",
    "organisation",
    "organization",
    "orgid",
    "our",
    "the",
];

/// An organisation's permanent number (its Org ID, also called the account ID): eight digits, drawn at random so that it tells nothing
/// about how many there are. It is a name and gives no right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct OrgId(u32);

/// Why a number is nobody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("an Org ID has eight digits and does not begin with 0")]
pub struct NoOrgId;

impl OrgId {
    /// The number that a random one gives. Whether it is taken is for the store to say; then another one is drawn.
    #[must_use]
    pub fn draw(random: u64) -> Self {
        let count = u64::from(LARGEST - SMALLEST + 1);
        Self(SMALLEST + (random % count) as u32)
    }

    /// Reads `12345678`, `1234 5678`, `#1234-5678`, `Org ID: 12345678`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded: String = text.trim().chars().take(READ).nfkc().flat_map(char::to_lowercase).collect();
        let words = folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let is_separator = |c: char| c.is_whitespace() || "-.:#/()_".contains(c);
        let is_plain = folded.chars().all(|c| c.is_alphabetic() || c.is_ascii_digit() || is_separator(c));
        let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
        let fits = is_plain && digits.len() == 8 && words.into_iter().all(|word| FILLERS.contains(&word));
        fits.then(|| digits.parse().ok()).flatten().and_then(|number: u32| Self::try_from(number).ok())
    }
}

impl fmt::Display for OrgId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

impl TryFrom<u32> for OrgId {
    type Error = NoOrgId;
    fn try_from(number: u32) -> Result<Self, NoOrgId> {
        (SMALLEST..=LARGEST).contains(&number).then_some(Self(number)).ok_or(NoOrgId)
    }
}

impl From<OrgId> for u32 {
    fn from(id: OrgId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_org_id_is_read_in_any_spelling() {
        for (text, expected) in [
            ("12345678", Some(12_345_678)),
            (" 1234 5678 ", Some(12_345_678)),
            ("#1234-5678", Some(12_345_678)),
            ("Org ID: 12345678", Some(12_345_678)),
            ("OrgID12345678", Some(12_345_678)),
            ("my organization number is 12.345.678", Some(12_345_678)),
            ("１２３４５６７８", Some(12_345_678)),
            ("01234567", None),
            ("1234567", None),
            ("123456789", None),
            ("CASE-12345678", None),
            ("CTX12345678", None),
            ("12345678 and 1", None),
            ("12345678; drop", None),
            ("", None),
        ] {
            assert_eq!(OrgId::parse(text).map(u32::from), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_drawn_number_has_eight_digits_and_is_read_again(random in any::<u64>()) {
            let id = OrgId::draw(random);
            prop_assert_eq!(id.to_string().len(), 8);
            prop_assert_eq!(OrgId::parse(&id.to_string()), Some(id));
            let json = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(serde_json::from_str::<OrgId>(&json).unwrap(), id);
        }

        #[test]
        fn no_text_makes_it_panic(text in any::<String>()) {
            prop_assert!(OrgId::parse(&text).is_none_or(|id| id.to_string().len() == 8));
        }
    }
}
