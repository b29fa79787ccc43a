//! `guidepost chat`: a conversation in this terminal, or through a pipe.

use std::process::ExitCode;

use crate::app::{App, at_this_terminal};
use crate::config::{Settings, user};
use crate::platforms::console;

use super::open;
use super::output::Failure;

/// Runs the command.
pub async fn run(settings: &Settings) -> Result<ExitCode, Failure> {
    let app = App::open(open::library(settings, false)?, settings);
    console::run(app.desk(), at_this_terminal(user()), &settings.console).await?;
    Ok(ExitCode::SUCCESS)
}
