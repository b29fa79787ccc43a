//! Threads: made, listed, and who is in them.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    super::{
        failure::{self, Failure},
        id::{Id, written},
        model::{Channel, ChannelKind, Reference, Thread},
        render, rights,
        state::State,
    },
    Answer, Call, Outcome, needs,
};

pub fn create(state: &mut State, call: &Call, parent: Id, message: Option<Id>) -> Outcome {
    let body = &call.body;
    let channel = state.channel(parent);
    let kind = match (message, body["type"].as_u64().unwrap_or(12)) {
        (Some(_), _) | (None, 11) => ChannelKind::PublicThread,
        (None, 12) => ChannelKind::PrivateThread,
        (None, _) => return Err(flaw("type", "Value must be one of {10, 11, 12}.")),
    };
    let private = kind == ChannelKind::PrivateThread;
    let fits = channel.kind == ChannelKind::Text || (channel.kind == ChannelKind::Announcement && !private);
    if !fits {
        return Err(failure::WRONG_CHANNEL);
    }
    needs(
        state,
        channel,
        if private { rights::CREATE_PRIVATE_THREADS } else { rights::CREATE_PUBLIC_THREADS },
    )?;
    if let Some(message) = message {
        if channel.messages.get(&message).is_none_or(|one| one.only_for.is_some()) {
            return Err(failure::UNKNOWN_MESSAGE);
        }
        if state.channels.contains_key(&message) {
            return Err(failure::THREAD_EXISTS);
        }
    }
    let name = body["name"].as_str().unwrap_or_default().to_owned();
    if !(1..=100).contains(&name.chars().count()) {
        return Err(flaw("name", "Must be between 1 and 100 in length."));
    }
    state.room_for_thread(channel.guild)?;
    Ok(Answer::Created(state.begin_thread(state.bot, parent, kind, message, body)))
}

/// What is said in the channel, or in the thread, when a thread is made.
fn tell_of_start(state: &mut State, parent: Id, thread: Id, kind: ChannelKind, message: Option<Id>) {
    let (place, number, reference) = match (message, kind) {
        (Some(message), _) => (thread, 21, Reference { channel: parent, message: Some(message) }),
        (None, ChannelKind::PublicThread) => (parent, 18, Reference { channel: thread, message: None }),
        (None, _) => return,
    };
    let name = if number == 18 { state.channel(thread).name.clone() } else { String::new() };
    state.system_message(number, place, state.bot, &name, Some(reference));
}

fn flaw(path: &str, what: &str) -> Failure {
    Failure::form(&[super::super::super::oracle::Flaw { path: path.to_owned(), what: what.to_owned() }])
}

impl State {
    /// Somebody makes a thread; answers how it is told.
    pub fn begin_thread(
        &mut self,
        owner: Id,
        parent: Id,
        kind: ChannelKind,
        message: Option<Id>,
        body: &Value,
    ) -> Value {
        let id = message.unwrap_or_else(|| self.next_id());
        let name = body["name"].as_str().unwrap_or_default();
        let mut thread = Channel::new(id, kind, self.channel(parent).guild, name);
        thread.parent = Some(parent);
        thread.thread = Some(self.thread(owner, body));
        self.channels.insert(id, thread);
        let told = render::channel(self, self.channel(id));
        let mut data = told.clone();
        data["newly_created"] = json!(true);
        self.tell("THREAD_CREATE", &data);
        tell_of_start(self, parent, id, kind, message);
        told
    }

    /// A thread as it begins, with its maker in it.
    fn thread(&self, owner: Id, body: &Value) -> Thread {
        let now = self.now();
        Thread {
            owner,
            members: BTreeMap::from([(owner, now)]),
            archived: false,
            locked: false,
            invitable: body["invitable"].as_bool().unwrap_or(true),
            auto_archive: body["auto_archive_duration"].as_u64().unwrap_or(4320),
            archive_changed: now,
            made: now,
            sent: 0,
        }
    }

    /// Refuses where no further thread may be active.
    pub fn room_for_thread(&self, guild: Option<Id>) -> Result<(), Failure> {
        let Some(guild) = guild else { return Ok(()) };
        let active = |channel: &&Channel| channel.thread.as_ref().is_some_and(|thread| !thread.archived);
        if self.threads(guild).filter(active).count() < self.guild(guild).most_threads {
            Ok(())
        } else {
            Err(failure::TOO_MANY_THREADS)
        }
    }

    /// Puts somebody into a thread, or out of it, and tells of it.
    pub fn move_member(&mut self, by: Id, id: Id, user: Id, into: bool) {
        let now = self.now();
        let Some(thread) = &mut self.channel_mut(id).thread else { return };
        let changed = if into {
            thread.members.insert(user, now).is_none()
        } else {
            thread.members.remove(&user).is_some()
        };
        if !changed {
            return;
        }
        let channel = self.channel(id);
        let count = channel.thread.as_ref().map_or(0, |thread| thread.members.len());
        let mut data = json!({ "id": id, "guild_id": channel.guild, "member_count": count.min(50) });
        if into {
            let mut member = render::thread_member(channel, user);
            if let Some(there) = channel.guild.and_then(|guild| self.guild(guild).members.get(&user)) {
                member["member"] = render::member(self, there);
            }
            member["presence"] = Value::Null;
            data["added_members"] = json!([member]);
        } else {
            data["removed_member_ids"] = json!([user]);
        }
        self.tell("THREAD_MEMBERS_UPDATE", &data);
        // Who comes or goes by themselves is not announced.
        if by != user {
            self.system_message(if into { 1 } else { 2 }, id, by, "", None);
        }
    }
}

