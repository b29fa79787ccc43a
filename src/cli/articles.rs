//! `guidepost articles`: the list, one of them, or what is wrong with them.

use std::process::ExitCode;

use crate::clock::Clock;
use crate::config::Settings;
use crate::domain::About;
use crate::knowledge::Severity;
use crate::platforms::console::{self, Manner};
use crate::replies::guides::Ways;
use crate::replies::{self, Locale};
use crate::services::library::Library;

use super::args::Articles;
use super::output::{self, Failure};
use super::{ask, open};

/// Runs the command.
pub fn run(settings: &Settings, list: &Articles) -> Result<ExitCode, Failure> {
    let library = open::library(settings, false)?;
    if list.check {
        return check(&library, list.json);
    }
    if let Some(name) = &list.article {
        return show(&library, name, list.json, settings);
    }
    let product = list.product.as_deref().map(|name| ask::product(library.products(), name)).transpose()?;
    let mut all = library.answers().engine().list()?;
    all.retain(|about| product.is_none() || about.product == product);
    if list.json {
        output::print_json(&all)?;
        return Ok(ExitCode::SUCCESS);
    }
    let widest = all.iter().map(|about| about.id.as_str().len()).max().unwrap_or(0);
    for About { id, kind, title, .. } in &all {
        output::print(&format!("{:widest$}  {:13}  {title}", id.as_str(), kind.name()))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn show(library: &Library, name: &str, json: bool, settings: &Settings) -> Result<ExitCode, Failure> {
    let Some(article) = library.answers().article(name)? else {
        return Err(Failure::Usage(format!(
            "There is no article \"{name}\"; `guidepost articles` lists them."
        )));
    };
    if json {
        output::print_json(&article)?;
    } else {
        let reply = replies::articles::whole(Locale::English, &article, &[], Ways::default());
        console::print(reply, &Manner::of(settings, Clock::System))?;
    }
    Ok(ExitCode::SUCCESS)
}

fn check(library: &Library, json: bool) -> Result<ExitCode, Failure> {
    let faults = library.faults();
    if json {
        output::print_json(&faults)?;
    } else {
        for fault in faults {
            output::print(&fault.to_string())?;
        }
        let errors = faults.iter().filter(|fault| fault.severity == Severity::Error).count();
        let warnings = faults.len() - errors;
        let count = library.answers().engine().len();
        output::say(&format!("Articles: {count}. Errors: {errors}. Warnings: {warnings}."));
    }
    let failed = faults.iter().any(|fault| fault.severity == Severity::Error);
    Ok(if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}
