//! `guidepost status`: how everything is, and whether somebody has to look.

use std::process::ExitCode;

use chrono::{DateTime, Utc};

use crate::config::Loaded;
use crate::services::agenda::Overview;
use crate::services::keeping::{IndexSeen, Operation, Outcome, Running, Status, StoreSeen};

use super::ask_desk::{many, perform_there_or_here, size, unexpected};
use super::output::{self, Failure};

/// Runs the command: exit code 1 when something needs a person.
pub async fn run(loaded: &Loaded, count: bool, json: bool) -> Result<ExitCode, Failure> {
    let done = perform_there_or_here(loaded, Operation::Status { count }).await?;
    let Outcome::Status(status) = done else { return Err(unexpected()) };
    if json {
        output::print_json(&status)?;
    } else {
        for line in lines(&status) {
            output::print(&line)?;
        }
    }
    Ok(if status.needs_a_person.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn lines(status: &Status) -> Vec<String> {
    let Status { guidepost, desk, uptime_s, store, jobs, index, case_index, needs_a_person } = status;
    let mut lines = vec![of_desk(desk.as_ref(), *uptime_s, guidepost), of_store(store)];
    lines.extend(jobs.as_ref().map(of_jobs));
    lines.push(format!(
        "Index  {}",
        of_index(index, ["article", "articles"], "the desk builds it when it starts")
    ));
    lines.push(format!(
        "       {}",
        of_index(case_index, ["case", "cases"], "the desk builds it beside its work")
    ));
    lines.extend(desk.as_ref().map(of_doors));
    if needs_a_person.is_empty() {
        lines.push("Nothing needs a person.".to_owned());
    }
    lines.extend(needs_a_person.iter().map(|reason| format!("Needs a person: {reason}.")));
    lines
}

fn of_desk(desk: Option<&Running>, uptime_s: Option<u64>, version: &str) -> String {
    match desk {
        Some(desk) => format!(
            "Desk   guidepost {version}, process {}, since {} ({})",
            desk.process,
            time(desk.since),
            duration(uptime_s.unwrap_or(0))
        ),
        None => format!("Desk   not running here (looked at by guidepost {version})"),
    }
}

fn of_store(store: &StoreSeen) -> String {
    let StoreSeen { engine, bytes, data_version, trouble, records } = store;
    let mut parts = vec![format!("Store  {engine}")];
    parts.extend(bytes.map(size));
    parts.extend(records.map(|records| format!("{records} records")));
    parts.extend(data_version.map(|version| format!("data of version {version}")));
    parts.extend(trouble.as_ref().map(|_| "not available".to_owned()));
    parts.join(", ")
}

fn of_jobs(jobs: &Overview) -> String {
    let Overview { waiting, due, leased, dead, oldest_due, next_due: _, mend: _, to_mend: _ } = jobs;
    let oldest = oldest_due.map(|since| format!(" (the oldest since {})", time(since))).unwrap_or_default();
    format!("Work   {waiting} waiting, {due} due{oldest}, {leased} under way, {dead} given up")
}

fn of_index(index: &IndexSeen, [one, what]: [&str; 2], building: &str) -> String {
    match index {
        IndexSeen::Ready { generation, documents, age_s, .. } => {
            let documents = many(*documents, one, what);
            format!("{documents}, generation {generation}, changed {} ago", duration(*age_s))
        }
        IndexSeen::Missing => format!("none of {what} yet; {building}"),
        IndexSeen::Unusable { why } => {
            format!("that of {what} can't be used ({why}); the desk builds it anew when it starts")
        }
    }
}

fn of_doors(desk: &Running) -> String {
    let doors = desk.doors.iter().map(|door| {
        let state = if door.open { "open" } else { "closed" };
        format!("{} {state}", door.name)
    });
    format!("Doors  {}", doors.collect::<Vec<_>>().join(", "))
}

fn time(at: DateTime<Utc>) -> String {
    at.format("%Y-%m-%d %H:%M UTC").to_string()
}

/// A duration in its two largest units.
fn duration(seconds: u64) -> String {
    let (minutes, hours, days) = (seconds / 60, seconds / 3600, seconds / 86400);
    match (days, hours, minutes) {
        (0, 0, 0) => format!("{seconds} s"),
        (0, 0, _) => format!("{minutes} min"),
        (0, _, _) => format!("{hours} h {} min", minutes % 60),
        (_, _, _) => format!("{days} d {} h", hours % 24),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::services::keeping::{Door, Reason};

    #[test]
    fn a_status_reads_well() {
        let since: DateTime<Utc> = DateTime::UNIX_EPOCH;
        let door = |name: &str, open| Door { name: name.to_owned(), open, trouble: None };
        let mut status = Status {
            guidepost: "1.2.3".to_owned(),
            desk: Some(Running {
                process: 42,
                since,
                doors: vec![door("terminal", false), door("web", true)],
            }),
            uptime_s: Some(7380),
            store: StoreSeen {
                engine: "sled".to_owned(),
                bytes: Some(1_572_864),
                data_version: Some(1),
                trouble: None,
                records: Some(7),
            },
            jobs: Some(Overview {
                waiting: 3,
                due: 1,
                leased: 0,
                dead: 2,
                oldest_due: Some(since),
                next_due: None,
                mend: 0,
                to_mend: None,
            }),
            index: IndexSeen::Ready {
                generation: "1-2".to_owned(),
                documents: 18,
                changed: since,
                age_s: 90_000,
            },
            case_index: IndexSeen::Missing,
            needs_a_person: vec![Reason::DeadLetters { count: 2 }],
        };
        insta::assert_snapshot!(lines(&status).join("\n"), @"
        Desk   guidepost 1.2.3, process 42, since 1970-01-01 00:00 UTC (2 h 3 min)
        Store  sled, 1.50 MiB, 7 records, data of version 1
        Work   3 waiting, 1 due (the oldest since 1970-01-01 00:00 UTC), 0 under way, 2 given up
        Index  18 articles, generation 1-2, changed 1 d 1 h ago
               none of cases yet; the desk builds it beside its work
        Doors  terminal closed, web open
        Needs a person: 2 pieces of work were given up after many tries.
        ");
        status.desk = None;
        status.jobs = None;
        status.index = IndexSeen::Missing;
        status.case_index = IndexSeen::Unusable { why: "no file".to_owned() };
        status.needs_a_person.clear();
        insta::assert_snapshot!(lines(&status).join("\n"), @"
        Desk   not running here (looked at by guidepost 1.2.3)
        Store  sled, 1.50 MiB, 7 records, data of version 1
        Index  none of articles yet; the desk builds it when it starts
               that of cases can't be used (no file); the desk builds it anew when it starts
        Nothing needs a person.
        ");
    }
}
