//! E-mail addresses, checked once where they come in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The longest address (RFC 5321, 4.5.3.1.3), in bytes.
const MAX_ADDRESS: usize = 254;
/// The longest part before the @ (RFC 5321, 4.5.3.1.1), in bytes.
const MAX_LOCAL: usize = 64;
/// The longest label of a domain (RFC 1035, 2.3.4), in bytes.
const MAX_LABEL: usize = 63;
/// The longest name beside an address, in characters.
const MAX_NAME: usize = 100;

/// Why a text is no e-mail address. It does not repeat the text: addresses stay out of the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoMailAddress {
    /// There is no @, or more than one.
    #[error("an e-mail address has exactly one @, as in ann@example.org")]
    At,
    /// What is before the @.
    #[error(
        "before the @ of an e-mail address are letters, digits and some signs, but no spaces, as in ann.lee@example.org"
    )]
    Local,
    /// What is after the @.
    #[error("after the @ of an e-mail address is a domain, as in ann@example.org")]
    Domain,
    /// It is too long.
    #[error("an e-mail address has at most {MAX_ADDRESS} characters, and {MAX_LOCAL} before the @")]
    TooLong,
    /// The name beside it.
    #[error("the name beside an e-mail address is in one line, with at most {MAX_NAME} characters")]
    Name,
}

/// An e-mail address: `ann@example.org`. Its domain is lower-case ASCII (`müller.example` is `xn--mller-kva.example`); what is before
/// the @ stays as it was typed, since only its own server knows whether case matters there.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct MailAddress(String);

impl MailAddress {
    /// Accepts what mail servers in general do: no comments, no quotes, no letters beyond ASCII before the @.
    pub fn parse(text: &str) -> Result<Self, NoMailAddress> {
        let (local, domain) = text.trim().split_once('@').ok_or(NoMailAddress::At)?;
        if domain.contains('@') {
            return Err(NoMailAddress::At);
        }
        if local.len() > MAX_LOCAL || domain.len() > MAX_ADDRESS {
            return Err(NoMailAddress::TooLong);
        }
        if !local.split('.').all(is_atom) {
            return Err(NoMailAddress::Local);
        }
        let domain = domain_of(domain).ok_or(NoMailAddress::Domain)?;
        let address = format!("{local}@{domain}");
        if address.len() > MAX_ADDRESS { Err(NoMailAddress::TooLong) } else { Ok(Self(address)) }
    }

    /// What is before the @.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// What is after the @.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// As it is written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The characters of RFC 5322's `atext`, at least one.
fn is_atom(text: &str) -> bool {
    let is_atext = |b: u8| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b);
    !text.is_empty() && text.bytes().all(is_atext)
}

/// A domain in its ASCII form; `None` where it is none. Numbers (`127.0.0.1`) are none.
fn domain_of(text: &str) -> Option<String> {
    // What reads the domains of web addresses would take `%41` for `A`.
    if text.contains('%') {
        return None;
    }
    let url::Host::Domain(domain) = url::Host::parse(text).ok()? else { return None };
    let is_label = |label: &str| {
        (1..=MAX_LABEL).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    domain.split('.').all(is_label).then_some(domain)
}

/// Only the domain: what is logged by chance names nobody.
impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "MailAddress(…@{})", self.domain())
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for MailAddress {
    type Error = NoMailAddress;
    fn try_from(text: String) -> Result<Self, NoMailAddress> {
        Self::parse(&text)
    }
}

impl From<MailAddress> for String {
    fn from(address: MailAddress) -> Self {
        address.0
    }
}

/// An address with the name of whom it belongs to: `Support <support@example.org>`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Mailbox {
    /// The name, in one line.
    pub name: Option<String>,
    /// The address.
    pub address: MailAddress,
}

impl Mailbox {
    /// Accepts `Support <support@example.org>`, the same with the name in double quotes, or an address alone.
    pub fn parse(text: &str) -> Result<Self, NoMailAddress> {
        let text = text.trim();
        let Some((name, address)) = text.strip_suffix('>').and_then(|text| text.rsplit_once('<')) else {
            return Ok(Self { name: None, address: MailAddress::parse(text)? });
        };
        let name = name.trim();
        let name = name.strip_prefix('"').and_then(|name| name.strip_suffix('"')).unwrap_or(name);
        if name.contains(char::is_control) || name.chars().count() > MAX_NAME {
            return Err(NoMailAddress::Name);
        }
        let name = (!name.is_empty()).then(|| name.to_owned());
        Ok(Self { name, address: MailAddress::parse(address)? })
    }
}

