//! What Discord tells: each event goes where it is handled, and what the library can't read is told of.

#![expect(clippy::wildcard_enum_match_arm, reason = "most events are nothing for this desk")]

use serenity::all::{Context, Event, RawEventHandler};
use serenity::async_trait;

use crate::domain::Channel;

use super::heard::{Heard, Queues, What};
use super::message::Written;
use super::run::Ear;

/// The kinds of events without which something would silently not happen.
const NEEDED: [&str; 8] = [
    "READY",
    "INTERACTION_CREATE",
    "MESSAGE_CREATE",
    "MESSAGE_UPDATE",
    "MESSAGE_DELETE",
    "MESSAGE_DELETE_BULK",
    "GUILD_CREATE",
    "THREAD_DELETE",
];

#[async_trait]
impl RawEventHandler for Ear {
    async fn raw_event(&self, _: Context, event: Event) {
        // Another desk has the gateway: what is heard here is its to handle.
        if !self.is_ours() {
            return;
        }
        let _handling = self.handling();
        match event {
            Event::Ready(_) => self.begin().await,
            Event::GuildCreate(event) => self.arrived(&event.guild).await,
            Event::ThreadCreate(event) => self.appeared(&event.thread).await,
            Event::InteractionCreate(event) => self.door.interact(&event.interaction).await,
            Event::MessageCreate(event) => {
                let channel = channel(event.message.guild_id, event.message.channel_id);
                if let Some(written) = Written::of(&event.message, self.door.me) {
                    let what = What::Written(Box::new(written));
                    self.hear(event.message.id.get(), channel, what);
                }
            }
            Event::MessageUpdate(event) => {
                let channel = channel(event.guild_id, event.channel_id);
                if let Some(written) = Written::changed(&event, self.door.me) {
                    self.hear(event.id.get(), channel, What::Changed(Box::new(written)));
                }
            }
            Event::MessageDelete(event) => {
                let channel = channel(event.guild_id, event.channel_id);
                self.hear(event.message_id.get(), channel, What::Deleted);
            }
            Event::MessageDeleteBulk(event) => {
                let channel = channel(event.guild_id, event.channel_id);
                for id in event.ids {
                    self.hear(id.get(), channel, What::Deleted);
                }
            }
            Event::ThreadDelete(event) => self.door.lost_thread(event.thread.id.get()).await,
            Event::Unknown(event) if NEEDED.contains(&event.kind.as_str()) => {
                tracing::error!(
                    kind = event.kind,
                    "an event from Discord could not be read; what it was about is not handled"
                );
            }
            _ => {}
        }
    }
}

impl Ear {
    fn hear(&self, id: u64, channel: Channel, what: What) {
        if self.door.serves(channel.server) {
            self.queues.push(Heard { id, channel, what });
        }
    }
}

fn channel(server: Option<serenity::all::GuildId>, id: serenity::all::ChannelId) -> Channel {
    Channel { server: server.map(serenity::all::GuildId::get), id: id.get() }
}

/// Reads on where each channel was left.
impl Queues {
    /// Has a message that was found later handled like one that was heard.
    pub fn push_late(&self, channel: Channel, id: u64, mut written: Written) {
        written.is_late = true;
        self.push(Heard { id, channel, what: What::Written(Box::new(written)) });
    }
}
