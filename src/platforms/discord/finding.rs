//! What a look at Discord can find, and what to do about each.

use std::borrow::Cow;
use std::fmt;

use serde::{Serialize, Serializer};

use crate::platforms::console::safe;

use super::connect::NotConnected;

/// A number of Discord's, which is written as a text: it may be larger than what JavaScript counts exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id(pub u64);

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Serialize for Id {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Something at Discord with its name, where that is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Named {
    /// Its number.
    pub id: Id,
    /// Its name, fit for a terminal.
    pub name: Option<String>,
}

impl Named {
    /// Something with a name that people gave it.
    #[must_use]
    pub fn new(id: u64, name: Option<&str>) -> Self {
        Self { id: Id(id), name: name.map(|name| safe::line(name).into_owned()) }
    }

    /// As a channel is written.
    #[must_use]
    pub fn channel(&self) -> String {
        match &self.name {
            Some(name) => format!("#{name}"),
            None => format!("the channel {}", self.id),
        }
    }

    /// As a role or a server is written.
    #[must_use]
    pub fn title(&self) -> String {
        self.name.clone().unwrap_or_else(|| self.id.to_string())
    }
}

/// Something to be known about the desk at Discord.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "finding", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the messages say what each is")]
pub enum Finding {
    NoToken,
    NotConnected {
        #[serde(skip)]
        why: NotConnected,
    },
    NoServer,
    NotThere {
        server: Id,
    },
    Left {
        server: Id,
    },
    NotAsked {
        why: String,
    },
    ChannelGone {
        chosen_for: &'static str,
        channel: Id,
    },
    Lacks {
        chosen_for: &'static str,
        channel: Named,
        permission: &'static str,
        without: &'static str,
    },
    NoThreads {
        channel: Named,
    },
    RoleGone {
        role: Id,
    },
    StaffLacks {
        role: Named,
        channel: Named,
        permission: &'static str,
        without: &'static str,
    },
    NothingChosen,
    NoCasesChannel,
    RolesDoNotCount {
        server: Id,
    },
    Administrator,
    LacksElsewhere {
        permissions: Vec<&'static str>,
    },
    NotForEverybody {
        channel: Named,
        permissions: Vec<&'static str>,
    },
}

impl Finding {
    /// Whether somebody has to do something. The rest may be meant so.
    #[must_use]
    pub fn needs_a_person(&self) -> bool {
        match self {
            Self::NoToken
            | Self::NotConnected { .. }
            | Self::NoServer
            | Self::NotThere { .. }
            | Self::NotAsked { .. }
            | Self::ChannelGone { .. }
            | Self::Lacks { .. }
            | Self::NoThreads { .. }
            | Self::RoleGone { .. }
            | Self::StaffLacks { .. } => true,
            Self::Left { .. }
            | Self::NothingChosen
            | Self::NoCasesChannel
            | Self::RolesDoNotCount { .. }
            | Self::Administrator
            | Self::LacksElsewhere { .. }
            | Self::NotForEverybody { .. } => false,
        }
    }

    /// What to do about it.
    #[must_use]
    pub fn remedy(&self) -> Cow<'static, str> {
        match self {
            Self::NoToken => {
                "Make a bot at https://discord.com/developers/applications: New Application; then under Bot turn on \
                 \"Message Content Intent\" and choose Reset Token. Put the token into the environment as \
                 GUIDEPOST_DISCORD_TOKEN, and run this again."
            }
            Self::NotConnected { why } => return format!("{}.", why.remedy()).into(),
            Self::NoServer => {
                "Open the invite link in a browser, choose a server that you manage, and type /setup there while the \
                 desk runs."
            }
            Self::NotThere { server } => {
                return format!(
                    "Open the invite link and choose that server, or take {server} out of the setting discord.guilds."
                )
                .into();
            }
            Self::Left { .. } => "Open the invite link and choose that server if the desk is to work there again.",
            Self::NotAsked { .. } => {
                "Try again in a minute. If it stays so, open the invite link and choose that server once more."
            }
            Self::ChannelGone { .. } | Self::RoleGone { .. } => {
                "Somebody who may manage the server types /setup there and chooses another one."
            }
            Self::Lacks { channel, permission, .. } => {
                return allow(channel, "the bot", permission).into();
            }
            Self::NoThreads { .. } => {
                "Somebody who may manage the server types /setup there and chooses an ordinary text channel for cases."
            }
            Self::StaffLacks { role, channel, permission, .. } => {
                return allow(channel, &format!("the role {}", role.title()), permission).into();
            }
            Self::NothingChosen => {
                "Somebody who may manage the server types /setup there, and /panel where people look for help."
            }
            Self::NoCasesChannel => "Somebody who may manage the server types /setup there and chooses one.",
            Self::RolesDoNotCount { server } => {
                return format!(
                    "To let its managers say by roles who is staff, add \"{server}\" to the setting discord.guilds. \
                     Once it names servers, only these are served."
                )
                .into();
            }
            Self::Administrator => {
                "At Discord, under Server Settings, Roles, turn \"Administrator\" off for the bot's role, and open the \
                 invite link once more."
            }
            Self::LacksElsewhere { .. } => {
                "Unless it is meant so, open the invite link once more and choose that server."
            }
            Self::NotForEverybody { .. } => {
                "Unless your customers may by another role, allow it for @everyone in the settings of that channel, \
                 under Permissions; the threads stay private."
            }
        }
        .into()
    }
}

