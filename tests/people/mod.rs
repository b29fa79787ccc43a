//! People: who works for the desk, what is held about somebody, and how it is erased.

mod agents;
mod erase;
mod export;
mod members;
#[cfg(unix)]
mod program;
pub mod world;
