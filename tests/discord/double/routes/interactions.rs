//! The first answer to an interaction.

use serde_json::{Value, json};

use super::{
    super::{
        super::oracle::{self, Flaw, Whole},
        compose::{checked, stripped},
        failure::{self, Failure},
        id::Id,
        interaction::{Answered, FIRST_ANSWER},
        model::{EPHEMERAL, LOADING, Message},
        render,
        state::State,
    },
    Answer, Call, Outcome, id,
};

pub fn callback(state: &mut State, call: &Call, interaction: &str, token: &str) -> Outcome {
    let (interaction, now) = (id(interaction)?, state.now());
    let found = state.interactions.get(&interaction).filter(|found| found.token == token);
    let found = found.ok_or(failure::UNKNOWN_INTERACTION)?;
    if found.answered.is_some() {
        return Err(failure::ALREADY_ANSWERED);
    }
    if now - found.at > FIRST_ANSWER {
        return Err(failure::UNKNOWN_INTERACTION);
    }
    let kind = call.body["type"].as_u64().unwrap_or_default();
    if !found.takes(kind) {
        return Err(Failure::form(&[Flaw {
            path: "type".to_owned(),
            what: format!("{kind} is no answer to an interaction of type {}", found.did.number()),
        }]));
    }
    let data = stripped(call.body["data"].clone());
    check(kind, &call.body["data"], call)?;
    let message = match kind {
        4 | 5 => Some(answer_with_message(state, interaction, kind, &call.body["data"], call)),
        7 => change_message(state, interaction, &call.body["data"], call)?,
        _ => None,
    };
    let original = match kind {
        6 | 7 => state.interactions[&interaction].message,
        _ => message.as_ref().map(|message| message.id),
    };
    let found = state.interactions.get_mut(&interaction).unwrap();
    found.answered = Some(Answered { kind, data });
    found.original = original;
    if let Some(message) = &message {
        // Now that it is the original, the message says so of itself.
        if kind == 7 { state.repost(message.clone()) } else { state.post(message.clone()) }
    }
    if !call.asks("with_response") {
        return Ok(Answer::Nothing);
    }
    Ok(Answer::Json(response(state, interaction, kind, message.as_ref())))
}

fn check(kind: u64, data: &Value, call: &Call) -> Result<(), Failure> {
    let flaws = match kind {
        4 => return checked(data, Whole::Message, &call.uploads),
        7 => return checked(data, Whole::Change, &call.uploads),
        8 => oracle::answers(data),
        9 => oracle::modal(data),
        _ => Vec::new(),
    };
    if flaws.is_empty() { Ok(()) } else { Err(Failure::form(&flaws)) }
}

fn answer_with_message(state: &mut State, interaction: Id, kind: u64, data: &Value, call: &Call) -> Message {
    let (channel, user) = {
        let found = &state.interactions[&interaction];
        (found.channel, found.user)
    };
    let mut message = state.compose(channel, data, &call.uploads, 20);
    message.interaction = Some(interaction);
    if kind == 5 {
        message.flags = (message.flags & EPHEMERAL) | LOADING;
    }
    message.only_for = (message.flags & EPHEMERAL != 0).then_some(user);
    message
}

fn change_message(state: &mut State, id: Id, data: &Value, call: &Call) -> Result<Option<Message>, Failure> {
    let found = &state.interactions[&id];
    let (channel, message) = (found.channel, found.message.ok_or(failure::UNKNOWN_MESSAGE)?);
    let message = state.channel(channel).messages.get(&message).ok_or(failure::UNKNOWN_MESSAGE)?;
    let mut message = message.clone();
    state.recompose(&mut message, data, &call.uploads);
    state.interactions.get_mut(&id).unwrap().edits.push(message.clone());
    Ok(Some(message))
}

fn response(state: &State, id: Id, kind: u64, message: Option<&Message>) -> Value {
    let found = &state.interactions[&id];
    let mut value = json!({ "interaction": { "id": id, "type": found.did.number() } });
    if let Some(message) = message {
        value["interaction"]["response_message_id"] = json!(message.id);
        value["interaction"]["response_message_loading"] = json!(message.is_loading());
        value["interaction"]["response_message_ephemeral"] = json!(message.only_for.is_some());
        value["resource"] = json!({ "type": kind, "message": render::message(state, message) });
    }
    value
}
