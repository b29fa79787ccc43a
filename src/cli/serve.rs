//! `guidepost serve`, and `guidepost` alone: opens every enabled door and stays until it is told to stop.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

use crate::config::Loaded;
use crate::services::keeping::Door;

use super::args::Speaking;
use super::chat::talk_here;
use super::desk::{Here, Stop, while_open};
use super::output::{Failure, say};

/// Runs the command.
pub async fn run(loaded: &Loaded, speaking: &Speaking) -> Result<ExitCode, Failure> {
    let has_terminal = io::stdin().is_terminal() && io::stdout().is_terminal();
    let doors = vec![Door { name: "terminal".to_owned(), open: has_terminal, trouble: None }];
    let served = while_open(loaded, doors, async |here: &Here, stop: Stop| {
        say(&format!("{} is ready with {} articles.", loaded.settings.desk.name, here.articles));
        if let Some(pages) = &here.pages {
            say(&format!("Its pages are at {pages}."));
        }
        if has_terminal {
            return talk_here(loaded, here, speaking, stop).await;
        }
        say("No terminal to chat in, so it waits and follows the articles; stop it with Ctrl-C or SIGTERM.");
        stop.told().await;
        Ok(())
    });
    served.await.map(|()| ExitCode::SUCCESS)
}
