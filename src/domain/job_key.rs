//! The name of a job: what makes sure that one cause has one effect.

use std::fmt::{self, Write};

use serde::{Deserialize, Serialize};

use super::InvalidId;
use super::id::{is_slug, slug};

/// A readable idempotency key, for example `mail-test-000001`: lower-case letters, digits and single hyphens, so that it can stand in a
/// file's name and in a mail's header.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct JobKey(String);

impl JobKey {
    /// The key that a kind of effect has for these numbers, of which every other cause has others: that of a case, of an event
    /// within it, or of a counter.
    #[must_use]
    pub fn of(kind: &'static str, numbers: &[u64]) -> Self {
        let mut key = kind.to_owned();
        for number in numbers {
            // Writing to a string does not fail.
            let _ = write!(key, "-{number:06}");
        }
        // A kind that is no slug is the program's mistake; its key still has to be safe.
        Self(if is_slug(&key) { key } else { slug(&key).unwrap_or_default() })
    }

    /// The key that a kind of effect has for a name that no other cause has; the name is a slug or made one.
    #[must_use]
    pub fn named(kind: &'static str, name: &str) -> Self {
        Self(slug(&format!("{kind}-{name}")).unwrap_or_default())
    }

    /// A key that somebody typed.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if is_slug(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId::of(text, "job")) }
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for JobKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for JobKey {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<JobKey> for String {
    fn from(key: JobKey) -> Self {
        key.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_readable_and_safe_in_file_names() {
        assert_eq!(JobKey::of("mail-test", &[1]).as_str(), "mail-test-000001");
        assert_eq!(JobKey::of("case-event", &[42, 1_234_567]).as_str(), "case-event-000042-1234567");
        assert_eq!(JobKey::of("A/../b", &[1]).as_str(), "a-b-000001");
        for text in ["", "..", "a/b", "a\nb", "A", "a.eml", "a--b"] {
            assert!(JobKey::parse(text).is_err(), "{text:?}");
        }
        assert_eq!(JobKey::parse("mail-test-000001"), Ok(JobKey::of("mail-test", &[1])));
    }
}
