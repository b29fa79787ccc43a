//! What a program shows to speak for somebody, and the fingerprint of it that is kept.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// How many random bytes a token is, and how many a fingerprint.
const BYTES: usize = 32;
/// With what a token begins, so that whoever finds one somewhere knows what it is, and programs that look for lost secrets do.
const BEGINS: &str = "guidepost_";

/// A token as its program keeps it. The desk keeps it nowhere, and its `Debug` is "…".
#[derive(Clone)]
pub struct TokenSecret(Zeroizing<[u8; BYTES]>);

impl TokenSecret {
    /// The token of secret random bytes.
    #[must_use]
    pub fn new(random: [u8; BYTES]) -> Self {
        Self(Zeroizing::new(random))
    }

    /// Reads what a program sent; `None` where it can't be a token.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = Zeroizing::new(URL_SAFE_NO_PAD.decode(text.strip_prefix(BEGINS)?).ok()?);
        bytes.as_slice().try_into().ok().map(Self::new)
    }

    /// As a program keeps it: `guidepost_` and 43 letters, digits, hyphens and underscores.
    #[must_use]
    pub fn expose(&self) -> Zeroizing<String> {
        let encoded = Zeroizing::new(URL_SAFE_NO_PAD.encode(*self.0));
        Zeroizing::new(format!("{BEGINS}{}", *encoded))
    }
}

impl fmt::Debug for TokenSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The fingerprint of a token: the name of its record. Nothing leads back from it. As a token is as random as it is long, it needs neither
/// salt nor cost; and as it is looked up by its whole fingerprint, how long that takes tells nothing of any token.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct TokenId(String);

impl TokenId {
    /// The name of a token's record.
    #[must_use]
    pub fn of(secret: &TokenSecret) -> Self {
        let hash = Sha256::new().chain_update("token\0").chain_update(*secret.0).finalize();
        Self(URL_SAFE_NO_PAD.encode(hash))
    }

    /// Its 43 letters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its first 16 letters, which tell it from all others.
    #[must_use]
    pub fn short(&self) -> &str {
        self.0.get(..16).unwrap_or(&self.0)
    }
}

impl TryFrom<String> for TokenId {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let fits = URL_SAFE_NO_PAD.decode(&text).is_ok_and(|bytes| bytes.len() == BYTES);
        if fits { Ok(Self(text)) } else { Err("it is no fingerprint of a token") }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_token_is_never_printed_and_its_name_does_not_lead_back() {
        let secret = TokenSecret::new([7; BYTES]);
        assert_eq!(format!("{secret:?} {:?}", Some(&secret)), "… Some(…)");
        assert_eq!(secret.expose().len(), 53);
        let id = TokenId::of(&secret);
        assert!(!secret.expose().contains(id.as_str()));
        assert!(TokenSecret::parse(id.as_str()).is_none());
        let shown_as_token = TokenSecret::parse(&format!("guidepost_{}", id.as_str())).unwrap();
        assert_ne!(TokenId::of(&shown_as_token), id);
        assert_eq!(id.short().len(), 16);
    }

    proptest! {
        #[test]
        fn a_token_is_read_as_it_was_written(bytes: [u8; BYTES]) {
            let secret = TokenSecret::new(bytes);
            let read = TokenSecret::parse(&secret.expose()).unwrap();
            prop_assert_eq!(TokenId::of(&read), TokenId::of(&secret));
            let kept = serde_json::to_string(&TokenId::of(&secret)).unwrap();
            prop_assert_eq!(serde_json::from_str::<TokenId>(&kept).unwrap(), TokenId::of(&secret));
        }

        #[test]
        fn whatever_else_comes_is_no_token(text in any::<String>()) {
            prop_assert!(TokenSecret::parse(&text).is_none());
            let prefixed = format!("guidepost_{text}");
            prop_assert!(TokenSecret::parse(&prefixed).is_none());
        }
    }
}
