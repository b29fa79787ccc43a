//! A desk behind a socket, and people at terminals of it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use chrono::{DateTime, Utc};
use guidepost::app;
use guidepost::clock::{Clock, ManualClock};
use guidepost::config::{self, Settings};
use guidepost::domain::{Identity, Place, Platform, Privacy};
use guidepost::handlers::{self, Desk};
use guidepost::platforms::Uploads;
use guidepost::platforms::console::{Line, Manner, Session, Turn};
use guidepost::platforms::news::{News, Speaker};
use guidepost::platforms::socket::{Inside, Server, beside};
use guidepost::search::{Engine, Synonyms};
use guidepost::services::answers::Answers;
use guidepost::services::keeping::{Keeper, Kept, KeyPlace, Places};
use guidepost::services::people::People;
use guidepost::store;

/// A desk that is running, in a folder of its own.
pub struct Running {
    pub folder: tempfile::TempDir,
    pub clock: ManualClock,
    pub kept: Kept,
    pub people: People,
    pub desk: Arc<Desk>,
    pub socket: PathBuf,
    inside: Inside,
    server: Server,
}

impl Running {
    pub async fn start() -> Self {
        let now = "2026-11-22T14:10:00Z".parse().unwrap();
        Self::start_in(tempfile::tempdir().unwrap(), ManualClock::at(now)).await
    }

    /// One where there may have been another one before.
    pub async fn start_in(folder: tempfile::TempDir, clock: ManualClock) -> Self {
        let path = folder.path().join("data/store");
        let key = KeyPlace::new(None, &path).unwrap();
        let files = folder.path().join("data/files");
        let places = Places { store: store::Place::Folder(path.clone()), files, key };
        let kept = places.open(|| Ok([7; 32])).await.unwrap();
        let desk = desk_of(&kept, &clock.clock());
        let news = News { desk: Arc::clone(&desk), commits: kept.store.watch(), clock: clock.clock() };
        let keeper = Keeper {
            kept: kept.clone(),
            tables: Vec::new(),
            index: PathBuf::from("no-index"),
            running: None,
        };
        let uploads = Uploads::of(&settings().cases);
        let inside = Inside { keeper: Arc::new(keeper), news, clock: clock.clock(), uploads };
        let socket = beside(&path);
        let server = Server::start(&socket, inside.clone()).unwrap();
        Self { people: People::new(kept.store.clone()), folder, clock, kept, desk, socket, inside, server }
    }

    /// Stops it; its folder and the clock go on.
    pub async fn stop(self) -> (tempfile::TempDir, ManualClock) {
        self.server.close().await;
        self.kept.store.close().await;
        (self.folder, self.clock)
    }

    /// The same folder with a new desk.
    pub async fn restart(self) -> Self {
        let (folder, clock) = self.stop().await;
        Self::start_in(folder, clock).await
    }

    /// A conversation over the socket, of another process.
    pub fn chat(&self, who: &Identity) -> Chat {
        Chat::to(Line::there(self.socket.clone()), who, self.folder.path(), &self.clock)
    }

    /// A conversation in the desk's own process.
    pub fn chat_here(&self, who: &Identity) -> Chat {
        Chat::to(Line::Here(self.inside.news.clone()), who, self.folder.path(), &self.clock)
    }
}

/// A terminal, on a screen of 80 columns.
pub struct Chat {
    pub session: Session,
}

impl Chat {
    fn to(line: Line, who: &Identity, folder: &Path, clock: &ManualClock) -> Self {
        let manner = Manner {
            folder: folder.to_owned(),
            home: Some(folder.to_owned()),
            ..Manner::of(&settings(), clock.clock())
        };
        Self { session: Session::new(greeter(&clock.clock()), line, who.clone(), manner) }
    }

    /// What is answered, without styles.
    pub async fn say(&mut self, line: &str) -> String {
        match self.session.turn(line, 80).await {
            Turn::Say(text) => plain(&text),
            Turn::Leave => panic!("{line:?} was taken for a farewell"),
        }
    }

    /// What is new now.
    pub async fn news(&mut self) -> Option<String> {
        self.session.news(80).await.map(|text| plain(&text))
    }
}

pub fn plain(text: &str) -> String {
    anstream::adapter::strip_str(text).to_string()
}

pub fn ada() -> Identity {
    Identity::Console("ada".to_owned())
}

/// Somebody at the terminal, as the socket is told.
pub fn at_terminal(who: &Identity) -> Speaker {
    let place =
        Place { platform: Platform::Console, conversation: "terminal".to_owned(), privacy: Privacy::Private };
    Speaker { who: who.clone(), place }
}

fn settings() -> Settings {
    config::load(&config::Options { file: None, set: vec!["cases.max_file_mb=1".to_owned()] }, [])
        .unwrap()
        .settings
}

/// A desk that keeps, and has no articles.
pub fn desk_of(kept: &Kept, clock: &Clock) -> Arc<Desk> {
    let cases = app::cases(&settings(), &kept.store, &kept.files);
    let keeping = {
        let accounts = app::accounts(&settings(), &kept.store);
        let sign_ins = app::sign_ins(&settings(), &kept.store).unwrap();
        handlers::Kept::new(kept, cases, accounts, sign_ins, None)
    };
    Arc::new(desk(clock).keeping(keeping))
}

/// What greets in the process of a terminal.
fn greeter(clock: &Clock) -> Arc<Desk> {
    Arc::new(desk(clock))
}

/// Where desks of these tests count instead of rolling dice; across restarts, too, so that nothing gets the name of something else.
static COUNT: AtomicU64 = AtomicU64::new(1);

fn desk(clock: &Clock) -> Desk {
    let answers = Answers::new(Engine::in_memory([], Synonyms::default()).unwrap());
    let random = Box::new(|| COUNT.fetch_add(1, Ordering::Relaxed));
    Desk::new(answers, Vec::new(), Vec::new(), &settings(), clock.clone(), random)
}

/// A moment, as the clock shows it.
pub fn now(running: &Running) -> DateTime<Utc> {
    running.clock.now()
}
