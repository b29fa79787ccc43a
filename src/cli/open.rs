//! Opens the articles for a command, and tells what had to be done for it.

use crate::config::Settings;
use crate::knowledge::{Severity, shipped};
use crate::services::library::{Did, Library, Places, Progress};

use super::output::{Failure, progress, say};

/// How many faults are told one by one.
const TOLD: usize = 5;

/// Opens the articles; where there is no folder yet, the shipped ones are written out first.
pub fn library(settings: &Settings, rebuild: bool) -> Result<Library, Failure> {
    let folder = &settings.knowledge.path;
    if !folder.exists() {
        let count = shipped::write_out(folder)?;
        say(&format!(
            "Wrote the {count} files of articles that come with guidepost to {}.",
            folder.display()
        ));
    }
    let places = Places {
        knowledge: folder.clone(),
        index: settings.index.path.join("articles"),
        memory: settings.index.writer_memory(),
    };
    let bar = progress("Reading");
    let mut tell = |at: Progress| match at {
        Progress::Reading(done, of) => show(&bar, "Reading", done, of),
        Progress::Indexing(done, of) => show(&bar, "Indexing", done, of),
    };
    let library = Library::open(places, rebuild, &mut tell)?;
    bar.finish_and_clear();
    tell_what_was_done(&library);
    Ok(library)
}

fn show(bar: &indicatif::ProgressBar, what: &'static str, done: usize, of: usize) {
    bar.set_message(what);
    bar.set_length(of as u64);
    bar.set_position(done as u64);
}

fn tell_what_was_done(library: &Library) {
    match library.did() {
        Did::Nothing | Did::Updated(_, _) | Did::OnlyRead(_) => {}
        Did::Built(why, count) => tracing::info!(why, count, "the search index was built"),
        Did::InMemory(why) => say(&format!("The search index is only kept in memory: {why}.")),
    }
    let errors = library.faults().iter().filter(|fault| fault.severity == Severity::Error);
    let count = errors.clone().count();
    for fault in errors.take(TOLD) {
        say(&fault.to_string());
    }
    if count > TOLD {
        say(&format!("… and {} more; `guidepost articles --check` lists them all.", count - TOLD));
    }
}
