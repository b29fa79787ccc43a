//! A short name for anything that has an id: the id itself, or where that is long, its beginning and a digest.

use std::fmt;

use super::account::{ContactId, LicenceId, ToolboxId};
use super::{ArticleId, Digest, ProductId};

/// The longest handle in bytes: button ids hold 100 bytes, the verb and what else it needs included.
pub const MAX_HANDLE: usize = 64;
/// Between the beginning of a long id and its digest; no id contains it.
const MARK: char = '*';

/// What a button carries in place of an id of up to 120 bytes. It stays readable, and the same id always has the same
/// handle, in every version of the desk.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Handle(String);

impl Handle {
    fn of(id: &str) -> Self {
        if id.len() <= MAX_HANDLE {
            return Self(id.to_owned());
        }
        // Ids are ASCII, so characters are bytes.
        let beginning: String = id.chars().take(MAX_HANDLE - Digest::LENGTH - 1).collect();
        Self(format!("{beginning}{MARK}{}", Digest::of(id)))
    }

    /// Reads a handle that came from outside; `None` when it can't be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (beginning, digest) = match text.split_once(MARK) {
            Some((beginning, digest)) => (beginning, Some(digest)),
            None => (text, None),
        };
        let fits = text.len() <= MAX_HANDLE
            && !beginning.is_empty()
            && beginning.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && digest.is_none_or(|digest| Digest::parse(digest).is_some());
        fits.then(|| Self(text.to_owned()))
    }

    /// The id, where the handle holds all of it.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        (!self.0.contains(MARK)).then_some(self.0.as_str())
    }

    /// Whether this is the handle of that id.
    #[must_use]
    pub fn names(&self, id: &str) -> bool {
        match self.0.split_once(MARK) {
            Some((beginning, digest)) => id.starts_with(beginning) && Digest::of(id).as_str() == digest,
            None => self.0 == id,
        }
    }

    /// The handle as a button carries it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&ArticleId> for Handle {
    fn from(id: &ArticleId) -> Self {
        Self::of(id.as_str())
    }
}

impl From<&ProductId> for Handle {
    fn from(id: &ProductId) -> Self {
        Self::of(id.as_str())
    }
}

impl From<&LicenceId> for Handle {
    fn from(id: &LicenceId) -> Self {
        Self::of(id.as_str())
    }
}

impl From<&ToolboxId> for Handle {
    fn from(id: &ToolboxId) -> Self {
        Self::of(id.as_str())
    }
}

impl From<ContactId> for Handle {
    fn from(id: ContactId) -> Self {
        Self::of(&id.to_string())
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_ids_are_their_own_handles_and_long_ones_are_cut() {
        let short = ArticleId::parse("CTX120355").unwrap();
        assert_eq!(Handle::from(&short).id(), Some("CTX120355"));
        let long = ArticleId::parse(&format!("azure-{}", "a".repeat(114))).unwrap();
        let other = ArticleId::parse(&format!("azure-{}", "a".repeat(113))).unwrap();
        let handle = Handle::from(&long);
        assert_eq!(handle.as_str().len(), MAX_HANDLE);
        assert_eq!(handle.id(), None);
        assert!(handle.names(long.as_str()) && !handle.names(other.as_str()));
        assert_eq!(Handle::parse(handle.as_str()), Some(handle));
    }

    #[test]
    fn what_is_no_handle_is_refused() {
        for text in ["", "*", "a b", "é", "a*", "a*b", "*AAAAAAAAAAAAAAAA", "a*AAAAAAAAAAAAAAAA*"] {
            assert_eq!(Handle::parse(text), None, "{text}");
        }
        assert_eq!(Handle::parse(&"a".repeat(MAX_HANDLE + 1)), None);
    }
}
