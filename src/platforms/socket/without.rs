//! What stands in for the socket on systems that have none.

use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::services::keeping::{Keeper, Operation, Outcome, Told};

use super::SocketError;

/// Nobody can ask.
pub struct Server;

impl Server {
    /// Tells that sub-commands can't ask this desk.
    #[expect(clippy::unnecessary_wraps, reason = "where there are sockets, this can fail")]
    pub fn start(_: &Path, _: Arc<Keeper>, _: fn() -> DateTime<Utc>) -> Result<Self, SocketError> {
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
