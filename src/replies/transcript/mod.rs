//! Transcripts: a case to keep, as plain text, as a page, and as JSON.
//!
//! All three are made of one [`Transcript`], and what a customer may not see is left out where that is made: no renderer ever has it.

mod html;
mod make;
mod model;
mod text;

#[cfg(test)]
mod tests;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

pub use html::html;
pub use make::{Copied, transcript};
pub use model::{
    Asked, Audience, Author, Entry, Facts, File, Internal, Kind, SCHEMA, Stopped, Transcript, TriedBefore,
};
pub use text::text;

use super::Locale;

/// A transcript as JSON, indented.
#[must_use]
pub fn json(transcript: &Transcript) -> String {
    // Strings, numbers and lists of them are always JSON.
    serde_json::to_string_pretty(transcript).unwrap_or_default()
}

fn date_and_time(locale: Locale, at: DateTime<Utc>, zone: Tz) -> String {
    let Locale::English = locale;
    at.with_timezone(&zone).format("%-d %B %Y %H:%M %Z").to_string()
}

/// A file in a line: its name, size and type.
fn file_line(locale: Locale, file: &File) -> String {
    let Locale::English = locale;
    format!("{} ({}, {})", file.name, size(locale, file.size), file.media)
}

fn size(locale: Locale, bytes: u64) -> String {
    let Locale::English = locale;
    match bytes {
        1 => "1 byte".to_owned(),
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.1} kB", bytes as f64 / 1e3),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// The facts of a case, as names and values in the order in which they are read.
fn facts(locale: Locale, transcript: &Transcript, zone: Tz) -> Vec<(&'static str, String)> {
    let Locale::English = locale;
    let Transcript { case, internal, .. } = transcript;
    let time = |at| date_and_time(locale, at, zone);
    let mut facts = vec![
        ("Status", super::case_events::standing(locale, case.status).to_owned()),
        ("Priority", case.priority.name().to_owned()),
    ];
    facts.extend(case.product.as_ref().map(|product| ("Product", product.clone())));
    facts.push(("Requester", case.requester.clone()));
    facts.extend(case.assignee.as_ref().map(|assignee| ("Agent", assignee.clone())));
    facts.push(("Opened", time(case.opened_at)));
    facts.push(("Last change", time(case.updated_at)));
    facts.extend(case.score.map(|score| ("Rating", format!("{score} of 5"))));
    if let Some(Internal { queue, tags, followers, links }) = internal {
        facts.push(("Queue", queue.clone()));
        let lists = [("Tags", tags), ("Followers", followers), ("Linked", links)];
        let lists = lists.into_iter().filter(|(_, list)| !list.is_empty());
        facts.extend(lists.map(|(name, list)| (name, list.join(", "))));
    }
    facts
}

/// What was tried, one line for each question and guide: what it is, and what came of it.
fn tried_lines(locale: Locale, tried: &TriedBefore, zone: Tz) -> Vec<(String, String)> {
    let Locale::English = locale;
    let asked = tried.questions.iter().map(|asked| {
        let mut said = vec![format!("asked {}", date_and_time(locale, asked.at, zone))];
        if !asked.shown.is_empty() {
            said.push(format!("shown {}", asked.shown.join(", ")));
        }
        if !asked.did_not_help.is_empty() {
            said.push(format!("{} did not help", asked.did_not_help.join(", ")));
        }
        (format!("\"{}\"", asked.question), said.join("; "))
    });
    let stopped = tried.guides.iter().map(|guide| {
        (format!("The guide {}", guide.article), format!("stopped at step {} of {}", guide.step, guide.of))
    });
    asked.chain(stopped).collect()
}

/// What stands over a transcript: what it is, and of whom it must be kept.
fn heading(locale: Locale, transcript: &Transcript, zone: Tz) -> Vec<String> {
    let Locale::English = locale;
    let made_at = date_and_time(locale, transcript.made_at, zone);
    let mut lines = vec![format!("A transcript by {}, made on {made_at}.", transcript.desk)];
    match transcript.copy {
        Audience::Customer => {}
        Audience::Staff => lines.push(
            "This is the staff's copy. It has internal notes, marked as such, that the customer must not see."
                .to_owned(),
        ),
    }
    lines
}
