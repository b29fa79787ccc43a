//! What there is at Discord: people, servers, channels with their messages, threads.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::id::Id;

/// An account.
#[derive(Debug, Clone)]
pub struct User {
    pub id: Id,
    pub name: String,
    pub bot: bool,
    /// Takes no direct messages from the bot.
    pub dms_closed: bool,
}

/// A role of a server. The one with the server's own id is `@everyone`.
#[derive(Debug, Clone)]
pub struct Role {
    pub id: Id,
    pub name: String,
    pub permissions: u64,
    pub mentionable: bool,
    /// Made by Discord for the bot.
    pub managed: bool,
}

/// Somebody in a server.
#[derive(Debug, Clone)]
pub struct Member {
    pub user: Id,
    pub roles: Vec<Id>,
    pub joined: DateTime<Utc>,
}

/// A server.
#[derive(Debug, Clone)]
pub struct Guild {
    pub id: Id,
    pub name: String,
    pub owner: Id,
    pub roles: BTreeMap<Id, Role>,
    pub members: BTreeMap<Id, Member>,
    /// How many threads may be active: 1,000 at Discord.
    pub most_threads: usize,
    pub joined: DateTime<Utc>,
}

/// The kinds of channels that the desk meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChannelKind {
    Text,
    Dm,
    Voice,
    Category,
    Announcement,
    PublicThread,
    PrivateThread,
    Forum,
}

impl ChannelKind {
    /// Discord's number for it.
    pub fn number(self) -> u8 {
        match self {
            Self::Text => 0,
            Self::Dm => 1,
            Self::Voice => 2,
            Self::Category => 4,
            Self::Announcement => 5,
            Self::PublicThread => 11,
            Self::PrivateThread => 12,
            Self::Forum => 15,
        }
    }
}

/// What one role or one member may and may not do in one channel.
#[derive(Debug, Clone)]
pub struct Overwrite {
    pub id: Id,
    pub of_member: bool,
    pub allow: u64,
    pub deny: u64,
}

/// What a thread has beyond a channel.
#[derive(Debug, Clone)]
pub struct Thread {
    pub owner: Id,
    pub members: BTreeMap<Id, DateTime<Utc>>,
    pub archived: bool,
    pub locked: bool,
    pub invitable: bool,
    pub auto_archive: u64,
    /// When it was last archived, unarchived or made.
    pub archive_changed: DateTime<Utc>,
    pub made: DateTime<Utc>,
    /// How many messages were ever sent in it.
    pub sent: u64,
}

/// A channel, a thread or a conversation of two.
#[derive(Debug, Clone)]
pub struct Channel {
    pub id: Id,
    pub kind: ChannelKind,
    pub guild: Option<Id>,
    pub name: String,
    pub parent: Option<Id>,
    pub overwrites: Vec<Overwrite>,
    pub thread: Option<Thread>,
    /// The other one, in a conversation of two.
    pub recipient: Option<Id>,
    pub messages: BTreeMap<Id, Message>,
    pub renamed: Vec<DateTime<Utc>>,
}

/// A file within a message, or given with a command.
#[derive(Debug, Clone)]
pub struct Attachment {
    pub id: Id,
    pub name: String,
    pub kind: String,
    pub size: usize,
    pub url: String,
}

/// Where a message points: the one that it answers, or the thread that it tells of.
#[derive(Debug, Clone)]
pub struct Reference {
    pub channel: Id,
    pub message: Option<Id>,
}

/// Whom a message tells of itself with a sound.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ping {
    Everyone,
    Role(Id),
    User(Id),
    /// The author of the message that is answered.
    Replied(Id),
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message {
    pub id: Id,
    pub channel: Id,
    pub author: Id,
    /// Discord's number: 0 what somebody wrote, 19 a reply, 20 the answer to a command; the others are Discord's own.
    pub kind: u8,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    pub attachments: Vec<Attachment>,
    pub flags: u64,
    pub at: DateTime<Utc>,
    pub edited: Option<DateTime<Utc>>,
    pub reference: Option<Reference>,
    pub nonce: Option<Value>,
    /// Whom it pinged.
    pub pings: BTreeSet<Ping>,
    /// The one person who sees it.
    pub only_for: Option<Id>,
    /// The interaction that it answers.
    pub interaction: Option<Id>,
}

/// The message is for one person's eyes.
pub const EPHEMERAL: u64 = 64;
/// "… is thinking": the answer was deferred.
pub const LOADING: u64 = 128;

impl Message {
    /// Whether the bot has yet to say what this message is.
    pub fn is_loading(&self) -> bool {
        self.flags & LOADING != 0
    }

    /// Every button, menu and link button within, in order.
    pub fn controls(&self) -> impl Iterator<Item = &Value> {
        self.components.iter().filter_map(|row| row["components"].as_array()).flatten()
    }

    /// The button or menu with this id.
    pub fn control(&self, custom_id: &str) -> Option<&Value> {
        self.controls().find(|control| control["custom_id"] == custom_id)
    }

    /// The id of the button with this label.
    pub fn button(&self, label: &str) -> Option<String> {
        let button = self.controls().find(|control| control["label"] == label)?;
        Some(button["custom_id"].as_str()?.to_owned())
    }

    /// All its words, in the order in which they are shown: text, titles, descriptions, fields, footers.
    pub fn words(&self) -> String {
        let mut words = vec![self.content.clone()];
        for embed in &self.embeds {
            words.extend([&embed["title"], &embed["description"]].iter().filter_map(|part| text(part)));
            for field in embed["fields"].as_array().into_iter().flatten() {
                words.extend([&field["name"], &field["value"]].iter().filter_map(|part| text(part)));
            }
            words.extend(text(&embed["footer"]["text"]));
        }
        words.retain(|part| !part.is_empty());
        words.join("\n")
    }
}

fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
