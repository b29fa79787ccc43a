//! Messages in channels.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use serde_json::{Value, json};

use super::{
    super::{
        super::oracle::Whole,
        compose::checked,
        failure::{self, Failure},
        id::Id,
        model::{ChannelKind, EPHEMERAL, Message, Reference},
        render, rights,
        state::State,
    },
    Answer, Call, Outcome, needs,
};

/// "The past few minutes" in which a nonce is remembered: as short as that can mean.
const NONCES: TimeDelta = TimeDelta::minutes(2);

/// What a person writes.
#[derive(Debug, Default)]
pub struct Saying {
    pub text: String,
    pub reply_to: Option<Id>,
    pub files: Vec<super::super::model::Attachment>,
}

pub fn create(state: &mut State, call: &Call, id: Id) -> Outcome {
    let channel = state.channel(id);
    if matches!(channel.kind, ChannelKind::Category | ChannelKind::Forum) {
        return Err(failure::WRONG_CHANNEL);
    }
    state.may_post(channel, &call.body, &call.uploads)?;
    if channel.recipient.is_some_and(|user| state.user(user).dms_closed) {
        return Err(failure::DMS_CLOSED);
    }
    checked(&call.body, Whole::Message, &call.uploads)?;
    if call.body["flags"].as_u64().is_some_and(|flags| flags & EPHEMERAL != 0) {
        return Err(flaw("flags", "only answers to interactions are for one person"));
    }
    reference_exists(state, id, &call.body)?;
    state.open_for_sending(id, state.bot)?;
    if let Some(message) = same_nonce(state, id, &call.body) {
        return Ok(Answer::Json(render::message(state, &message)));
    }
    let message = state.compose(id, &call.body, &call.uploads, 0);
    let answer = render::message(state, &message);
    state.post(message);
    Ok(Answer::Json(answer))
}

fn flaw(path: &str, what: &str) -> Failure {
    Failure::form(&[super::super::super::oracle::Flaw { path: path.to_owned(), what: what.to_owned() }])
}

fn reference_exists(state: &State, channel: Id, body: &Value) -> Result<(), Failure> {
    let reference = &body["message_reference"];
    let there = Id::of(&reference["message_id"])
        .is_none_or(|id| state.channel(channel).messages.get(&id).is_some_and(|one| one.only_for.is_none()));
    if there || reference["fail_if_not_exists"] == false {
        return Ok(());
    }
    Err(flaw("message_reference", "Unknown message"))
}

fn same_nonce(state: &State, channel: Id, body: &Value) -> Option<Message> {
    let nonce = body.get("nonce").filter(|nonce| !nonce.is_null())?;
    if body["enforce_nonce"] != true {
        return None;
    }
    let since = state.now() - NONCES;
    let mut there = state.channel(channel).messages.values().rev();
    there.find(|one| one.author == state.bot && one.nonce.as_ref() == Some(nonce) && one.at >= since).cloned()
}

/// A message that others may read through the channel.
fn there(state: &State, channel: Id, id: Id) -> Result<&Message, Failure> {
    let message = state.channel(channel).messages.get(&id);
    message.filter(|message| message.only_for.is_none()).ok_or(failure::UNKNOWN_MESSAGE)
}

pub fn get(state: &State, channel: Id, id: Id) -> Outcome {
    needs(state, state.channel(channel), rights::READ_MESSAGE_HISTORY)?;
    Ok(Answer::Json(render::message(state, there(state, channel, id)?)))
}

pub fn list(state: &State, call: &Call, id: Id) -> Outcome {
    let channel = state.channel(id);
    // Without the right to the past there is no past.
    if needs(state, channel, rights::READ_MESSAGE_HISTORY).is_err() {
        return Ok(Answer::Json(json!([])));
    }
    let limit = call.number("limit").unwrap_or(50);
    if !(1..=100).contains(&limit) {
        return Err(flaw("limit", "int value should be between 1 and 100"));
    }
    let limit = limit as usize;
    let public = || channel.messages.values().filter(|message| message.only_for.is_none());
    let mut found: Vec<&Message> = if let Some(after) = call.number("after") {
        public().filter(|message| message.id.0 > after).take(limit).collect()
    } else {
        let before = call.number("before").unwrap_or(u64::MAX);
        let mut found: Vec<_> = public().rev().filter(|message| message.id.0 < before).take(limit).collect();
        found.reverse();
        found
    };
    found.reverse();
    Ok(Answer::Json(found.into_iter().map(|message| render::message(state, message)).collect()))
}

