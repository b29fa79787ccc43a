//! A look at Discord: who the bot is, and whether it may do on each server what the desk does there.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::Value;
use serenity::http::Http;

use crate::chat::ServerSetting;
use crate::services::servers::{self, Server};

use super::api::{Api, number};
use super::connect::{Connection, NotConnected, look_up};
use super::door::Door;
use super::finding::{Finding, Id, Named};
use super::inspect::{Channel, Reached, Seen, chosen_channels, inspect};
use super::permissions::{NEEDED, Permission, invite};
use super::rights::{Holder, Role};
use super::trouble::{Trouble, code};

/// What a look found.
#[derive(Debug, Default, Serialize)]
pub struct Checked {
    /// The bot; none where Discord did not say.
    pub bot: Option<Bot>,
    /// The servers that it is on.
    pub servers: Vec<ServerSeen>,
    /// What is to be known beside them.
    #[serde(serialize_with = "told")]
    pub findings: Vec<Finding>,
}

/// The bot.
#[derive(Debug, Serialize)]
pub struct Bot {
    /// Its account.
    pub account: Named,
    /// Its application's number.
    pub application: Id,
    /// The link that brings it to a server.
    pub invite: String,
    /// The permissions that the link asks for, and no other.
    pub permissions: [&'static Permission; NEEDED.len()],
    /// Whether Discord lets it read what people write.
    pub message_content: bool,
}

/// A server that the bot is on.
#[derive(Debug, Serialize)]
pub struct ServerSeen {
    /// Which one.
    pub server: Named,
    /// Whether the desk works there.
    pub is_served: bool,
    /// Whether its roles make staff.
    pub roles_count: bool,
    /// What was chosen there, each setting once; nothing where the desk does not work.
    #[serde(serialize_with = "by_name")]
    pub chosen: BTreeMap<ServerSetting, Vec<Named>>,
    /// What is to be known about it.
    #[serde(serialize_with = "told")]
    pub findings: Vec<Finding>,
}

impl Checked {
    /// What there is without a token.
    #[must_use]
    pub fn without_token() -> Self {
        Self { findings: vec![Finding::NoToken], ..Self::default() }
    }

    /// How many of the findings need a person.
    #[must_use]
    pub fn needing_a_person(&self) -> usize {
        let of_servers = self.servers.iter().flat_map(|seen| &seen.findings);
        self.findings.iter().chain(of_servers).filter(|finding| finding.needs_a_person()).count()
    }
}

/// Findings with what they mean in words.
fn told<S: Serializer>(findings: &[Finding], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Told<'a> {
        message: String,
        remedy: Cow<'static, str>,
        needs_a_person: bool,
        #[serde(flatten)]
        finding: &'a Finding,
    }
    serializer.collect_seq(findings.iter().map(|finding| {
        let needs_a_person = finding.needs_a_person();
        Told { message: finding.to_string(), remedy: finding.remedy(), needs_a_person, finding }
    }))
}

/// What was chosen, by the names of the settings.
fn by_name<S: Serializer>(
    chosen: &BTreeMap<ServerSetting, Vec<Named>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.collect_map(chosen.iter().map(|(setting, chosen)| (setting.name(), chosen)))
}

/// Looks at everything. `named` are the servers that the settings name, `chosen` is what was chosen on servers.
pub async fn check(http: Http, named: &BTreeSet<u64>, chosen: &[Server]) -> Checked {
    let connection = match look_up(http).await {
        Ok(connection) => connection,
        Err(why) => return Checked { findings: vec![Finding::NotConnected { why }], ..Checked::default() },
    };
    let mut checked = Checked { bot: Some(bot_of(&connection)), ..Checked::default() };
    if !connection.reads_messages {
        checked.findings.push(Finding::NotConnected { why: NotConnected::NoIntent });
    }
    let membership: Result<Vec<Membership>, Trouble> =
        connection.api.servers().await.and_then(|all| all.into_iter().map(read).collect());
    match membership {
        Ok(memberships) => {
            checked.findings.extend(without_bot(&memberships, named, chosen));
            for one in memberships {
                checked.servers.push(look_at(&connection, one, named, chosen).await);
            }
        }
        Err(trouble) => checked.findings.push(Finding::NotConnected { why: trouble.into() }),
    }
    checked
}

fn bot_of(connection: &Connection) -> Bot {
    Bot {
        account: Named::new(connection.me, Some(&connection.name)),
        application: Id(connection.application),
        invite: invite(connection.application),
        permissions: NEEDED,
        message_content: connection.reads_messages,
    }
}

/// A server in Discord's list of those that the bot is on.
#[derive(Debug, Deserialize)]
struct Membership {
    #[serde(deserialize_with = "super::rights::number")]
    id: u64,
    name: String,
    owner: bool,
}

