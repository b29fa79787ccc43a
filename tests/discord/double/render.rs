//! The model, written as Discord writes it in its answers and events.

use serde_json::{Value, json};

use super::{
    id::{Id, written},
    model::{Attachment, Channel, ChannelKind, EPHEMERAL, Guild, Member, Role, Thread, User},
    state::State,
};

pub use super::render_message::{message, message_event};

pub fn user(user: &User) -> Value {
    let shown = if user.bot { Value::Null } else { json!(user.name) };
    let mut value = json!({
        "id": user.id, "username": user.name.to_lowercase(), "discriminator": "0", "global_name": shown,
        "avatar": null, "public_flags": 0, "flags": 0, "primary_guild": null,
    });
    if user.bot {
        value["bot"] = json!(true);
    }
    value
}

/// A member without their account, as within a message.
pub fn partial_member(member: &Member) -> Value {
    json!({
        "nick": null, "avatar": null, "banner": null, "roles": member.roles, "joined_at": written(member.joined),
        "premium_since": null, "communication_disabled_until": null, "deaf": false, "mute": false, "flags": 0,
        "pending": false,
    })
}

pub fn member(state: &State, one: &Member) -> Value {
    let mut value = partial_member(one);
    value["user"] = user(state.user(one.user));
    value
}

pub fn role(guild: &Guild, role: &Role, state: &State) -> Value {
    let position = guild.roles.keys().position(|id| *id == role.id).unwrap_or_default();
    let mut value = json!({
        "id": role.id, "name": role.name, "permissions": role.permissions.to_string(), "position": position,
        "color": 0, "colors": { "primary_color": 0, "secondary_color": null, "tertiary_color": null },
        "hoist": false, "managed": role.managed, "mentionable": role.mentionable, "icon": null,
        "unicode_emoji": null, "flags": 0,
    });
    if role.managed {
        value["tags"] = json!({ "bot_id": state.bot });
    }
    value
}

fn recipients(state: &State, channel: &Channel) -> Value {
    json!(channel.recipient.map(|id| user(state.user(id))).into_iter().collect::<Vec<_>>())
}

pub fn channel(state: &State, channel: &Channel) -> Value {
    let last =
        channel.messages.values().rfind(|message| message.only_for.is_none()).map(|message| message.id);
    let (kind, flags) = (channel.kind.number(), 0);
    if channel.kind == ChannelKind::Dm {
        return json!({ "id": channel.id, "type": kind, "flags": flags, "last_message_id": last,
            "recipients": recipients(state, channel) });
    }
    let mut value = json!({
        "id": channel.id, "type": kind, "guild_id": channel.guild, "name": channel.name, "flags": flags,
        "parent_id": channel.parent, "last_message_id": last,
    });
    if let Some(thread) = &channel.thread {
        self::thread(state, channel, thread, &mut value);
        return value;
    }
    let position = state.channels.keys().position(|id| *id == channel.id);
    let overwrites = channel.overwrites.iter().map(|one| {
        json!({ "id": one.id, "type": u8::from(one.of_member), "allow": one.allow.to_string(),
            "deny": one.deny.to_string() })
    });
    value["position"] = json!(position);
    value["permission_overwrites"] = overwrites.collect();
    value["nsfw"] = json!(false);
    value["topic"] = Value::Null;
    value["rate_limit_per_user"] = json!(0);
    value
}

fn thread(state: &State, channel: &Channel, thread: &Thread, value: &mut Value) {
    value["owner_id"] = json!(thread.owner);
    value["thread_metadata"] = json!({
        "archived": thread.archived, "archive_timestamp": written(thread.archive_changed),
        "auto_archive_duration": thread.auto_archive, "locked": thread.locked,
        "create_timestamp": written(thread.made),
    });
    if channel.kind == ChannelKind::PrivateThread {
        value["thread_metadata"]["invitable"] = json!(thread.invitable);
    }
    value["message_count"] = json!(channel.messages.len());
    value["member_count"] = json!(thread.members.len().min(50));
    value["total_message_sent"] = json!(thread.sent);
    value["rate_limit_per_user"] = json!(0);
    if thread.members.contains_key(&state.bot) {
        value["member"] = thread_member(channel, state.bot);
    }
}

/// Somebody's membership of a thread.
pub fn thread_member(channel: &Channel, user: Id) -> Value {
    let joined = channel.thread.as_ref().and_then(|thread| thread.members.get(&user));
    json!({ "id": channel.id, "user_id": user, "join_timestamp": joined.copied().map(written), "flags": 0 })
}

/// A file of a message, or of a command's option.
pub fn attachment(file: &Attachment, flags: u64) -> Value {
    let mut value = json!({
        "id": file.id, "filename": file.name, "size": file.size, "url": file.url, "proxy_url": file.url,
        "content_type": file.kind,
    });
    if flags & EPHEMERAL != 0 {
        value["ephemeral"] = json!(true);
    }
    value
}

