//! Servers on Discord: what was chosen for each.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::chat::ServerSetting;
use crate::store::{Batch, CommitError, Direction, Key, Store, StoreError, Table};

use super::agenda::fault;

/// How often a change is tried that others come in between of.
const TRIES: u32 = 8;
/// Digits of a number of Discord's in a key.
pub const WIDTH: usize = 20;

/// The most servers of one desk.
const MOST: usize = 10_000;

/// A server, with what was chosen for it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Server {
    /// Its number.
    pub id: u64,
    /// The channels in which questions are answered without being addressed to the desk.
    #[serde(default)]
    pub help: BTreeSet<u64>,
    /// The channel under which cases have their threads.
    #[serde(default)]
    pub cases: Option<u64>,
    /// The forum.
    #[serde(default)]
    pub forum: Option<u64>,
    /// The channel in which staff hear of new cases.
    #[serde(default)]
    pub staff: Option<u64>,
    /// The channel for announcements.
    #[serde(default)]
    pub announcements: Option<u64>,
    /// The roles of those who work for the desk.
    #[serde(default)]
    pub roles: BTreeSet<u64>,
}

/// All servers.
pub const SERVERS: Table<Server> = Table::new("discord.server", |server| key(server.id), &[]);

/// The key of a number of Discord's.
#[must_use]
pub fn key(id: u64) -> Key {
    Key::of_number(id, WIDTH)
}

impl Server {
    /// A server for which nothing was chosen.
    #[must_use]
    pub fn new(id: u64) -> Self {
        Self { id, ..Self::default() }
    }

    /// What is chosen.
    #[must_use]
    pub fn chosen(&self, setting: ServerSetting) -> Vec<u64> {
        match setting {
            ServerSetting::Help => self.help.iter().copied().collect(),
            ServerSetting::Cases => self.cases.into_iter().collect(),
            ServerSetting::Forum => self.forum.into_iter().collect(),
            ServerSetting::Staff => self.staff.into_iter().collect(),
            ServerSetting::Announcements => self.announcements.into_iter().collect(),
            ServerSetting::Roles => self.roles.iter().copied().collect(),
        }
    }

    /// Whether one of these roles makes somebody staff here, if the operator trusts the server.
    #[must_use]
    pub fn has_role_of_staff(&self, roles: &[u64]) -> bool {
        roles.iter().any(|role| self.roles.contains(role))
    }

    fn choose(&mut self, setting: ServerSetting, ids: &[u64]) {
        let one = ids.first().copied();
        match setting {
            ServerSetting::Help => self.help = ids.iter().copied().collect(),
            ServerSetting::Cases => self.cases = one,
            ServerSetting::Forum => self.forum = one,
            ServerSetting::Staff => self.staff = one,
            ServerSetting::Announcements => self.announcements = one,
            ServerSetting::Roles => self.roles = ids.iter().copied().collect(),
        }
    }
}

/// What is chosen for a server; nothing for one that is not known.
pub async fn of(store: &Store, id: u64) -> Result<Server, StoreError> {
    let row = SERVERS.get(store, &key(id)).await?;
    Ok(row.map_or_else(|| Server::new(id), |row| row.record))
}

/// Chooses these channels or roles.
pub async fn choose(
    store: &Store,
    id: u64,
    setting: ServerSetting,
    ids: &[u64],
) -> Result<Server, StoreError> {
    for _ in 0..TRIES {
        let row = SERVERS.get(store, &key(id)).await?;
        let mut server = row.as_ref().map_or_else(|| Server::new(id), |row| row.record.clone());
        server.choose(setting, ids);
        let mut batch = Batch::new();
        match &row {
            Some(row) if row.record == server => return Ok(server),
            Some(row) => SERVERS.update(&mut batch, row, &server),
            None => SERVERS.insert(&mut batch, &server),
        }
        match store.commit(batch).await {
            Ok(_) => return Ok(server),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    Err(StoreError::Unavailable(format!("others keep changing server {id}")))
}

/// All servers for which something was chosen.
pub async fn all(store: &Store) -> Result<Vec<Server>, StoreError> {
    let rows = SERVERS.list(store, None, MOST, Direction::Forward).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}
