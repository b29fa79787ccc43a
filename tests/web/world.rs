//! A desk whose pages are served to browsers, with a clock that is moved by hand and mails that are read.

use std::net::SocketAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::TimeDelta;
use chrono_tz::Tz;
use guidepost::app::kept;
use guidepost::clock::{self, ManualClock};
use guidepost::config::{self, SignIn as Settings};
use guidepost::domain::{Article, PersonId, PublicUrl};
use guidepost::handlers;
use guidepost::platforms::Uploads;
use guidepost::platforms::news::News;
use guidepost::platforms::web::{Rates, Setup, Web};
use guidepost::replies::Locale;
use guidepost::services::behind_links::BehindLinks;
use guidepost::services::codes::Codes;
use guidepost::services::identity::Identities;
use guidepost::services::keeping::{self, Keeper};
use guidepost::services::people;
use guidepost::services::sign_in::{CREDENTIALS, SignIns};
use guidepost::store::{Batch, Store};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::{oneshot, watch};
use tokio::task::JoinHandle;

use super::browser::Browser;
use crate::cases::world::Desk as Kept;
use crate::conversations::library;
use crate::conversations::world::answering;
use crate::jobs::world::{desk_key, start};
use crate::links::world::World as Links;
use crate::sign_in::world::hash;

/// Meets every rule.
pub const GOOD: &str = "Xq7!vTz9-quokka";
/// Meets every rule, too.
pub const OTHER: &str = "kV9*mmmm-Zwq";

/// A desk with its pages.
pub struct World {
    /// Its services and its mails.
    pub links: Links,
    pub clock: ManualClock,
    /// What answers behind the pages.
    pub desk: Arc<handlers::Desk>,
    pub at: SocketAddr,
    /// The files of cases, and where indexes would be; they go with the world.
    pub folder: TempDir,
    /// Dropped with the world, so that it is no longer served.
    stop: oneshot::Sender<()>,
    serving: JoinHandle<()>,
}

impl World {
    pub async fn on(store: &Store) -> Self {
        Self::with(store, &crate::sign_in::world::settings()).await
    }

    pub async fn with(store: &Store, settings: &Settings) -> Self {
        Self::of(store, settings, &library::articles(), None).await
    }

    /// A desk that has these articles.
    pub async fn knowing(store: &Store, articles: &[Article]) -> Self {
        Self::of(store, &crate::sign_in::world::settings(), articles, None).await
    }

    /// So many requests a minute to the API from one network address.
    pub async fn limited(store: &Store, settings: &Settings, per_minute: Option<NonZeroU32>) -> Self {
        Self::of(store, settings, &library::articles(), per_minute).await
    }

    async fn of(
        store: &Store,
        settings: &Settings,
        articles: &[Article],
        per_minute: Option<NonZeroU32>,
    ) -> Self {
        let links = Links::on(store);
        let clock = ManualClock::at(start());
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = door.local_addr().unwrap();
        let sign_ins = SignIns::new(store.clone(), settings, clock::secret).unwrap();
        let accounts = links.accounts.accounts.clone();
        let behind_links =
            BehindLinks::new(store.clone(), Codes::new(desk_key()), sign_ins.clone(), accounts.clone());
        let held = Kept::new(store);
        let settings = config::load(&config::Options::default(), []).unwrap().settings;
        let keeping = keeping::Kept { store: store.clone(), files: held.files.clone(), key: desk_key() };
        let keeper = Keeper {
            kept: keeping.clone(),
            tables: kept::tables(),
            index: held.folder.path().join("index"),
            running: None,
        };
        let keeping =
            handlers::Kept::new(&keeping, held.cases.clone(), accounts.clone(), sign_ins.clone(), None);
        let desk = Arc::new(answering(&clock, articles, &settings).keeping(keeping));
        let count = AtomicU64::new(0x9e37_79b9_7f4a_7c15);
        let web = Web::new(Setup {
            name: "Guidepost".to_owned(),
            news: News { desk: Arc::clone(&desk), commits: store.watch(), clock: clock.clock() },
            locale: Locale::English,
            zone: Tz::UTC,
            public: PublicUrl::parse("https://desk.example.org").unwrap(),
            listens: at,
            behind_proxy: false,
            clock: clock.clock(),
            random: Arc::new(move || count.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed)),
            fresh: clock::secret,
            sign_ins,
            behind_links,
            accounts,
            identities: Identities::new(store.clone(), Codes::new(desk_key())),
            store: store.clone(),
            cases: held.cases,
            uploads: Uploads::of(&settings.cases),
            stopping: watch::Sender::new(false),
            keeper: Arc::new(keeper),
            rates: per_minute.map(|most| Rates::per_minute(most, clock.clock())),
            metrics_for_all: false,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        let serving = tokio::spawn(web.serve(door, async { drop(stopped.await) }));
        Self { links, clock, desk, at, folder: held.folder, stop, serving }
    }

    /// A browser on this machine; over plain HTTP, as the desk listens.
    pub fn browser(&self) -> Browser {
        Browser::new(&format!("http://{}", self.at))
    }

    /// Somebody who signs in with their address and this password.
    pub async fn has_password(&self, name: &str, password: &str) -> PersonId {
        let person = self.links.person(name).await;
        let new = self.links.password(password).await;
        let mut batch = Batch::new();
        self.links.sign_ins.put(&mut batch, person, &new, self.clock.now()).await.unwrap();
        self.links.store.commit(batch).await.unwrap();
        person
    }

    /// Has a password that was good once, and would not be taken today.
    pub async fn has_old_password(&self, name: &str, password: &str) -> PersonId {
        let person = self.has_password(name, GOOD).await;
        let row = CREDENTIALS.get(&self.links.store, &people::key(person)).await.unwrap().unwrap();
        let mut kept = serde_json::to_value(&row.record).unwrap();
        kept["hash"] = hash(password).into();
        let mut batch = Batch::new();
        CREDENTIALS.update(&mut batch, &row, &serde_json::from_value(kept).unwrap());
        self.links.store.commit(batch).await.unwrap();
        person
    }

    /// The desk stops, and ends what is under way.
    pub async fn close(self) {
        drop(self.stop);
        self.serving.await.unwrap();
    }

    pub fn later(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// The path of the link in the only new mail.
    pub async fn link(&self) -> String {
        self.links.link(self.clock.now()).await
    }
}
