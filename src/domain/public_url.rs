//! The address under which people reach the desk's pages: what every link in a mail and a conversation begins with.

use std::fmt;

/// The most bytes of an address.
const MOST: usize = 200;

/// Scheme, host and port, without a path: `https://desk.example.org`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    /// As it is written, without a slash at its end.
    origin: String,
    /// What browsers send as `Host`.
    host: String,
    is_https: bool,
}

/// Why a text is no such address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the address of the desk's pages is a scheme and a host without a path, as https://desk.example.org")]
pub struct NoPublicUrl;

impl PublicUrl {
    /// Accepts `https://…` and `http://…` with a host and perhaps a port, and nothing behind it.
    pub fn parse(text: &str) -> Result<Self, NoPublicUrl> {
        let url = url::Url::parse(text.trim()).map_err(|_| NoPublicUrl)?;
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_open = url.username().is_empty() && url.password().is_none();
        let host = url.host_str().filter(|_| matches!(url.scheme(), "https" | "http")).ok_or(NoPublicUrl)?;
        let host = url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"));
        let origin = format!("{}://{host}", url.scheme());
        let is_https = url.scheme() == "https";
        (is_bare && is_open && origin.len() <= MOST)
            .then_some(Self { origin, host, is_https })
            .ok_or(NoPublicUrl)
    }

    /// The whole address of a page whose path begins with a slash.
    #[must_use]
    pub fn page(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The address itself: what browsers send as `Origin`.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Host and port: what browsers send as `Host`.
    #[must_use]
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether what is typed there is kept from others on the way; only then cookies can be held back from anything else.
    #[must_use]
    pub const fn is_https(&self) -> bool {
        self.is_https
    }
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_scheme_host_and_port() {
        for (text, origin, host) in [
            ("https://desk.example.org", "https://desk.example.org", "desk.example.org"),
            (" https://DESK.example.org/ ", "https://desk.example.org", "desk.example.org"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080", "127.0.0.1:8080"),
            ("https://desk.example.org:443", "https://desk.example.org", "desk.example.org"),
            ("http://[::1]:8080", "http://[::1]:8080", "[::1]:8080"),
        ] {
            let url = PublicUrl::parse(text).unwrap();
            assert_eq!((url.origin(), url.host()), (origin, host), "{text}");
            assert_eq!(url.page("/sign-in"), format!("{origin}/sign-in"));
        }
        for text in [
            "",
            "desk.example.org",
            "ftp://desk.example.org",
            "https://desk.example.org/path",
            "https://desk.example.org/?a=b",
            "https://desk.example.org/#a",
            "https://ann:secret@desk.example.org",
            "javascript:alert(1)",
            "https://",
        ] {
            assert_eq!(PublicUrl::parse(text), Err(NoPublicUrl), "{text}");
        }
    }
}
