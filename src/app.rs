//! Connects everything: the one place where the parts of a running desk are put together.

pub mod discord;
pub mod kept;
pub mod web;

use std::sync::{Arc, Mutex, PoisonError};

use crate::clock::{self, Clock};
use crate::config::Settings;
use crate::domain::{Identity, Post};
use crate::handlers::{self, Desk};
use crate::jobs::{Executor, Executors, Jobs, Limits, Mailing, Upkeep};
use crate::knowledge::{WatchError, Watcher};
use crate::mail::Transport;
use crate::replies::Locale;
use crate::search::SearchError;
use crate::services::accounts::Accounts;
use crate::services::case_search::CaseSearch;
use crate::services::cases::{Cases, Rules};
use crate::services::codes::Codes;
use crate::services::keeping::Kept;
use crate::services::library::{Did, Library, LibraryError};
use crate::services::sign_in::{NoSignIns, SignIns};
use crate::store::Store;
use crate::store::files::Files;

/// A desk that is open, and follows its articles.
pub struct App {
    desk: Arc<Desk>,
    library: Arc<Mutex<Library>>,
    watcher: Option<Watcher>,
}

impl App {
    /// Opens the desk over its articles. With what is kept it does all that a desk can; without, it only answers questions.
    #[must_use]
    pub fn open(
        library: Library,
        settings: &Settings,
        kept: Option<(&Kept, SignIns, Option<CaseSearch>)>,
    ) -> Self {
        let desk = Desk::new(
            library.answers(),
            library.products().to_vec(),
            library.phone_numbers().to_vec(),
            settings,
            Clock::System,
            Box::new(clock::random),
        );
        let desk = match kept {
            Some((kept, sign_ins, search)) => {
                let cases = cases(settings, &kept.store, &kept.files);
                let accounts = accounts(settings, &kept.store);
                desk.keeping(handlers::Kept::new(kept, cases, accounts, sign_ins, search))
            }
            None => desk,
        };
        Self { desk: Arc::new(desk), library: Arc::new(Mutex::new(library)), watcher: None }
    }

    /// The desk, for the doors.
    #[must_use]
    pub fn desk(&self) -> Arc<Desk> {
        Arc::clone(&self.desk)
    }

    /// From now on a saved article is searchable at once. A process that does not keep the index has nothing to follow.
    pub fn follow(&mut self) -> Result<(), WatchError> {
        let answers = self.library.lock().unwrap_or_else(PoisonError::into_inner).answers();
        std::thread::spawn(move || answers.warm());
        let folder = {
            let library = self.library.lock().unwrap_or_else(PoisonError::into_inner);
            if !library.is_writer() {
                return Ok(());
            }
            library.folder().to_owned()
        };
        let (desk, library) = (Arc::clone(&self.desk), Arc::clone(&self.library));
        let watcher = Watcher::start(&folder, move |event| match event {
            Ok(()) => take_in(&desk, &library),
            Err(error) => tracing::warn!(%error, "the knowledge folder can not be watched"),
        })?;
        self.watcher = Some(watcher);
        Ok(())
    }
}

fn take_in(desk: &Desk, library: &Mutex<Library>) {
    let mut library = library.lock().unwrap_or_else(PoisonError::into_inner);
    let known = library.faults().to_vec();
    match refresh(&mut library) {
        Ok(did) => {
            desk.set_products(library.products().to_vec());
            desk.set_phone_numbers(library.phone_numbers().to_vec());
            library.answers().warm();
            if let Did::Updated(put, gone) = did {
                tracing::info!(put, gone, "the articles changed");
            }
            // What was wrong before was told before.
            for fault in library.faults().iter().filter(|fault| !known.contains(fault)) {
                tracing::warn!(%fault, "an article needs attention");
            }
        }
        // What was loaded before goes on answering; the next change is another try.
        Err(error) => tracing::error!(%error, "the changed articles could not be taken in"),
    }
}

fn refresh(library: &mut Library) -> Result<Did, LibraryError> {
    library.refresh().cloned()
}

/// The cases of a store, by the rules of the settings.
#[must_use]
pub fn cases(settings: &Settings, store: &Store, files: &Files) -> Cases {
    Cases::new(store.clone(), files.clone(), Rules::of(&settings.cases))
}

/// The accounts of a store, with the toolboxes of the settings.
#[must_use]
pub fn accounts(settings: &Settings, store: &Store) -> Accounts {
    Accounts::new(store.clone(), settings.accounts.toolboxes.clone())
}

/// The search over the cases of a store; [`CaseSearch::follow`] keeps it in step.
pub fn case_search(settings: &Settings, store: &Store) -> Result<CaseSearch, SearchError> {
    let folder = settings.index.path.join("cases");
    CaseSearch::open(store.clone(), &folder, settings.index.writer_memory())
}

/// Signing in to what is kept in a store, as the settings say.
pub fn sign_ins(settings: &Settings, store: &Store) -> Result<SignIns, NoSignIns> {
    SignIns::new(store.clone(), &settings.sign_in, clock::secret)
}

/// What carries out the effects and timers of a store, with the executor of each kind; `jobs::run` sets it going.
#[must_use]
pub fn jobs(settings: &Settings, kept: &Kept, discord: Box<dyn Executor<Post>>) -> Jobs {
    let Kept { store, files, key } = kept;
    let mail = settings.mail.clone();
    let transport = Transport::of(mail.smtp, mail.outbox, mail.from);
    let executors = Executors {
        mail: Box::new(
            Mailing::new(
                store.clone(),
                Codes::new(key.clone()),
                transport,
                settings.desk.name.clone(),
                Locale::English,
            )
            .with_pages(settings.web.links()),
        ),
        discord,
        upkeep: Box::new(Upkeep::new(store.clone(), files.clone(), cases(settings, store, files))),
    };
    Jobs::new(store.clone(), executors, name_of_this_desk(settings), Limits::default())
}

/// What a desk's leases say: the machine and the place of its store. The socket there belongs to one desk at a time, so whoever had this
/// name before is dead.
fn name_of_this_desk(settings: &Settings) -> String {
    let place = std::path::absolute(&settings.store.path).unwrap_or_else(|_| settings.store.path.clone());
    #[cfg(unix)]
    let machine = rustix::system::uname().nodename().to_string_lossy().into_owned();
    #[cfg(not(unix))]
    let machine = "this machine";
    format!("{machine}:{}", place.display())
}

/// Whoever sits at this terminal: a visitor of their own for each user of the system.
#[must_use]
pub fn at_this_terminal(user: Option<String>) -> Identity {
    Identity::Console(user.unwrap_or_else(|| "terminal".to_owned()))
}
