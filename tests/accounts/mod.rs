//! Accounts through their service, on every engine: the rules, two at once, once only, mails, requests, and what is one person's.

mod at_once;
mod bring;
mod large;
mod mails;
mod privacy;
#[cfg(unix)]
mod program;
mod requests;
mod rules;
pub mod world;
