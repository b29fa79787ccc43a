//! The gateway's side of the state: sessions, what they were told, and what is to go wrong.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{super::oracle, id::Id, render, state::State};

const GUILDS: u64 = 1;
const GUILD_MEMBERS: u64 = 1 << 1;
const GUILD_PRESENCES: u64 = 1 << 8;
const GUILD_MESSAGES: u64 = 1 << 9;
const DIRECT_MESSAGES: u64 = 1 << 12;
pub const MESSAGE_CONTENT: u64 = 1 << 15;
/// Those that have to be switched on for a bot.
pub const PRIVILEGED: u64 = GUILD_MEMBERS | GUILD_PRESENCES | MESSAGE_CONTENT;
/// Every intent that there is.
pub const ALL: u64 = (1 << 26) - 1;

/// What the double is to do with a connection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Order {
    Close(u16),
    /// The connection breaks, without a word.
    Cut,
    /// Op 7: "reconnect".
    Reconnect,
    /// Op 9, and whether the session can be resumed.
    Invalid(bool),
}

/// What one login was told, so that it can be told again.
#[derive(Debug)]
pub struct Session {
    pub id: String,
    pub intents: u64,
    /// Event number n stands at n - 1.
    pub frames: Vec<Value>,
}

#[derive(Debug, Default)]
pub struct Connection {
    pub session: Option<String>,
    pub orders: Vec<Order>,
}

/// A login, as it was asked for.
#[derive(Debug, Clone)]
pub struct Identify {
    pub intents: u64,
    pub shard: Value,
}

/// The gateway.
#[derive(Debug)]
pub struct Gateway {
    /// Between heartbeats, in milliseconds.
    pub heartbeat: u64,
    /// The privileged intents that are switched on.
    pub enabled: u64,
    pub starts_left: u64,
    pub silent: bool,
    pub away: bool,
    /// Events that will get lost: kind and how many.
    pub drops: Vec<(String, usize)>,
    pub sessions: BTreeMap<String, Session>,
    pub connections: BTreeMap<u64, Connection>,
    pub identifies: Vec<Identify>,
    pub resumes: usize,
    pub refused_resumes: usize,
    pub heartbeats: usize,
    next: u64,
}

impl Gateway {
    pub fn new(heartbeat: u64, enabled: u64) -> Self {
        Self {
            heartbeat,
            enabled,
            starts_left: 1000,
            silent: false,
            away: false,
            drops: Vec::new(),
            sessions: BTreeMap::new(),
            connections: BTreeMap::new(),
            identifies: Vec::new(),
            resumes: 0,
            refused_resumes: 0,
            heartbeats: 0,
            next: 0,
        }
    }

    /// A connection that was just made.
    pub fn connect(&mut self) -> u64 {
        self.next += 1;
        self.connections.insert(self.next, Connection::default());
        self.next
    }

    /// Gives an order to every connection.
    pub fn order(&mut self, order: &Order) {
        for connection in self.connections.values_mut() {
            connection.orders.push(order.clone());
        }
    }

    /// How many connections are logged in.
    pub fn connected(&self) -> usize {
        self.connections.values().filter(|connection| connection.session.is_some()).count()
    }

    fn loses(&mut self, event: &str) -> bool {
        let Some(drop) = self.drops.iter_mut().find(|(kind, left)| kind == event && *left > 0) else {
            return false;
        };
        drop.1 -= 1;
        true
    }
}

/// The intent without which an event isn't told.
fn intent(event: &str, in_guild: bool) -> u64 {
    match event {
        "GUILD_MEMBER_ADD" | "GUILD_MEMBER_UPDATE" | "GUILD_MEMBER_REMOVE" => GUILD_MEMBERS,
        "MESSAGE_CREATE" | "MESSAGE_UPDATE" | "MESSAGE_DELETE" | "MESSAGE_DELETE_BULK" => {
            if in_guild {
                GUILD_MESSAGES
            } else {
                DIRECT_MESSAGES
            }
        }
        "INTERACTION_CREATE" | "READY" | "RESUMED" => 0,
        _ => GUILDS,
    }
}

impl State {
    /// Tells every session of an event that the bot may know of.
    pub fn tell(&mut self, event: &str, data: &Value) {
        if self.gateway.loses(event) {
            return;
        }
        let needed = intent(event, !data["guild_id"].is_null());
        let ids: Vec<String> = self.gateway.sessions.keys().cloned().collect();
        for id in ids {
            let intents = self.gateway.sessions[&id].intents;
            if intents & needed == needed {
                let data = self.as_told(event, data, intents);
                self.tell_one(&id, event, data);
            }
        }
    }

    /// Tells one session.
    pub fn tell_one(&mut self, session: &str, event: &str, data: Value) {
        let Some(session) = self.gateway.sessions.get_mut(session) else { return };
        let number = session.frames.len() + 1;
        let mut frame = json!({ "op": 0, "s": number, "t": event });
        frame["d"] = data;
        let lacking = oracle::lacking(&frame);
        self.lacking.extend(lacking.into_iter().map(|path| format!("{path}: {event}")));
        session.frames.push(frame);
    }

    /// Without the intent for it, a bot reads only what is said to it.
    fn as_told(&self, event: &str, data: &Value, intents: u64) -> Value {
        let mut data = data.clone();
        let message = matches!(event, "MESSAGE_CREATE" | "MESSAGE_UPDATE");
        let bot = self.bot.to_string();
        let to_bot = data["guild_id"].is_null()
            || data["author"]["id"] == bot
            || data["mentions"].as_array().is_some_and(|all| all.iter().any(|user| user["id"] == bot));
        if message && intents & MESSAGE_CONTENT == 0 && !to_bot {
            data["content"] = json!("");
            for part in ["embeds", "attachments", "components"] {
                data[part] = json!([]);
            }
        }
        data
    }

    /// A login with these intents: READY, and every server.
    pub fn begin_session(&mut self, intents: u64, shard: &Value) -> String {
        let id = format!("session-{}", self.next_id());
        let session = Session { id: id.clone(), intents, frames: Vec::new() };
        self.gateway.sessions.insert(id.clone(), session);
        self.gateway.identifies.push(Identify { intents, shard: shard.clone() });
        self.gateway.starts_left = self.gateway.starts_left.saturating_sub(1);
        let ready = render::ready(self, &id, shard);
        self.tell_one(&id, "READY", ready);
        if intents & GUILDS != 0 {
            let guilds: Vec<Id> = self.guilds.keys().copied().collect();
            for guild in guilds {
                let data = render::guild_create(self, guild, intents & GUILD_MEMBERS != 0);
                self.tell_one(&id, "GUILD_CREATE", data);
            }
        }
        id
    }
}