/// A server, with what both the API and the gateway say of it.
pub fn guild(state: &State, guild: &Guild) -> Value {
    let roles: Vec<Value> = guild.roles.values().map(|role| self::role(guild, role, state)).collect();
    json!({
        "id": guild.id, "name": guild.name, "icon": null, "description": null, "home_header": null,
        "splash": null, "discovery_splash": null, "features": [], "banner": null, "owner_id": guild.owner,
        "application_id": null, "region": "deprecated", "afk_channel_id": null, "afk_timeout": 300,
        "system_channel_id": null, "system_channel_flags": 0, "widget_enabled": false, "widget_channel_id": null,
        "verification_level": 0, "roles": roles, "default_message_notifications": 0, "mfa_level": 0,
        "explicit_content_filter": 0, "max_presences": null, "max_members": 500_000,
        "max_stage_video_channel_users": 50, "max_video_channel_users": 25, "vanity_url_code": null,
        "premium_tier": 0, "premium_subscription_count": 0, "preferred_locale": "en-US", "rules_channel_id": null,
        "safety_alerts_channel_id": null, "public_updates_channel_id": null, "premium_progress_bar_enabled": false,
        "nsfw": false, "nsfw_level": 0, "emojis": [], "stickers": [], "incidents_data": null,
    })
}

/// The event that tells of a server, with members only as far as the bot may know them.
pub fn guild_create(state: &State, id: Id, everybody: bool) -> Value {
    let guild = state.guild(id);
    let mut value = self::guild(state, guild);
    let known = guild.members.values().filter(|one| everybody || one.user == state.bot);
    let of_guild = || state.channels.values().filter(move |channel| channel.guild == Some(id));
    let channels = of_guild().filter(|channel| channel.thread.is_none());
    let active = |channel: &&Channel| {
        channel.thread.as_ref().is_some_and(|thread| !thread.archived) && state.sees(state.bot, channel)
    };
    value["members"] = known.map(|one| member(state, one)).collect();
    value["member_count"] = json!(guild.members.len());
    value["channels"] = channels.map(|channel| self::channel(state, channel)).collect();
    value["threads"] = of_guild().filter(active).map(|thread| self::channel(state, thread)).collect();
    value["joined_at"] = json!(written(guild.joined));
    value["large"] = json!(false);
    value["unavailable"] = json!(false);
    for list in
        ["presences", "voice_states", "stage_instances", "guild_scheduled_events", "soundboard_sounds"]
    {
        value[list] = json!([]);
    }
    value
}

pub fn ready(state: &State, session: &str, shard: &Value) -> Value {
    let guilds: Vec<Value> = state.guilds.keys().map(|id| json!({ "id": id, "unavailable": true })).collect();
    let mut user = user(state.user(state.bot));
    user["verified"] = json!(true);
    user["mfa_enabled"] = json!(true);
    json!({
        "v": 10, "user": user, "guilds": guilds, "session_id": session, "shard": shard,
        "resume_gateway_url": state.gateway_url(), "application": { "id": state.bot, "flags": 0 },
    })
}

/// The bot's application, for its owner.
pub fn application(state: &State) -> Value {
    let bot = user(state.user(state.bot));
    let owner = json!({
        "id": "1", "username": "owner", "discriminator": "0", "global_name": null, "avatar": null,
        "public_flags": 0, "flags": 0, "primary_guild": null,
    });
    json!({
        "id": state.bot, "name": "Guidepost", "icon": null, "description": "", "type": null, "bot": bot,
        "bot_public": true, "bot_require_code_grant": false, "verify_key": "0".repeat(64),
        "flags": state.application_flags(), "flags_new": state.application_flags().to_string(),
        "redirect_uris": [], "interactions_endpoint_url": null, "role_connections_verification_url": null,
        "owner": owner, "approximate_guild_count": state.guilds.len(), "approximate_user_install_count": 0,
        "approximate_user_authorization_count": 0, "explicit_content_filter": 0, "team": null,
        "eligible_oauth2_scopes": ["bot", "applications.commands"],
    })
}

impl State {
    /// Where the gateway is.
    pub fn gateway_url(&self) -> String {
        self.origin.replacen("http", "ws", 1)
    }

    /// Flags of the application: the privileged intents that are switched on, as for a bot in few servers.
    fn application_flags(&self) -> u64 {
        let enabled = self.gateway.enabled;
        [(1 << 8, 1 << 13), (1 << 1, 1 << 15), (1 << 15, 1 << 19)]
            .iter()
            .fold(0, |flags, (intent, flag)| if enabled & intent == 0 { flags } else { flags | flag })
    }
}

/// What somebody may do in a channel, as interactions tell it.
pub fn permissions(state: &State, user: Id, channel: &Channel) -> Value {
    let mine = state.permissions(user, channel);
    json!(if mine == u64::MAX { (1_u64 << 53) - 1 } else { mine }.to_string())
}
