//! The commands for how one hears of news.

use crate::chat::wish::NewsWish;
use crate::domain::Notify;

use super::slash::{Kind, Slash, may};
use super::{Argument, Command, Needs, Spec};

/// How one hears of news.
pub static NOTIFY: Spec = Spec {
    name: "notify",
    aliases: &["notifications"],
    needs: Needs::Keeping,
    argument: Argument::Optional("unseen|always|never"),
    about: "Choose whether news of your cases also come by mail: when unseen, always, or never.",
    example: "/notify unseen",
    phrases: &["notifications", "notification settings", "how do you notify me"],
    slash: Some(Slash::joined(
        &["notify"],
        &[may(
            "when",
            "When they come by mail; leave it out to see how it is.",
            Kind::Names(&["unseen", "always", "never"]),
        )],
    )),
    make: |text| {
        let wish = match text.as_deref().map(str::to_lowercase).as_deref() {
            None => NewsWish::Show,
            Some("unseen" | "mail") => NewsWish::Set(Notify::MailWhenUnseen),
            Some("always") => NewsWish::Set(Notify::MailAlways),
            Some("never" | "off" | "no") => NewsWish::Set(Notify::NoMail),
            Some(_) => return None,
        };
        Some(Command::News(wish))
    },
};

/// One's address.
pub static MAIL: Spec = Spec {
    name: "mail",
    aliases: &["email", "e-mail"],
    needs: Needs::Keeping,
    argument: Argument::Optional("ADDRESS|none"),
    about: "Give the address that news of your cases go to, or take it away with \"none\".",
    example: "/mail ada@example.org",
    phrases: &["set my e-mail address", "set my email address", "change my notification address"],
    slash: Some(Slash::joined(
        &["mail"],
        &[may("address", "The address, or \"none\"; leave it out to be asked.", Kind::Text { most: 254 })],
    )),
    make: |text| {
        Some(Command::News(match text {
            Some(text) if text.eq_ignore_ascii_case("none") => NewsWish::NoAddress,
            address => NewsWish::Address(address),
        }))
    },
};
