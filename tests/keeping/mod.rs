//! Keeping: the desk key, backup and restore, copies, checks, the socket, and the real program doing all of it.

mod archive;
mod backup;
mod check;
mod copy;
mod damaged;
mod key;
#[cfg(unix)]
pub mod program;
mod restore;
#[cfg(unix)]
mod socket;
mod world;
