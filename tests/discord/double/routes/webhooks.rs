//! What follows the first answer to an interaction: further messages, changes and deletions.

use super::{
    super::{
        super::oracle::Whole,
        compose::checked,
        failure::{self, Failure},
        id::Id,
        interaction::TOKEN_LIVES,
        model::{EPHEMERAL, LOADING, Message},
        render,
        state::State,
    },
    Answer, Call, Outcome, id,
};

pub fn webhook(state: &mut State, call: &Call, application: &str, token: &str, rest: &[&str]) -> Outcome {
    if id(application)? != state.bot {
        return Err(failure::UNKNOWN_WEBHOOK);
    }
    let found = state.interactions.values().rfind(|found| found.token == token);
    let found = found.ok_or(failure::INVALID_TOKEN)?;
    if state.now() - found.at > TOKEN_LIVES {
        return Err(failure::INVALID_TOKEN);
    }
    let interaction = found.id;
    if found.answered.is_none() {
        return Err(failure::UNKNOWN_WEBHOOK);
    }
    match (call.method.as_str(), rest) {
        ("POST", []) => follow_up(state, call, interaction),
        ("GET", ["messages", which]) => {
            let message = named(state, interaction, which)?;
            Ok(Answer::Json(render::message(state, &message)))
        }
        ("PATCH", ["messages", which]) => {
            let message = named(state, interaction, which)?;
            edit(state, call, interaction, message)
        }
        ("DELETE", ["messages", which]) => {
            let message = named(state, interaction, which)?;
            state.unpost(message.channel, message.id);
            Ok(Answer::Nothing)
        }
        _ => Err(failure::NO_ROUTE),
    }
}

/// The message that is meant, if it belongs to this interaction.
fn named(state: &State, interaction: Id, which: &str) -> Result<Message, Failure> {
    let found = &state.interactions[&interaction];
    let wanted = if which == "@original" { found.original } else { Some(id(which)?) };
    let own = wanted.filter(|wanted| found.original == Some(*wanted) || found.followups.contains(wanted));
    let messages = &state.channel(found.channel).messages;
    own.and_then(|own| messages.get(&own)).cloned().ok_or(failure::UNKNOWN_MESSAGE)
}

fn edit(state: &mut State, call: &Call, interaction: Id, mut message: Message) -> Outcome {
    checked(&call.body, Whole::Change, &call.uploads)?;
    let was_loading = message.is_loading();
    state.recompose(&mut message, &call.body, &call.uploads);
    message.flags &= !LOADING;
    if was_loading {
        // What comes in the place of "is thinking" is a new message to its reader, and can ping.
        message.edited = None;
        state.ping(&mut message, &call.body["allowed_mentions"]);
    }
    state.interactions.get_mut(&interaction).unwrap().edits.push(message.clone());
    state.repost(message.clone());
    Ok(Answer::Json(render::message(state, &message)))
}

fn follow_up(state: &mut State, call: &Call, interaction: Id) -> Outcome {
    checked(&call.body, Whole::Message, &call.uploads)?;
    let found = &state.interactions[&interaction];
    let (channel, user, original) = (found.channel, found.user, found.original);
    // Right after a deferral, a follow-up takes the place of "is thinking".
    let loading =
        original.and_then(|id| state.channel(channel).messages.get(&id)).filter(|one| one.is_loading());
    if let Some(loading) = loading.cloned() {
        return edit(state, call, interaction, loading);
    }
    let mut message = state.compose(channel, &call.body, &call.uploads, 20);
    message.interaction = Some(interaction);
    message.only_for = (message.flags & EPHEMERAL != 0).then_some(user);
    state.interactions.get_mut(&interaction).unwrap().followups.push(message.id);
    let answer = render::message(state, &message);
    state.post(message);
    Ok(Answer::Json(answer))
}
