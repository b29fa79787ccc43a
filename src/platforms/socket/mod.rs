//! The desk's own door: a Unix socket beside the store, over which sub-commands ask a running desk, and terminals talk with it.
//!
//! One connection is one question: a line of JSON, `Request` of `protocol`, and back come lines of progress and one last
//! line with the outcome. A turn of a conversation is such a question, followed by what was said. Who listens for news stays connected. Only the desk's own user (and root) is let in. On systems without Unix sockets there is no such door: there
//! a sub-command finds the store locked by the desk, and says so.

#[cfg(unix)]
mod client;
#[cfg(unix)]
mod conversation;
#[cfg(unix)]
mod path;
#[cfg(unix)]
mod protocol;
#[cfg(unix)]
mod server;
#[cfg(not(unix))]
mod without;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::clock::Clock;
use crate::platforms::Uploads;
use crate::platforms::news::News;
use crate::services::keeping::Keeper;

#[cfg(unix)]
pub use client::{Listening, answers, ask, listen, news, turn, who};
#[cfg(unix)]
pub use server::Server;
#[cfg(not(unix))]
pub use without::{Listening, Server, answers, ask, listen, news, turn, who};

/// What is behind the socket.
#[derive(Clone)]
pub struct Inside {
    /// Performs operations.
    pub keeper: Arc<Keeper>,
    /// Answers turns, and has news.
    pub news: News,
    /// Tells the time.
    pub clock: Clock,
    /// The files that a turn may bring.
    pub uploads: Uploads,
}

/// Why the socket can't be opened, or a running desk did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum SocketError {
    /// Another desk has it.
    #[error("another desk is running here{}: it has {}; stop it first, or ask it", process.map_or(String::new(), |id| format!(" (process {id})")), socket.display())]
    Taken {
        /// The socket.
        socket: PathBuf,
        /// The process of the desk, where it is known.
        process: Option<u32>,
    },
    /// Something else is in its place.
    #[error("{} is no socket: move it away, or choose another store.path", .0.display())]
    NoSocket(PathBuf),
    /// The system does not take so long a path.
    #[error("{} is too long a path for a socket: choose a shorter store.path", .0.display())]
    TooLong(PathBuf),
    /// The system.
    #[error("the socket {} can't be used: {error}", socket.display())]
    Fault {
        /// The socket.
        socket: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// A running desk belongs to somebody else.
    #[error("the desk that has {} belongs to another user; run this as that user", .0.display())]
    NotYours(PathBuf),
    /// The desk said why not.
    #[error("{0}")]
    Refused(String),
    /// The desk was gone before it was done, or is none.
    #[error("the desk broke off before it was done ({0}); see its log, and try again")]
    BrokenOff(String),
}

/// Where the socket of the desk with the store at this path is.
#[must_use]
pub fn beside(store: &Path) -> PathBuf {
    store.with_added_extension("sock")
}
