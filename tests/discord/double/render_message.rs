//! Messages, written as Discord writes them.

use serde_json::{Value, json};

use super::{
    id::written,
    model::{Message, Ping, Reference},
    render,
    state::State,
};

/// A message, as the API answers it.
pub fn message(state: &State, message: &Message) -> Value {
    let author = render::user(state.user(message.author));
    let pinged_users = message.pings.iter().filter_map(|ping| match ping {
        Ping::User(id) | Ping::Replied(id) => state.users.get(id).map(render::user),
        Ping::Everyone | Ping::Role(_) => None,
    });
    let pinged_roles = message.pings.iter().filter_map(|ping| match ping {
        Ping::Role(id) => Some(json!(id)),
        Ping::Everyone | Ping::User(_) | Ping::Replied(_) => None,
    });
    let files = message.attachments.iter().map(|file| render::attachment(file, message.flags));
    let mut value = json!({
        "id": message.id, "channel_id": message.channel, "type": message.kind, "author": author,
        "content": message.content, "timestamp": written(message.at),
        "edited_timestamp": message.edited.map(written), "flags": message.flags, "tts": false, "pinned": false,
        "mention_everyone": message.pings.contains(&Ping::Everyone),
        "mentions": pinged_users.collect::<Vec<_>>(), "mention_roles": pinged_roles.collect::<Vec<_>>(),
        "attachments": files.collect::<Vec<_>>(), "embeds": message.embeds, "components": message.components,
    });
    if let Some(nonce) = &message.nonce {
        value["nonce"] = nonce.clone();
    }
    if let Some(reference) = &message.reference {
        value["message_reference"] = self::reference(state, reference);
        let answered =
            reference.message.and_then(|id| state.channels.get(&reference.channel)?.messages.get(&id));
        // One step is told; the message that the answered one answers is not.
        value["referenced_message"] = match answered {
            Some(answered) if message.kind == 19 => {
                self::message(state, &Message { reference: None, ..answered.clone() })
            }
            Some(_) | None => Value::Null,
        };
    }
    if let Some(interaction) = message.interaction.and_then(|id| state.interactions.get(&id)) {
        value["application_id"] = json!(state.bot);
        value["webhook_id"] = json!(state.bot);
        value["interaction_metadata"] = interaction.metadata(state, message);
    } else if message.author == state.bot && message.kind == 0 {
        value["application_id"] = json!(state.bot);
    }
    if let Some(thread) = state.channels.get(&message.id) {
        value["thread"] = render::channel(state, thread);
    }
    value
}

/// A message, as the gateway tells of it.
pub fn message_event(state: &State, message: &Message) -> Value {
    let mut value = self::message(state, message);
    if let Some(guild) = state.channel(message.channel).guild {
        value["guild_id"] = json!(guild);
        if let Some(member) = state.guild(guild).members.get(&message.author) {
            value["member"] = render::partial_member(member);
        }
    }
    value
}

/// Where a message points.
pub fn reference(state: &State, reference: &Reference) -> Value {
    let mut value = json!({ "type": 0, "channel_id": reference.channel });
    if let Some(message) = reference.message {
        value["message_id"] = json!(message);
    }
    if let Some(guild) = state.channels.get(&reference.channel).and_then(|channel| channel.guild) {
        value["guild_id"] = json!(guild);
    }
    value
}
