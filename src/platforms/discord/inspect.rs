//! What the bot and staff may on a server, held against what the desk does there. Pure: it looks at what Discord answered.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use crate::chat::ServerSetting;
use crate::services::servers::Server;

use super::finding::{Finding, Id, Named};
use super::permissions::{NEEDED, NEEDED_BY_CUSTOMERS, NEEDED_BY_STAFF, NEEDED_ELSEWHERE, Permission, VIEW};
use super::rights::{ADMINISTRATOR, Holder, Overwrite, Role, in_channel, number, on_server};

/// Discord's number for an ordinary text channel.
const TEXT: u8 = 0;

/// A channel, as Discord describes it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Channel {
    /// Its number.
    #[serde(deserialize_with = "number")]
    pub id: u64,
    /// Its kind, by Discord's number.
    #[serde(rename = "type")]
    pub kind: u8,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// What it changes about rights.
    #[serde(default, rename = "permission_overwrites")]
    pub overwrites: Vec<Overwrite>,
}

impl Channel {
    fn named(&self) -> Named {
        Named::new(self.id, self.name.as_deref())
    }
}

/// A chosen channel, as far as the bot gets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// It sees it.
    Seen(Channel),
    /// It is there, and the bot does not see it.
    Hidden,
    /// It is not there.
    Gone,
}

/// A server, as Discord shows it to the bot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Its number.
    pub server: u64,
    /// All its roles.
    pub roles: Vec<Role>,
    /// The bot there.
    pub bot: Holder,
    /// The channels that were chosen.
    pub channels: BTreeMap<u64, Reached>,
}

impl Seen {
    fn may(&self, channel: &Channel, who: &Holder) -> u64 {
        in_channel(self.server, on_server(self.server, &self.roles, who), &channel.overwrites, who)
    }

    fn role(&self, id: u64) -> Option<&Role> {
        self.roles.iter().find(|role| role.id == id)
    }

    /// What was chosen, with the names of it all.
    #[must_use]
    pub fn named(&self, setting: ServerSetting, chosen: &Server) -> Vec<Named> {
        let name = |id: u64| match setting {
            ServerSetting::Roles => Named::new(id, self.role(id).map(|role| role.name.as_str())),
            ServerSetting::Help
            | ServerSetting::Cases
            | ServerSetting::Forum
            | ServerSetting::Staff
            | ServerSetting::Announcements => match self.channels.get(&id) {
                Some(Reached::Seen(channel)) => channel.named(),
                Some(Reached::Hidden | Reached::Gone) | None => Named::new(id, None),
            },
        };
        chosen.chosen(setting).into_iter().map(name).collect()
    }
}

/// The channels that were chosen for anything.
#[must_use]
pub fn chosen_channels(chosen: &Server) -> BTreeSet<u64> {
    let settings = ServerSetting::ALL.into_iter().filter(|setting| *setting != ServerSetting::Roles);
    settings.flat_map(|setting| chosen.chosen(setting)).collect()
}

/// All that is to be known about a server; `roles_count` is whether its roles make staff.
#[must_use]
pub fn inspect(seen: &Seen, chosen: &Server, roles_count: bool) -> Vec<Finding> {
    let mut findings = Vec::new();
    let bot = on_server(seen.server, &seen.roles, &seen.bot);
    if bot & ADMINISTRATOR != 0 && !seen.bot.is_owner {
        findings.push(Finding::Administrator);
    }
    let elsewhere = lacking(bot, &NEEDED_ELSEWHERE);
    if !elsewhere.is_empty() {
        findings.push(Finding::LacksElsewhere { permissions: elsewhere });
    }
    for setting in ServerSetting::ALL {
        if setting != ServerSetting::Roles {
            for channel in chosen.chosen(setting) {
                findings.extend(of_channel(seen, setting, channel));
            }
        }
    }
    if *chosen == Server::new(chosen.id) {
        findings.push(Finding::NothingChosen);
        return findings;
    }
    match chosen.cases.map(|id| seen.channels.get(&id)) {
        None => findings.push(Finding::NoCasesChannel),
        Some(Some(Reached::Seen(cases))) => findings.extend(around_cases(seen, chosen, cases)),
        Some(Some(Reached::Hidden | Reached::Gone) | None) => {}
    }
    let gone = chosen.roles.iter().filter(|role| seen.role(**role).is_none());
    findings.extend(gone.map(|role| Finding::RoleGone { role: Id(*role) }));
    if !chosen.roles.is_empty() && !roles_count {
        findings.push(Finding::RolesDoNotCount { server: Id(chosen.id) });
    }
    findings
}

/// What the bot lacks in a channel that was chosen for this.
fn of_channel(seen: &Seen, setting: ServerSetting, id: u64) -> Vec<Finding> {
    let lacks = |channel: Named, permission: &Permission| {
        let lacks = |without| Finding::Lacks {
            chosen_for: setting.name(),
            channel,
            permission: permission.name,
            without,
        };
        permission.without(setting).map(lacks)
    };
    match seen.channels.get(&id) {
        Some(Reached::Seen(channel)) => {
            let may = seen.may(channel, &seen.bot);
            let missing = NEEDED.iter().filter(|permission| may & permission.bit == 0);
            missing.filter_map(|permission| lacks(channel.named(), permission)).collect()
        }
        Some(Reached::Hidden) => lacks(Named::new(id, None), &VIEW).into_iter().collect(),
        Some(Reached::Gone) | None => {
            vec![Finding::ChannelGone { chosen_for: setting.name(), channel: Id(id) }]
        }
    }
}

/// What the channel for cases lacks for those who talk in its threads.
fn around_cases(seen: &Seen, chosen: &Server, cases: &Channel) -> Vec<Finding> {
    let mut findings = Vec::new();
    if cases.kind != TEXT {
        findings.push(Finding::NoThreads { channel: cases.named() });
    }
    for role in chosen.roles.iter().filter_map(|id| seen.role(*id)) {
        let may = seen.may(cases, &Holder::of_role(role.id));
        let missing = NEEDED_BY_STAFF.iter().filter(|(permission, _)| may & permission.bit == 0);
        findings.extend(missing.map(|(permission, without)| Finding::StaffLacks {
            role: Named::new(role.id, Some(&role.name)),
            channel: cases.named(),
            permission: permission.name,
            without,
        }));
    }
    let permissions = lacking(seen.may(cases, &Holder::default()), &NEEDED_BY_CUSTOMERS);
    if !permissions.is_empty() {
        findings.push(Finding::NotForEverybody { channel: cases.named(), permissions });
    }
    findings
}

/// The names of the permissions that are missing.
fn lacking(rights: u64, needed: &[&'static Permission]) -> Vec<&'static str> {
    needed
        .iter()
        .filter(|permission| rights & permission.bit == 0)
        .map(|permission| permission.name)
        .collect()
}
