//! What happened while the desk was away: each channel is read on from where it was left.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::TimeDelta;
use serde_json::Value;
use serenity::model::channel::Message;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::domain::Channel;
use crate::handlers::Hears;
use crate::services::seen::{self, Seen};
use crate::store::StoreError;

use super::api::{PAGE, number};
use super::door::Door;
use super::heard::{Heard, Queues, What};
use super::held::Round;
use super::message::{Written, number_in, privacy};

/// The most pages that are read of one channel; whoever was away for longer begins with the newest of them.
const MOST_PAGES: usize = 50;
/// How often a page is asked for while Discord has trouble of its own: for some ten minutes.
const TRIES: u32 = 200;
/// The pause after a page that did not come.
const PAUSE: TimeDelta = TimeDelta::seconds(1);
/// How many pages are asked for at once. Whoever waits for the next try is not among them.
const AT_ONCE: usize = 8;

/// What reads channels on in one round.
#[derive(Clone)]
struct Reader {
    door: Door,
    queues: Queues,
    round: Round,
    turns: Arc<Semaphore>,
}

/// Messages of a channel.
#[derive(Debug, Clone, Copy)]
enum Page {
    /// Those after this one.
    After(u64),
    /// The last ones.
    Last,
}

/// Why a channel is not read on.
enum Unread {
    /// It is gone.
    Gone,
    /// Something else, which was told of.
    Otherwise,
    /// Another round has begun, and reads it.
    Overtaken,
}

impl Door {
    /// Has all that was missed handled, in each channel as soon as it was read on.
    pub async fn catch_up(&self, queues: &Queues, round: Round) {
        let Some(mut channels) = self.to_read_on(queues, round).await else { return };
        queues.hold_only(round, &mut channels);
        let turns = Arc::new(Semaphore::new(AT_ONCE));
        let reader = Reader { door: self.clone(), queues: queues.clone(), round, turns };
        let mut under_way = JoinSet::new();
        for seen in channels {
            under_way.spawn(reader.clone().read(seen));
        }
        while let Some(ended) = under_way.join_next().await {
            if let Err(error) = ended {
                tracing::error!(%error, "reading a channel on ended in a way that it never should");
            }
        }
    }

    /// The channels that are to be read on, asked for until the store says; `None` where another round has begun.
    async fn to_read_on(&self, queues: &Queues, round: Round) -> Option<Vec<Seen>> {
        let mut is_told = false;
        while queues.is_on(round) {
            match seen::all(&self.store).await {
                Ok(channels) => {
                    return Some(channels.into_iter().filter(|seen| self.serves(seen.server)).collect());
                }
                // It would be so for ever, and what is written from now on is not to wait for that.
                Err(error @ StoreError::Damaged(_)) => {
                    tracing::error!(%error, "which channels are to be read on can't be read; what was missed is not found");
                    return Some(Vec::new());
                }
                Err(error) if !is_told => {
                    is_told = true;
                    tracing::error!(%error, "which channels are to be read on could not be read; it is tried again");
                }
                Err(_) => {}
            }
            self.clock.sleep_until(self.now() + PAUSE).await;
        }
        None
    }

    /// Has what was missed in one channel handled that turned up later.
    pub async fn catch_up_in(&self, seen: Seen, queues: &Queues) {
        let turns = Arc::new(Semaphore::new(1));
        let reader = Reader { door: self.clone(), queues: queues.clone(), round: queues.round(), turns };
        reader.read(seen).await;
    }

    /// Reads a channel from now on, where questions in it are answered and nothing was read yet; `false` where that is not so.
    pub async fn begin_reading(&self, server: u64, channel: u64, last: u64) -> bool {
        let channel = Channel { server: Some(server), id: channel };
        let begins = self.attention(channel).await.0 == Hears::Questions
            && seen::is_new(&self.store, channel.id).await.unwrap_or(false);
        if begins {
            self.note_seen(channel, last).await;
        }
        begins
    }

    async fn forget_channel(&self, channel: u64) {
        if let Err(error) = seen::forget(&self.store, channel).await {
            tracing::warn!(%error, "a channel that is gone could not be forgotten");
        }
    }
}

