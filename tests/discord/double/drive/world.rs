//! Servers, channels, roles and people, as a test needs them.

use std::{collections::BTreeMap, time::Duration};

use chrono::TimeDelta;
use guidepost::clock::Clock;
use serde_json::json;

use super::super::{
    Double,
    id::Id,
    model::{Channel, ChannelKind, Guild, Member, Overwrite, Role, User},
    render, rights,
    state::State,
};

impl Double {
    /// `http://127.0.0.1:port`, for the client's proxy and for the bot's `api_base`.
    pub fn url(&self) -> String {
        self.read(|state| state.origin.clone())
    }

    /// The bot's token, without a prefix.
    pub fn token(&self) -> String {
        self.read(|state| state.token.clone())
    }

    /// The bot's account, which is also its application.
    pub fn bot(&self) -> Id {
        self.read(|state| state.bot)
    }

    pub fn clock(&self) -> Clock {
        self.read(|state| state.clock.clone())
    }

    /// Moves the clock, if it is moved by hand.
    pub fn advance(&self, by: Duration) {
        let Clock::Manual(clock) = self.clock() else { panic!("this clock moves by itself") };
        clock.advance(TimeDelta::from_std(by).unwrap());
        self.change(|_| ());
    }

    /// A server with the bot in it, which may there what `rights::BOT` says.
    pub fn add_guild(&self, name: &str) -> Id {
        let owner = self.add_user(&format!("{name} owner"));
        self.change(|state| {
            let (id, bot_role, joined) = (state.next_id(), state.next_id(), state.now());
            let role = |id: Id, name: &str, permissions: u64, managed: bool| {
                (id, Role { id, name: name.to_owned(), permissions, mentionable: false, managed })
            };
            let roles = [
                role(id, "@everyone", rights::EVERYBODY, false),
                role(bot_role, "Guidepost", rights::BOT, true),
            ];
            let member = |user: Id, roles: Vec<Id>| (user, Member { user, roles, joined });
            let members = BTreeMap::from([member(owner, Vec::new()), member(state.bot, vec![bot_role])]);
            let (name, roles) = (name.to_owned(), BTreeMap::from(roles));
            state.guilds.insert(id, Guild { id, name, owner, roles, members, most_threads: 1000, joined });
            let data = render::guild_create(state, id, false);
            state.tell("GUILD_CREATE", &data);
            id
        })
    }

    /// Takes the bot out of a server.
    pub fn remove_bot(&self, guild: Id) {
        self.change(|state| {
            let bot = state.bot;
            state.guilds.get_mut(&guild).unwrap().members.remove(&bot);
            state.tell("GUILD_DELETE", &json!({ "id": guild }));
        });
    }

    /// The owner of a server, who may do everything there.
    pub fn owner(&self, guild: Id) -> Id {
        self.read(|state| state.guild(guild).owner)
    }

    /// The bot's own role in a server.
    pub fn bot_role(&self, guild: Id) -> Id {
        let managed =
            |state: &State| state.guild(guild).roles.values().find(|role| role.managed).map(|role| role.id);
        self.read(managed).unwrap()
    }

    /// A text channel.
    pub fn add_channel(&self, guild: Id, name: &str) -> Id {
        self.add_channel_of(guild, name, ChannelKind::Text, None)
    }

    /// A channel of any kind, within a category or not.
    pub fn add_channel_of(&self, guild: Id, name: &str, kind: ChannelKind, parent: Option<Id>) -> Id {
        self.change(|state| {
            let id = state.next_id();
            let mut channel = Channel::new(id, kind, Some(guild), name);
            channel.parent = parent;
            state.channels.insert(id, channel);
            state.tell_channel("CHANNEL_CREATE", id);
            id
        })
    }

    /// Somebody with the right to do so deletes a channel or thread.
    pub fn remove_channel(&self, channel: Id) {
        self.change(|state| {
            let thread = state.channel(channel).thread.is_some();
            state.remove_channel(channel, if thread { "THREAD_DELETE" } else { "CHANNEL_DELETE" });
        });
    }

    /// Somebody with the right to do so changes a channel or thread by hand.
    pub fn change_channel(&self, channel: Id, change: impl FnOnce(&mut Channel)) {
        self.change(|state| {
            change(state.channel_mut(channel));
            let thread = state.channel(channel).thread.is_some();
            state.tell_channel(if thread { "THREAD_UPDATE" } else { "CHANNEL_UPDATE" }, channel);
        });
    }

