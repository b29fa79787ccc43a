//! `guidepost store trial`: how many durable commits this store makes.

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Instant;

use crate::config::Settings;
use crate::services::trial::{self, Trial};
use crate::store::{CommitError, Place, Store};

use super::args::TrialOf;
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(settings: &Settings, asked: &TrialOf) -> Result<ExitCode, Failure> {
    let store = Store::open(&Place::Folder(settings.store.path.clone())).await?;
    let trial = Trial { clients: asked.clients, commits: asked.commits, bytes: asked.bytes };
    let started = Instant::now();
    let mut count = 0_u64;
    let mut written = Ok(());
    let done = trial::run(&store, &trial, Arc::new(|_, _| {}), |acknowledged| {
        count += 1;
        if asked.json && written.is_ok() {
            written = output::print_json_line(&acknowledged);
        }
    })
    .await;
    let seconds = started.elapsed().as_secs_f64();
    written?;
    done.map_err(failure)?;
    if !asked.json {
        let removed = trial::clear(&store).await.map_err(failure)?;
        output::print(&format!(
            "{count} durable commits by {} clients in {seconds:.2} s: {:.0} a second. The {removed} records of the trial were removed.",
            trial.clients,
            count as f64 / seconds.max(1e-9)
        ))?;
    }
    store.close().await;
    Ok(ExitCode::SUCCESS)
}

fn failure(error: CommitError) -> Failure {
    match error {
        CommitError::Store(error) => error.into(),
        CommitError::Conflict(_) | CommitError::Wrong(_) => Failure::Fault(error.to_string()),
    }
}
