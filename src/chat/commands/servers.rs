//! The commands for those who manage a server: only platforms that have servers offer them.

use crate::chat::ServerWish;

use super::slash::Slash;
use super::{Argument, Command, Needs, Spec};

/// Setting the desk up on a server.
pub static SETUP: Spec = Spec {
    name: "setup",
    aliases: &[],
    needs: Needs::Managing,
    argument: Argument::None,
    about: "Choose the channels and roles that the desk uses on this server.",
    example: "/setup",
    phrases: &[],
    slash: Some(Slash::joined(&["setup"], &[])),
    make: |_| Some(Command::Server(ServerWish::Show)),
};

/// Posting the panel.
pub static PANEL: Spec = Spec {
    name: "panel",
    aliases: &[],
    needs: Needs::Managing,
    argument: Argument::None,
    about: "Post a message here with buttons to ask and to open a case.",
    example: "/panel",
    phrases: &[],
    slash: Some(Slash::joined(&["panel"], &[])),
    make: |_| Some(Command::Server(ServerWish::Panel)),
};
