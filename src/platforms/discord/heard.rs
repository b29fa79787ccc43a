//! Messages: each channel's in order, each handled once, whichever way and how often it comes.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::domain::Channel;

use super::door::Door;
use super::message::Written;
use super::run::UnderWay;

/// How many messages of a channel are remembered as handled.
const REMEMBERED: usize = 1_000;
/// How many channels are remembered that nothing waits in.
const CHANNELS: usize = 10_000;

/// Something that happened to a message.
#[derive(Debug, Clone)]
pub struct Heard {
    /// The message.
    pub id: u64,
    /// Where.
    pub channel: Channel,
    /// What happened.
    pub what: What,
}

/// What happens to messages.
#[derive(Debug, Clone)]
pub enum What {
    /// It was written.
    Written(Box<Written>),
    /// It was changed.
    Changed(Box<Written>),
    /// It was deleted.
    Deleted,
}

/// The order in which things happen to one message, and by which the same thing is known again.
type Key = (u64, u8);

impl Heard {
    fn key(&self) -> Key {
        let step = match self.what {
            What::Written(_) => 0,
            What::Changed(_) => 1,
            What::Deleted => 2,
        };
        (self.id, step)
    }
}

/// What waits in each channel. Cheap to clone.
#[derive(Clone)]
pub struct Queues {
    door: Door,
    channels: Arc<Mutex<HashMap<u64, Waiting>>>,
    /// Whether the queues stand still until it is known what was missed.
    held: watch::Sender<bool>,
    under_way: UnderWay,
}

#[derive(Default)]
struct Waiting {
    pending: BTreeMap<Key, Heard>,
    is_worked_on: bool,
    done: VecDeque<Key>,
}

impl Queues {
    /// Nothing waits, and nothing is worked on until [`Queues::go_on`].
    #[must_use]
    pub fn new(door: Door, under_way: UnderWay) -> Self {
        Self { door, channels: Arc::default(), held: watch::Sender::new(true), under_way }
    }

    /// Has something handled after what happened before it in its channel. What was handled already is not handled again.
    pub fn push(&self, heard: Heard) {
        let channel = heard.channel;
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        if channels.len() >= CHANNELS {
            channels.retain(|_, waiting| waiting.is_worked_on || !waiting.pending.is_empty());
        }
        let waiting = channels.entry(channel.id).or_default();
        let key = heard.key();
        let is_known = match heard.what {
            // A message is changed as often as somebody likes: the last one counts.
            What::Changed(_) => false,
            What::Written(_) | What::Deleted => waiting.done.contains(&key),
        };
        if is_known {
            return;
        }
        waiting.pending.insert(key, heard);
        if !waiting.is_worked_on {
            waiting.is_worked_on = true;
            tokio::spawn(self.clone().work(channel));
        }
    }

    /// Holds all queues until [`Queues::go_on`].
    pub fn hold(&self) {
        self.held.send_replace(true);
    }

    /// Works on.
    pub fn go_on(&self) {
        self.held.send_replace(false);
    }

    async fn work(self, channel: Channel) {
        // What came at the same moment gets its chance to stand before this.
        tokio::task::yield_now().await;
        let mut held = self.held.subscribe();
        let mut last = None;
        loop {
            // It fails only when the sender is gone, and this holds it.
            let _ = held.wait_for(|held| !held).await;
            match self.next(channel.id) {
                Some(heard) => {
                    let _handling = self.under_way.begin();
                    if self.door.hear(&heard).await {
                        last = last.max(Some(heard.id));
                    }
                }
                None => match last.take() {
                    // Noting takes a while, in which more may come.
                    Some(id) => self.door.note_seen(channel, id).await,
                    None if self.is_idle(channel.id) => return,
                    None => {}
                },
            }
        }
    }

    /// What is next in a channel; from then on it counts as handled.
    fn next(&self, channel: u64) -> Option<Heard> {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let waiting = channels.get_mut(&channel)?;
        let (key, heard) = waiting.pending.pop_first()?;
        waiting.done.push_back(key);
        while waiting.done.len() > REMEMBERED {
            waiting.done.pop_front();
        }
        Some(heard)
    }

    /// Whether nothing waits; then nobody works on the channel any more.
    fn is_idle(&self, channel: u64) -> bool {
        let mut channels = self.channels.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(waiting) = channels.get_mut(&channel) else { return true };
        waiting.is_worked_on = !waiting.pending.is_empty();
        !waiting.is_worked_on
    }
}
