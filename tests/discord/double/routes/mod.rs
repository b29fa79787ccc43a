//! Discord's API: which request means what.

mod channels;
mod commands;
mod guilds;
mod interactions;
mod messages;
mod threads;
mod webhooks;

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    failure::{self, Failure},
    id::Id,
    model::Channel,
    multipart::Upload,
    render,
    state::State,
};

pub use messages::Saying;

/// A request.
#[derive(Debug)]
pub struct Call {
    pub method: String,
    /// Below the API's version.
    pub path: String,
    pub query: BTreeMap<String, String>,
    pub body: Value,
    pub uploads: Vec<Upload>,
    /// Whether it came with the bot's token.
    pub authorized: bool,
}

impl Call {
    fn number(&self, name: &str) -> Option<u64> {
        self.query.get(name)?.parse().ok()
    }

    fn asks(&self, name: &str) -> bool {
        self.query.get(name).is_some_and(|value| value == "true")
    }
}

/// What is answered when it went well.
#[derive(Debug)]
pub enum Answer {
    Json(Value),
    Created(Value),
    Nothing,
}

type Outcome = Result<Answer, Failure>;

/// Carries a request out.
pub fn dispatch(state: &mut State, call: &Call) -> Outcome {
    let parts: Vec<&str> = call.path.trim_matches('/').split('/').collect();
    // These are proved by their own tokens.
    match (call.method.as_str(), parts.as_slice()) {
        ("POST", ["interactions", id, token, "callback"]) => {
            return interactions::callback(state, call, id, token);
        }
        (_, ["webhooks", application, token, rest @ ..]) => {
            return webhooks::webhook(state, call, application, token, rest);
        }
        _ => {}
    }
    if !call.authorized {
        return Err(failure::UNAUTHORIZED);
    }
    match parts.as_slice() {
        ["gateway" | "users" | "applications" | "oauth2", ..] => of_bot(state, call, &parts),
        ["guilds", guild, rest @ ..] => guilds::guild(state, call, id(guild)?, rest),
        ["channels", channel, rest @ ..] => of_channel(state, call, id(channel)?, rest),
        _ => Err(failure::NO_ROUTE),
    }
}

fn of_bot(state: &mut State, call: &Call, parts: &[&str]) -> Outcome {
    match (call.method.as_str(), parts) {
        ("GET", ["gateway"]) => Ok(Answer::Json(json!({ "url": state.gateway_url() }))),
        ("GET", ["gateway", "bot"]) => Ok(Answer::Json(json!({
            "url": state.gateway_url(), "shards": 1,
            "session_start_limit": { "total": 1000, "remaining": state.gateway.starts_left,
                "reset_after": 14_400_000, "max_concurrency": 1 },
        }))),
        ("GET", ["users", "@me"]) => {
            let mut user = render::user(state.user(state.bot));
            user["mfa_enabled"] = json!(true);
            user["locale"] = json!("en-US");
            user["verified"] = json!(true);
            user["email"] = Value::Null;
            Ok(Answer::Json(user))
        }
        ("GET", ["users", "@me", "guilds"]) => Ok(guilds::of_bot(state, call)),
        ("GET", ["users", user]) => {
            let user = state.users.get(&id(user)?).ok_or(failure::UNKNOWN_USER)?;
            Ok(Answer::Json(render::user(user)))
        }
        ("POST", ["users", "@me", "channels"]) => channels::open_dm(state, call),
        ("GET", ["applications", "@me"] | ["oauth2", "applications", "@me"]) => {
            Ok(Answer::Json(render::application(state)))
        }
        (_, ["applications", application, rest @ ..]) if id(application)? == state.bot => match rest {
            ["commands"] => commands::commands(state, call, None),
            ["guilds", guild, "commands"] => commands::commands(state, call, Some(id(guild)?)),
            _ => Err(failure::NO_ROUTE),
        },
        _ => Err(failure::NO_ROUTE),
    }
}

fn of_channel(state: &mut State, call: &Call, channel: Id, rest: &[&str]) -> Outcome {
    let seen = state.channels.get(&channel).ok_or(failure::UNKNOWN_CHANNEL)?;
    if !state.sees(state.bot, seen) {
        return Err(failure::MISSING_ACCESS);
    }
    match (call.method.as_str(), rest) {
        ("GET", []) => Ok(Answer::Json(render::channel(state, seen))),
        ("PATCH", []) => channels::change(state, call, channel),
        ("DELETE", []) => channels::delete(state, channel),
        ("POST", ["typing"]) => Ok(Answer::Nothing),
        ("GET", ["messages"]) => messages::list(state, call, channel),
        ("POST", ["messages"]) => messages::create(state, call, channel),
        ("GET", ["messages", message]) => messages::get(state, channel, id(message)?),
        ("PATCH", ["messages", message]) => messages::edit(state, call, channel, id(message)?),
        ("DELETE", ["messages", message]) => messages::delete(state, channel, id(message)?),
        ("POST", ["threads"]) => threads::create(state, call, channel, None),
        ("POST", ["messages", message, "threads"]) => {
            threads::create(state, call, channel, Some(id(message)?))
        }
        ("GET", ["threads", "archived", kind @ ("public" | "private")]) => {
            threads::archived(state, call, channel, *kind == "private", false)
        }
        ("GET", ["users", "@me", "threads", "archived", "private"]) => {
            threads::archived(state, call, channel, true, true)
        }
        ("GET", ["thread-members"]) => threads::members(state, channel),
        (method, ["thread-members", user]) => {
            let user = if *user == "@me" { state.bot } else { id(user)? };
            threads::member(state, method, channel, user)
        }
        _ => Err(failure::NO_ROUTE),
    }
}

fn id(text: &str) -> Result<Id, Failure> {
    text.parse().map_err(|_| {
        Failure::form(&[super::super::oracle::Flaw {
            path: "id".to_owned(),
            what: format!("{text} is not snowflake"),
        }])
    })
}

/// Refuses unless the bot has these rights in a channel.
fn needs(state: &State, channel: &Channel, rights: u64) -> Result<(), Failure> {
    if state.permissions(state.bot, channel) & rights == rights {
        Ok(())
    } else {
        Err(failure::MISSING_PERMISSIONS)
    }
}
