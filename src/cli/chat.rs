//! `guidepost chat`: a conversation in this terminal, or through a pipe; with the desk that is running, else with one that runs as long
//! as the conversation.

use std::process::ExitCode;

use crate::app::{App, at_this_terminal};
use crate::clock::Clock;
use crate::config::{Loaded, user};
use crate::domain::Identity;
use crate::platforms::console::{self, Line, Manner};
use crate::platforms::socket;
use crate::services::keeping::Door;

use super::args::Speaking;
use super::desk::{Here, Stop, while_open};
use super::open;
use super::output::Failure;

/// Runs the command.
pub async fn run(loaded: &Loaded, speaking: &Speaking) -> Result<ExitCode, Failure> {
    let settings = &loaded.settings;
    let socket = socket::beside(&settings.store.path);
    let name = speaking.person.as_deref().unwrap_or_default();
    if let Some(found) = socket::who(&socket, name).await? {
        let who = speaker(speaking, found)?;
        // Greets, and completes what is typed; the running desk answers.
        let desk = App::open(open::library(settings, false)?, settings, None).desk();
        console::run(desk, Line::there(socket), who, Manner::of(settings, Clock::System)).await?;
    } else {
        let doors = vec![Door { name: "terminal".to_owned(), open: true, trouble: None }];
        let work = async |here: &Here, stop: Stop| talk_here(loaded, here, speaking, stop).await;
        while_open(loaded, doors, work).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Talks with the desk that is open here, until the person leaves or the process is told to stop.
pub async fn talk_here(loaded: &Loaded, here: &Here, speaking: &Speaking, stop: Stop) -> Result<(), Failure> {
    let found = match &speaking.person {
        Some(name) => here.people.spoken_for(name).await?,
        None => None,
    };
    let who = speaker(speaking, found)?;
    let manner = Manner::of(&loaded.settings, Clock::System);
    let talk = console::run(here.app.desk(), here.line.clone(), who, manner);
    tokio::select! {
        talked = talk => Ok(talked?),
        () = stop.told() => Ok(()),
    }
}

/// Who speaks: whoever sits here, else whom they name, if that one was found.
fn speaker(speaking: &Speaking, found: Option<Identity>) -> Result<Identity, Failure> {
    match &speaking.person {
        None => Ok(at_this_terminal(user())),
        Some(name) => found.ok_or_else(|| {
            Failure::Usage(format!(
                "nobody here is called \"{name}\": name a person by e-mail address, discord:ID, console:USER or number; `guidepost agent add {}` makes a new agent",
                if name.contains('@') { name } else { "EMAIL" }
            ))
        }),
    }
}
