//! The server that mail is handed to, as its address says.

use std::fmt;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use url::{Host, Url};

/// The port of mail that begins in the clear and goes on encrypted (RFC 6409).
const SUBMISSION: u16 = 587;
/// The port of mail that is encrypted from the first byte (RFC 8314).
const SUBMISSIONS: u16 = 465;

/// What the address of a mail server must be; it does not repeat the text, which may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the address of a mail server is smtp://host:port or smtps://user:password@host:port, with the signs in name and password that mean something else encoded (@ is %40)"
)]
pub struct NoMailServer;

/// A server that takes mail: where it is, how it is spoken to, and who we are to it.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct MailServer {
    /// Its name or number, without the brackets of IPv6.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How what is said to it is kept from others.
    pub security: Security,
    /// As whom we sign in; none where it takes mail from us as we are.
    pub login: Option<Login>,
}

/// How what is said to a mail server is kept from others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Not at all: it is this machine.
    Plain,
    /// Encrypted before anything is told; a server that can't is told nothing.
    StartTls,
    /// Encrypted from the first byte.
    Tls,
}

/// A name and a password.
#[derive(Clone, PartialEq, Eq)]
pub struct Login {
    /// The name.
    pub user: String,
    /// The password.
    pub password: String,
}

impl MailServer {
    /// Accepts `smtp://` and `smtps://`, a host, and where they are needed a port, and a name with a password.
    pub fn parse(text: &str) -> Result<Self, NoMailServer> {
        let url = Url::parse(text).map_err(|_| NoMailServer)?;
        // Beside http the parser takes any word for a host.
        let host = Host::parse(url.host_str().unwrap_or_default()).map_err(|_| NoMailServer)?;
        let (security, port) = match url.scheme() {
            "smtps" => (Security::Tls, SUBMISSIONS),
            "smtp" if is_loopback(&host) => (Security::Plain, SUBMISSION),
            "smtp" => (Security::StartTls, SUBMISSION),
            _ => return Err(NoMailServer),
        };
        let is_whole = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
        let login = match (url.username(), url.password()) {
            ("", None) => None,
            ("", Some(_)) | (_, None) => return Err(NoMailServer),
            (user, Some(password)) => Some(Login { user: decoded(user)?, password: decoded(password)? }),
        };
        let port = url.port().unwrap_or(port);
        if !is_whole || port == 0 {
            return Err(NoMailServer);
        }
        let host = match host {
            Host::Domain(name) => name,
            Host::Ipv4(number) => number.to_string(),
            Host::Ipv6(number) => number.to_string(),
        };
        Ok(Self { host, port, security, login })
    }
}

/// Whether it is this machine, where nobody listens in between.
fn is_loopback(host: &Host) -> bool {
    match host {
        Host::Domain(name) => name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(number) => number.is_loopback(),
        Host::Ipv6(number) => number.is_loopback(),
    }
}

fn decoded(text: &str) -> Result<String, NoMailServer> {
    let text = percent_decode_str(text).decode_utf8().map_err(|_| NoMailServer)?;
    if text.is_empty() || text.contains(char::is_control) { Err(NoMailServer) } else { Ok(text.into_owned()) }
}

/// Where it is. As whom we sign in is nobody's business but its own.
impl fmt::Display for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { host, port, .. } = self;
        if host.contains(':') { write!(f, "[{host}]:{port}") } else { write!(f, "{host}:{port}") }
    }
}

impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailServer({self}, {:?})", self.security)
    }
}

impl TryFrom<String> for MailServer {
    type Error = NoMailServer;
    fn try_from(text: String) -> Result<Self, NoMailServer> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_and_how() {
        for (text, place, security) in [
            ("smtp://mail.example.org", "mail.example.org:587", Security::StartTls),
            ("smtp://mail.example.org:25/", "mail.example.org:25", Security::StartTls),
            ("smtps://mail.example.org", "mail.example.org:465", Security::Tls),
            ("SMTP://LOCALHOST:2525", "localhost:2525", Security::Plain),
            ("smtp://127.0.0.1:25", "127.0.0.1:25", Security::Plain),
            ("smtp://127.1.2.3", "127.1.2.3:587", Security::Plain),
            ("smtp://[::1]:25", "[::1]:25", Security::Plain),
            ("smtp://[2001:db8::1]:25", "[2001:db8::1]:25", Security::StartTls),
            ("smtp://10.0.0.1", "10.0.0.1:587", Security::StartTls),
            ("smtp://localhost.example.org", "localhost.example.org:587", Security::StartTls),
            ("smtps://localhost:465", "localhost:465", Security::Tls),
        ] {
            let server = MailServer::parse(text).unwrap();
            assert_eq!(server.to_string(), place, "{text}");
            assert_eq!((server.security, server.login.is_none()), (security, true), "{text}");
        }
    }

    #[test]
    fn a_login_is_decoded_and_never_shown() {
        let server =
            MailServer::parse("smtps://desk%40example.org:p%40ss%3Aw%C3%B6rd@mail.example.org").unwrap();
        let login = server.login.clone().unwrap();
        assert_eq!((login.user.as_str(), login.password.as_str()), ("desk@example.org", "p@ss:wörd"));
        assert_eq!(
            format!("{server} {server:?}"),
            "mail.example.org:465 MailServer(mail.example.org:465, Tls)"
        );
    }

    #[test]
    fn anything_else_is_none() {
        for text in [
            "",
            "mail.example.org",
            "mail.example.org:25",
            "http://mail.example.org",
            "smtp://",
            "smtp://:25",
            "smtp://user@mail.example.org",
            "smtp://:password@mail.example.org",
            "smtp://mail.example.org/path",
            "smtp://mail.example.org?tls=no",
            "smtp://mail.example.org:0",
            "smtp://mail.example.org:99999",
            "smtp://user:a%0D%0Ab@mail.example.org",
            "smtp://us er@mail",
        ] {
            assert_eq!(MailServer::parse(text), Err(NoMailServer), "{text:?}");
        }
    }
}
