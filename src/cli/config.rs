//! `guidepost config`: the settings, and where each comes from.

use std::process::ExitCode;

use crate::config::{Loaded, render};

use super::args::ConfigCommand;
use super::output::{self, Failure};

/// Runs the command. Faults were told when the settings were loaded.
pub fn run(loaded: &Loaded, command: &ConfigCommand) -> Result<ExitCode, Failure> {
    match command {
        ConfigCommand::Show { json: true } => output::print_json(&loaded.show())?,
        ConfigCommand::Show { json: false } => output::print(render(&loaded.show()).trim_end())?,
        ConfigCommand::Check => output::print("The settings are good.")?,
    }
    Ok(ExitCode::SUCCESS)
}
