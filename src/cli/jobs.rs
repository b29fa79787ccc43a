//! `guidepost jobs`: what was given up, and what becomes of it.

use std::process::ExitCode;

use crate::config::Loaded;
use crate::domain::{Job, JobKey, State};
use crate::services::keeping::{Operation, Outcome};

use super::args::JobsCommand;
use super::ask_desk::{perform_there_or_here, unexpected};
use super::output::{self, Failure};

/// The most dead letters that are listed.
const LISTED: usize = 100;

/// Runs the command.
pub async fn run(loaded: &Loaded, command: &JobsCommand) -> Result<ExitCode, Failure> {
    match command {
        JobsCommand::Dead { json } => dead(loaded, *json).await,
        JobsCommand::Retry { key } => {
            mend(loaded, Operation::Retry { key: parsed(key)? }, "It is tried again at once.").await
        }
        JobsCommand::Discard { key } => {
            mend(loaded, Operation::Discard { key: parsed(key)? }, "It will not be tried again.").await
        }
    }
}

async fn dead(loaded: &Loaded, json: bool) -> Result<ExitCode, Failure> {
    let done = perform_there_or_here(loaded, Operation::DeadLetters { limit: LISTED }).await?;
    let Outcome::Letters(letters) = done else { return Err(unexpected()) };
    if json {
        output::print_json(&letters)?;
    } else if letters.is_empty() {
        output::print("Nothing was given up.")?;
    }
    if !json {
        for Job { key, tries, state, .. } in &letters {
            if let State::Dead { at, why } = state {
                output::print(&format!(
                    "{key}  {}  after {tries} tries: {why}",
                    at.format("%Y-%m-%d %H:%M UTC")
                ))?;
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn mend(loaded: &Loaded, operation: Operation, told: &str) -> Result<ExitCode, Failure> {
    let done = perform_there_or_here(loaded, operation).await?;
    let Outcome::Mended = done else { return Err(unexpected()) };
    output::print(told)?;
    Ok(ExitCode::SUCCESS)
}

fn parsed(key: &str) -> Result<JobKey, Failure> {
    JobKey::parse(key).map_err(|error| Failure::Usage(format!("{error}.")))
}
