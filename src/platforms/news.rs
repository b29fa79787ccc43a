//! Waits for what is new for somebody, while they may be typing.

use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::chat::Reply;
use crate::clock::Clock;
use crate::domain::{Identity, Place};
use crate::handlers::Desk;

/// After so long it looks by itself: another desk on the same server commits without a word here.
const LOOK: TimeDelta = TimeDelta::seconds(5);
/// Between two looks: a desk that is busy with others is not asked after each of its commits.
const PACE: Duration = Duration::from_millis(50);

/// Somebody at a place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// Who.
    pub who: Identity,
    /// Where.
    pub place: Place,
}

/// A desk whose news are followed. Cheap to clone.
#[derive(Debug, Clone)]
pub struct News {
    /// The desk.
    pub desk: Arc<Desk>,
    /// Changes with each commit of this process.
    pub commits: watch::Receiver<u64>,
    /// Tells when to look by itself.
    pub clock: Clock,
}

impl News {
    /// What is new for them now.
    pub async fn now(&self, of: &Speaker) -> Option<Reply> {
        self.desk.news(&of.who, &of.place).await
    }

    /// The next news for them, when there are any.
    pub async fn next(&mut self, of: &Speaker) -> Reply {
        loop {
            // Before looking, so that what is committed while it looks makes it look again.
            self.commits.borrow_and_update();
            if let Some(reply) = self.now(of).await {
                return reply;
            }
            let look = self.clock.now() + LOOK;
            tokio::select! {
                Ok(()) = self.commits.changed() => {}
                () = self.clock.sleep_until(look) => {}
            }
            tokio::time::sleep(PACE).await;
        }
    }
}
