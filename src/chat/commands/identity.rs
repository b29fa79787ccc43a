//! The commands for by which doors one comes, and where one is signed in.

use crate::chat::wish::IdentityWish;

use super::slash::{Kind, Slash, may};
use super::{Argument, Command, Needs, Spec, begins_with_case, staff};

/// Linking this chat. With a case's number it is what staff do with cases.
pub static LINK: Spec = Spec {
    name: "link",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Optional("ADDRESS"),
    about: "Link this chat to you, so that your cases and guides are the same wherever you come from.",
    example: "/link ada@example.org",
    phrases: &[
        "link this chat",
        "link this account",
        "link my account",
        "link my discord account",
        "link me",
    ],
    slash: Some(Slash::joined(
        &["link"],
        &[may(
            "address",
            "The address you sign in with; leave it out to be asked.",
            Kind::Text { most: 254 },
        )],
    )),
    make: |text| match text {
        Some(text) if begins_with_case(&text) => staff::LINK.command(&text),
        address => Some(Command::Identity(IdentityWish::Link(address))),
    },
};

/// What is linked.
pub static LINKS: Spec = Spec {
    name: "links",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "List the chats that are linked to you, and where you are signed in.",
    example: "/links",
    phrases: &[
        "my links",
        "list my links",
        "show my links",
        "linked accounts",
        "my linked accounts",
        "my sessions",
        "where am i signed in",
    ],
    slash: Some(Slash::joined(&["links"], &[])),
    make: |_| Some(Command::Identity(IdentityWish::List)),
};

/// Unlinking. With a case's number it is what staff do with cases.
pub static UNLINK: Spec = Spec {
    name: "unlink",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::Optional("this"),
    about: "Unlink this chat, or choose another one to unlink.",
    example: "/unlink this",
    phrases: &["unlink", "unlink my account", "unlink my discord account"],
    slash: Some(Slash::joined(
        &["unlink"],
        &[may("which", "\"this\" for this chat; leave it out to choose.", Kind::Names(&["this"]))],
    )),
    make: |text| match text {
        Some(text) if begins_with_case(&text) => staff::UNLINK.command(&text),
        Some(text) if ["this", "this chat"].iter().any(|this| text.eq_ignore_ascii_case(this)) => {
            Some(Command::Identity(IdentityWish::UnlinkThis))
        }
        Some(_) => None,
        None => Some(Command::Identity(IdentityWish::List)),
    },
};

/// Ending all sessions.
pub static SIGN_OUT: Spec = Spec {
    name: "sign-out",
    aliases: &["signout"],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Sign out everywhere: end all your sessions on the web.",
    example: "/sign-out",
    phrases: &[
        "sign out everywhere",
        "sign me out everywhere",
        "log out everywhere",
        "log me out everywhere",
        "end all my sessions",
    ],
    slash: Some(Slash::joined(&["sign-out"], &[])),
    make: |_| Some(Command::Identity(IdentityWish::SignOut { sure: false })),
};
