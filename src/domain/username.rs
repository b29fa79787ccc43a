//! Usernames: what a person signs in with in place of their address.

use std::fmt;

use serde::{Deserialize, Serialize};

/// How many characters a username has.
const FEWEST: usize = 3;
const MOST: usize = 32;

/// Why a text is no username.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoUsername {
    /// It is an e-mail address, which one signs in with as it is.
    #[error("a username is no e-mail address")]
    Mail,
    /// There are other characters in it than may be.
    #[error("a username has letters from a to z, digits, dots, hyphens and underscores")]
    Characters,
    /// It is too short or too long.
    #[error("a username has {FEWEST} to {MOST} characters")]
    Length,
    /// A sign stands at an end or beside another one.
    #[error("a username begins and ends with a letter or a digit, and has one sign between two of them")]
    Signs,
    /// There is no letter in it: it would be taken for an Org ID or a telephone number.
    #[error("a username has at least one letter")]
    NoLetter,
}

/// A username as it was chosen: ASCII letters and digits, with single dots, hyphens and underscores between them. Letters of one
/// alphabet can't be mistaken for those of another. Two that differ in case only are the same; see [`Username::key`].
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Username(String);

impl Username {
    /// Checks a username; spaces around it don't count.
    pub fn parse(text: &str) -> Result<Self, NoUsername> {
        let text = text.trim();
        let is_sign = |c: char| matches!(c, '.' | '_' | '-');
        if text.contains('@') {
            return Err(NoUsername::Mail);
        }
        if !text.chars().all(|c| c.is_ascii_alphanumeric() || is_sign(c)) {
            return Err(NoUsername::Characters);
        }
        if !(FEWEST..=MOST).contains(&text.len()) {
            return Err(NoUsername::Length);
        }
        if text.split(is_sign).any(str::is_empty) {
            return Err(NoUsername::Signs);
        }
        if !text.contains(|c: char| c.is_ascii_alphabetic()) {
            return Err(NoUsername::NoLetter);
        }
        Ok(Self(text.to_owned()))
    }

    /// As it was chosen.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it is found by, and what is unique over the desk.
    #[must_use]
    pub fn key(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for Username {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Username {
    type Error = NoUsername;
    fn try_from(text: String) -> Result<Self, NoUsername> {
        Self::parse(&text)
    }
}

impl From<Username> for String {
    fn from(name: Username) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_username_is_checked() {
        for (text, expected) in [
            ("ann", Ok("ann")),
            (" Ann.Lee-2_x ", Ok("Ann.Lee-2_x")),
            ("007x", Ok("007x")),
            ("ann@example.org", Err(NoUsername::Mail)),
            ("ann lee", Err(NoUsername::Characters)),
            // A Cyrillic letter that looks like an a.
            ("\u{430}nn", Err(NoUsername::Characters)),
            ("ann\u{200B}", Err(NoUsername::Characters)),
            ("an", Err(NoUsername::Length)),
            ("", Err(NoUsername::Length)),
            (&"a".repeat(MOST + 1), Err(NoUsername::Length)),
            (".ann", Err(NoUsername::Signs)),
            ("ann-", Err(NoUsername::Signs)),
            ("ann._lee", Err(NoUsername::Signs)),
            ("12345678", Err(NoUsername::NoLetter)),
            ("123-45", Err(NoUsername::NoLetter)),
        ] {
            let parsed = Username::parse(text);
            assert_eq!(parsed.as_ref().map(Username::as_str), expected.as_ref().copied(), "{text:?}");
        }
        let both = ["Ann.Lee", "aNN.lEE"].map(|text| Username::parse(text).unwrap().key());
        assert_eq!(both[0], both[1]);
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_as_it_is(text in any::<String>()) {
            if let Ok(name) = Username::parse(&text) {
                prop_assert_eq!(Username::parse(name.as_str()), Ok(name));
            }
        }

        #[test]
        fn names_of_plain_letters_are_accepted(text in "[a-zA-Z][a-zA-Z0-9]{2,31}") {
            prop_assert_eq!(Username::parse(&text).unwrap().key(), text.to_lowercase());
        }
    }
}
