//! People who command, press, choose, fill in, and open menus.

use serde_json::{Value, json};

use super::super::typed;
use super::{
    super::{
        Double,
        id::Id,
        interaction::{Did, Interaction},
        model::Message,
        render, rights,
        state::State,
    },
    act::Act,
};

impl Double {
    /// Somebody sends a command, sub-commands with spaces between, and its options by name.
    pub fn slash(&self, user: Id, channel: Id, command: &str, options: &Value) -> Act {
        self.command(Did::Command, user, channel, command, options, None)
    }

    /// Somebody is typing the option `focused` of a command, as far as `options` says.
    pub fn types(&self, user: Id, channel: Id, command: &str, options: &Value, focused: &str) -> Act {
        self.command(Did::Autocomplete, user, channel, command, options, Some(focused))
    }

    fn command(
        &self,
        did: Did,
        user: Id,
        channel: Id,
        command: &str,
        options: &Value,
        focused: Option<&str>,
    ) -> Act {
        self.act(did, user, channel, None, |state| {
            let words: Vec<&str> = command.split(' ').collect();
            let found = registered(state, channel, words[0], 1);
            may_use(state, user, channel, &found);
            typed::command(state, channel, &found, &words[1..], options, focused)
        })
    }

    /// Somebody opens the menu of a message and chooses the bot's entry.
    pub fn menu(&self, user: Id, entry: &str, message: Id) -> Act {
        let channel = self.read(|state| seen_by(state, user, message).channel);
        self.act(Did::Command, user, channel, None, |state| {
            let found = registered(state, channel, entry, 3);
            may_use(state, user, channel, &found);
            let message = render::message(state, state.message(message).unwrap());
            let id = message["id"].as_str().unwrap().to_owned();
            json!({ "id": found["id"], "name": entry, "type": 3, "target_id": id.clone(),
                "resolved": { "messages": { id: message } } })
        })
    }

    /// Somebody opens the menu of a person and chooses the bot's entry.
    pub fn user_menu(&self, user: Id, channel: Id, entry: &str, of: Id) -> Act {
        self.act(Did::Command, user, channel, None, |state| {
            let found = registered(state, channel, entry, 2);
            may_use(state, user, channel, &found);
            let resolved = typed::resolved_user(state, channel, of);
            json!({ "id": found["id"], "name": entry, "type": 2, "target_id": of, "resolved": resolved })
        })
    }

    /// Somebody presses the button with this id.
    pub fn press(&self, user: Id, message: Id, custom_id: &str) -> Act {
        self.component(user, message, custom_id, &[])
    }

    /// Somebody presses the button that says this.
    pub fn press_labelled(&self, user: Id, message: Id, label: &str) -> Act {
        let id = self.read(|state| {
            let message = seen_by(state, user, message);
            message
                .button(label)
                .unwrap_or_else(|| panic!("no button says {label:?}: {:#?}", message.components))
        });
        self.press(user, message, &id)
    }

    /// Somebody chooses from the menu with this id.
    pub fn select(&self, user: Id, message: Id, custom_id: &str, values: &[&str]) -> Act {
        self.component(user, message, custom_id, values)
    }

    fn component(&self, user: Id, message: Id, custom_id: &str, values: &[&str]) -> Act {
        let channel = self.read(|state| seen_by(state, user, message).channel);
        self.act(Did::Component, user, channel, Some(message), |state| {
            let message = state.message(message).unwrap();
            let control = message.control(custom_id);
            let control = control
                .unwrap_or_else(|| panic!("nothing is called {custom_id:?}: {:#?}", message.components));
            assert!(control["disabled"] != true, "{custom_id:?} is greyed out");
            typed::component(state, channel, control, values)
        })
    }

    /// Somebody fills in the modal that an act opened: inputs by their ids. Those not named keep what was in them.
    pub async fn submit(&self, opened: &Act, inputs: &[(&str, &str)]) -> Act {
        let modal = opened.modal().await;
        let data = typed::modal(&modal, inputs);
        let message = self.read(|state| state.interactions[&opened.id].message);
        self.act(Did::Modal, opened.user, opened.channel, message, |_| data)
    }

