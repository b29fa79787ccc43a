//! The settings, typed: one struct for each section of `config.toml`, which says what each field means.
//!
//! A setting that may hold a password, as the URL of a store does, is a [`Secret`](super::Secret) here.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use chrono_tz::Tz;
use serde::de::{self, DeserializeOwned, IntoDeserializer, value::StringDeserializer};
use serde::{Deserialize, Deserializer};

use crate::domain::account::Toolbox;
use crate::domain::case::QueueId;
use crate::domain::{MailServer, Mailbox, ProductId, PublicUrl};

use super::Secret;

/// A megabyte here is a million bytes: so the largest `index.writer_memory_mb` is within the search engine's limit.
const MB: usize = 1_000_000;

/// All settings.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each section's struct says what it is about")]
pub struct Settings {
    pub desk: Desk,
    pub knowledge: Knowledge,
    pub index: Index,
    pub search: Search,
    pub store: Store,
    pub files: Files,
    pub mail: Mail,
    pub cases: Cases,
    pub accounts: Accounts,
    pub sign_in: SignIn,
    pub web: Web,
    pub discord: Discord,
    pub log: Log,
    pub import: Import,
    pub console: Console,
}

/// The desk itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Desk {
    /// How it introduces itself.
    pub name: String,
    /// The product that questions are about unless they name another; none for all.
    #[serde(deserialize_with = "none_if_empty")]
    pub product: Option<ProductId>,
    /// The zone of the times that it tells where the reader's is not known.
    #[serde(deserialize_with = "time_zone")]
    pub time_zone: Tz,
}

/// The articles.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Knowledge {
    /// Their folder.
    pub path: PathBuf,
    /// Whether a saved article is searchable at once.
    pub watch: bool,
}

/// The search indexes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Index {
    /// Their folder.
    pub path: PathBuf,
    /// Memory for building one, in millions of bytes.
    pub writer_memory_mb: usize,
}

impl Index {
    /// Memory for building an index, in bytes.
    #[must_use]
    pub fn writer_memory(&self) -> usize {
        self.writer_memory_mb.saturating_mul(MB)
    }
}

/// Answering questions.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// Articles shown, the one that answers included.
    pub results: usize,
}

/// Where everything is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Store {
    /// Which engine keeps it.
    pub engine: Engine,
    /// The folder of the sled store.
    pub path: PathBuf,
    /// The address of the PostgreSQL server; it may hold a password.
    pub url: Secret,
}

/// What keeps the records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engine {
    /// Embedded, in a folder.
    Sled,
    /// A PostgreSQL server.
    Postgres,
}

/// Attachments and other files.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Files {
    /// Their folder; with PostgreSQL they are in its database.
    pub path: PathBuf,
}

/// Mail.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mail {
    /// The server that mail is handed to; none to write it to the outbox.
    #[serde(deserialize_with = "none_if_empty")]
    pub smtp: Option<MailServer>,
    /// The folder that mail is written to where there is no server.
    pub outbox: PathBuf,
    /// Whom mail is from, as in its header.
    pub from: Mailbox,
}

/// Cases.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cases {
    /// The queues; the first takes what nothing else decides about.
    pub queues: Vec<QueueId>,
    /// The most cases of one person that are not over.
    pub most_active: u32,
    /// How long after one case the same person can open the next, in seconds.
    pub cooldown_s: u32,
    /// The most files at once.
    pub most_files: usize,
    /// The largest file, in millions of bytes.
    pub max_file_mb: u64,
    /// The ends of the names of files that are taken, in lower case.
    pub file_types: Vec<String>,
    /// A silent customer is reminded after this, in hours.
    pub remind_after_h: u32,
    /// Their case is closed after this, in hours.
    pub close_after_h: u32,
    /// So long before that they are told, in hours.
    pub warn_before_h: u32,
    /// A solved case is closed after this, in hours.
    pub settle_after_h: u32,
    /// For so long a reply opens a closed case again, in hours.
    pub reopen_within_h: u32,
}

impl Cases {
    /// The largest file, in bytes.
    #[must_use]
    pub fn most_file_bytes(&self) -> u64 {
        self.max_file_mb.saturating_mul(MB as u64)
    }
}

/// Accounts.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Accounts {
    /// What contacts can be restricted to.
    #[serde(deserialize_with = "toolboxes")]
    pub toolboxes: Vec<Toolbox>,
}

/// Signing in.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignIn {
    /// The memory that hashing a password takes, in KiB.
    pub memory_kib: u32,
    /// How often it is gone through.
    pub passes: u32,
    /// How many parts of it at once.
    pub lanes: u32,
    /// Where compromised passwords are asked for by the range protocol; none for nowhere.
    #[serde(deserialize_with = "none_if_empty")]
    pub compromised: Option<String>,
    /// How long the answer may take, in milliseconds.
    pub compromised_timeout_ms: u64,
    /// A sorted file of the hashes of compromised passwords; none where there is none.
    #[serde(deserialize_with = "none_if_empty")]
    pub compromised_file: Option<PathBuf>,
    /// What becomes of a password when neither answers.
    pub when_unknown: WhenUnknown,
    /// A session that nobody uses is over after this, in hours.
    pub session_idle_h: u32,
    /// Every session is over after this, in hours.
    pub session_most_h: u32,
}

