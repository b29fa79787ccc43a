//! The commands at Discord: registered once, and again when they changed.

use serde_json::Value;

use crate::services::registered;

use super::commands::digest;
use super::door::Door;

impl Door {
    /// Registers the commands, unless they are registered already.
    pub async fn register(&self, commands: &[Value]) {
        let digest = digest(commands);
        // Where that can't be read they are registered again, which does no harm.
        if registered::is_registered(&self.store, self.me, &digest).await.unwrap_or(false) {
            return;
        }
        if let Err(trouble) = self.api.register(commands).await {
            tracing::error!(%trouble, "the commands could not be registered at Discord");
            return;
        }
        if let Err(error) = registered::note(&self.store, self.me, &digest).await {
            tracing::warn!(%error, "that the commands are registered could not be kept; it is done again");
        }
    }
}
