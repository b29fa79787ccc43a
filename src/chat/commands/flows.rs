//! The commands that steer what was begun.

use crate::chat::wish::FlowWish;

use super::slash::Slash;
use super::{Argument, Command, Needs, Spec};

/// Going on with what was begun.
pub static CONTINUE: Spec = Spec {
    name: "continue",
    aliases: &["resume"],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Go on with what you began and left.",
    example: "/continue",
    phrases: &["continue", "go on", "resume", "where was i", "where were we"],
    slash: Some(Slash::joined(&["continue"], &[])),
    make: |_| Some(Command::Flow(FlowWish::Continue(None))),
};

/// Going back a step.
pub static BACK: Spec = Spec {
    name: "back",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Go back one step in what you are doing.",
    example: "/back",
    phrases: &["back", "go back", "one step back", "step back"],
    // Its button is under every step.
    slash: None,
    make: |_| Some(Command::Flow(FlowWish::Back(None))),
};

/// Giving up.
pub static CANCEL: Spec = Spec {
    name: "cancel",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Give up what you are doing.",
    example: "/cancel",
    phrases: &["cancel", "cancel it", "cancel this", "never mind", "nevermind", "forget it", "abort"],
    // Its button is under every step.
    slash: None,
    make: |_| Some(Command::Flow(FlowWish::Cancel(None))),
};

/// Leaving out what may be left out.
pub static SKIP: Spec = Spec {
    name: "skip",
    aliases: &[],
    needs: Needs::Keeping,
    argument: Argument::None,
    about: "Leave out what may be left out.",
    example: "/skip",
    phrases: &["skip", "skip it", "skip this"],
    // Its button is under every step that may be left out.
    slash: None,
    make: |_| Some(Command::Flow(FlowWish::Skip)),
};
