//! `guidepost restore`: a backup becomes a desk again, in an empty place.

use std::path::Path;
use std::process::ExitCode;

use crate::app::kept;
use crate::config::Loaded;
use crate::services::keeping::{Progress, restore};

use super::ask_desk::{bar, show};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, file: &Path, json: bool) -> Result<ExitCode, Failure> {
    let places = kept::places(loaded)?;
    let bar = bar();
    let restored = restore(file, &places, &mut |at: Progress| show(&bar, at)).await?;
    bar.finish_and_clear();
    if json {
        output::print_json(&restored)?;
        return Ok(ExitCode::SUCCESS);
    }
    let manifest = &restored.manifest;
    output::print(&format!(
        "Restored {} records and {} files of {} to {}.",
        manifest.records,
        manifest.files,
        manifest.made.format("%Y-%m-%d %H:%M UTC"),
        restored.store
    ))?;
    let missing = manifest.missing_files.len();
    if missing > 0 {
        output::say(&format!("{missing} files were missing already when the backup was made."));
    }
    Ok(ExitCode::SUCCESS)
}
