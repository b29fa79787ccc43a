//! Channels: opened, changed, deleted.

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    super::{
        failure::{self, Failure},
        id::Id,
        model::{Channel, ChannelKind, Thread},
        render, rights,
        state::State,
    },
    Answer, Call, Outcome, needs,
};

/// Within this a channel can be renamed twice.
const RENAMES: TimeDelta = TimeDelta::minutes(10);

/// The bot's conversation with somebody, opened if there is none. It opens also where nothing can be sent.
pub fn open_dm(state: &mut State, call: &Call) -> Outcome {
    let user = Id::of(&call.body["recipient_id"]).ok_or(failure::UNKNOWN_USER)?;
    if !state.users.contains_key(&user) {
        return Err(failure::UNKNOWN_USER);
    }
    let channel = state.dm(user);
    Ok(Answer::Json(render::channel(state, state.channel(channel))))
}

impl State {
    /// The bot's conversation with somebody, made if there is none.
    pub fn dm(&mut self, user: Id) -> Id {
        if let Some(channel) = self.dm_with(user) {
            return channel.id;
        }
        let id = self.next_id();
        let name = format!("{}'s direct messages", self.user(user).name);
        let mut channel = Channel::new(id, ChannelKind::Dm, None, &name);
        channel.recipient = Some(user);
        self.channels.insert(id, channel);
        id
    }

    /// Tells what a channel or thread became.
    pub fn tell_channel(&mut self, event: &str, id: Id) {
        let channel = self.channel(id);
        if self.sees(self.bot, channel) {
            let data = render::channel(self, channel);
            self.tell(event, &data);
        }
    }
}

impl Channel {
    /// A channel without anything in it.
    pub fn new(id: Id, kind: ChannelKind, guild: Option<Id>, name: &str) -> Self {
        Self {
            id,
            kind,
            guild,
            name: name.to_owned(),
            parent: None,
            overwrites: Vec::new(),
            thread: None,
            recipient: None,
            messages: std::collections::BTreeMap::new(),
            renamed: Vec::new(),
        }
    }
}

pub fn change(state: &mut State, call: &Call, id: Id) -> Outcome {
    let (bot, now) = (state.bot, state.now());
    let channel = state.channel(id);
    match &channel.thread {
        Some(thread) => may_change_thread(state, channel, thread, &call.body)?,
        None => needs(state, channel, rights::MANAGE_CHANNELS)?,
    }
    let renamed = call.body["name"].as_str().filter(|name| *name != channel.name).map(str::to_owned);
    if let Some(name) = &renamed {
        if !(1..=100).contains(&name.chars().count()) {
            return Err(flaw("name", "must be between 1 and 100 in length."));
        }
        let channel = state.channel_mut(id);
        channel.renamed.retain(|at| now - *at < RENAMES);
        if let [first, _] = channel.renamed.as_slice() {
            let wait = (*first + RENAMES - now).num_milliseconds();
            return Err(Failure::rate_limited(wait as f64 / 1000.0, false));
        }
        channel.renamed.push(now);
        channel.name.clone_from(name);
    }
    let is_thread = change_thread(state, id, &call.body)?;
    state.tell_channel(if is_thread { "THREAD_UPDATE" } else { "CHANNEL_UPDATE" }, id);
    if let Some(name) = renamed.filter(|_| is_thread) {
        state.system_message(4, id, bot, &name, None);
    }
    Ok(Answer::Json(render::channel(state, state.channel(id))))
}

fn flaw(path: &str, what: &str) -> Failure {
    Failure::form(&[super::super::super::oracle::Flaw { path: path.to_owned(), what: what.to_owned() }])
}

fn may_change_thread(state: &State, channel: &Channel, thread: &Thread, body: &Value) -> Result<(), Failure> {
    let moderates = needs(state, channel, rights::MANAGE_THREADS).is_ok();
    // What is archived is only taken out of the archive; in the same request the rest may change too.
    if thread.archived && body["archived"] != false {
        return Err(failure::ARCHIVED);
    }
    let own = thread.owner == state.bot;
    let allowed = if body.get("locked").is_some() || thread.locked { moderates } else { moderates || own };
    if allowed { Ok(()) } else { Err(failure::MISSING_PERMISSIONS) }
}

/// Whether it is a thread, which then is as the body says.
fn change_thread(state: &mut State, id: Id, body: &Value) -> Result<bool, Failure> {
    let now = state.now();
    let channel = state.channel(id);
    let Some(thread) = &channel.thread else { return Ok(false) };
    if thread.archived && body["archived"] == false {
        state.room_for_thread(channel.guild)?;
    }
    let channel = state.channel_mut(id);
    let Some(thread) = &mut channel.thread else { return Ok(false) };
    if let Some(locked) = body["locked"].as_bool() {
        thread.locked = locked;
    }
    if let Some(archived) = body["archived"].as_bool()
        && archived != thread.archived
    {
        thread.archived = archived;
        thread.archive_changed = now;
    }
    if let Some(minutes) = body["auto_archive_duration"].as_u64() {
        thread.auto_archive = minutes;
    }
    if let Some(invitable) = body["invitable"].as_bool() {
        thread.invitable = invitable;
    }
    Ok(true)
}

pub fn delete(state: &mut State, id: Id) -> Outcome {
    let channel = state.channel(id);
    let (right, event) = match channel.kind {
        ChannelKind::Dm => (0, ""),
        ChannelKind::PublicThread | ChannelKind::PrivateThread => (rights::MANAGE_THREADS, "THREAD_DELETE"),
        ChannelKind::Text
        | ChannelKind::Voice
        | ChannelKind::Category
        | ChannelKind::Announcement
        | ChannelKind::Forum => (rights::MANAGE_CHANNELS, "CHANNEL_DELETE"),
    };
    needs(state, channel, right)?;
    let answer = render::channel(state, channel);
    if channel.kind != ChannelKind::Dm {
        state.remove_channel(id, event);
    }
    Ok(Answer::Json(answer))
}

impl State {
    /// Takes a channel away, with its threads.
    pub fn remove_channel(&mut self, id: Id, event: &str) {
        let channel = self.channel(id);
        let mut data = render::channel(self, channel);
        if channel.thread.is_some() {
            data = json!({ "id": id, "guild_id": channel.guild, "parent_id": channel.parent,
                "type": channel.kind.number() });
        }
        let seen = self.sees(self.bot, channel);
        self.channels.retain(|other, channel| *other != id && channel.parent != Some(id));
        if seen {
            self.tell(event, &data);
        }
    }
}