/// Servers that are expected and that the bot is not on.
fn without_bot(there: &[Membership], named: &BTreeSet<u64>, chosen: &[Server]) -> Vec<Finding> {
    let is_there = |id: u64| there.iter().any(|one| one.id == id);
    let missing = named.iter().filter(|id| !is_there(**id));
    let mut findings: Vec<Finding> = missing.map(|id| Finding::NotThere { server: Id(*id) }).collect();
    if there.is_empty() && findings.is_empty() {
        findings.push(Finding::NoServer);
    }
    let left = chosen.iter().filter(|server| !named.contains(&server.id) && !is_there(server.id));
    findings.extend(left.map(|server| Finding::Left { server: Id(server.id) }));
    findings
}

async fn look_at(
    connection: &Connection,
    Membership { id, name, owner }: Membership,
    named: &BTreeSet<u64>,
    chosen: &[Server],
) -> ServerSeen {
    let server = Named::new(id, Some(&name));
    let (is_served, roles_count) = (named.is_empty() || named.contains(&id), named.contains(&id));
    let mut seen =
        ServerSeen { server, is_served, roles_count, chosen: BTreeMap::new(), findings: Vec::new() };
    if !is_served {
        return seen;
    }
    let nothing = Server::new(id);
    let chosen = chosen.iter().find(|server| server.id == id).unwrap_or(&nothing);
    match look(&connection.api, connection.me, owner, chosen).await {
        Ok(looked) => {
            let all = ServerSetting::ALL.into_iter();
            seen.chosen = all.map(|setting| (setting, looked.named(setting, chosen))).collect();
            seen.findings = inspect(&looked, chosen, roles_count);
        }
        Err(trouble) => seen.findings.push(Finding::NotAsked { why: trouble.to_string() }),
    }
    seen
}

/// Asks Discord about a server: its roles, the bot's, and the channels that were chosen.
async fn look(api: &Api, me: u64, is_owner: bool, chosen: &Server) -> Result<Seen, Trouble> {
    let server = chosen.id;
    let roles = api.roles(server).await?.into_iter().map(read).collect::<Result<Vec<Role>, Trouble>>()?;
    let member: Member = read(api.member(server, me).await?)?;
    let bot_roles =
        member.roles.iter().map(|id| number_of(id)).collect::<Result<BTreeSet<u64>, Trouble>>()?;
    let wanted = chosen_channels(chosen);
    let mut channels = BTreeMap::new();
    // Where nothing was chosen, nothing needs to be asked.
    let listed = if wanted.is_empty() { Vec::new() } else { api.channels(server).await? };
    for value in listed.into_iter().filter(|one| number(one, "id").is_ok_and(|id| wanted.contains(&id))) {
        let channel: Channel = read(value)?;
        channels.insert(channel.id, Reached::Seen(channel));
    }
    let missing: Vec<u64> = wanted.into_iter().filter(|id| !channels.contains_key(id)).collect();
    for id in missing {
        channels.insert(id, reach(api, server, id).await?);
    }
    let bot = Holder { user: Some(me), roles: bot_roles, is_owner };
    Ok(Seen { server, roles, bot, channels })
}

#[derive(Deserialize)]
struct Member {
    roles: Vec<String>,
}

/// A channel that the server's list does not have: hidden from the bot, gone, or never of this server.
async fn reach(api: &Api, server: u64, id: u64) -> Result<Reached, Trouble> {
    match api.channel(id).await {
        Ok(value) if number(&value, "guild_id").ok() == Some(server) => Ok(Reached::Seen(read(value)?)),
        Ok(_) => Ok(Reached::Gone),
        Err(trouble) if trouble.is(code::NO_ACCESS) => Ok(Reached::Hidden),
        Err(trouble) if trouble.is(code::UNKNOWN_CHANNEL) => Ok(Reached::Gone),
        Err(trouble) => Err(trouble),
    }
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T, Trouble> {
    serde_json::from_value(value)
        .map_err(|error| Trouble::Unreadable(format!("{:?} error", error.classify())))
}

fn number_of(text: &str) -> Result<u64, Trouble> {
    text.parse().map_err(|_| Trouble::Unreadable("a role has no number".to_owned()))
}

impl Door {
    /// Tells in the log what the bot may not do that it has to, on each server where something was chosen.
    pub async fn check_permissions(&self) {
        let chosen = match servers::all(&self.store).await {
            Ok(chosen) => chosen,
            Err(error) => {
                tracing::warn!(%error, "what was chosen on servers could not be read");
                return;
            }
        };
        for server in chosen.iter().filter(|server| self.serves(Some(server.id))) {
            // A server of the bot's own is none that anybody chose something on.
            match look(&self.api, self.me, false, server).await {
                Ok(seen) => {
                    let findings = inspect(&seen, server, true);
                    for finding in findings.iter().filter(|finding| finding.needs_a_person()) {
                        tracing::warn!(server = server.id, %finding, "`guidepost discord check` tells what to do");
                    }
                }
                Err(trouble) => {
                    tracing::warn!(server = server.id, %trouble, "what the bot may do there could not be asked");
                }
            }
        }
    }
}