fn of_thread(state: &State, id: Id) -> Result<&Thread, Failure> {
    state.channel(id).thread.as_ref().ok_or(failure::WRONG_CHANNEL)
}

pub fn member(state: &mut State, method: &str, id: Id, user: Id) -> Outcome {
    let thread = of_thread(state, id)?;
    let (bot, channel) = (state.bot, state.channel(id));
    let moderates = needs(state, channel, rights::MANAGE_THREADS).is_ok();
    match method {
        "GET" if thread.members.contains_key(&user) => Ok(Answer::Json(render::thread_member(channel, user))),
        "GET" => Err(failure::UNKNOWN_MEMBER),
        "PUT" => {
            let known = channel.guild.is_some_and(|guild| state.guild(guild).members.contains_key(&user));
            if !known {
                return Err(failure::UNKNOWN_MEMBER);
            }
            if thread.archived {
                return Err(failure::ARCHIVED);
            }
            let uninvitable = channel.kind == ChannelKind::PrivateThread && !thread.invitable;
            if (uninvitable && !moderates) || !state.may_send(bot, channel) {
                return Err(failure::MISSING_PERMISSIONS);
            }
            // Only who sees the channel itself can be added to a thread in it.
            let parent = channel.parent.map(|parent| state.channel(parent));
            if !parent.is_some_and(|parent| state.sees(user, parent)) {
                return Err(failure::MISSING_ACCESS);
            }
            state.move_member(bot, id, user, true);
            Ok(Answer::Nothing)
        }
        "DELETE" => {
            let own = channel.kind == ChannelKind::PrivateThread && thread.owner == bot;
            if user != bot && !own && !moderates {
                return Err(failure::MISSING_PERMISSIONS);
            }
            if thread.archived {
                return Err(failure::ARCHIVED);
            }
            state.move_member(bot, id, user, false);
            Ok(Answer::Nothing)
        }
        _ => Err(failure::NO_ROUTE),
    }
}

pub fn members(state: &State, id: Id) -> Outcome {
    let (thread, channel) = (of_thread(state, id)?, state.channel(id));
    // The list needs the intent of members, switched on for the application.
    if state.gateway.enabled & (1 << 1) == 0 {
        return Err(failure::MISSING_ACCESS);
    }
    Ok(Answer::Json(thread.members.keys().map(|user| render::thread_member(channel, *user)).collect()))
}

/// The archived threads of a channel, the last archived first; `joined` those that the bot is in, by id.
pub fn archived(state: &State, call: &Call, parent: Id, private: bool, joined: bool) -> Outcome {
    let channel = state.channel(parent);
    let moderation = if private && !joined { rights::MANAGE_THREADS } else { 0 };
    needs(state, channel, rights::READ_MESSAGE_HISTORY | moderation)?;
    let kind = if private { ChannelKind::PrivateThread } else { ChannelKind::PublicThread };
    let mut found: Vec<(String, &Channel)> = state
        .channels
        .values()
        .filter(|thread| thread.parent == Some(parent) && thread.kind == kind)
        .filter_map(|channel| Some((channel, channel.thread.as_ref().filter(|thread| thread.archived)?)))
        .filter(|(_, thread)| !joined || thread.members.contains_key(&state.bot))
        .map(|(channel, thread)| {
            let place =
                if joined { format!("{:020}", channel.id.0) } else { written(thread.archive_changed) };
            (place, channel)
        })
        .collect();
    found.sort_by(|one, other| other.0.cmp(&one.0).then(other.1.id.cmp(&one.1.id)));
    if let Some(before) = call.query.get("before") {
        let before = if joined { format!("{before:0>20}") } else { spelled(before)? };
        found.retain(|(place, _)| *place < before);
    }
    let limit = call.number("limit").unwrap_or(50) as usize;
    let more = found.len() > limit;
    found.truncate(limit);
    let threads: Vec<Value> = found.iter().map(|(_, thread)| render::channel(state, thread)).collect();
    let members: Vec<Value> = threads.iter().filter_map(|thread| thread.get("member").cloned()).collect();
    Ok(Answer::Json(json!({ "threads": threads, "members": members, "has_more": more })))
}

/// A time in any spelling, in ours.
fn spelled(time: &str) -> Result<String, Failure> {
    let time = chrono::DateTime::parse_from_rfc3339(time).map_err(|_| flaw("before", "is no time"))?;
    Ok(written(time.to_utc()))
}

/// The active threads of a server that the bot sees.
pub fn active(state: &State, guild: Id) -> Answer {
    let active = state.threads(guild).filter(|channel| {
        channel.thread.as_ref().is_some_and(|thread| !thread.archived) && state.sees(state.bot, channel)
    });
    let mut threads: Vec<Value> = active.map(|thread| render::channel(state, thread)).collect();
    threads.reverse();
    let members: Vec<Value> = threads.iter().filter_map(|thread| thread.get("member").cloned()).collect();
    Answer::Json(json!({ "threads": threads, "members": members, "has_more": false }))
}
