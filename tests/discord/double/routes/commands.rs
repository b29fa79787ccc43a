//! The bot's commands.

use serde_json::{Value, json};

use super::{
    super::{
        super::oracle,
        compose::stripped,
        failure::{self, Failure},
        id::Id,
        state::State,
    },
    Answer, Call, Outcome,
};

pub fn commands(state: &mut State, call: &Call, guild: Option<Id>) -> Outcome {
    if guild.is_some_and(|guild| !state.guilds.contains_key(&guild)) {
        return Err(failure::MISSING_ACCESS);
    }
    match call.method.as_str() {
        "GET" => Ok(Answer::Json(json!(state.commands.get(&guild).cloned().unwrap_or_default()))),
        "PUT" => {
            let flaws = oracle::commands(&call.body);
            if !flaws.is_empty() {
                let too_many = flaws.iter().all(|flaw| flaw.path.is_empty());
                return Err(if too_many { failure::TOO_MANY_COMMANDS } else { Failure::form(&flaws) });
            }
            let given = call.body.as_array().cloned().unwrap_or_default();
            let commands: Vec<Value> = given.into_iter().map(|command| kept(state, guild, command)).collect();
            state.commands.insert(guild, commands.clone());
            Ok(Answer::Json(json!(commands)))
        }
        _ => Err(failure::NO_ROUTE),
    }
}

/// A command as Discord keeps it: what stayed the same keeps its id, what changed gets a new version.
fn kept(state: &mut State, guild: Option<Id>, command: Value) -> Value {
    let mut command = stripped(command);
    for (field, usual) in [("type", json!(1)), ("description", json!("")), ("nsfw", json!(false))] {
        if command[field].is_null() {
            command[field] = usual;
        }
    }
    let rights = &command["default_member_permissions"];
    command["default_member_permissions"] = match rights {
        Value::Number(bits) => json!(bits.to_string()),
        other => other.clone(),
    };
    command["application_id"] = json!(state.bot);
    if let Some(guild) = guild {
        command["guild_id"] = json!(guild);
    } else {
        command["contexts"] = command.get("contexts").cloned().unwrap_or_default();
        command["dm_permission"] = json!(command["dm_permission"] != false);
    }
    let there = state.commands.get(&guild).into_iter().flatten();
    let same = |one: &&Value| one["name"] == command["name"] && one["type"] == command["type"];
    let before = there.clone().find(same).cloned();
    let (id, version) = (state.next_id(), state.next_id());
    command["id"] = before.as_ref().map_or(json!(id), |before| before["id"].clone());
    command["version"] = before.as_ref().map_or(json!(version), |before| before["version"].clone());
    if before.is_some_and(|before| before != command) {
        command["version"] = json!(version);
    }
    command
}
