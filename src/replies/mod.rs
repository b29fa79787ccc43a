//! Every sentence a person can read: pure functions from an outcome to a reply.
//!
//! Each takes a [`Locale`] and opens with `let Locale::English = locale;`, so that a second language makes the compiler
//! name every sentence that waits for its translation.

pub mod accounts;
pub mod answers;
pub mod api;
pub mod articles;
mod card;
mod case_buttons;
pub mod case_events;
pub mod case_search;
pub mod cases;
mod choices;
pub mod discord;
mod excerpt;
pub mod fault;
pub mod flows;
pub mod guides;
pub mod help;
pub mod identity;
mod length;
mod letter;
pub mod mail;
pub mod news;
pub mod offers;
pub mod onward;
mod opening;
mod opening_hours;
pub mod pages;
pub mod phone;
pub mod products;
pub mod rooms;
pub mod secrets;
pub mod servers;
pub mod staff;
pub mod talk;
pub mod terminal;
pub mod times;
pub mod transcript;
pub mod votes;
mod words;

#[cfg(test)]
mod excerpt_tests;
#[cfg(test)]
mod tests;

pub use answers::{Best, Correction, Found};

/// The languages that the desk speaks.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Locale {
    /// English.
    #[default]
    English,
}
