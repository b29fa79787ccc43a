//! Who may do what where: roles, overwrites of a channel, and what a thread adds to them.

use super::{
    id::Id,
    model::{Channel, ChannelKind, Guild, Member},
    state::State,
};

pub const ADMINISTRATOR: u64 = 1 << 3;
pub const MANAGE_CHANNELS: u64 = 1 << 4;
pub const MANAGE_GUILD: u64 = 1 << 5;
pub const VIEW_CHANNEL: u64 = 1 << 10;
pub const SEND_MESSAGES: u64 = 1 << 11;
pub const MANAGE_MESSAGES: u64 = 1 << 13;
pub const EMBED_LINKS: u64 = 1 << 14;
pub const ATTACH_FILES: u64 = 1 << 15;
pub const READ_MESSAGE_HISTORY: u64 = 1 << 16;
pub const MENTION_EVERYONE: u64 = 1 << 17;
pub const USE_APPLICATION_COMMANDS: u64 = 1 << 31;
pub const MANAGE_THREADS: u64 = 1 << 34;
pub const CREATE_PUBLIC_THREADS: u64 = 1 << 35;
pub const CREATE_PRIVATE_THREADS: u64 = 1 << 36;
pub const SEND_MESSAGES_IN_THREADS: u64 = 1 << 38;

/// What the double's servers allow everybody.
pub const EVERYBODY: u64 = VIEW_CHANNEL
    | SEND_MESSAGES
    | EMBED_LINKS
    | ATTACH_FILES
    | READ_MESSAGE_HISTORY
    | USE_APPLICATION_COMMANDS
    | CREATE_PUBLIC_THREADS
    | SEND_MESSAGES_IN_THREADS;

/// What the bot's own role allows it, unless a test says otherwise.
pub const BOT: u64 = EVERYBODY | MANAGE_THREADS | CREATE_PRIVATE_THREADS | MANAGE_MESSAGES;

/// What roles give a member in all of a server.
pub fn in_guild(guild: &Guild, user: Id) -> u64 {
    if guild.owner == user {
        return u64::MAX;
    }
    let Some(member) = guild.members.get(&user) else { return 0 };
    let held = member.roles.iter().chain([&guild.id]).filter_map(|role| guild.roles.get(role));
    let all = held.fold(0, |all, role| all | role.permissions);
    if all & ADMINISTRATOR == 0 { all } else { u64::MAX }
}

/// What a member may do in a channel, before a thread's own rules.
fn in_channel(guild: &Guild, member: &Member, channel: &Channel) -> u64 {
    let base = in_guild(guild, member.user);
    if base == u64::MAX {
        return base;
    }
    // In Discord's order: everybody's, then all roles' together, then the member's own.
    let mut permissions = base;
    for overwrite in channel.overwrites.iter().filter(|overwrite| overwrite.id == guild.id) {
        permissions = (permissions & !overwrite.deny) | overwrite.allow;
    }
    let of_roles = || channel.overwrites.iter().filter(|overwrite| member.roles.contains(&overwrite.id));
    permissions &= !of_roles().fold(0, |all, overwrite| all | overwrite.deny);
    permissions |= of_roles().fold(0, |all, overwrite| all | overwrite.allow);
    for overwrite in channel.overwrites.iter().filter(|one| one.of_member && one.id == member.user) {
        permissions = (permissions & !overwrite.deny) | overwrite.allow;
    }
    if permissions & VIEW_CHANNEL == 0 { 0 } else { permissions }
}

impl State {
    /// What somebody may do in a channel or thread; nothing where they don't see it.
    pub fn permissions(&self, user: Id, channel: &Channel) -> u64 {
        let Some(guild) = channel.guild.and_then(|id| self.guilds.get(&id)) else {
            let there = channel.recipient == Some(user) || user == self.bot;
            return if there { EVERYBODY } else { 0 };
        };
        let Some(member) = guild.members.get(&user) else { return 0 };
        let Some(thread) = &channel.thread else { return in_channel(guild, member, channel) };
        let Some(parent) = channel.parent.and_then(|id| self.channels.get(&id)) else { return 0 };
        let permissions = in_channel(guild, member, parent);
        let invited = channel.kind != ChannelKind::PrivateThread
            || thread.members.contains_key(&user)
            || permissions & MANAGE_THREADS != 0;
        if invited { permissions } else { 0 }
    }

    /// Whether somebody sees a channel.
    pub fn sees(&self, user: Id, channel: &Channel) -> bool {
        self.permissions(user, channel) & VIEW_CHANNEL != 0
    }

    /// Whether somebody may write in a channel.
    pub fn may_send(&self, user: Id, channel: &Channel) -> bool {
        self.permissions(user, channel) & sending(channel) != 0
    }
}

/// The right to send, which is another one in threads.
pub fn sending(channel: &Channel) -> u64 {
    if channel.thread.is_some() { SEND_MESSAGES_IN_THREADS } else { SEND_MESSAGES }
}