impl TryFrom<String> for Mailbox {
    type Error = NoMailAddress;
    fn try_from(text: String) -> Result<Self, NoMailAddress> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_parsed_at_the_door() {
        for (text, expected) in [
            ("ann@example.org", Ok("ann@example.org")),
            (" Ann.Lee+desk@EXAMPLE.org\t", Ok("Ann.Lee+desk@example.org")),
            ("root@localhost", Ok("root@localhost")),
            ("ann@müller.example", Ok("ann@xn--mller-kva.example")),
            ("ann", Err(NoMailAddress::At)),
            ("", Err(NoMailAddress::At)),
            ("ann@b@c.example", Err(NoMailAddress::At)),
            ("@example.org", Err(NoMailAddress::Local)),
            ("ann lee@example.org", Err(NoMailAddress::Local)),
            (".ann@example.org", Err(NoMailAddress::Local)),
            ("a..b@example.org", Err(NoMailAddress::Local)),
            ("é@example.org", Err(NoMailAddress::Local)),
            ("a\r\nBcc: b@example.org", Err(NoMailAddress::Local)),
            ("ann@", Err(NoMailAddress::Domain)),
            ("ann@example.org.", Err(NoMailAddress::Domain)),
            ("ann@example..org", Err(NoMailAddress::Domain)),
            ("ann@-a.example", Err(NoMailAddress::Domain)),
            ("ann@a_b.example", Err(NoMailAddress::Domain)),
            ("ann@127.0.0.1", Err(NoMailAddress::Domain)),
            ("ann@[::1]", Err(NoMailAddress::Domain)),
            ("ann@exam%70le.org", Err(NoMailAddress::Domain)),
            ("ann@example.org\r\nBcc: b", Err(NoMailAddress::Domain)),
        ] {
            let parsed = MailAddress::parse(text);
            assert_eq!(parsed.as_ref().map(MailAddress::as_str), expected.as_ref().copied(), "{text:?}");
        }
        let long = format!("{}@example.org", "a".repeat(MAX_LOCAL + 1));
        assert_eq!(MailAddress::parse(&long), Err(NoMailAddress::TooLong));
        let long = format!("ann@{}example.org", "a.".repeat(120));
        assert_eq!(MailAddress::parse(&long), Err(NoMailAddress::TooLong));
    }

    #[test]
    fn a_log_line_does_not_name_who_it_is() {
        let address = MailAddress::parse("ann@example.org").unwrap();
        assert_eq!(format!("{address:?}"), "MailAddress(…@example.org)");
    }

    #[test]
    fn a_mailbox_is_a_name_and_an_address() {
        for (text, name) in [
            ("Support <s@example.org>", Some("Support")),
            ("\"Support, EU\" <s@example.org>", Some("Support, EU")),
            ("<s@example.org>", None),
            ("s@example.org", None),
        ] {
            let mailbox = Mailbox::parse(text).unwrap();
            assert_eq!(
                (mailbox.name.as_deref(), mailbox.address.as_str()),
                (name, "s@example.org"),
                "{text}"
            );
        }
        assert_eq!(Mailbox::parse("a\nb <s@example.org>"), Err(NoMailAddress::Name));
        assert_eq!(Mailbox::parse("Support <s@example.org"), Err(NoMailAddress::Local));
        assert_eq!(Mailbox::parse("Support"), Err(NoMailAddress::At));
    }

    proptest::proptest! {
        #[test]
        fn what_was_parsed_is_one_word_and_parses_again(text in ".{0,20}@.{0,20}|[ -~]{1,9}@[A-Za-z.-]{1,12}") {
            if let Ok(address) = MailAddress::parse(&text) {
                let is_plain = address.as_str().bytes().all(|b| b.is_ascii_graphic());
                proptest::prop_assert!(is_plain && !address.as_str().contains(['<', '>', '"', ',']));
                proptest::prop_assert_eq!(MailAddress::parse(address.as_str()), Ok(address));
            }
        }
    }
}
