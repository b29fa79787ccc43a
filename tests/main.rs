//! The one binary of integration tests.

#![cfg(test)]
#![allow(
    clippy::string_slice,
    clippy::wildcard_enum_match_arm,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here has failed, and says where"
)]

mod accounts;
mod answers;
mod api;
mod architecture;
#[cfg(unix)]
mod browser;
mod case_search;
mod cases;
mod certificates;
#[cfg(unix)]
mod console;
mod conversations;
mod discord;
mod identity;
mod import;
mod index;
mod jobs;
mod keeping;
mod kill;
mod links;
mod mail;
mod people;
mod sign_in;
mod store;
mod web;
