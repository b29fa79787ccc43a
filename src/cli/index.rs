//! `guidepost index`: brings the search indexes up to date.

use std::process::ExitCode;

use crate::app::{self, kept};
use crate::clock;
use crate::config::{Loaded, Settings};
use crate::platforms::socket;
use crate::services::library::Did;

use super::ask_desk::bar;
use super::open;
use super::output::{self, Failure};

/// Runs the command. The index of cases keeps itself up to date while a desk runs; only rebuilding it is done here.
pub async fn run(loaded: &Loaded, rebuild: bool) -> Result<ExitCode, Failure> {
    articles(&loaded.settings, rebuild)?;
    if rebuild {
        cases(loaded).await?;
    }
    Ok(ExitCode::SUCCESS)
}

fn articles(settings: &Settings, rebuild: bool) -> Result<(), Failure> {
    let library = open::library(settings, rebuild)?;
    let line = match library.did() {
        Did::Nothing => format!("The index was up to date: {} articles.", library.answers().engine().len()),
        Did::Updated(put, gone) => format!("{put} articles were put in or changed, {gone} taken out."),
        Did::Built(why, count) => format!("Built the index of {count} articles ({why})."),
        Did::OnlyRead(why) => format!("Nothing to do here: {why}, which keeps it up to date."),
        Did::InMemory(why) => return Err(Failure::Usage(format!("The index could not be written: {why}."))),
    };
    Ok(output::print(&line)?)
}

async fn cases(loaded: &Loaded) -> Result<(), Failure> {
    let places = kept::places(loaded)?;
    if socket::answers(&socket::beside(&loaded.settings.store.path)).await? {
        let line =
            "A desk is running and keeps the index of cases. To build it from nothing, stop the desk first.";
        return Ok(output::print(line)?);
    }
    if !places.may_exist() {
        return Ok(output::print("There are no cases yet.")?);
    }
    let kept = places.open(clock::secret).await?;
    let bar = bar();
    bar.set_message("Cases");
    let search = app::case_search(&loaded.settings, &kept.store)?;
    let built = search.rebuild(&mut |done| bar.set_position(done)).await;
    kept.store.close().await;
    let count = built?;
    bar.finish_and_clear();
    Ok(output::print(&format!("Built the index of {count} cases."))?)
}
