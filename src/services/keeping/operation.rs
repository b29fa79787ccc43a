//! What can be asked of a desk that runs, and of a store that no desk has open: the same, by the same code.

use std::path::PathBuf;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use crate::domain::account::{OrgId, Organisation};
use crate::domain::{Job, JobKey, MailAddress, Person};
use crate::services::accounts::bring::{Brought, Wanted};
use crate::services::accounts::{AccountSeen, Accounts};
use crate::services::agenda::{self, Fate};
use crate::services::case_trial::{self, CaseAcknowledged, CaseTurn};
use crate::services::mail_test::ask_for_test_mail;
use crate::services::people::{NewStaff, People, Removed};
use crate::services::privacy::{self, Erased, Export, PersonSeen};
use crate::services::servers::{self, Server};
use crate::services::tokens::{NewToken, Token, TokenName, TokenSeen, Tokens};
use crate::services::trial::{self, Acknowledged, Turn};
use crate::store::Shape;

use super::backup::{Backup, backup};
use super::check::{Checked, check};
use super::kept::Kept;
use super::status::{Running, Status, status};
use super::{KeepingError, Told};

/// The most organisations that are listed.
const LISTED: usize = 100_000;

/// Something to be done with what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Operation {
    /// Tell how everything is.
    Status {
        /// Count the records, which reads the whole store.
        count: bool,
    },
    /// Write a backup.
    Backup {
        /// To this file; its path is absolute, because the desk runs in a folder of its own.
        file: PathBuf,
    },
    /// Hold records, indexes, feed and files against each other.
    Check,
    /// Send a test mail.
    MailTest {
        /// To whom.
        to: MailAddress,
    },
    /// Tell how a job stands.
    Job {
        /// Its key.
        key: JobKey,
    },
    /// List what was given up, the latest first.
    DeadLetters {
        /// The most to list.
        limit: usize,
    },
    /// Have what was given up tried again.
    Retry {
        /// Its key.
        key: JobKey,
    },
    /// Give it up for good.
    Discard {
        /// Its key.
        key: JobKey,
    },
    /// Tell who somebody is to the desk.
    ShowPerson {
        /// Their number, address, `discord:ID` or `console:USER`.
        who: String,
    },
    /// Hand over everything that the desk holds about somebody.
    ExportPerson {
        /// As for [`Operation::ShowPerson`].
        who: String,
    },
    /// Erase everything that somebody wrote, and who they are.
    ErasePerson {
        /// As for [`Operation::ShowPerson`].
        who: String,
    },
    /// Let somebody work on cases.
    AddAgent {
        /// How they are known.
        who: NewStaff,
        /// What others read; `None` leaves it as it is.
        name: Option<String>,
    },
    /// List those who work on cases.
    Agents,
    /// Let somebody no longer work on cases.
    RemoveAgent {
        /// As for [`Operation::ShowPerson`].
        who: String,
    },
    /// Keep a token by which a program speaks for somebody. The secret of it stays with whoever asks.
    AddToken {
        /// It.
        new: NewToken,
    },
    /// List the tokens.
    Tokens,
    /// End a token.
    RemoveToken {
        /// What it is called.
        name: TokenName,
    },
    /// List the servers on Discord, with what was chosen for each.
    Servers,
    /// List the organisations.
    Accounts,
    /// Show an account.
    ShowAccount {
        /// Its number.
        org: OrgId,
    },
    /// Bring in what is missing of these organisations.
    BringAccounts {
        /// What is wanted.
        wanted: Vec<Wanted>,
        /// Only tell what would be done.
        is_trial: bool,
    },
    /// Make the demonstration account, unless it is there.
    Demo {
        /// What it is.
        wanted: Box<Wanted>,
    },
    /// Make one commit of a trial.
    Trial {
        /// Which one.
        turn: Turn,
    },
    /// Take one turn of a trial of cases; what it leaves stays.
    CaseTrial {
        /// Which one.
        turn: CaseTurn,
    },
    /// Remove the records of all trials.
    ClearTrial,
}

/// What came of an [`Operation`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// How everything is.
    Status(Box<Status>),
    /// A backup was written.
    Backup(Backup),
    /// What a check found.
    Checked(Checked),
    /// The mail was asked for, under this key.
    Asked(JobKey),
    /// How a job stands.
    Job(Fate),
    /// What was given up.
    Letters(Vec<Job>),
    /// It is tried again, or was given up for good.
    Mended,
    /// Who somebody is.
    Person(Box<PersonSeen>),
    /// Everything about somebody.
    Exported(Box<Export>),
    /// Somebody was erased.
    Erased(Erased),
    /// Somebody is an agent now.
    Agent(Box<Person>),
    /// Somebody is no agent any more.
    AgentRemoved(Box<Removed>),
    /// The agents.
    Agents(Vec<Person>),
    /// A token is kept.
    Token(Box<TokenSeen>),
    /// The tokens.
    Tokens(Vec<TokenSeen>),
    /// A token is worth nothing any more.
    TokenRemoved(Box<Token>),
    /// The servers on Discord.
    Servers(Vec<Server>),
    /// The organisations.
    Accounts(Vec<Organisation>),
    /// An account.
    Account(Box<AccountSeen>),
    /// What was brought in, or would be.
    Brought(Vec<Brought>),
    /// A commit of a trial is durable.
    Trial(Acknowledged),
    /// A turn of a trial of cases is durable.
    CaseTrial(CaseAcknowledged),
    /// The records of all trials are gone.
    Cleared {
        /// So many.
        records: u64,
    },
}

