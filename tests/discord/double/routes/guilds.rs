//! Servers: what they are, and who is there.

use serde_json::{Value, json};

use super::{
    super::{failure, id::Id, model::Guild, render, rights, state::State},
    Answer, Call, Outcome, id, threads,
};

/// The servers that the bot is on, a page of them.
pub fn of_bot(state: &State, call: &Call) -> Answer {
    let after = call.number("after").unwrap_or_default();
    let most = call.number("limit").unwrap_or(200).min(200) as usize;
    let is_meant = |guild: &&Guild| guild.id.0 > after && guild.members.contains_key(&state.bot);
    let mine = state.guilds.values().filter(is_meant).take(most).map(|guild| {
        json!({ "id": guild.id, "name": guild.name, "icon": null, "banner": null, "features": [],
            "owner": guild.owner == state.bot,
            "permissions": rights::in_guild(guild, state.bot).to_string() })
    });
    Answer::Json(mine.collect())
}

pub fn guild(state: &State, call: &Call, guild: Id, rest: &[&str]) -> Outcome {
    let found = state.guilds.get(&guild).ok_or(failure::UNKNOWN_GUILD)?;
    if !found.members.contains_key(&state.bot) {
        return Err(failure::MISSING_ACCESS);
    }
    match (call.method.as_str(), rest) {
        ("GET", []) => {
            let mut value = render::guild(state, found);
            if call.asks("with_counts") {
                value["approximate_member_count"] = json!(found.members.len());
                value["approximate_presence_count"] = json!(found.members.len());
            }
            Ok(Answer::Json(value))
        }
        ("GET", ["channels"]) => {
            let own = |channel: &&_| {
                let channel: &super::super::model::Channel = channel;
                channel.guild == Some(guild) && channel.thread.is_none()
            };
            let channels =
                state.channels.values().filter(own).filter(|channel| state.sees(state.bot, channel));
            Ok(Answer::Json(channels.map(|channel| render::channel(state, channel)).collect()))
        }
        ("GET", ["roles"]) => {
            let roles: Vec<Value> =
                found.roles.values().map(|role| render::role(found, role, state)).collect();
            Ok(Answer::Json(json!(roles)))
        }
        ("GET", ["members", user]) => {
            // Discord knows `@me` here for PATCH only; a bot asks by its own id.
            let member = found.members.get(&id(user)?).ok_or(failure::UNKNOWN_MEMBER)?;
            Ok(Answer::Json(render::member(state, member)))
        }
        ("GET", ["threads", "active"]) => Ok(threads::active(state, guild)),
        _ => Err(failure::NO_ROUTE),
    }
}
