//! The desk on Discord, held against a double of it.

pub mod double;
mod oracle;
