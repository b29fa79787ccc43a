//! The ids of choices about by which doors one comes.

use crate::domain::Digest;

/// What a button does with somebody's chats and sessions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityVerb {
    /// Links this chat.
    Link,
    /// Lists what is linked.
    List,
    /// Unlinks the one with this fingerprint.
    Unlink(Digest),
    /// Ends all sessions, or asks whether that is meant.
    SignOut {
        /// Whether it is meant.
        sure: bool,
    },
}

pub(super) fn encode(verb: &IdentityVerb) -> String {
    match verb {
        IdentityVerb::Link => "link".to_owned(),
        IdentityVerb::List => "links".to_owned(),
        IdentityVerb::Unlink(chat) => format!("unlink:{chat}"),
        IdentityVerb::SignOut { sure: false } => "sign-out".to_owned(),
        IdentityVerb::SignOut { sure: true } => "sign-out:sure".to_owned(),
    }
}

pub(super) fn decode(parts: &[&str]) -> Option<IdentityVerb> {
    Some(match parts {
        ["link"] => IdentityVerb::Link,
        ["links"] => IdentityVerb::List,
        ["unlink", chat] => IdentityVerb::Unlink(Digest::parse(chat)?),
        ["sign-out"] => IdentityVerb::SignOut { sure: false },
        ["sign-out", "sure"] => IdentityVerb::SignOut { sure: true },
        _ => return None,
    })
}
