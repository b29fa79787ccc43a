//! Addresses of websites, checked once where they come in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The most bytes of an address.
const MOST: usize = 300;

/// The address of a website or a page: `https://example.org/`. People may leave `https://` out.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct WebAddress(String);

/// Why a text is no address of a website.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address of a website looks like https://example.org, and has at most {MOST} characters")]
pub struct NoWebAddress;

impl WebAddress {
    /// Accepts `https://…`, `http://…`, and a domain with or without a path. An address never holds a user or a password.
    pub fn parse(text: &str) -> Result<Self, NoWebAddress> {
        let text = text.trim();
        if text.len() > MOST || text.contains(|c: char| c.is_whitespace() || c.is_control()) {
            return Err(NoWebAddress);
        }
        let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = url::Url::parse(&whole).map_err(|_| NoWebAddress)?;
        let is_web = matches!(url.scheme(), "https" | "http");
        let is_named = url.domain().is_some_and(|domain| domain.contains('.') && !domain.ends_with('.'));
        let is_open = url.username().is_empty() && url.password().is_none();
        let address = String::from(url);
        if is_web && is_named && is_open && address.len() <= MOST {
            Ok(Self(address))
        } else {
            Err(NoWebAddress)
        }
    }

    /// Whether what is typed there is kept from others on the way: a page on which people sign in has to be so.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// The name of the machine, in lower case.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        url::Url::parse(&self.0).ok()?.host_str().map(str::to_lowercase)
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for WebAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for WebAddress {
    type Error = NoWebAddress;
    fn try_from(text: String) -> Result<Self, NoWebAddress> {
        Self::parse(&text)
    }
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_address_of_a_website_is_checked() {
        for (text, expected) in [
            ("example.org", Some("https://example.org/")),
            (" https://Example.org/a?b=c#d ", Some("https://example.org/a?b=c#d")),
            ("http://example.org", Some("http://example.org/")),
            ("müller.example", Some("https://xn--mller-kva.example/")),
            ("ftp://example.org", None),
            ("javascript://example.org/%0aalert(1)", None),
            ("https://ann:secret@example.org", None),
            ("https://127.0.0.1", None),
            ("localhost", None),
            ("example.org.", None),
            ("two words.org", None),
            ("", None),
        ] {
            assert_eq!(WebAddress::parse(text).ok().as_ref().map(WebAddress::as_str), expected, "{text}");
        }
        assert!(WebAddress::parse(&format!("example.org/{}", "a".repeat(MOST))).is_err());
        let is_https = |text: &str| WebAddress::parse(text).unwrap().is_https();
        assert!(
            is_https("HTTPS://example.org") && is_https("example.org") && !is_https("http://example.org")
        );
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_as_it_is(text in any::<String>()) {
            if let Ok(once) = WebAddress::parse(&text) {
                prop_assert_eq!(WebAddress::parse(once.as_str()).unwrap(), once);
            }
        }
    }
}
