//! The desk on Discord, held against a double of it.

#[cfg(unix)]
mod check;
pub mod double;
mod oracle;
mod pictures;
mod production;
mod robust;
mod talks;
mod world;
