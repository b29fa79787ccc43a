//! What is said to those who set up a server, and the panel that everybody on it sees.

use crate::chat::{Choice, ChoiceId, Picker, PickerKind, Reply, ReplyBlock, ServerSetting, ServerVerb, Verb};
use crate::domain::Span;

use super::words::{paragraph, private, sentence};
use super::{Locale, case_buttons as buttons, choices};

/// What is chosen for a server.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    /// Its number.
    pub server: u64,
    /// What is chosen, each setting once.
    pub chosen: &'a [(ServerSetting, Vec<u64>)],
    /// Whether the operator named the server, so that its roles make staff.
    pub is_trusted: bool,
}

/// What is chosen and can be chosen, and what is still missing.
#[must_use]
pub fn setup(locale: Locale, setup: &Setup<'_>) -> Reply {
    let Locale::English = locale;
    let mut blocks = vec![paragraph(
        "Choose the channels and roles that I work with on this server. Each list shows what is chosen now, and a change counts at once.",
    )];
    let missing = setup.chosen.iter().filter(|(_, ids)| ids.is_empty());
    blocks.extend(
        missing.filter_map(|(setting, _)| without(locale, *setting, setup.is_trusted)).map(paragraph),
    );
    if !setup.is_trusted {
        blocks.push(no_rights(locale, setup.server));
    }
    blocks.push(ReplyBlock::Pickers(
        setup.chosen.iter().map(|(setting, ids)| picker(locale, *setting, ids)).collect(),
    ));
    let post = Choice::new(&Verb::Server(ServerVerb::Panel), "Post the panel here");
    Reply { choices: vec![post, choices::help(locale)], ..private(blocks) }
}

fn picker(locale: Locale, setting: ServerSetting, chosen: &[u64]) -> Picker {
    let kind = match setting {
        ServerSetting::Help | ServerSetting::Staff | ServerSetting::Announcements => PickerKind::TextChannels,
        ServerSetting::Cases => PickerKind::ChannelsWithThreads,
        ServerSetting::Forum => PickerKind::ForumChannels,
        ServerSetting::Roles => PickerKind::Roles,
    };
    Picker {
        id: ChoiceId::of(&Verb::Server(ServerVerb::Pick(setting))),
        label: label(locale, setting).to_owned(),
        about: explanation(locale, setting).to_owned(),
        kind,
        chosen: chosen.to_vec(),
        most: setting.most(),
    }
}

fn label(locale: Locale, setting: ServerSetting) -> &'static str {
    let Locale::English = locale;
    match setting {
        ServerSetting::Help => "Help channels",
        ServerSetting::Cases => "Channel for cases",
        ServerSetting::Forum => "Forum",
        ServerSetting::Staff => "Channel for staff",
        ServerSetting::Announcements => "Channel for announcements",
        ServerSetting::Roles => "Roles of staff",
    }
}

fn explanation(locale: Locale, setting: ServerSetting) -> &'static str {
    let Locale::English = locale;
    match setting {
        ServerSetting::Help => "I answer questions there without being mentioned.",
        ServerSetting::Cases => "Each case gets a private thread in it.",
        ServerSetting::Forum => "People ask and answer each other there.",
        ServerSetting::Staff => "New cases are announced there.",
        ServerSetting::Announcements => "What concerns everybody is told there.",
        ServerSetting::Roles => "Whoever has one works on cases.",
    }
}

/// What it means that nothing is chosen, where that matters.
fn without(locale: Locale, setting: ServerSetting, is_trusted: bool) -> Option<&'static str> {
    let Locale::English = locale;
    match setting {
        ServerSetting::Help => {
            Some("There is no help channel yet: I answer commands, direct messages and whoever mentions me.")
        }
        ServerSetting::Cases => Some("Cases have no channel yet: they are kept and worked on in the queue."),
        ServerSetting::Staff => {
            Some("Staff have no channel yet: new cases wait in the queue, and nobody here is told of them.")
        }
        ServerSetting::Roles if is_trusted => {
            Some("Staff have no role yet: only those whom the operator of the desk added work on cases.")
        }
        ServerSetting::Roles | ServerSetting::Forum | ServerSetting::Announcements => None,
    }
}

