//! A desk whose pages are served to browsers, with a clock that is moved by hand and mails that are read.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::TimeDelta;
use chrono_tz::Tz;
use guidepost::clock::{self, ManualClock};
use guidepost::config::{self, SignIn as Settings};
use guidepost::domain::{PersonId, PublicUrl};
use guidepost::handlers::{self, Desk};
use guidepost::platforms::news::News;
use guidepost::platforms::web::{Setup, Web};
use guidepost::replies::Locale;
use guidepost::services::behind_links::BehindLinks;
use guidepost::services::codes::Codes;
use guidepost::services::identity::Identities;
use guidepost::services::keeping;
use guidepost::services::people;
use guidepost::services::sign_in::{CREDENTIALS, SignIns};
use guidepost::store::{Batch, Store};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

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
    /// The desk itself, to talk with.
    pub desk: Arc<Desk>,
    pub at: SocketAddr,
    /// The files of cases; they go with the world.
    _folder: TempDir,
    /// Dropped with the world, so that it is no longer served.
    _stop: oneshot::Sender<()>,
}

impl World {
    pub async fn on(store: &Store) -> Self {
        Self::with(store, &crate::sign_in::world::settings()).await
    }

    pub async fn with(store: &Store, settings: &Settings) -> Self {
        let links = Links::on(store);
        let clock = ManualClock::at(start());
        let door = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = door.local_addr().unwrap();
        let sign_ins = SignIns::new(store.clone(), settings, clock::secret).unwrap();
        let accounts = links.accounts.accounts.clone();
        let behind_links =
            BehindLinks::new(store.clone(), Codes::new(desk_key()), sign_ins.clone(), accounts.clone());
        let kept = Kept::new(store);
        let settings = config::load(&config::Options::default(), []).unwrap().settings;
        let articles = library::articles();
        let keeping = keeping::Kept { store: store.clone(), files: kept.files.clone(), key: desk_key() };
        let keeping =
            handlers::Kept::new(&keeping, kept.cases.clone(), accounts.clone(), sign_ins.clone(), None);
        let desk = Arc::new(answering(&clock, &articles, &settings).keeping(keeping));
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
            cases: kept.cases,
        });
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(web.serve(door, async { drop(stopped.await) }));
        Self { links, clock, desk, at, _folder: kept.folder, _stop: stop }
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

    pub fn later(&self, by: TimeDelta) {
        self.clock.advance(by);
    }

    /// The path of the link in the only new mail.
    pub async fn link(&self) -> String {
        self.links.link(self.clock.now()).await
    }
}
