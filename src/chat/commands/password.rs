//! The command for a forgotten password.

use super::slash::{Kind, Slash, may};
use super::{Argument, Command, Needs, Spec};

/// A forgotten password.
pub static PASSWORD: Spec = Spec {
    name: "password",
    aliases: &["reset-password"],
    needs: Needs::Keeping,
    argument: Argument::Optional("ADDRESS"),
    about: "Choose a new password: a link comes to the e-mail address that you sign in with.",
    example: "/password ada@example.org",
    phrases: &["forgot password", "i forgot my password", "reset my password"],
    slash: Some(Slash::joined(
        &["password"],
        &[may(
            "address",
            "The address that you sign in with; leave it out to be asked.",
            Kind::Text { most: 254 },
        )],
    )),
    make: |address| Some(Command::Password { address }),
};