/// How a permission is given in one channel.
fn allow(channel: &Named, whom: &str, permission: &str) -> String {
    let channel = channel.channel();
    format!(
        "At Discord, in the settings of {channel} under Permissions, add {whom} and allow \"{permission}\"."
    )
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoToken => {
                f.write_str("GUIDEPOST_DISCORD_TOKEN is not set, so the desk is not on Discord")
            }
            Self::NotConnected { why } => f.write_str(&why.fault()),
            Self::NoServer => f.write_str("The bot is on no server yet"),
            Self::NotThere { server } => {
                write!(f, "The bot is not on the server {server}, which the setting discord.guilds names")
            }
            Self::Left { server } => write!(f, "The server {server} was set up once, and the bot is no longer on it"),
            Self::NotAsked { why } => write!(f, "What the bot may do there is not known: {why}"),
            Self::ChannelGone { chosen_for, channel } => {
                write!(f, "The channel {channel}, which was chosen for {chosen_for}, is gone")
            }
            Self::Lacks { channel, permission, without, .. } => {
                write!(f, "In {} the bot may not {permission}: {without} until it may", channel.channel())
            }
            Self::NoThreads { channel } => {
                let channel = channel.channel();
                write!(f, "Discord makes private threads only in ordinary text channels, which {channel} is not: cases get none")
            }
            Self::RoleGone { role } => write!(f, "The role {role}, which was chosen for staff, is gone"),
            Self::StaffLacks { role, channel, permission, without } => {
                let (channel, role) = (channel.channel(), role.title());
                write!(f, "In {channel} the role {role} may not {permission}: {without} until it may")
            }
            Self::NothingChosen => f.write_str(
                "Nothing was chosen there yet: the desk answers commands, direct messages and whoever mentions it, and cases get no threads",
            ),
            Self::NoCasesChannel => {
                f.write_str("No channel was chosen for cases: they are worked on in the queue, without threads")
            }
            Self::RolesDoNotCount { .. } => {
                f.write_str("The chosen roles make nobody staff, because the settings do not name this server")
            }
            Self::Administrator => f.write_str("The bot is an administrator there, which it need not be"),
            Self::LacksElsewhere { permissions } => {
                let permissions = permissions.join(", ");
                write!(f, "Outside the chosen channels the bot may not {permissions}: who mentions it there gets no full answer")
            }
            Self::NotForEverybody { channel, permissions } => {
                let (channel, permissions) = (channel.channel(), permissions.join(", "));
                write!(f, "In {channel} not everybody may {permissions}: who may not can't use the thread of their case")
            }
        }
    }
}
