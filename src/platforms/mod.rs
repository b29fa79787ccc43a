//! The doors of the desk: they translate, and nothing else.

pub mod console;
pub mod discord;
pub mod news;
pub mod socket;
mod uploads;
pub mod web;

pub use uploads::Uploads;
