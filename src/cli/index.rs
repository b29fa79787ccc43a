//! `guidepost index`: brings the search index up to date.

use std::process::ExitCode;

use crate::config::Settings;
use crate::services::library::Did;

use super::open;
use super::output::{self, Failure};

/// Runs the command.
pub fn run(settings: &Settings, rebuild: bool) -> Result<ExitCode, Failure> {
    let library = open::library(settings, rebuild)?;
    let line = match library.did() {
        Did::Nothing => format!("The index was up to date: {} articles.", library.answers().engine().len()),
        Did::Updated(put, gone) => format!("{put} articles were put in or changed, {gone} taken out."),
        Did::Built(why, count) => format!("Built the index of {count} articles ({why})."),
        Did::OnlyRead(why) => format!("Nothing to do here: {why}, which keeps it up to date."),
        Did::InMemory(why) => return Err(Failure::Usage(format!("The index could not be written: {why}."))),
    };
    output::print(&line)?;
    Ok(ExitCode::SUCCESS)
}