fn no_rights(locale: Locale, server: u64) -> ReplyBlock {
    let Locale::English = locale;
    let code = |text: &str| Span::Code(text.to_owned());
    ReplyBlock::Paragraph(vec![
        Span::Plain(
            "Roles give no rights on this server until the operator of the desk names it: number ".to_owned(),
        ),
        code(&server.to_string()),
        Span::Plain(" in the setting ".to_owned()),
        code("discord.guilds"),
        Span::Plain(".".to_owned()),
    ])
}

/// So many are chosen now.
#[must_use]
pub fn chosen(locale: Locale, setting: ServerSetting, count: usize, is_trusted: bool) -> Reply {
    let Locale::English = locale;
    sentence(match (setting, count) {
        (ServerSetting::Help, 0) => "Saved. There is no help channel any more.".to_owned(),
        (ServerSetting::Help, 1) => "Saved. I answer questions in one help channel.".to_owned(),
        (ServerSetting::Help, count) => format!("Saved. I answer questions in {count} help channels."),
        (ServerSetting::Cases, 0) => "Saved. New cases get no thread any more.".to_owned(),
        (ServerSetting::Cases, _) => "Saved. New cases get their threads in this channel.".to_owned(),
        (ServerSetting::Forum, 0) => "Saved. There is no forum any more.".to_owned(),
        (ServerSetting::Forum, _) => "Saved. This is the forum now.".to_owned(),
        (ServerSetting::Staff, 0) => "Saved. There is no channel for staff any more.".to_owned(),
        (ServerSetting::Staff, _) => "Saved. New cases are announced to staff in this channel.".to_owned(),
        (ServerSetting::Announcements, 0) => {
            "Saved. There is no channel for announcements any more.".to_owned()
        }
        (ServerSetting::Announcements, _) => "Saved. Announcements go to this channel.".to_owned(),
        (ServerSetting::Roles, 0) => {
            "Saved. No role makes anybody staff. Whoever was by one stops with their next message here."
                .to_owned()
        }
        (ServerSetting::Roles, _) if !is_trusted => "Saved.".to_owned(),
        (ServerSetting::Roles, 1) => {
            "Saved. Whoever has this role works on cases, from their next message here on.".to_owned()
        }
        (ServerSetting::Roles, count) => {
            format!(
                "Saved. Whoever has one of {count} roles works on cases, from their next message here on."
            )
        }
    })
}

/// Nothing of what was picked can be chosen.
#[must_use]
pub fn nothing_usable(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence("What you picked can't be chosen here, so nothing was changed.")
}

/// Somebody who does not manage the server wants to set it up.
#[must_use]
pub fn only_managers(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text = "Only people who may manage this server can set it up; nothing was changed.";
    Reply { choices: vec![choices::help(locale)], ..sentence(text) }
}

/// Somebody wants to set up a server where there is none.
#[must_use]
pub fn only_on_a_server(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text =
        "A server is set up in one of its own channels, by people who may manage it; nothing was changed.";
    Reply { choices: vec![choices::help(locale)], ..sentence(text) }
}

/// Somebody uses a command or a button on a server that the operator does not name.
#[must_use]
pub fn not_served(locale: Locale) -> Reply {
    let Locale::English = locale;
    sentence(
        "I don't work on this server. Its managers can ask the operator of the desk to add it; a direct message to me works as well.",
    )
}

/// The message that stays in a channel, for everybody.
#[must_use]
pub fn panel(locale: Locale, desk: &str) -> Reply {
    let Locale::English = locale;
    let blocks = vec![
        paragraph(format!(
            "{desk} is here to help. Ask a question, and you get the answer from the help articles."
        )),
        paragraph("Where they don't help, open a case: only you and support see it."),
    ];
    Reply { blocks, choices: offered(locale), ..Reply::default() }
}

/// What the panel offers: all that there is.
fn offered(locale: Locale) -> Vec<Choice> {
    let Locale::English = locale;
    let ask = Choice::new(&Verb::Ask, "Ask");
    let password = super::secrets::new_password(locale);
    vec![ask, buttons::open_case(locale), buttons::my_cases(locale), password, choices::help(locale)]
}
