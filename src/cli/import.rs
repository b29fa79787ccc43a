//! `guidepost import`: a help centre becomes articles of this desk.

use std::process::ExitCode;

use crate::config::Settings;
use crate::domain::{Kind, ProductId};
use crate::knowledge::import::{Outcome, Report};
use crate::knowledge::{Manifest, load};
use crate::net::Limits;
use crate::services::import::{self, Plan, Progress, Source};

use super::args::Import;
use super::output::{self, Failure, progress, say};

/// How many sources are told one by one.
const TOLD: usize = 20;

/// Runs the command.
pub async fn run(settings: &Settings, asked: Import) -> Result<ExitCode, Failure> {
    let json = asked.json;
    let plan = plan(settings, asked)?;
    let bar = progress("Importing");
    let mut tell = |at: Progress| match at {
        Progress::Reading { source } => bar.set_message(format!("Reading {source}")),
        Progress::Fetching { address, found } => {
            bar.set_message(format!("Fetching {address} ({found} found)"));
        }
        Progress::Converting { done, total } => show(&bar, "Converting", done, total),
        Progress::Writing { done, total } => show(&bar, "Writing", done, total),
    };
    let report = import::run(plan, &mut tell).await?;
    bar.finish_and_clear();
    if json {
        output::print_json(&report)?;
    } else {
        tell_of(&report)?;
    }
    let trouble = report.entries.iter().any(|entry| match &entry.outcome {
        Outcome::Skipped(reason) => reason.is_trouble(),
        Outcome::Imported
        | Outcome::Updated
        | Outcome::Unchanged
        | Outcome::Edited
        | Outcome::Vanished
        | Outcome::Pruned => false,
    });
    Ok(if trouble { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

fn show(bar: &indicatif::ProgressBar, what: &'static str, done: usize, total: usize) {
    bar.set_message(what);
    bar.set_length(total as u64);
    bar.set_position(done as u64);
}

fn plan(settings: &Settings, asked: Import) -> Result<Plan, Failure> {
    let mut sources: Vec<Source> = asked.sources.iter().map(|text| Source::of_argument(text)).collect();
    sources.extend(asked.list.map(Source::List));
    sources.extend(asked.zendesk.map(Source::HelpCentre));
    let product = asked.product.map(|id| ProductId::parse(&id)).transpose();
    let base_url = asked.base_url.map(|url| url.parse()).transpose();
    let kind = if asked.kind == "documentation" { Kind::Documentation } else { Kind::Support };
    let limits = Limits {
        page: settings.import.max_page(),
        timeout: settings.import.timeout(),
        tries: settings.import.retries + 1,
        ..Limits::default()
    };
    Ok(Plan {
        sources,
        known_ids: known_ids(settings, &asked.to),
        to: asked.to,
        kind: Some(kind),
        product: product.map_err(|error| Failure::Usage(error.to_string()))?,
        base_url: base_url.map_err(|error| Failure::Usage(format!("--base-url: {error}")))?,
        licence: asked.licence,
        prune: asked.prune,
        force: asked.force,
        dry_run: asked.dry_run,
        limits,
    })
}

/// The ids of all articles that are not in the import's own folder.
fn known_ids(
    settings: &Settings,
    to: &std::path::Path,
) -> std::collections::BTreeSet<crate::domain::ArticleId> {
    let folder = &settings.knowledge.path;
    let Ok(loaded) = load(folder, &Manifest::default(), &mut |_, _| {}) else {
        return std::collections::BTreeSet::default();
    };
    let outside = loaded.articles.into_iter().filter(|article| !article.file.starts_with(to));
    outside.map(|article| article.article.about.id).collect()
}

fn tell_of(report: &Report) -> Result<(), Failure> {
    tell_some(report.entries.iter().filter_map(|entry| match &entry.outcome {
        Outcome::Skipped(reason) => Some(format!("skipped {}: {reason}", entry.source)),
        Outcome::Imported
        | Outcome::Updated
        | Outcome::Unchanged
        | Outcome::Edited
        | Outcome::Vanished
        | Outcome::Pruned => None,
    }));
    tell_some(
        report.entries.iter().flat_map(|entry| {
            entry.notes.iter().map(move |note| format!("note on {}: {note}", entry.source))
        }),
    );
    let t = report.totals;
    let rehearsal = if report.dry_run { "Would have " } else { "" };
    output::print(&format!(
        "{rehearsal}imported {}, updated {}, left unchanged {}, kept {} edited by hand, skipped {}; {} sources are gone, {} articles removed.",
        t.imported, t.updated, t.unchanged, t.edited, t.skipped, t.vanished, t.pruned
    ))?;
    let l = report.links;
    output::print(&format!(
        "Links: {} to other articles, {} to the web, {} within their page, {} dropped.",
        l.articles, l.web, l.anchors, l.dropped
    ))?;
    Ok(())
}

/// Tells the first few lines, and how many more there are.
fn tell_some(mut lines: impl Iterator<Item = String>) {
    for line in lines.by_ref().take(TOLD) {
        say(&line);
    }
    let more = lines.count();
    if more > 0 {
        say(&format!("… and {more} more; --json lists them all."));
    }
}
