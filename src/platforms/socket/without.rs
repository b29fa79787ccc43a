//! What stands in for the socket on systems that have none.

use std::path::Path;

use crate::chat::{self, Reply};
use crate::domain::Identity;
use crate::platforms::news::Speaker;
use crate::services::keeping::{Operation, Outcome, Told};

use super::{Inside, SocketError};

/// Nobody can ask.
pub struct Server;

impl Server {
    /// Tells that sub-commands can't ask this desk.
    #[expect(clippy::unnecessary_wraps, reason = "where there are sockets, this can fail")]
    pub fn start(_: &Path, _: Inside) -> Result<Self, SocketError> {
        tracing::info!("this system has no Unix sockets: stop the desk before a backup, a check or a status");
        Ok(Self)
    }

    /// Nothing is open.
    #[expect(clippy::unused_async, reason = "where there are sockets, this waits")]
    pub async fn close(self) {}
}

/// No desk can be asked; whether one is running shows when the store is opened.
#[expect(clippy::unused_async, reason = "where there are sockets, this waits")]
pub async fn ask(_: &Path, _: Operation, _: Told<'_>) -> Result<Option<Outcome>, SocketError> {
    Ok(None)
}

/// No desk can be asked.
#[expect(clippy::unused_async, reason = "where there are sockets, this waits")]
pub async fn answers(_: &Path) -> Result<bool, SocketError> {
    Ok(false)
}

/// No desk can be talked with.
#[expect(clippy::unused_async, reason = "where there are sockets, this waits")]
pub async fn turn(_: &Path, _: &chat::Request) -> Result<Option<Reply>, SocketError> {
    Ok(None)
}

/// No desk can be asked.
#[expect(clippy::unused_async, reason = "where there are sockets, this waits")]
pub async fn news(_: &Path, _: &Speaker) -> Result<Option<Option<Reply>>, SocketError> {
    Ok(None)
}

/// No desk can be asked.
#[expect(clippy::unused_async, reason = "where there are sockets, this waits")]
pub async fn who(_: &Path, _: &str) -> Result<Option<Option<Identity>>, SocketError> {
    Ok(None)
}

/// Nothing can be listened to.
pub enum Listening {}

/// No desk can be listened to.
#[expect(clippy::unused_async, reason = "where there are sockets, this waits")]
pub async fn listen(_: &Path, _: &Speaker) -> Result<Option<Listening>, SocketError> {
    Ok(None)
}

impl Listening {
    /// There are none.
    #[expect(clippy::unused_async, reason = "where there are sockets, this waits")]
    pub async fn next(&mut self) -> Result<Reply, SocketError> {
        match *self {}
    }
}
