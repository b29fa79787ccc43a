//! A short fingerprint of a text, the same in every version of the desk.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

/// How much of the SHA-256 is kept: 96 bits, so that nobody finds two texts with one fingerprint by chance.
const BYTES: usize = 12;

/// The beginning of a text's SHA-256, in letters that are safe in addresses and button ids.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Digest(String);

impl Digest {
    /// How many letters a digest has.
    pub const LENGTH: usize = 16;

    /// The digest of a text, to the letter.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let hash = Sha256::digest(text.as_bytes());
        let kept: Vec<u8> = hash.iter().copied().take(BYTES).collect();
        Self(URL_SAFE_NO_PAD.encode(kept))
    }

    /// Reads a digest that came from outside; `None` when it can't be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == BYTES).then(|| Self(text.to_owned()))
    }

    /// The digest's letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digest_of_a_text_never_changes() {
        let digest = Digest::of("how do i add someone to our account");
        assert_eq!(digest.as_str(), "GFg5CxhHFaxHRtOH");
        assert_eq!(Digest::parse(digest.as_str()), Some(digest));
    }
}
