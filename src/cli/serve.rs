//! `guidepost serve`, and `guidepost` alone: opens every enabled door and stays until it is told to stop.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use tokio::signal;

use crate::app::{App, at_this_terminal};
use crate::config::{Settings, user};
use crate::platforms::console;

use super::open;
use super::output::{Failure, say};

/// Runs the command.
pub async fn run(settings: &Settings) -> Result<ExitCode, Failure> {
    let library = open::library(settings, false)?;
    let articles = library.answers().engine().len();
    let mut app = App::open(library, settings);
    if settings.knowledge.watch
        && let Err(error) = app.follow()
    {
        say(&format!("Changed articles are only seen after a restart: {error}."));
    }
    say(&format!("{} is ready with {articles} articles.", settings.desk.name));
    if io::stdin().is_terminal() && io::stdout().is_terminal() {
        tokio::select! {
            talked = console::run(app.desk(), at_this_terminal(user()), &settings.console) => talked?,
            () = told_to_stop() => {}
        }
    } else {
        say("No terminal to chat in, so it waits and follows the articles; stop it with Ctrl-C or SIGTERM.");
        told_to_stop().await;
    }
    Ok(ExitCode::SUCCESS)
}

/// Ends when the process is asked to.
async fn told_to_stop() {
    #[cfg(unix)]
    {
        let Ok(mut terminated) = signal::unix::signal(signal::unix::SignalKind::terminate()) else { return };
        tokio::select! {
            _ = signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
    }
    #[cfg(not(unix))]
    {
        let _ = signal::ctrl_c().await;
    }
}
