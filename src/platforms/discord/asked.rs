//! An interaction, as the desk understands it: what Discord sends in, a request out.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "what the library may yet learn is nothing for this desk"
)]

use serenity::model::application::{ActionRowComponent, CommandType};
use serenity::model::application::{
    CommandData, CommandInteraction, ComponentInteraction, ComponentInteractionDataKind, Interaction,
    ModalInteraction, ResolvedOption, ResolvedValue,
};
use serenity::model::channel::Attachment;
use serenity::model::guild::Member as GuildMember;
use serenity::model::user::User;

use crate::chat::commands::slash::{self, Menu};
use crate::chat::{ChoiceId, Input, Member, PICKED, Request};
use crate::domain::{Channel, Identity, Privacy};

use super::api::Token;
use super::mentions;
use super::message::member;
use super::render::{Modal, is_list};

/// What somebody did, and how it is answered.
pub struct Asked {
    /// Where the answer goes.
    pub token: Token,
    /// Where it was done.
    pub channel: Channel,
    /// Who did it.
    pub user: u64,
    /// What it was.
    pub kind: Kind,
    /// For the desk.
    pub request: Request,
    /// Files that came with it, not yet fetched.
    pub files: Vec<Attachment>,
}

/// What kinds of interactions there are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A command, or an entry of a context menu.
    Command,
    /// A button or a list.
    Component(ChoiceId),
    /// A form that was filled in; it can't be answered with another form.
    Modal,
}

/// Somebody types an option of a command.
pub struct Typing {
    /// Where the answer goes.
    pub token: Token,
    /// Who types.
    pub who: Identity,
    /// The command's name, with those of its group and subcommand.
    pub path: Vec<String>,
    /// The option.
    pub option: String,
    /// What they typed so far.
    pub typed: String,
}

/// What an interaction is.
pub enum Understood {
    /// Something for the desk.
    Asked(Box<Asked>),
    /// Somebody types.
    Typing(Typing),
    /// Nothing that this desk knows.
    Nothing,
}

/// What an interaction asks for.
#[must_use]
pub fn understood(interaction: &Interaction) -> Understood {
    match interaction {
        Interaction::Command(command) => {
            asked_by_command(command).map_or(Understood::Nothing, Understood::from)
        }
        Interaction::Autocomplete(command) => typing(command).map_or(Understood::Nothing, Understood::Typing),
        Interaction::Component(component) => Understood::from(pressed(component)),
        Interaction::Modal(modal) => Understood::from(filled_in(modal)),
        // Pings come by another way, and what is not known yet is not for this desk.
        _ => Understood::Nothing,
    }
}

impl From<Asked> for Understood {
    fn from(asked: Asked) -> Self {
        Self::Asked(Box::new(asked))
    }
}

fn asked_by_command(command: &CommandInteraction) -> Option<Asked> {
    let (input, files) = match command.data.kind {
        CommandType::ChatInput => {
            let (path, options) = path_of(&command.data);
            let mut files = Vec::new();
            let mut given = Vec::new();
            for option in options {
                match &option.value {
                    ResolvedValue::Attachment(file) => files.push((*file).clone()),
                    value => given.extend(text_of(value).map(|text| (option.name.to_owned(), text))),
                }
            }
            let path: Vec<&str> = path.iter().map(String::as_str).collect();
            (slash::input(&path, &given), files)
        }
        CommandType::Message | CommandType::User => {
            (slash::menu(&command.data.name, &menu(command)?), Vec::new())
        }
        _ => return None,
    };
    let token = Token { id: command.id.get(), secret: command.token.clone() };
    let channel = Channel {
        server: command.guild_id.map(serenity::model::id::GuildId::get),
        id: command.channel_id.get(),
    };
    Some(asked(token, channel, &command.user, command.member.as_deref(), Kind::Command, input, files))
}

/// The message or person that a context menu was opened on.
fn menu(command: &CommandInteraction) -> Option<Menu> {
    let data = &command.data;
    let target = data.target_id?;
    if let Some(message) = data.resolved.messages.get(&target.to_message_id()) {
        return Some(Menu {
            text: Some(mentions::in_words(&message.content, &message.mentions, None)),
            person: Identity::Discord(message.author.id.get()),
            called: member(message).name,
            is_person: !message.author.bot,
        });
    }
    let user = data.resolved.users.get(&target.to_user_id())?;
    let nick = data.resolved.members.get(&user.id).and_then(|member| member.nick.clone());
    let called = nick.or_else(|| member_of(user, None).name);
    Some(Menu { text: None, person: Identity::Discord(user.id.get()), called, is_person: !user.bot })
}

