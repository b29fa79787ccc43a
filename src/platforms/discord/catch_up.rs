//! What was written while the desk was away: each channel is read on from where it was left.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::Value;
use serenity::model::channel::Message;

use crate::domain::Channel;
use crate::handlers::Hears;
use crate::services::seen::{self, Seen};

use super::api::PAGE;
use super::door::Door;
use super::heard::Queues;
use super::message::{Written, privacy};
use super::trouble::Trouble;

/// The most pages that are read of one channel; whoever was away for longer begins with the newest of them.
const MOST_PAGES: usize = 50;
/// How often a page is asked for while Discord has trouble of its own: for some ten minutes.
const TRIES: u32 = 200;
/// The pause after a page that did not come.
const PAUSE: TimeDelta = TimeDelta::seconds(1);

impl Door {
    /// Has all that was missed handled.
    pub async fn catch_up(&self, queues: &Queues) {
        let channels = match seen::all(&self.store).await {
            Ok(channels) => channels,
            Err(error) => {
                tracing::error!(%error, "which channels are to be read on could not be read");
                return;
            }
        };
        for seen in channels.into_iter().filter(|seen| self.serves(seen.server)) {
            self.read_on(seen, queues).await;
        }
    }

    async fn read_on(&self, seen: Seen, queues: &Queues) {
        let channel = Channel { server: seen.server, id: seen.channel };
        let mut after = seen.last;
        for _ in 0..MOST_PAGES {
            let page = match self.page_after(channel.id, after).await {
                Ok(page) => page,
                Err(trouble) if Self::is_gone(&trouble) => return self.forget_channel(channel.id).await,
                Err(trouble) => {
                    tracing::error!(%trouble, channel = channel.id, "a channel could not be read on");
                    return;
                }
            };
            let count = page.len();
            let answered: BTreeSet<u64> = page
                .iter()
                .filter(|message| self.is_mine(message))
                .filter_map(super::message::answers)
                .collect();
            for value in page {
                let Ok(message) = serde_json::from_value::<Message>(value) else { continue };
                after = after.max(message.id.get());
                if answered.contains(&message.id.get()) {
                    continue;
                }
                if let Some(written) = Written::of(&message, self.me) {
                    queues.push_late(channel, message.id.get(), written);
                }
            }
            if count < PAGE {
                return;
            }
        }
    }

    /// One page, asked for until it comes: what is passed over here is never read.
    async fn page_after(&self, channel: u64, after: u64) -> Result<Vec<Value>, Trouble> {
        for _ in 1..TRIES {
            match self.api.messages_after(channel, after).await {
                Err(trouble) if trouble.passes() => {
                    tracing::warn!(%trouble, channel, "a channel is read on as soon as that goes");
                    self.clock.sleep_until(self.now() + PAUSE).await;
                }
                done => return done,
            }
        }
        self.api.messages_after(channel, after).await
    }

    /// Reads a channel from now on, where questions in it are answered and nothing was read yet.
    pub async fn begin_reading(&self, server: u64, channel: u64, last: u64) {
        let channel = Channel { server: Some(server), id: channel };
        if self.desk.hears(&channel.place(privacy(channel))).await == Hears::Questions
            && seen::is_new(&self.store, channel.id).await.unwrap_or(false)
        {
            self.note_seen(channel, last).await;
        }
    }

    async fn forget_channel(&self, channel: u64) {
        if let Err(error) = seen::forget(&self.store, channel).await {
            tracing::warn!(%error, "a channel that is gone could not be forgotten");
        }
    }
}
