//! What somebody signs in with: their address or their username, and how often it may be tried.

use std::net::{IpAddr, Ipv6Addr};

use chrono::TimeDelta;

use crate::domain::{Digest, MailAddress, PersonId, Username};
use crate::services::limits::{Counted, Limit};
use crate::services::people::{self, MAIL, PEOPLE, USERNAME, mail_key, username_key};
use crate::store::{Key, Store, StoreError};

use super::Caller;

/// Nobody's number: the counter begins with 1.
const NOBODY: PersonId = PersonId(0);

/// The span in which tries count. It is short, so that a stranger who tries names can't keep their owners out.
const WITHIN: TimeDelta = TimeDelta::minutes(15);
/// How often one name is tried from one network address, right or wrong.
pub(super) const BOTH: Limit = Limit { what: "sign-in", most: 20, within: WITHIN };
/// How often all names are tried from one network address, and found wrong.
pub(super) const NETWORK: Limit = Limit { what: "sign-in", most: 60, within: WITHIN };
/// How often one name is tried from everywhere, and found wrong. No single network address comes that far.
pub(super) const NAME: Limit = Limit { what: "sign-in", most: 100, within: WITHIN };

/// What was typed as a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Login {
    Mail(MailAddress),
    Username(Username),
    /// Nobody's; it is looked up all the same.
    Other(Digest),
}

impl Login {
    pub fn of(typed: &str) -> Self {
        let typed = typed.trim();
        match (MailAddress::parse(typed), Username::parse(typed)) {
            (Ok(address), _) => Self::Mail(address),
            (_, Ok(name)) => Self::Username(name),
            (Err(_), Err(_)) => Self::Other(Digest::of(typed)),
        }
    }

    /// Whom it belongs to: the key of their records, which is nobody's where it belongs to nobody. What is read next is read either way.
    pub async fn owner(&self, store: &Store) -> Result<Key, StoreError> {
        let (index, key) = match self {
            Self::Mail(address) => (MAIL, mail_key(address)),
            Self::Username(name) => (USERNAME, username_key(name)),
            // No username has a question mark in it.
            Self::Other(digest) => (USERNAME, Key::of(&format!("?{digest}"))),
        };
        let found = PEOPLE.find_one(store, &index, &key).await?;
        Ok(found.unwrap_or_else(|| people::key(NOBODY)))
    }

    /// What is counted before anything is looked at.
    pub fn counted(&self, caller: &Caller) -> [(Limit, Counted); 3] {
        let name = match self {
            Self::Mail(address) => Counted::address(address),
            Self::Username(name) => Counted::name(name.as_str()),
            Self::Other(digest) => Counted::name(&format!("?{digest}")),
        };
        let network = network(caller.network);
        [(BOTH, name.clone().only_from(&network)), (NAME, name), (NETWORK, Counted::network(&network))]
    }
}

/// What counts as one network address: of IPv6 the first half, as everybody has the other one to themselves.
pub(super) fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{}/64", Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_an_address_a_username_or_nobodys() {
        for (typed, expected) in [
            ("ann@example.org", "Mail"),
            (" Ann@Example.org ", "Mail"),
            ("Ann.Lee", "Username"),
            ("ann lee", "Other"),
            ("", "Other"),
            ("P-000001", "Username"),
            ("17", "Other"),
            (&"x".repeat(10_000), "Other"),
        ] {
            let found = match Login::of(typed) {
                Login::Mail(_) => "Mail",
                Login::Username(_) => "Username",
                Login::Other(_) => "Other",
            };
            assert_eq!(found, expected, "{typed}");
        }
    }

    #[test]
    fn what_one_household_has_is_one_network_address() {
        for (address, expected) in [
            ("192.0.2.7", "192.0.2.7"),
            ("::ffff:192.0.2.7", "192.0.2.7"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2:ffff::", "2001:db8:1:2::/64"),
            ("::1", "::/64"),
        ] {
            assert_eq!(network(address.parse().unwrap()), expected, "{address}");
        }
    }

    #[test]
    fn one_network_address_alone_locks_nobody_out_elsewhere() {
        const { assert!(BOTH.most < NETWORK.most && NETWORK.most < NAME.most) };
    }
}
