//! `guidepost backup`: everything the desk keeps, in one file, while it goes on working.

use std::path::Path;
use std::process::ExitCode;

use crate::config::Loaded;
use crate::services::keeping::{Operation, Outcome};

use super::ask_desk::{perform_there_or_here, size, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, file: &Path, json: bool) -> Result<ExitCode, Failure> {
    // A running desk works in a folder of its own.
    let file = std::path::absolute(file)?;
    let done = perform_there_or_here(loaded, Operation::Backup { file }).await?;
    let Outcome::Backup(backup) = done else { return Err(unexpected()) };
    let missing = backup.manifest.missing_files.len();
    if missing > 0 {
        output::say(&format!(
            "{missing} files that records name are missing or damaged; the backup holds all else. `guidepost store check` lists them."
        ));
    }
    if json {
        output::print_json(&backup)?;
    } else {
        output::print(&format!(
            "Wrote {} ({}): {} records, {} files and the desk key. Keep it as safe as the desk itself.",
            backup.file.display(),
            size(backup.bytes),
            backup.manifest.records,
            backup.manifest.files
        ))?;
    }
    Ok(if missing == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
