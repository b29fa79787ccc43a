//! The doors of the desk: they translate, and nothing else.

pub mod console;
pub mod discord;
pub mod news;
pub mod socket;
pub mod web;
