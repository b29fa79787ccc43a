//! Which channels are threads that everybody sees, and of which channel: Discord tells of most, and is asked once about the others.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde_json::Value;
use serenity::model::channel::{ChannelType, GuildChannel};

use crate::domain::Channel;
use crate::handlers::Hears;

use super::api::number;
use super::door::Door;
use super::message::privacy;

/// The most channels that are remembered; whoever has more is asked again.
const MOST: usize = 50_000;
/// Discord's numbers for threads that everybody sees who sees the channel.
const PUBLIC_THREADS: [u64; 2] = [10, 11];

/// What a channel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Known {
    /// A public thread in this channel.
    ThreadIn(u64),
    /// Anything else.
    Other,
}

/// What is known of each channel. Cheap to clone.
#[derive(Clone, Default)]
pub struct Parents(Arc<Mutex<HashMap<u64, Known>>>);

impl Parents {
    /// Discord told of a channel or thread; answers of which channel it is a public thread.
    pub fn note(&self, channel: &GuildChannel) -> Option<u64> {
        let is_public = matches!(channel.kind, ChannelType::PublicThread | ChannelType::NewsThread);
        let parent = channel.parent_id.filter(|_| is_public).map(serenity::model::id::ChannelId::get);
        self.remember(channel.id.get(), parent);
        parent
    }

    fn remember(&self, channel: u64, parent: Option<u64>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST {
            known.clear();
        }
        known.insert(channel, parent.map_or(Known::Other, Known::ThreadIn));
    }

    fn of(&self, channel: u64) -> Option<Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&channel).copied()
    }
}

impl Door {
    /// What the desk hears in a channel, and the channel that this is a thread of, where it hears something only for that.
    pub async fn attention(&self, channel: Channel) -> (Hears, Option<u64>) {
        let place = channel.place(privacy(channel));
        let hears = self.desk.hears(&place, None).await;
        if hears != Hears::Nothing || channel.server.is_none() {
            return (hears, None);
        }
        let Some(parent) = self.parent_of(channel.id).await else { return (hears, None) };
        (self.desk.hears(&place, Some(parent)).await, Some(parent))
    }

    /// The channel that a public thread is in.
    async fn parent_of(&self, channel: u64) -> Option<u64> {
        match self.parents.of(channel) {
            Some(Known::ThreadIn(parent)) => return Some(parent),
            Some(Known::Other) => return None,
            None => {}
        }
        let parent = match self.api.channel(channel).await {
            Ok(found) => {
                let kind = found.get("type").and_then(Value::as_u64);
                let is_public = kind.is_some_and(|kind| PUBLIC_THREADS.contains(&kind));
                number(&found, "parent_id").ok().filter(|_| is_public)
            }
            Err(trouble) => {
                tracing::warn!(%trouble, channel, "whether a channel is a thread could not be asked");
                if trouble.passes() {
                    // It is asked again with the next message.
                    return None;
                }
                None
            }
        };
        self.parents.remember(channel, parent);
        parent
    }
}