/// A command's name with those of its group and subcommand, and the options of the innermost.
fn path_of(data: &CommandData) -> (Vec<String>, Vec<ResolvedOption<'_>>) {
    let mut path = vec![data.name.clone()];
    let mut options = data.options();
    loop {
        let inner = match options.first() {
            Some(ResolvedOption {
                name,
                value: ResolvedValue::SubCommand(inner) | ResolvedValue::SubCommandGroup(inner),
                ..
            }) => {
                path.push((*name).to_owned());
                inner.clone()
            }
            Some(_) | None => return (path, options),
        };
        options = inner;
    }
}

fn text_of(value: &ResolvedValue<'_>) -> Option<String> {
    match value {
        ResolvedValue::String(text) => Some((*text).to_owned()),
        ResolvedValue::Integer(number) => Some(number.to_string()),
        ResolvedValue::Boolean(whether) => Some(whether.to_string()),
        ResolvedValue::User(user, _) => Some(format!("discord:{}", user.id)),
        ResolvedValue::Channel(channel) => Some(channel.id.to_string()),
        ResolvedValue::Role(role) => Some(role.id.to_string()),
        _ => None,
    }
}

fn typing(command: &CommandInteraction) -> Option<Typing> {
    let (path, options) = path_of(&command.data);
    let (option, typed) = options.iter().find_map(|option| match option.value {
        ResolvedValue::Autocomplete { value, .. } => Some((option.name.to_owned(), value.to_owned())),
        _ => None,
    })?;
    let token = Token { id: command.id.get(), secret: command.token.clone() };
    Some(Typing { token, who: Identity::Discord(command.user.id.get()), path, option, typed })
}

fn pressed(component: &ComponentInteraction) -> Asked {
    let id = component.data.custom_id.clone();
    let picked = |numbers: Vec<String>| Input::Form {
        id: ChoiceId::from(id.clone()),
        fields: vec![(PICKED.to_owned(), numbers.join(","))],
    };
    let input = match &component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } if is_list(&id) => {
            Input::Press(ChoiceId::from(values.first().cloned().unwrap_or_default()))
        }
        ComponentInteractionDataKind::ChannelSelect { values } => {
            picked(values.iter().map(ToString::to_string).collect())
        }
        ComponentInteractionDataKind::RoleSelect { values } => {
            picked(values.iter().map(ToString::to_string).collect())
        }
        _ => Input::Press(ChoiceId::from(id.clone())),
    };
    let kind = match &input {
        Input::Press(choice) => Kind::Component(choice.clone()),
        _ => Kind::Component(ChoiceId::from(id.clone())),
    };
    let token = Token { id: component.id.get(), secret: component.token.clone() };
    let channel = Channel {
        server: component.guild_id.map(serenity::model::id::GuildId::get),
        id: component.channel_id.get(),
    };
    asked(token, channel, &component.user, component.member.as_ref(), kind, input, Vec::new())
}

fn filled_in(modal: &ModalInteraction) -> Asked {
    let inputs = modal.data.components.iter().flat_map(|row| &row.components);
    let fields = inputs.filter_map(|component| match component {
        ActionRowComponent::InputText(input) => {
            Some((input.custom_id.clone(), input.value.clone().unwrap_or_default()))
        }
        _ => None,
    });
    let input = Input::Form {
        id: ChoiceId::from(Modal::page_of(&modal.data.custom_id).1.to_owned()),
        fields: fields.collect(),
    };
    let token = Token { id: modal.id.get(), secret: modal.token.clone() };
    let channel =
        Channel { server: modal.guild_id.map(serenity::model::id::GuildId::get), id: modal.channel_id.get() };
    asked(token, channel, &modal.user, modal.member.as_ref(), Kind::Modal, input, Vec::new())
}

fn asked(
    token: Token,
    channel: Channel,
    user: &User,
    member: Option<&GuildMember>,
    kind: Kind,
    input: Input,
    files: Vec<Attachment>,
) -> Asked {
    // An interaction can be answered for one pair of eyes.
    let place = channel.place(Privacy::Private);
    let mut request = Request::new(Identity::Discord(user.id.get()), place, input);
    request.id = Some(format!("discord-{}", token.id));
    request.member = Some(member_of(user, member));
    Asked { token, channel, user: user.id.get(), kind, request, files }
}

/// What Discord says of somebody.
#[must_use]
pub fn member_of(user: &User, member: Option<&GuildMember>) -> Member {
    let nick = member.and_then(|member| member.nick.clone());
    let permissions = member.and_then(|member| member.permissions);
    Member {
        name: nick.or_else(|| user.global_name.clone()).or_else(|| Some(user.name.clone())),
        manages: permissions.is_some_and(serenity::all::Permissions::manage_guild),
        roles: member
            .map(|member| member.roles.iter().copied().map(serenity::model::id::RoleId::get).collect())
            .unwrap_or_default(),
    }
}