    /// A role with these rights beyond everybody's.
    pub fn add_role(&self, guild: Id, name: &str, permissions: u64) -> Id {
        self.change(|state| {
            let id = state.next_id();
            let role = Role { id, name: name.to_owned(), permissions, mentionable: false, managed: false };
            state.guilds.get_mut(&guild).unwrap().roles.insert(id, role);
            tell_role(state, guild, id, "GUILD_ROLE_CREATE");
            id
        })
    }

    /// Changes a role: its rights, or whether it can be mentioned.
    pub fn change_role(&self, guild: Id, role: Id, change: impl FnOnce(&mut Role)) {
        self.change(|state| {
            change(state.guilds.get_mut(&guild).unwrap().roles.get_mut(&role).unwrap());
            tell_role(state, guild, role, "GUILD_ROLE_UPDATE");
        });
    }

    /// An account, in no server yet.
    pub fn add_user(&self, name: &str) -> Id {
        self.change(|state| {
            let id = state.next_id();
            state.users.insert(id, User { id, name: name.to_owned(), bot: false, dms_closed: false });
            id
        })
    }

    /// A new account in a server, with these roles.
    pub fn add_member(&self, guild: Id, name: &str, roles: &[Id]) -> Id {
        let user = self.add_user(name);
        self.joins(guild, user, roles);
        user
    }

    /// An account joins a server, or has other roles from now on.
    pub fn joins(&self, guild: Id, user: Id, roles: &[Id]) {
        self.change(|state| {
            let member = Member { user, roles: roles.to_vec(), joined: state.now() };
            let known = state.guilds.get_mut(&guild).unwrap().members.insert(user, member.clone()).is_some();
            let mut data = render::member(state, &member);
            data["guild_id"] = json!(guild);
            state.tell(if known { "GUILD_MEMBER_UPDATE" } else { "GUILD_MEMBER_ADD" }, &data);
        });
    }

    /// An account leaves a server.
    pub fn leaves(&self, guild: Id, user: Id) {
        self.change(|state| {
            state.guilds.get_mut(&guild).unwrap().members.remove(&user);
            let data = json!({ "guild_id": guild, "user": render::user(state.user(user)) });
            state.tell("GUILD_MEMBER_REMOVE", &data);
        });
    }

    /// From now on the bot can't write to somebody.
    pub fn closes_dms(&self, user: Id) {
        self.change(|state| state.users.get_mut(&user).unwrap().dms_closed = true);
    }

    pub fn opens_dms(&self, user: Id) {
        self.change(|state| state.users.get_mut(&user).unwrap().dms_closed = false);
    }

    /// Takes rights in a channel from a role or a member.
    pub fn deny(&self, channel: Id, who: Id, rights: u64) {
        self.overwrite(channel, who, 0, rights);
    }

    /// Gives rights in a channel to a role or a member.
    pub fn allow(&self, channel: Id, who: Id, rights: u64) {
        self.overwrite(channel, who, rights, 0);
    }

    fn overwrite(&self, channel: Id, id: Id, allow: u64, deny: u64) {
        self.change(|state| {
            let of_member = state.users.contains_key(&id);
            let overwrites = &mut state.channel_mut(channel).overwrites;
            match overwrites.iter_mut().find(|one| one.id == id) {
                Some(one) => {
                    one.allow = (one.allow & !deny) | allow;
                    one.deny = (one.deny & !allow) | deny;
                }
                None => overwrites.push(Overwrite { id, of_member, allow, deny }),
            }
            state.tell_channel("CHANNEL_UPDATE", channel);
        });
    }

    /// The bot may make no private threads in a channel: 403, 50013.
    pub fn refuses_private_threads(&self, channel: Id) {
        self.deny(channel, self.bot(), rights::CREATE_PRIVATE_THREADS);
    }

    /// The bot does not see a channel: 403, 50001.
    pub fn hides(&self, channel: Id) {
        self.deny(channel, self.bot(), rights::VIEW_CHANNEL);
    }

    /// How many threads of a server may be active: 400, 160006.
    pub fn most_threads(&self, guild: Id, most: usize) {
        self.change(|state| state.guilds.get_mut(&guild).unwrap().most_threads = most);
    }
}

fn tell_role(state: &mut State, guild: Id, role: Id, event: &str) {
    let found = state.guild(guild);
    let data = json!({ "guild_id": guild, "role": render::role(found, &found.roles[&role], state) });
    state.tell(event, &data);
}
