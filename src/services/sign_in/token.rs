//! Session tokens: what a browser holds, and the fingerprint of it that is kept.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// How many random bytes a token is, and how many a fingerprint.
const BYTES: usize = 32;

/// What a browser shows to be somebody. It is nowhere kept, and its `Debug` is "…".
#[derive(Clone)]
pub struct SessionToken(Zeroizing<[u8; BYTES]>);

impl SessionToken {
    /// The token of secret random bytes.
    #[must_use]
    pub fn new(random: [u8; BYTES]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// Reads what a browser sent; `None` where it can't be a token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text).ok()?);
        bytes.as_slice().try_into().ok().map(Self::new)
    }

    /// As a browser keeps it: 43 letters, digits, hyphens and underscores.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        Zeroizing::new(URL_SAFE_NO_PAD.encode(*self.0))
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The fingerprint of a token: the name of its session. Nothing leads back from it, so it may be shown to whose session it is. As a token
/// is as random as it is long, it needs neither salt nor cost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(String);

impl SessionId {
    /// The name of a token's session.
    #[must_use]
    pub fn of(token: &SessionToken) -> Self {
        let hash = Sha256::new().chain_update("session\0").chain_update(*token.0).finalize();
        Self(URL_SAFE_NO_PAD.encode(hash))
    }

    /// Reads a name that came from outside; `None` where it can't be one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == BYTES).then(|| Self(text.to_owned()))
    }

    /// Its 43 letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SessionId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_is_never_printed_and_its_name_does_not_lead_back() {
        let token = SessionToken::new([7; BYTES]);
        assert_eq!(format!("{token:?} {:?}", Some(&token)), "… Some(…)");
        let id = SessionId::of(&token);
        assert_ne!(id.as_str(), token.expose().as_str());
        assert_eq!(SessionId::parse(id.as_str()), Some(id));
        // A name shown as a token is another token.
        let other = SessionToken::parse(SessionId::of(&token).as_str()).unwrap();
        assert_ne!(SessionId::of(&other), SessionId::of(&token));
    }

    proptest! {
        #[test]
        fn a_token_is_read_as_it_was_written(bytes: [u8; BYTES]) {
            let token = SessionToken::new(bytes);
            let read = SessionToken::parse(&token.expose()).unwrap();
            prop_assert_eq!(SessionId::of(&read), SessionId::of(&token));
            prop_assert!(token.expose().bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b)));
        }

        #[test]
        fn whatever_else_comes_is_no_token(text in any::<String>()) {
            prop_assert!(SessionToken::parse(&text).is_none());
        }
    }
}