pub fn edit(state: &mut State, call: &Call, channel: Id, id: Id) -> Outcome {
    let message = there(state, channel, id)?;
    if message.author != state.bot {
        return Err(failure::OTHERS_MESSAGE);
    }
    checked(&call.body, Whole::Change, &call.uploads)?;
    if state.channel(channel).thread.as_ref().is_some_and(|thread| thread.archived) {
        return Err(failure::ARCHIVED);
    }
    let mut message = message.clone();
    state.recompose(&mut message, &call.body, &call.uploads);
    let answer = render::message(state, &message);
    state.repost(message);
    Ok(Answer::Json(answer))
}

pub fn delete(state: &mut State, channel: Id, id: Id) -> Outcome {
    let message = there(state, channel, id)?;
    if message.author != state.bot {
        needs(state, state.channel(channel), rights::MANAGE_MESSAGES)?;
    }
    if matches!(message.kind, 1 | 2 | 4 | 21) {
        return Err(failure::SYSTEM_MESSAGE);
    }
    state.unpost(channel, id);
    Ok(Answer::Nothing)
}

impl State {
    /// Puts a message into its channel, and tells of it.
    pub fn post(&mut self, message: Message) {
        let data = render::message_event(self, &message);
        let private = message.only_for.is_some();
        let channel = self.channel_mut(message.channel);
        if let Some(thread) = &mut channel.thread {
            thread.sent += u64::from(!private);
        }
        channel.messages.insert(message.id, message);
        let id = Id::of(&data["channel_id"]).unwrap();
        if !private && self.sees(self.bot, self.channel(id)) {
            self.tell("MESSAGE_CREATE", &data);
        }
    }

    /// Puts what became of a message in its place.
    pub fn repost(&mut self, message: Message) {
        let (public, channel) = (message.only_for.is_none(), message.channel);
        let data = render::message_event(self, &message);
        self.channel_mut(channel).messages.insert(message.id, message);
        if public && self.sees(self.bot, self.channel(channel)) {
            self.tell("MESSAGE_UPDATE", &data);
        }
    }

    /// Takes a message away.
    pub fn unpost(&mut self, channel: Id, id: Id) {
        let Some(message) = self.channel_mut(channel).messages.remove(&id) else { return };
        let mut data = json!({ "id": id, "channel_id": channel });
        if let Some(guild) = self.channel(channel).guild {
            data["guild_id"] = json!(guild);
        }
        if message.only_for.is_none() && self.sees(self.bot, self.channel(channel)) {
            self.tell("MESSAGE_DELETE", &data);
        }
    }

    /// A message that Discord itself writes, of a kind: 1 somebody was added, 4 renamed, 18 a thread was made, 21 its start.
    pub fn system_message(
        &mut self,
        kind: u8,
        channel: Id,
        author: Id,
        text: &str,
        points: Option<Reference>,
    ) {
        let mut message =
            self.written_by(author, channel, Saying { text: text.to_owned(), ..Saying::default() });
        message.kind = kind;
        message.pings = BTreeSet::new();
        message.reference = points;
        self.post(message);
    }

    /// A message of a person.
    pub fn written_by(&mut self, author: Id, channel: Id, saying: Saying) -> Message {
        let mut message = Message {
            id: self.next_id(),
            channel,
            author,
            kind: if saying.reply_to.is_some() { 19 } else { 0 },
            content: saying.text,
            embeds: Vec::new(),
            components: Vec::new(),
            attachments: saying.files,
            flags: 0,
            at: self.now(),
            edited: None,
            reference: saying.reply_to.map(|message| Reference { channel, message: Some(message) }),
            nonce: None,
            pings: BTreeSet::new(),
            only_for: None,
            interaction: None,
        };
        message.pings = self.pings(&message, &Value::Null);
        message
    }

    /// Takes a thread out of the archive for somebody who is about to write in it.
    pub fn open_for_sending(&mut self, id: Id, user: Id) -> Result<(), Failure> {
        let channel = self.channel(id);
        let Some(thread) = &channel.thread else { return Ok(()) };
        let moderates = self.permissions(user, channel) & rights::MANAGE_THREADS != 0;
        if thread.locked && !moderates {
            return Err(if thread.archived { failure::ARCHIVED } else { failure::LOCKED });
        }
        if !thread.archived {
            return Ok(());
        }
        self.room_for_thread(channel.guild)?;
        let now = self.now();
        if let Some(thread) = &mut self.channel_mut(id).thread {
            thread.archived = false;
            thread.archive_changed = now;
        }
        self.tell_channel("THREAD_UPDATE", id);
        Ok(())
    }
}
