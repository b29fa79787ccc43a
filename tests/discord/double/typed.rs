//! What a person's client sends: options, choices and inputs, as far as it lets them through.

use serde_json::{Map, Value, json};

use super::{id::Id, render, state::State};

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

/// The data of a command, with `words` naming the sub-command.
pub fn command(
    state: &State,
    channel: Id,
    found: &Value,
    words: &[&str],
    options: &Value,
    focused: Option<&str>,
) -> Value {
    let mut resolved = json!({});
    let within = nested(state, channel, found, words, options, focused, &mut resolved);
    let mut data = json!({ "id": found["id"], "name": found["name"], "type": 1, "options": within });
    if let Some(guild) = found.get("guild_id") {
        data["guild_id"] = guild.clone();
    }
    if resolved != json!({}) {
        data["resolved"] = resolved;
    }
    data
}

fn nested(
    state: &State,
    channel: Id,
    at: &Value,
    words: &[&str],
    options: &Value,
    focused: Option<&str>,
    resolved: &mut Value,
) -> Value {
    if let [word, words @ ..] = words {
        let inner = list(&at["options"]).iter().find(|option| option["name"] == *word);
        let inner = inner.unwrap_or_else(|| panic!("{} has no {word:?}", at["name"]));
        let within = nested(state, channel, inner, words, options, focused, resolved);
        return json!([{ "name": word, "type": inner["type"], "options": within }]);
    }
    let empty = Map::new();
    let given = options.as_object().unwrap_or(&empty);
    for name in given.keys() {
        let known = list(&at["options"]).iter().any(|option| option["name"] == **name);
        assert!(known, "{} has no option {name:?}", at["name"]);
    }
    let mut filled = Vec::new();
    for option in list(&at["options"]) {
        let name = option["name"].as_str().unwrap();
        let Some(value) = given.get(name) else {
            let needed = option["required"] == true && focused.is_none();
            assert!(!needed, "{} needs {name:?}", at["name"]);
            continue;
        };
        filled.push(one(state, channel, option, value, focused == Some(name), resolved));
    }
    Value::Array(filled)
}

fn one(
    state: &State,
    channel: Id,
    option: &Value,
    value: &Value,
    focused: bool,
    resolved: &mut Value,
) -> Value {
    let (name, kind) = (&option["name"], option["type"].as_u64().unwrap());
    if focused {
        assert!(option["autocomplete"] == true, "nothing is offered while {name} is typed");
        return json!({ "name": name, "type": kind, "value": value, "focused": true });
    }
    let choices = list(&option["choices"]);
    let offered = choices.is_empty() || choices.iter().any(|choice| choice["value"] == *value);
    assert!(offered, "{value} is not among the choices of {name}: {choices:?}");
    let value = match kind {
        3 => {
            let length = value.as_str().unwrap_or_else(|| panic!("{name} is a text")).chars().count() as u64;
            let fits = length >= option["min_length"].as_u64().unwrap_or(0)
                && length <= option["max_length"].as_u64().unwrap_or(6000);
            assert!(fits, "{name} can't be {length} characters long");
            value.clone()
        }
        6..=9 | 11 => {
            let id = Id::of(value).unwrap_or_else(|| panic!("{name} is an id"));
            resolve(state, channel, kind, id, resolved);
            json!(id)
        }
        _ => value.clone(),
    };
    json!({ "name": name, "type": kind, "value": value })
}

/// Writes what an id names beside the data: 6 a person, 7 a channel, 8 a role, 9 a person or role, 11 a file.
fn resolve(state: &State, channel: Id, kind: u64, id: Id, into: &mut Value) {
    let key = id.to_string();
    match kind {
        6 | 9 if state.users.contains_key(&id) => {
            let Value::Object(found) = resolved_user(state, channel, id) else { return };
            for (part, values) in found {
                into[part][&key] = values[&key].clone();
            }
        }
        7 => into["channels"][&key] = resolved_channel(state, id),
        8 | 9 => {
            let guild = state.guild(state.channel(channel).guild.unwrap());
            into["roles"][&key] = render::role(guild, &guild.roles[&id], state);
        }
        11 => into["attachments"][&key] = render::attachment(&state.uploads[&id], 0),
        _ => panic!("{kind} names nothing"),
    }
}

fn resolved_channel(state: &State, id: Id) -> Value {
    let channel = state.channel(id);
    let mut value = render::channel(state, channel);
    value["permissions"] = render::permissions(state, state.bot, channel);
    value
}

/// A person, and their membership where there is a server.
pub fn resolved_user(state: &State, channel: Id, user: Id) -> Value {
    let key = user.to_string();
    let mut value = json!({ "users": { &key: render::user(state.user(user)) } });
    let guild = state.channel(channel).guild.map(|guild| state.guild(guild));
    if let Some(member) = guild.and_then(|guild| guild.members.get(&user)) {
        let mut member = render::partial_member(member);
        member["permissions"] = render::permissions(state, user, state.channel(channel));
        value["members"] = json!({ key: member });
    }
    value
}

/// The data of a press or a choice.
pub fn component(state: &State, channel: Id, control: &Value, values: &[&str]) -> Value {
    let kind = control["type"].as_u64().unwrap();
    let mut data = json!({ "component_type": kind, "custom_id": control["custom_id"], "id": control["id"] });
    if kind == 2 {
        assert!(values.is_empty(), "from a button nothing is chosen");
        return data;
    }
    let (least, most) = (control["min_values"].as_u64().unwrap(), control["max_values"].as_u64().unwrap());
    assert!((least..=most).contains(&(values.len() as u64)), "{least} to {most} are chosen here");
    let mut resolved = json!({});
    for value in values {
        if kind == 3 {
            let offered = list(&control["options"]).iter().any(|option| option["value"] == **value);
            assert!(offered, "{value:?} is not offered: {:#?}", control["options"]);
        } else {
            // Menus of people, roles, both and channels, in the numbers of options.
            let option = match kind {
                5 => 6,
                6 => 8,
                7 => 9,
                _ => 7,
            };
            resolve(state, channel, option, value.parse().unwrap(), &mut resolved);
        }
    }
    data["values"] = json!(values);
    if resolved != json!({}) {
        data["resolved"] = resolved;
    }
    data
}

/// The data of a modal that was filled in.
pub fn modal(modal: &Value, inputs: &[(&str, &str)]) -> Value {
    let mut rows = Vec::new();
    let mut left: Vec<&str> = inputs.iter().map(|(name, _)| *name).collect();
    for (n, row) in list(&modal["components"]).iter().enumerate() {
        let input = &row["components"][0];
        let name = input["custom_id"].as_str().unwrap();
        left.retain(|other| *other != name);
        let given = inputs.iter().find(|(other, _)| *other == name).map(|(_, value)| *value);
        let value = given.or(input["value"].as_str()).unwrap_or_default();
        let length = value.chars().count() as u64;
        assert!(length > 0 || input["required"] == false, "{name:?} can't stay empty");
        let fits = length <= input["max_length"].as_u64().unwrap_or(4000)
            && (length == 0 || length >= input["min_length"].as_u64().unwrap_or(0));
        assert!(fits, "{name:?} can't be {length} characters long");
        let input = json!({ "type": 4, "custom_id": name, "value": value, "id": 2 * n + 2 });
        rows.push(json!({ "type": 1, "id": 2 * n + 1, "components": [input] }));
    }
    assert!(left.is_empty(), "there are no inputs {left:?}: {modal:#?}");
    json!({ "custom_id": modal["custom_id"], "components": rows })
}
