//! What people saw, as the double kept it, without what differs from run to run.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::discord::double::{Act, Double, Id, Message, State};

/// A piece of a conversation, worth a picture.
#[derive(Debug)]
pub struct Picture {
    /// The name of its file.
    pub name: &'static str,
    /// The name of the channel, and of the thread in it.
    pub place: String,
    pub parts: Vec<Part>,
}

/// What is seen, from top to bottom.
#[derive(Debug)]
pub enum Part {
    Said(Said),
    /// A modal, as the bot answered it, and what somebody typed in its first input.
    Form(Value, &'static str),
    /// A command while it is typed, and what is offered to go on with.
    Typing {
        command: &'static str,
        option: &'static str,
        text: &'static str,
        offers: Vec<String>,
    },
}

/// Somebody, or the desk.
#[derive(Debug)]
pub struct Person {
    pub name: String,
    pub is_bot: bool,
}

/// A message.
#[derive(Debug)]
pub struct Said {
    pub by: Person,
    pub content: String,
    pub embeds: Vec<Value>,
    pub components: Vec<Value>,
    /// Only the one who looks at the picture sees it.
    pub is_private: bool,
    /// Who used which command, where the message answers one.
    pub used: Option<(Person, String)>,
    /// Who wrote the message that this one answers, and how it begins.
    pub answers: Option<(Person, String)>,
}

impl Picture {
    pub fn of(double: &Double, name: &'static str, channel: Id) -> Self {
        let channel = double.channel(channel);
        let place = match channel.parent {
            Some(parent) => format!("{} › {}", double.channel(parent).name, channel.name),
            None => channel.name,
        };
        Self { name, place, parts: Vec::new() }
    }

    /// Adds a message as it is now.
    pub fn with(mut self, double: &Double, message: Id) -> Self {
        self.parts.push(Part::Said(double.read(|state| said(state, state.message(message).unwrap()))));
        self
    }

    /// Adds the form that somebody's act opened, and what they typed in it.
    pub async fn with_form(mut self, opened: &Act, typed: &'static str) -> Self {
        self.parts.push(Part::Form(opened.modal().await, typed));
        self
    }
}

fn said(state: &State, message: &Message) -> Said {
    let names = names(state);
    let text = |text: &str| replaced(text, &names);
    let person = |id: Id| Person { name: state.user(id).name.clone(), is_bot: id == state.bot };
    let interaction = message.interaction.and_then(|id| state.interactions.get(&id));
    let first = interaction.and_then(|interaction| interaction.original);
    // Only the first answer to a command says so: further ones answer the first, and what comes after a press says nothing.
    let used = interaction
        .filter(|_| first == Some(message.id))
        .and_then(|interaction| Some((person(interaction.user), interaction.command.clone()?)));
    let answered = message.reference.as_ref().and_then(|to| to.message);
    let answered = answered.or(first.filter(|first| *first != message.id)).and_then(|id| state.message(id));
    Said {
        by: person(message.author),
        content: text(&message.content),
        embeds: message.embeds.iter().map(|embed| without_ids(embed, &names)).collect(),
        components: message.components.iter().map(|row| without_ids(row, &names)).collect(),
        is_private: message.only_for.is_some(),
        used,
        answers: answered.map(|answered| (person(answered.author), text(&answered.content))),
    }
}

/// What every id is called.
fn names(state: &State) -> BTreeMap<Id, String> {
    let users = state.users.values().map(|user| (user.id, user.name.clone()));
    let channels = state.channels.values().map(|channel| (channel.id, channel.name.clone()));
    let roles = state.guilds.values().flat_map(|guild| guild.roles.values());
    let roles = roles.map(|role| (role.id, role.name.clone()));
    users.chain(channels).chain(roles).collect()
}

fn replaced(text: &str, names: &BTreeMap<Id, String>) -> String {
    names.iter().fold(text.to_owned(), |text, (id, name)| text.replace(&id.to_string(), name))
}

fn without_ids(value: &Value, names: &BTreeMap<Id, String>) -> Value {
    match value {
        Value::String(text) => json!(replaced(text, names)),
        Value::Array(list) => list.iter().map(|one| without_ids(one, names)).collect(),
        Value::Object(fields) => {
            fields.iter().map(|(name, value)| (name.clone(), without_ids(value, names))).collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}
