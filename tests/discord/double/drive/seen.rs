//! What there is to see.

use serde_json::Value;

use super::super::{
    Double,
    id::Id,
    model::{Channel, Message},
};

impl Double {
    /// The messages of a channel that everybody there sees, oldest first.
    pub fn messages(&self, channel: Id) -> Vec<Message> {
        self.read(|state| {
            let all = state.channel(channel).messages.values();
            all.filter(|message| message.only_for.is_none()).cloned().collect()
        })
    }

    /// What one person sees in a channel, oldest first.
    pub fn visible_to(&self, user: Id, channel: Id) -> Vec<Message> {
        self.read(|state| state.visible_to(user, channel))
    }

    /// What the bot and one person wrote to each other.
    pub fn dms(&self, user: Id) -> Vec<Message> {
        self.read(|state| {
            state
                .dm_with(user)
                .map(|channel| channel.messages.values().cloned().collect())
                .unwrap_or_default()
        })
    }

    /// A message as it is now.
    pub fn message(&self, id: Id) -> Option<Message> {
        self.read(|state| state.message(id).cloned())
    }

    pub fn channel(&self, id: Id) -> Channel {
        self.read(|state| state.channel(id).clone())
    }

    /// The threads of a server, oldest first, archived ones too.
    pub fn threads(&self, guild: Id) -> Vec<Channel> {
        self.read(|state| state.threads(guild).cloned().collect())
    }

    /// Who is in a thread.
    pub fn thread_members(&self, thread: Id) -> Vec<Id> {
        self.read(|state| state.channel(thread).thread.as_ref().unwrap().members.keys().copied().collect())
    }

    /// The commands of a server, or those of all servers.
    pub fn commands(&self, guild: Option<Id>) -> Vec<Value> {
        self.read(|state| state.commands.get(&guild).cloned().unwrap_or_default())
    }

    /// The first message in a channel that is so, once there is one.
    pub async fn message_in(&self, channel: Id, is_so: impl Fn(&Message) -> bool) -> Message {
        self.find(|state| state.channel(channel).messages.values().find(|message| is_so(message)).cloned())
            .await
    }

    /// The bot's first message in a channel after another, once there is one that says something.
    pub async fn answer_after(&self, channel: Id, after: Id) -> Message {
        let bot = self.bot();
        self.message_in(channel, |one| {
            one.id > after
                && one.author == bot
                && one.only_for.is_none()
                && !one.is_loading()
                && one.kind != 21
        })
        .await
    }

    /// The bot's direct message number n to somebody, counted from 0, once there is one.
    pub async fn dm_to(&self, user: Id, n: usize) -> Message {
        self.find(|state| {
            let of_bot = |message: &&Message| message.author == state.bot;
            state.dm_with(user)?.messages.values().filter(of_bot).nth(n).cloned()
        })
        .await
    }

    /// The first thread whose name begins so, once there is one.
    pub async fn thread_named(&self, guild: Id, beginning: &str) -> Channel {
        self.find(|state| state.threads(guild).find(|thread| thread.name.starts_with(beginning)).cloned())
            .await
    }
}
