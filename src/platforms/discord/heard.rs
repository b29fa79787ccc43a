//! Messages: each channel's in order, each handled once, whichever way and how often it comes.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch;

use crate::domain::Channel;
use crate::services::seen::{self, Seen};

use super::door::Door;
use super::held::{Held, Lately, Next, Round};
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
    /// It was written by this one, and the desk began at least to answer it.
    Answered(u64),
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
            What::Written(_) | What::Answered(_) => 0,
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
    /// Which queues stand still until it is known what was missed.
    held: watch::Sender<Held>,
    lately: Arc<Mutex<Lately>>,
    under_way: UnderWay,
}

#[derive(Default)]
struct Waiting {
    pending: BTreeMap<Key, Heard>,
    is_worked_on: bool,
    done: VecDeque<Key>,
}

impl Queues {
    /// Nothing waits, and nothing is worked on before the first round.
    #[must_use]
    pub fn new(door: Door, under_way: UnderWay) -> Self {
        let held = watch::Sender::new(Held::default());
        Self { door, channels: Arc::default(), held, lately: Arc::default(), under_way }
    }

    /// Has something handled after what happened before it in its channel. What was handled already is not handled again.
    pub fn push(&self, heard: Heard) {
        self.put(heard, true);
    }

    /// Has something handled that was found later. What was heard meanwhile of the same message is newer, and stays.
    pub fn push_missed(&self, heard: Heard) {
        self.put(heard, false);
    }

    fn put(&self, heard: Heard, is_newer: bool) {
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
            What::Written(_) | What::Answered(_) | What::Deleted => waiting.done.contains(&key),
        };
        if is_known {
            return;
        }
        if is_newer || !waiting.pending.contains_key(&key) {
            waiting.pending.insert(key, heard);
        }
        if !waiting.is_worked_on {
            waiting.is_worked_on = true;
            tokio::spawn(self.clone().work(channel));
        }
    }

    /// Holds all queues, and begins a round of catching up.
    pub fn hold(&self) -> Round {
        let mut begun = Round::default();
        self.held.send_modify(|held| begun = held.begin());
        begun
    }

    /// Whether a round goes on: no other one has begun, and somebody listens.
    #[must_use]
    pub fn is_on(&self, round: Round) -> bool {
        self.held.borrow().is_on(round)
    }

    /// Holds only the channels that are to be read on, and says from where.
    pub fn hold_only(&self, round: Round, channels: &mut [Seen]) {
        let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
        lately.back(channels, self.door.now());
        self.held.send_modify(|held| held.only(round, channels));
    }

    /// The round that goes on.
    #[must_use]
    pub fn round(&self) -> Round {
        self.held.borrow().round()
    }

    /// Up to where a channel was read before it was last caught up with; none where nothing of it was read.
    pub async fn read_to(&self, channel: u64) -> Option<u64> {
        let before = self.held.borrow().read_to(channel);
        match before {
            Some(last) => Some(last),
            None => seen::of(&self.door.store, channel).await.ok().flatten(),
        }
    }

    /// A channel was read on: what waits in it is handled.
    pub fn go_on(&self, round: Round, channel: u64) {
        self.held.send_modify(|held| held.release(round, channel));
    }

    /// Nobody listens any more: what waits is found again by whoever does next.
    pub fn close(&self) {
        self.held.send_modify(Held::close);
    }

    async fn work(self, channel: Channel) {
        // What came at the same moment gets its chance to stand before this.
        tokio::task::yield_now().await;
        let mut held = self.held.subscribe();
        let mut last = None;
        loop {
            // It fails only when the sender is gone, and this holds it.
            let next = held.wait_for(|held| held.next(channel.id) != Next::Wait).await;
            if next.is_ok_and(|held| held.next(channel.id) == Next::Leave) {
                return;
            }
            match self.next(channel.id) {
                Some(heard) => {
                    let _handling = self.under_way.begin();
                    if self.door.hear(&heard).await {
                        last = last.max(Some(heard.id));
                    }
                }
                None => match last.take() {
                    // Noting takes a while, in which more may come.
                    Some(id) => self.note(channel, id).await,
                    None if self.is_idle(channel.id) => return,
                    None => {}
                },
            }
        }
    }

    /// A channel was read up to a message.
    async fn note(&self, channel: Channel, id: u64) {
        if let Some(before) = self.door.note_seen(channel, id).await {
            let mut lately = self.lately.lock().unwrap_or_else(PoisonError::into_inner);
            lately.note(channel.id, before, self.door.now());
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
