//! Finds and opens what is kept (store, files and desk key), as the settings say.

use std::path::Path;

use tokio::sync::watch;

use crate::clock;
use crate::config::{Engine, Loaded, Secret, SecretName};
use crate::services::accounts::table as accounts;
use crate::services::agenda::JOBS;
use crate::services::cases::table::{self, CASES, DONE, EVENTS, TALLIES};
use crate::services::chat_log::CHAT_LOG;
use crate::services::conversations::{ANSWERS, CONVERSATIONS, FLOWS};
use crate::services::keeping::{Keeper, KeepingError, Kept, KeyPlace, Places, Running};
use crate::services::kept_answers::KEPT_ANSWERS;
use crate::services::leases::LEASES;
use crate::services::limits::COUNTS;
use crate::services::links::LINKS;
use crate::services::moving::MOVES;
use crate::services::notices::NOTICES;
use crate::services::opinions::OPINIONS;
use crate::services::own_news::OWN_NEWS;
use crate::services::people::{self, PEOPLE};
use crate::services::registered::REGISTERED;
use crate::services::rooms::{ROOMLESS, ROOMS};
use crate::services::seen::SEEN;
use crate::services::servers::SERVERS;
use crate::services::sign_in::{CREDENTIALS, SESSIONS};
use crate::services::tokens::TOKENS;
use crate::store::{Place, Shape};

/// A place for records.
#[derive(Debug, Clone, Copy)]
pub enum Where<'a> {
    /// A folder, of sled.
    Folder(&'a Path),
    /// A PostgreSQL server, by its address.
    Server(&'a Secret),
}

impl<'a> Where<'a> {
    /// The place that the settings name for an engine.
    #[must_use]
    pub fn configured(loaded: &'a Loaded, engine: Engine) -> Self {
        match engine {
            Engine::Sled => Self::Folder(&loaded.settings.store.path),
            Engine::Postgres => Self::Server(&loaded.settings.store.url),
        }
    }
}

/// Where everything is kept, as the settings say.
pub fn places(loaded: &Loaded) -> Result<Places, KeepingError> {
    let settings = &loaded.settings;
    places_of(loaded, Where::configured(loaded, settings.store.engine), &settings.files.path)
}

/// Where everything is kept whose records are here. With a server the desk key is where it would be with a folder.
pub fn places_of(loaded: &Loaded, records: Where<'_>, files: &Path) -> Result<Places, KeepingError> {
    let (store, beside) = match records {
        Where::Folder(folder) => (Place::Folder(folder.to_owned()), folder),
        Where::Server(url) if url.expose().is_empty() => return Err(KeepingError::NoServer),
        Where::Server(url) => {
            (Place::Postgres(url.expose().to_owned()), loaded.settings.store.path.as_path())
        }
    };
    let secret = loaded.secrets.get(SecretName::DeskKey).map(Secret::expose);
    Ok(Places { store, files: files.to_owned(), key: KeyPlace::new(secret, beside)? })
}

/// Opens what is kept; at the first start an empty store and a desk key are made.
pub async fn open(loaded: &Loaded) -> Result<Kept, KeepingError> {
    places(loaded)?.open(clock::secret).await
}

/// Who performs operations on what is kept. `running` is the desk, where this process is one.
#[must_use]
pub fn keeper(loaded: &Loaded, kept: Kept, running: Option<watch::Receiver<Running>>) -> Keeper {
    Keeper { kept, tables: tables(), index: loaded.settings.index.path.clone(), running }
}

/// Every typed table of the desk, for the check; those with numbered records with their counters:
/// `CASES.shape().counted_by("case")`.
#[must_use]
pub fn tables() -> Vec<Shape> {
    vec![
        JOBS.shape(),
        PEOPLE.shape().counted_by(people::COUNTER),
        MOVES.shape(),
        CASES.shape().counted_by(table::COUNTER),
        EVENTS.shape(),
        TALLIES.shape(),
        DONE.shape(),
        NOTICES.shape(),
        CONVERSATIONS.shape(),
        FLOWS.shape(),
        ANSWERS.shape(),
        COUNTS.shape(),
        LINKS.shape(),
        CHAT_LOG.shape(),
        OWN_NEWS.shape(),
        OPINIONS.shape(),
        CREDENTIALS.shape(),
        SERVERS.shape(),
        ROOMS.shape(),
        ROOMLESS.shape(),
        KEPT_ANSWERS.shape(),
        LEASES.shape(),
        REGISTERED.shape(),
        SEEN.shape(),
        accounts::HEADS.shape(),
        accounts::ORGANISATIONS.shape(),
        accounts::CONTACTS.shape().counted_by(accounts::COUNTER),
        accounts::LICENCES.shape(),
        accounts::LOG.shape().counted_by(accounts::COUNTER),
        accounts::REQUESTS.shape().counted_by(accounts::REQUEST_COUNTER),
        accounts::DONE.shape(),
        CREDENTIALS.shape(),
        SESSIONS.shape(),
        TOKENS.shape(),
    ]
}
