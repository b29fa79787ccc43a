//! `guidepost agent`: who works on cases.

use std::process::ExitCode;

use crate::config::Loaded;
use crate::domain::case::remark;
use crate::domain::{MailAddress, Person};
use crate::services::keeping::{Operation, Outcome};
use crate::services::people::NewStaff;

use super::args::AgentCommand;
use super::ask_desk::{Performer, perform_there_or_here, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, command: &AgentCommand) -> Result<ExitCode, Failure> {
    match command {
        AgentCommand::Add { who, name } => add(loaded, who, name.as_deref()).await,
        AgentCommand::List { json } => list(loaded, *json).await,
        AgentCommand::Remove { who } => remove(loaded, who).await,
    }
}

async fn add(loaded: &Loaded, who: &str, name: Option<&str>) -> Result<ExitCode, Failure> {
    let name = match name.map(remark) {
        Some(Ok(Some(name))) => Some(name),
        Some(Ok(None)) => return Err(Failure::Usage("The name has nothing in it.".to_owned())),
        Some(Err(error)) => return Err(Failure::Usage(format!("The name can't be taken: {error}."))),
        None => None,
    };
    let operation = Operation::AddAgent { who: known_by(who)?, name };
    // Agents can be named before the desk starts for the first time, so the store may be made here.
    let performer = Performer::find(loaded).await?;
    let done = performer.perform(operation, &mut |_| {}).await;
    performer.close().await;
    let Outcome::Agent(agent) = done? else { return Err(unexpected()) };
    output::print(&format!("{} is an agent and can work on cases.", described(&agent)))?;
    if agent.name.is_none() {
        output::say("Customers read \"Support\" for whoever has no name; give one with --name.");
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(loaded: &Loaded, json: bool) -> Result<ExitCode, Failure> {
    let Outcome::Agents(agents) = perform_there_or_here(loaded, Operation::Agents).await? else {
        return Err(unexpected());
    };
    if json {
        output::print_json(&agents)?;
    } else if agents.is_empty() {
        output::print("Nobody works on cases yet. Add somebody with `guidepost agent add EMAIL`.")?;
    } else {
        for agent in &agents {
            output::print(&format!("{}{}", described(agent), by_role(agent)))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn remove(loaded: &Loaded, who: &str) -> Result<ExitCode, Failure> {
    let operation = Operation::RemoveAgent { who: who.to_owned() };
    let Outcome::AgentRemoved(removed) = perform_there_or_here(loaded, operation).await? else {
        return Err(unexpected());
    };
    output::print(&format!(
        "{} is no agent any more. What they wrote stays, and cases that they have stay theirs until somebody takes them.",
        described(&removed.person)
    ))?;
    if let Some(server) = removed.role_on {
        output::say(&format!(
            "A role on server {server} made them one, and will again when they next speak there: take the role from them on Discord, too."
        ));
    }
    Ok(ExitCode::SUCCESS)
}

/// How a new agent is known, as it is typed.
fn known_by(who: &str) -> Result<NewStaff, Failure> {
    let who = who.trim();
    let wrong = |why: String| {
        Failure::Usage(format!("{why}; name an agent as ada@example.org or discord:1234567890."))
    };
    match who.strip_prefix("discord:") {
        Some(id) => {
            let id: u64 =
                id.parse().map_err(|_| wrong(format!("\"{id}\" is no number of a Discord account")))?;
            Ok(NewStaff::Discord(id))
        }
        None => MailAddress::parse(who).map(NewStaff::Mail).map_err(|error| wrong(error.to_string())),
    }
}

/// What made somebody an agent, where it was not the operator.
pub fn by_role(person: &Person) -> String {
    person.role_on.map(|server| format!(", by a role on server {server}")).unwrap_or_default()
}

/// A person in one line: number, name, and how they are known.
pub fn described(person: &Person) -> String {
    let mut known: Vec<String> = person.mail.iter().map(ToString::to_string).collect();
    known.extend(person.identities.iter().map(ToString::to_string));
    let name = person.name.as_ref().map(|name| format!(" {name}")).unwrap_or_default();
    let known = if known.is_empty() { String::new() } else { format!(" ({})", known.join(", ")) };
    format!("{}{name}{known}", person.id)
}