impl Reader {
    async fn read(self, seen: Seen) {
        let channel = Channel { server: seen.server, id: seen.channel };
        let read = match self.read_on(channel, seen.last).await {
            Ok(()) => self.look_back(channel).await,
            unread @ Err(_) => unread,
        };
        match read {
            Ok(()) | Err(Unread::Otherwise | Unread::Overtaken) => {}
            Err(Unread::Gone) => self.door.forget_channel(channel.id).await,
        }
        self.queues.go_on(self.round, channel.id);
    }

    /// Has what was written after a message handled.
    async fn read_on(&self, channel: Channel, mut after: u64) -> Result<(), Unread> {
        for _ in 0..MOST_PAGES {
            let page = self.page(channel.id, Page::After(after)).await?;
            let count = page.len();
            let answered: BTreeSet<u64> = page
                .iter()
                .filter(|message| self.door.is_mine(message))
                .filter_map(super::message::answers)
                .collect();
            for value in page {
                let Ok(message) = serde_json::from_value::<Message>(value) else { continue };
                after = after.max(message.id.get());
                let (id, written) = (message.id.get(), Written::of(&message, self.door.me));
                match written {
                    Some(written) if answered.contains(&id) => {
                        self.queues.push(Heard { id, channel, what: What::Answered(written.author) });
                    }
                    Some(written) => self.queues.push_late(channel, id, written),
                    None => {}
                }
            }
            if count < PAGE {
                break;
            }
        }
        Ok(())
    }

    /// In the room of a case, has what became of earlier messages handled: those that were changed, and those that are gone. What the case
    /// says already is not said again.
    async fn look_back(&self, channel: Channel) -> Result<(), Unread> {
        // Before the page: whatever is kept by now and not on it was deleted, and not just written.
        let said = self.door.desk.said_in_room(&channel.place(privacy(channel)), PAGE).await;
        let said: BTreeSet<u64> = said.iter().filter_map(|name| number_in(name)).collect();
        if said.is_empty() {
            return Ok(());
        }
        let page = self.page(channel.id, Page::Last).await?;
        let numbers: BTreeSet<u64> = page.iter().filter_map(|message| number(message, "id").ok()).collect();
        // Whoever may not read what was written sees an empty channel, and nothing follows from that.
        let Some(oldest) = numbers.first().copied() else { return Ok(()) };
        let is_all = page.len() < PAGE;
        for id in said.difference(&numbers).filter(|id| is_all || **id > oldest) {
            self.queues.push_missed(Heard { id: *id, channel, what: What::Deleted });
        }
        for value in page {
            let Ok(message) = serde_json::from_value::<Message>(value) else { continue };
            let id = message.id.get();
            if message.edited_timestamp.is_some()
                && said.contains(&id)
                && let Some(written) = Written::of(&message, self.door.me)
            {
                self.queues.push_missed(Heard { id, channel, what: What::Changed(Box::new(written)) });
            }
        }
        Ok(())
    }

    /// One page, asked for until it comes: what is passed over here is never read.
    async fn page(&self, channel: u64, page: Page) -> Result<Vec<Value>, Unread> {
        for _ in 0..TRIES {
            if !self.queues.is_on(self.round) {
                return Err(Unread::Overtaken);
            }
            let turn = self.turns.acquire().await;
            let asked = match page {
                Page::After(after) => self.door.api.messages_after(channel, after).await,
                Page::Last => self.door.api.last_messages(channel).await,
            };
            drop(turn);
            match asked {
                Ok(page) => return Ok(page),
                Err(trouble) if Door::is_gone(&trouble) => return Err(Unread::Gone),
                Err(trouble) if trouble.passes() => {
                    tracing::warn!(%trouble, channel, "a channel is read on as soon as that goes");
                    self.door.clock.sleep_until(self.door.now() + PAUSE).await;
                }
                Err(trouble) => {
                    tracing::error!(%trouble, channel, "a channel could not be read on");
                    return Err(Unread::Otherwise);
                }
            }
        }
        tracing::error!(
            channel,
            "a channel could not be read on: Discord had trouble of its own for too long"
        );
        Err(Unread::Otherwise)
    }
}