/// Whoever has the store open, and what operations need to know besides.
pub struct Keeper {
    /// What is kept.
    pub kept: Kept,
    /// Every typed table, for the check.
    pub tables: Vec<Shape>,
    /// The folder of all indexes.
    pub index: PathBuf,
    /// The desk, where this process is one.
    pub running: Option<watch::Receiver<Running>>,
}

/// Performs an operation. Dropped before its end, it leaves nothing behind; only erasing a person then waits to be asked for again, and
/// goes on where it stopped.
pub async fn perform(
    operation: &Operation,
    keeper: &Keeper,
    now: DateTime<Utc>,
    progress: Told<'_>,
) -> Result<Outcome, KeepingError> {
    Ok(match operation {
        Operation::Status { count } => {
            Outcome::Status(Box::new(status(keeper, *count, now, progress).await?))
        }
        Operation::Backup { file } => Outcome::Backup(backup(&keeper.kept, file, now, progress).await?),
        Operation::Check => Outcome::Checked(check(&keeper.kept, &keeper.tables, now, progress).await?),
        Operation::MailTest { to } => Outcome::Asked(ask_for_test_mail(&keeper.kept.store, to, now).await?),
        Operation::Job { key } => Outcome::Job(agenda::fate(&keeper.kept.store, key).await?),
        Operation::DeadLetters { limit } => {
            Outcome::Letters(agenda::dead_letters(&keeper.kept.store, *limit).await?)
        }
        Operation::Retry { key } => {
            agenda::retry(&keeper.kept.store, key, now).await?;
            Outcome::Mended
        }
        Operation::Discard { key } => {
            agenda::discard(&keeper.kept.store, key, now).await?;
            Outcome::Mended
        }
        Operation::ShowPerson { who } => {
            Outcome::Person(Box::new(privacy::seen(&keeper.kept.store, who).await?))
        }
        Operation::ExportPerson { who } => {
            Outcome::Exported(Box::new(privacy::export(&keeper.kept.store, who, now, progress).await?))
        }
        Operation::ErasePerson { who } => {
            Outcome::Erased(privacy::erase(&keeper.kept.store, &keeper.kept.files, who, now, progress).await?)
        }
        Operation::AddAgent { who, name } => {
            let people = People::new(keeper.kept.store.clone());
            Outcome::Agent(Box::new(people.add_staff(who, name.as_deref(), now).await?))
        }
        Operation::Agents => Outcome::Agents(People::new(keeper.kept.store.clone()).staff().await?),
        Operation::RemoveAgent { who } => {
            let people = People::new(keeper.kept.store.clone());
            Outcome::AgentRemoved(Box::new(people.remove_staff(who).await?))
        }
        Operation::AddToken { new } => Outcome::Token(Box::new(tokens(keeper).add(new, now).await?)),
        Operation::Tokens => Outcome::Tokens(tokens(keeper).list().await?),
        Operation::RemoveToken { name } => {
            Outcome::TokenRemoved(Box::new(tokens(keeper).remove(name).await?))
        }
        Operation::Servers => Outcome::Servers(servers::all(&keeper.kept.store).await?),
        Operation::Accounts => Outcome::Accounts(accounts(keeper).organisations(None, LISTED).await?),
        Operation::ShowAccount { org } => {
            let seen = accounts(keeper).seen(*org).await?;
            Outcome::Account(Box::new(seen.ok_or(KeepingError::NoAccount(*org))?))
        }
        Operation::BringAccounts { wanted, is_trial } => {
            Outcome::Brought(accounts(keeper).bring(wanted, *is_trial, now).await?)
        }
        Operation::Demo { wanted } => Outcome::Brought(accounts(keeper).bring_demo(wanted, now).await?),
        Operation::Trial { turn } => Outcome::Trial(trial::commit(&keeper.kept.store, turn, now).await?),
        Operation::CaseTrial { turn } => {
            Outcome::CaseTrial(case_trial::take(&keeper.kept.store, &keeper.kept.files, turn, now).await?)
        }
        Operation::ClearTrial => Outcome::Cleared { records: trial::clear(&keeper.kept.store).await? },
    })
}

fn tokens(keeper: &Keeper) -> Tokens {
    Tokens::new(keeper.kept.store.clone())
}

/// The accounts, for what does not ask which toolboxes there are.
fn accounts(keeper: &Keeper) -> Accounts {
    Accounts::new(keeper.kept.store.clone(), Vec::new())
}
