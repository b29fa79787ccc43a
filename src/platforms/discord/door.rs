//! What every part of the door works with.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::clock::Clock;
use crate::domain::{Channel, Privacy};
use crate::handlers::Desk;
use crate::replies::Locale;
use crate::store::Store;

use super::api::Api;
use super::parents::Parents;
use super::render::{self, Look, Message};
use super::trouble::Trouble;
use crate::chat::Reply;

/// Discord, as one desk sees it. Cheap to clone.
#[derive(Clone)]
pub struct Door {
    /// The desk behind it.
    pub desk: Arc<Desk>,
    /// Where it is kept how far channels were read, and which rooms there are.
    pub store: Store,
    /// Discord's API.
    pub api: Api,
    /// The bot's own number.
    pub me: u64,
    /// The servers that it serves; all where it names none.
    pub servers: Arc<[u64]>,
    /// Which channels are threads.
    pub parents: Parents,
    /// The language of what it says by itself.
    pub locale: Locale,
    /// What time it is.
    pub clock: Clock,
}

impl Door {
    /// Whether what comes from there is for this desk.
    #[must_use]
    pub fn serves(&self, server: Option<u64>) -> bool {
        server.is_none_or(|server| self.servers.is_empty() || self.servers.contains(&server))
    }

    /// A reply as the messages that show it.
    #[must_use]
    pub fn rendered(&self, reply: &Reply) -> Vec<Message> {
        render::messages(reply, Look { may_embed: true })
    }

    /// What time it is.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    /// Posts a reply, message after message. The nonces begin with a name of what is answered, so that doing it again makes none twice.
    pub async fn post(
        &self,
        channel: u64,
        reply: &Reply,
        name: &str,
        reply_to: Option<u64>,
    ) -> Result<(), Trouble> {
        for (at, message) in self.rendered(reply).iter().enumerate() {
            self.api.say(channel, message, &format!("{name}-{at}"), reply_to.filter(|_| at == 0)).await?;
        }
        Ok(())
    }

    /// Shows somebody a reply that is for them alone: in their direct messages, else it waits behind a button in the channel, which
    /// says nothing of it.
    pub async fn show_alone(
        &self,
        user: u64,
        channel: Channel,
        reply: &Reply,
        name: &str,
    ) -> Result<(), Trouble> {
        let by_itself = match self.api.direct(user).await {
            Ok(direct) => self.post(direct, reply, name, None).await,
            Err(trouble) => Err(trouble),
        };
        let Err(trouble) = by_itself else { return Ok(()) };
        if trouble.passes() || channel.server.is_none() {
            return Err(trouble);
        }
        let who = crate::domain::Identity::Discord(user);
        let Some(waits) = self.desk.keep_answer(&who, &channel.place(Privacy::Public), reply).await else {
            return Err(trouble);
        };
        self.post(channel.id, &waits, name, None).await
    }
}
