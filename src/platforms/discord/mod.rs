//! Discord: events in, requests out; replies in, messages out. It decides nothing.

mod answering;
mod api;
mod asked;
mod catch_up;
mod check;
pub mod commands;
mod connect;
mod door;
mod ears;
mod finding;
mod heard;
mod held;
mod inspect;
mod mentions;
mod message;
mod parents;
mod permissions;
mod reconcile;
mod register;
mod render;
mod rights;
mod run;
mod threads;
mod trouble;
mod unfinished;

#[cfg(test)]
mod inspect_tests;
#[cfg(test)]
mod rights_tests;

pub use check::{Bot, Checked, ServerSeen, check};
pub use connect::{Connection, NotConnected, client, connect, intents};
pub use door::Door;
pub use finding::{Finding, Id, Named};
pub use parents::Parents;
pub use permissions::{NEEDED, Permission};
pub use run::{Setup, State, run};
pub use threads::Threads;
pub use trouble::Trouble;
