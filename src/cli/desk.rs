//! A desk in this process: opened with its socket and its jobs, and closed in order.

use std::io;
use std::sync::Arc;

use tokio::signal;
use tokio::sync::{oneshot, watch};

use crate::app::discord::Discord;
use crate::app::{self, App, kept, web};
use crate::clock::{self, Clock};
use crate::config::Loaded;
use crate::jobs;
use crate::platforms::Uploads;
use crate::platforms::console::Line;
use crate::platforms::news::News;
use crate::platforms::socket::{self, Inside};
use crate::services::agenda;
use crate::services::keeping::{Door, Kept, Running};
use crate::services::people::People;

use super::open;
use super::output::{Failure, say};

/// How long a start waits for the search for cases.
const CATCHING_UP: std::time::Duration = std::time::Duration::from_secs(1);

/// A desk that is open here.
pub struct Here {
    /// It, following its articles.
    pub app: App,
    /// The line to it.
    pub line: Line,
    /// Its people.
    pub people: People,
    /// How many articles it has.
    pub articles: u64,
    /// Where its web pages are; none where they are not served.
    pub pages: Option<String>,
}

/// Opens everything, works with it, and lets it go. Everything is done by one desk at a time: a second one is told of the first.
pub async fn while_open(
    loaded: &Loaded,
    doors: Vec<Door>,
    work: impl AsyncFnOnce(&Here, Stop) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let kept = kept::open(loaded).await?;
    let store = kept.store.clone();
    let done = open_and_work(loaded, kept, doors, work).await;
    // Last: until then another desk is told that this one has the store.
    store.close().await;
    done
}

async fn open_and_work(
    loaded: &Loaded,
    kept: Kept,
    doors: Vec<Door>,
    work: impl AsyncFnOnce(&Here, Stop) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let settings = &loaded.settings;
    let library = open::library(settings, false)?;
    let articles = library.answers().engine().len();
    let search = match app::case_search(settings, &kept.store) {
        Ok(search) => Some(search),
        Err(error) => {
            say(&format!("Cases can't be searched: {error}."));
            None
        }
    };
    // One for chats and pages alike: it says how many passwords are hashed at once.
    let sign_ins = app::sign_ins(settings, &kept.store)?;
    let mut app = App::open(library, settings, Some((&kept, sign_ins.clone(), search.clone())));
    if settings.knowledge.watch
        && let Err(error) = app.follow()
    {
        say(&format!("Changed articles are only seen after a restart: {error}."));
    }
    let running = watch::Sender::new(Running { process: std::process::id(), since: clock::now(), doors });
    let store = kept.store.clone();
    let discord = Discord::of(loaded);
    let jobs = app::jobs(settings, &kept, discord.executor());
    agenda::ensure_timers(&kept.store, clock::now()).await?;
    agenda::hasten(&kept.store, clock::now()).await?;
    let news = News { desk: app.desk(), commits: kept.store.watch(), clock: Clock::System };
    let people = People::new(kept.store.clone());
    let withdrawn = people.keep_roles_of(&settings.discord.guilds).await?;
    if withdrawn > 0 {
        tracing::info!(
            withdrawn,
            "people who were staff by a role on a server that discord.guilds no longer names are not any more"
        );
    }
    let keeper = Arc::new(kept::keeper(loaded, kept, Some(running.subscribe())));
    let web = web::open(settings, &keeper, sign_ins, news.clone(), &running).await;
    let inside =
        Inside { keeper, news: news.clone(), clock: Clock::System, uploads: Uploads::of(&settings.cases) };
    // First: whose socket it is, is the desk that may take up the jobs of the one before.
    let server = socket::Server::start(&socket::beside(&settings.store.path), inside)?;
    let (stop_jobs, stopped) = oneshot::channel::<()>();
    let working = tokio::spawn(async move {
        // A sender that is gone means the same.
        let told = async { drop(stopped.await) };
        jobs::run(&jobs, &Clock::System, clock::random, told).await;
    });
    let (stop_search, search_stopped) = oneshot::channel::<()>();
    let (tell_found, found) = oneshot::channel::<()>();
    let following = search.map(|search| {
        tokio::spawn(async move {
            // A failure is told by what follows, which tries again.
            let _ = search.catch_up().await;
            drop(tell_found);
            let told = async { drop(search_stopped.await) };
            search.follow(&Clock::System, told).await;
        })
    });
    // Before anybody is answered: whoever is asked to stop from then on ends what is under way.
    let stop = Stop::listen()?;
    // Once the socket is this desk's, and with it the store: whatever is heard is kept.
    let discord = discord.open(loaded, app.desk(), store, running);
    // Mostly there is little to catch up with; where there is much, the search says that there may be more.
    let _ = tokio::time::timeout(CATCHING_UP, found).await;
    let pages = web.as_ref().map(|web| web.address.clone());
    let done = work(&Here { app, line: Line::Here(news), people, articles, pages }, stop).await;
    if let Some(web) = web {
        web.close().await;
    }
    if let Some(discord) = discord {
        discord.close().await;
    }
    server.close().await;
    drop(stop_jobs);
    drop(stop_search);
    if let Some(following) = following
        && let Err(error) = following.await
    {
        tracing::error!(%error, "the search for cases ended in a panic");
    }
    if let Err(error) = working.await {
        tracing::error!(%error, "the jobs ended in a panic");
    }
    done
}

/// What tells the process to stop. Once it is made, nothing of that is missed.
pub struct Stop {
    #[cfg(unix)]
    signals: [signal::unix::Signal; 2],
}

impl Stop {
    #[cfg(unix)]
    pub fn listen() -> io::Result<Self> {
        use signal::unix::{SignalKind, signal};
        Ok(Self { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
    }

    #[cfg(unix)]
    pub async fn told(mut self) {
        let [interrupt, terminate] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "where there are signals, this can fail")]
    pub fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    pub async fn told(self) {
        let _ = signal::ctrl_c().await;
    }
}