    fn act(
        &self,
        did: Did,
        user: Id,
        channel: Id,
        message: Option<Id>,
        data: impl FnOnce(&State) -> Value,
    ) -> Act {
        self.change(|state| {
            let there = state.channel(channel);
            let name = &state.user(user).name;
            assert!(state.sees(user, there), "{name} does not see {}", there.name);
            let data = data(state);
            let id = state.next_id();
            let command = data["name"].as_str().map(str::to_owned);
            let interaction = Interaction {
                id,
                token: format!("token-{id}-{}", "t".repeat(150)),
                did,
                user,
                channel,
                command,
                message,
                at: state.now(),
                answered: None,
                original: None,
                followups: Vec::new(),
                edits: Vec::new(),
            };
            let event = event(state, &interaction, data);
            state.interactions.insert(id, interaction);
            state.tell("INTERACTION_CREATE", &event);
            Act { double: self.clone(), id, user, channel }
        })
    }
}

/// The event that tells the bot.
fn event(state: &State, act: &Interaction, data: Value) -> Value {
    let there = state.channel(act.channel);
    let mut channel = render::channel(state, there);
    channel["permissions"] = render::permissions(state, act.user, there);
    let mut event = json!({
        "id": act.id, "application_id": state.bot, "type": act.did.number(),
        "channel_id": act.channel, "channel": channel, "token": act.token, "version": 1,
        "app_permissions": render::permissions(state, state.bot, there), "locale": "en-US", "entitlements": [],
        "attachment_size_limit": 10_485_760,
    });
    event["data"] = data;
    if let Some(guild) = there.guild {
        let mut member = render::member(state, &state.guild(guild).members[&act.user]);
        member["permissions"] = render::permissions(state, act.user, there);
        event["member"] = member;
        event["guild_id"] = json!(guild);
        event["guild"] = json!({ "id": guild, "locale": "en-US", "features": [] });
        event["guild_locale"] = json!("en-US");
        event["authorizing_integration_owners"] = json!({ "0": guild });
        event["context"] = json!(0);
    } else {
        event["user"] = render::user(state.user(act.user));
        event["authorizing_integration_owners"] = json!({ "1": act.user });
        event["context"] = json!(1);
    }
    if let Some(message) = act.message.and_then(|id| state.message(id)) {
        event["message"] = render::message(state, message);
    }
    event
}

fn seen_by(state: &State, user: Id, message: Id) -> &Message {
    let found = state.message(message).unwrap_or_else(|| panic!("there is no message {message}"));
    let name = &state.user(user).name;
    assert!(found.only_for.is_none_or(|only| only == user), "{name} does not see this message: {found:#?}");
    found
}

/// The command with this name, of the server or of all.
fn registered(state: &State, channel: Id, name: &str, kind: u64) -> Value {
    let guild = state.channel(channel).guild;
    let of = |guild: Option<Id>| state.commands.get(&guild).into_iter().flatten();
    let here = guild.into_iter().flat_map(|guild| of(Some(guild))).chain(of(None));
    let found = here.clone().find(|one| one["name"] == name && one["type"] == kind).cloned();
    found.unwrap_or_else(|| panic!("{name:?} is not registered: {:#?}", here.collect::<Vec<_>>()))
}

/// Nobody is offered what they may not use.
fn may_use(state: &State, user: Id, channel: Id, command: &Value) {
    let there = state.channel(channel);
    let mine = state.permissions(user, there);
    let needed =
        command["default_member_permissions"].as_str().map_or(0, |bits| bits.parse::<u64>().unwrap());
    let needed = if there.guild.is_some() { needed | rights::USE_APPLICATION_COMMANDS } else { 0 };
    assert!(mine & needed == needed, "{} is not offered {}", state.user(user).name, command["name"]);
    if let Some(contexts) = command["contexts"].as_array() {
        let context = u8::from(there.guild.is_none());
        assert!(contexts.iter().any(|one| *one == context), "{} is not offered here", command["name"]);
    }
}
