//! `guidepost serve`, and `guidepost` alone: opens every enabled door and stays until it is told to stop.

use std::io::{self, IsTerminal};
use std::process::ExitCode;
use std::sync::Arc;

use tokio::signal;
use tokio::sync::oneshot;

use crate::app::{self, App, at_this_terminal, kept};
use crate::clock::{self, Clock};
use crate::config::{Loaded, user};
use crate::jobs;
use crate::platforms::{console, socket};
use crate::services::agenda;
use crate::services::keeping::{Door, Kept, Running};

use super::open;
use super::output::{Failure, say};

/// Runs the command.
pub async fn run(loaded: &Loaded) -> Result<ExitCode, Failure> {
    let kept = kept::open(loaded).await?;
    let store = kept.store.clone();
    let served = serve(loaded, kept).await;
    // Last: until then another desk is told that this one has the store.
    store.close().await;
    served.map(|()| ExitCode::SUCCESS)
}

async fn serve(loaded: &Loaded, kept: Kept) -> Result<(), Failure> {
    let settings = &loaded.settings;
    let library = open::library(settings, false)?;
    let articles = library.answers().engine().len();
    let mut app = App::open(library, settings);
    if settings.knowledge.watch
        && let Err(error) = app.follow()
    {
        say(&format!("Changed articles are only seen after a restart: {error}."));
    }
    let has_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let doors = vec![Door { name: "terminal".to_owned(), open: has_terminal, trouble: None }];
    let running = Running { process: std::process::id(), since: clock::now(), doors };
    let jobs = app::jobs(settings, &kept.store, &kept.files);
    agenda::ensure_timers(&kept.store, clock::now()).await?;
    let keeper = Arc::new(kept::keeper(loaded, kept, Some(running)));
    let place = socket::beside(&settings.store.path);
    // First: whose socket it is, is the desk that may take up the jobs of the one before.
    let server = socket::Server::start(&place, keeper, clock::now)?;
    let stop = Stop::listen()?;
    let (stop_jobs, stopped) = oneshot::channel::<()>();
    let working = tokio::spawn(async move {
        // A sender that is gone means the same.
        let told = async { drop(stopped.await) };
        jobs::run(&jobs, &Clock::System, clock::random, told).await;
    });
    say(&format!("{} is ready with {articles} articles.", settings.desk.name));
    let ended = if has_terminal {
        tokio::select! {
            talked = console::run(app.desk(), at_this_terminal(user()), &settings.console) => talked,
            () = stop.told() => Ok(()),
        }
    } else {
        say("No terminal to chat in, so it waits and follows the articles; stop it with Ctrl-C or SIGTERM.");
        stop.told().await;
        Ok(())
    };
    server.close().await;
    drop(stop_jobs);
    if let Err(error) = working.await {
        tracing::error!(%error, "the jobs ended in a panic");
    }
    Ok(ended?)
}

/// What tells the process to stop. Once it is made, nothing of that is missed.
struct Stop {
    #[cfg(unix)]
    signals: [signal::unix::Signal; 2],
}

impl Stop {
    #[cfg(unix)]
    fn listen() -> io::Result<Self> {
        use signal::unix::{SignalKind, signal};
        Ok(Self { signals: [signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?] })
    }

    #[cfg(unix)]
    async fn told(mut self) {
        let [interrupt, terminate] = &mut self.signals;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    #[expect(clippy::unnecessary_wraps, reason = "where there are signals, this can fail")]
    fn listen() -> io::Result<Self> {
        Ok(Self {})
    }

    #[cfg(not(unix))]
    async fn told(self) {
        let _ = signal::ctrl_c().await;
    }
}