impl SignIn {
    /// How long the answer about compromised passwords may take.
    #[must_use]
    pub fn compromised_timeout(&self) -> Duration {
        Duration::from_millis(self.compromised_timeout_ms)
    }
}

/// What becomes of a password when nobody says whether it is compromised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum WhenUnknown {
    /// It is taken, and asked about again at the next sign-in.
    Accept,
    /// It is not taken.
    Refuse,
}

/// Discord.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Discord {
    /// Where its API is; none for Discord itself.
    #[serde(deserialize_with = "none_if_empty")]
    pub api_base: Option<String>,
    /// The servers that are served; empty for all. Only on these do roles make somebody staff.
    #[serde(deserialize_with = "numbers")]
    pub guilds: BTreeSet<u64>,
}

/// The web pages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Web {
    /// Where they are served; none where they are not.
    #[serde(deserialize_with = "none_if_empty")]
    pub listen: Option<SocketAddr>,
    /// Under which address people reach them, where it is another one.
    #[serde(deserialize_with = "public_url")]
    pub public_url: Option<PublicUrl>,
    /// Whether everybody comes through one proxy, which says from where.
    pub behind_proxy: bool,
    /// How many requests one network address may make to the API in a minute; as many as it likes where that is 0.
    pub api_per_minute: u32,
    /// Whether everybody may see how the desk fares in numbers.
    pub metrics_for_all: bool,
}

impl Web {
    /// What links to the pages begin with; none where there are no pages.
    #[must_use]
    pub fn links(&self) -> Option<PublicUrl> {
        let local = self.listen.and_then(|at| PublicUrl::parse(&format!("http://{at}")).ok());
        self.public_url.clone().or(local)
    }
}

/// The log.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Log {
    /// A filter that `tracing_subscriber::EnvFilter` accepts.
    pub level: String,
}

/// Fetching pages and exports.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Import {
    /// The largest page, in millions of bytes.
    pub max_page_mb: usize,
    /// How often a failed fetch is tried again.
    pub retries: u32,
    /// How long one fetch may take, in seconds.
    pub timeout_s: u64,
}

impl Import {
    /// The largest page, in bytes.
    #[must_use]
    pub fn max_page(&self) -> usize {
        self.max_page_mb.saturating_mul(MB)
    }

    /// How long one fetch may take.
    #[must_use]
    pub fn timeout(&self) -> Duration {
        Duration::from_secs(self.timeout_s)
    }
}

/// The chat in the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Console {
    /// Columns of text; none for as many as the terminal has.
    #[serde(deserialize_with = "none_if_zero")]
    pub width: Option<usize>,
    /// The file that keeps what was typed; none to keep nothing.
    #[serde(deserialize_with = "none_if_empty")]
    pub history: Option<PathBuf>,
}

/// TOML has no "none": settings that may be absent say so with an empty text.
fn none_if_empty<'de, D: Deserializer<'de>, T: DeserializeOwned>(value: D) -> Result<Option<T>, D::Error> {
    let text = String::deserialize(value)?;
    if text.is_empty() {
        return Ok(None);
    }
    let text: StringDeserializer<D::Error> = text.into_deserializer();
    T::deserialize(text).map(Some)
}

fn public_url<'de, D: Deserializer<'de>>(value: D) -> Result<Option<PublicUrl>, D::Error> {
    let text = String::deserialize(value)?;
    let url = (!text.is_empty()).then(|| PublicUrl::parse(&text));
    url.transpose().map_err(de::Error::custom)
}

fn time_zone<'de, D: Deserializer<'de>>(value: D) -> Result<Tz, D::Error> {
    String::deserialize(value)?.parse().map_err(de::Error::custom)
}

/// Numbers as texts: those of Discord's may be larger than TOML's.
fn numbers<'de, D: Deserializer<'de>>(value: D) -> Result<BTreeSet<u64>, D::Error> {
    let texts = Vec::<String>::deserialize(value)?;
    texts.iter().map(|text| text.parse().map_err(de::Error::custom)).collect()
}

fn toolboxes<'de, D: Deserializer<'de>>(value: D) -> Result<Vec<Toolbox>, D::Error> {
    let texts = Vec::<String>::deserialize(value)?;
    texts.iter().map(|text| Toolbox::parse(text).map_err(de::Error::custom)).collect()
}

fn none_if_zero<'de, D: Deserializer<'de>>(value: D) -> Result<Option<usize>, D::Error> {
    usize::deserialize(value).map(|number| (number > 0).then_some(number))
}
