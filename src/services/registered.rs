//! Which commands were registered at Discord, so that they are not registered again at every start.

use serde::{Deserialize, Serialize};

use crate::domain::Digest;
use crate::store::{Batch, CommitError, Store, StoreError, Table};

use super::agenda::fault;
use super::servers::key;

/// What was registered for a bot.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registered {
    /// The bot's number.
    pub bot: u64,
    /// A digest of all its commands.
    pub commands: String,
}

/// All that was registered.
pub const REGISTERED: Table<Registered> = Table::new("discord.commands", |one| key(one.bot), &[]);

/// Whether just these commands were registered.
pub async fn is_registered(store: &Store, bot: u64, commands: &Digest) -> Result<bool, StoreError> {
    let row = REGISTERED.get(store, &key(bot)).await?;
    Ok(row.is_some_and(|row| row.record.commands == commands.as_str()))
}

/// Notes that they were.
pub async fn note(store: &Store, bot: u64, commands: &Digest) -> Result<(), StoreError> {
    let registered = Registered { bot, commands: commands.as_str().to_owned() };
    let mut batch = Batch::new();
    match REGISTERED.get(store, &key(bot)).await? {
        Some(row) => REGISTERED.update(&mut batch, &row, &registered),
        None => REGISTERED.insert(&mut batch, &registered),
    }
    match store.commit(batch).await {
        // Another desk registered, too.
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(error) => Err(fault(error)),
    }
}
