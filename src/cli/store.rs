//! `guidepost store`: copies the store to another place, or checks it.

use std::path::Path;
use std::process::ExitCode;

use serde::Serialize;

use crate::app::kept::{Where, places_of};
use crate::clock;
use crate::config::{Engine, Loaded, Secret, carries_password};
use crate::disk::folder_of;
use crate::services::keeping::{Finding, Operation, Outcome, Places, Progress, copy};

use super::args::{StoreCommand, StoreCopy};
use super::ask_desk::{bar, perform_there_or_here, show, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, command: &StoreCommand) -> Result<ExitCode, Failure> {
    match command {
        StoreCommand::Copy(asked) => run_copy(loaded, asked).await,
        StoreCommand::Trial(asked) => super::trial::run(loaded, asked).await,
        StoreCommand::Check { json } => check(loaded, *json).await,
    }
}

async fn run_copy(loaded: &Loaded, asked: &StoreCopy) -> Result<ExitCode, Failure> {
    let from = place(loaded, &asked.from, asked.from_files.as_deref())?;
    let to = place(loaded, &asked.to, asked.to_files.as_deref())?;
    let bar = bar();
    let copied = copy(&from, &to, clock::secret, &mut |at: Progress| show(&bar, at)).await?;
    bar.finish_and_clear();
    if asked.json {
        output::print_json(&copied)?;
    } else {
        output::print(&format!(
            "Copied {} records and {} files from {} to {}; read again, both are equal.",
            copied.records, copied.files, copied.from, copied.to
        ))?;
    }
    let missing = copied.missing_files.len();
    if missing == 0 {
        return Ok(ExitCode::SUCCESS);
    }
    output::say(&format!(
        "{missing} files were missing or damaged already; `guidepost store check` lists them."
    ));
    Ok(ExitCode::FAILURE)
}

/// What somebody means by a place: an engine as it is configured, a server's address, or the folder of a sled store.
fn place(loaded: &Loaded, named: &str, files: Option<&Path>) -> Result<Places, Failure> {
    if carries_password(named) {
        return Err(Failure::Usage(
            "A password on the command line can be read by every user of the system: set GUIDEPOST_STORE_URL, and say `postgres` here.".to_owned(),
        ));
    }
    let address = Secret::new(named.to_owned());
    let records = match named {
        "sled" => Where::configured(loaded, Engine::Sled),
        "postgres" => Where::configured(loaded, Engine::Postgres),
        _ if named.contains("://") => Where::Server(&address),
        folder => Where::Folder(Path::new(folder)),
    };
    let beside = match records {
        Where::Folder(folder) if folder != loaded.settings.store.path => folder_of(folder).join("files"),
        Where::Folder(_) | Where::Server(_) => loaded.settings.files.path.clone(),
    };
    Ok(places_of(loaded, records, files.unwrap_or(&beside))?)
}

#[derive(Serialize)]
struct Told<'a> {
    message: String,
    remedy: &'static str,
    #[serde(flatten)]
    finding: &'a Finding,
}

async fn check(loaded: &Loaded, json: bool) -> Result<ExitCode, Failure> {
    let done = perform_there_or_here(loaded, Operation::Check).await?;
    let Outcome::Checked(checked) = done else { return Err(unexpected()) };
    let told = checked.findings.iter().map(|finding| Told {
        message: finding.to_string(),
        remedy: finding.remedy(),
        finding,
    });
    if json {
        let findings: Vec<Told<'_>> = told.collect();
        output::print_json(&serde_json::json!({
            "entries": checked.entries, "files": checked.files, "findings": findings, "more": checked.more,
        }))?;
    } else {
        for Told { message, remedy, .. } in told {
            output::print(&format!("{message}.\n  {remedy}"))?;
        }
        if checked.more > 0 {
            output::print(&format!("… and {} more.", checked.more))?;
        }
        let count = checked.findings.len() as u64 + checked.more;
        let (entries, files) = (checked.entries, checked.files);
        output::say(&format!("Looked at {entries} entries and {files} files. Findings: {count}."));
    }
    Ok(if checked.is_clean() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
