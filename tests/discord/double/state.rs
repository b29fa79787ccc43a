//! The one state that the API, the gateway and the tests share.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use chrono::{DateTime, Utc};
use guidepost::clock::Clock;
use serde_json::Value;
use tokio::sync::watch;

use super::{
    faults::Faults,
    id::{Id, Mint},
    interaction::Interaction,
    log::Log,
    model::{Attachment, Channel, ChannelKind, Guild, Message, User},
    sessions::Gateway,
};

/// All that there is.
#[derive(Debug)]
pub struct State {
    pub clock: Clock,
    mint: Mint,
    /// `http://127.0.0.1:port`.
    pub origin: String,
    pub token: String,
    /// The bot's account and its application have one id, as they mostly do at Discord.
    pub bot: Id,
    pub users: BTreeMap<Id, User>,
    pub guilds: BTreeMap<Id, Guild>,
    pub channels: BTreeMap<Id, Channel>,
    /// By server; those of all servers under none.
    pub commands: BTreeMap<Option<Id>, Vec<Value>>,
    pub interactions: BTreeMap<Id, Interaction>,
    /// What can be downloaded, by path.
    pub files: HashMap<String, (String, Vec<u8>)>,
    /// What people give with a command.
    pub uploads: BTreeMap<Id, Attachment>,
    pub gateway: Gateway,
    pub faults: Faults,
    pub log: Log,
    /// Whom the bot's messages pinged.
    pub pinged: Vec<String>,
    /// What events of the double lack.
    pub lacking: Vec<String>,
}

impl State {
    pub fn new(clock: Clock, origin: String, token: String, gateway: Gateway, log: Log) -> Self {
        let mut mint = Mint::default();
        let bot = mint.next(clock.now());
        let mut state = Self {
            clock,
            mint,
            origin,
            token,
            bot,
            users: BTreeMap::new(),
            guilds: BTreeMap::new(),
            channels: BTreeMap::new(),
            commands: BTreeMap::new(),
            interactions: BTreeMap::new(),
            files: HashMap::new(),
            uploads: BTreeMap::new(),
            gateway,
            faults: Faults::default(),
            log,
            pinged: Vec::new(),
            lacking: Vec::new(),
        };
        let user = User { id: bot, name: "guidepost".to_owned(), bot: true, dms_closed: false };
        state.users.insert(bot, user);
        state
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.clock.now()
    }

    pub fn next_id(&mut self) -> Id {
        self.mint.next(self.clock.now())
    }

    /// A channel that is known to be there.
    pub fn channel(&self, id: Id) -> &Channel {
        self.channels.get(&id).unwrap_or_else(|| panic!("there is no channel {id}"))
    }

    pub fn channel_mut(&mut self, id: Id) -> &mut Channel {
        self.channels.get_mut(&id).unwrap_or_else(|| panic!("there is no channel {id}"))
    }

    pub fn user(&self, id: Id) -> &User {
        self.users.get(&id).unwrap_or_else(|| panic!("there is no user {id}"))
    }

    pub fn guild(&self, id: Id) -> &Guild {
        self.guilds.get(&id).unwrap_or_else(|| panic!("there is no server {id}"))
    }

    /// A message, wherever it is.
    pub fn message(&self, id: Id) -> Option<&Message> {
        self.channels.values().find_map(|channel| channel.messages.get(&id))
    }

    /// What somebody sees in a channel, oldest first.
    pub fn visible_to(&self, user: Id, channel: Id) -> Vec<Message> {
        let channel = self.channel(channel);
        let there = channel.messages.values().filter(|_| self.sees(user, channel));
        there.filter(|message| message.only_for.is_none_or(|only| only == user)).cloned().collect()
    }

    /// The conversation of the bot with somebody, if there is one.
    pub fn dm_with(&self, user: Id) -> Option<&Channel> {
        self.channels
            .values()
            .find(|channel| channel.kind == ChannelKind::Dm && channel.recipient == Some(user))
    }

    /// The threads of a server, oldest first.
    pub fn threads(&self, guild: Id) -> impl Iterator<Item = &Channel> {
        self.channels.values().filter(move |channel| channel.guild == Some(guild) && channel.thread.is_some())
    }
}

/// The state, and word of every change of it.
#[derive(Debug)]
pub struct Shared {
    state: Mutex<State>,
    changed: watch::Sender<u64>,
}

impl Shared {
    pub fn new(state: State) -> Self {
        Self { state: Mutex::new(state), changed: watch::Sender::new(0) }
    }

    /// Looks at the state.
    pub fn read<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(&self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the state, and wakes everybody who waits for something in it.
    pub fn change<T>(&self, change: impl FnOnce(&mut State) -> T) -> T {
        let outcome = change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
        self.changed.send_modify(|count| *count += 1);
        outcome
    }

    /// Tells of each change from now on.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Waits until something is found in the state.
    pub async fn find<T>(&self, look: impl Fn(&State) -> Option<T>) -> T {
        let mut changes = self.changes();
        loop {
            changes.mark_unchanged();
            if let Some(found) = self.read(&look) {
                return found;
            }
            // It fails only when the state is gone, and this holds it.
            let _ = changes.changed().await;
        }
    }
}
