//! The commands for what the desk gave up after many tries.

use crate::chat::wish::StaffWish;
use crate::domain::JobKey;

use super::slash::{Kind, Slash, SlashOption, must};
use super::{Argument, Command, Needs, Spec};

/// The name of what was given up.
const KEY: SlashOption = must("key", "Its key, as the list shows it.", Kind::Text { most: 120 });

/// What was given up.
pub static DEAD: Spec = Spec {
    name: "dead",
    aliases: &["dead-letters"],
    needs: Needs::Staff,
    argument: Argument::None,
    about: "List what the desk gave up after many tries, such as mail.",
    example: "/dead",
    phrases: &["dead letters"],
    slash: Some(Slash::joined(&["letters", "list"], &[])),
    make: |_| Some(Command::Staff(StaffWish::DeadLetters)),
};

/// Trying it again.
pub static RETRY: Spec = Spec {
    name: "retry",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("KEY"),
    about: "Have something that was given up tried again.",
    example: "/retry mail-test-000001",
    phrases: &[],
    slash: Some(Slash::joined(&["letters", "retry"], &[KEY])),
    make: |key| JobKey::parse(key?.trim()).ok().map(|key| Command::Staff(StaffWish::Retry(key))),
};

/// Giving it up for good.
pub static DISCARD: Spec = Spec {
    name: "discard",
    aliases: &[],
    needs: Needs::Staff,
    argument: Argument::Required("KEY"),
    about: "Give something up for good.",
    example: "/discard mail-test-000001",
    phrases: &[],
    slash: Some(Slash::joined(&["letters", "discard"], &[KEY])),
    make: |key| JobKey::parse(key?.trim()).ok().map(|key| Command::Staff(StaffWish::Discard(key))),
};
