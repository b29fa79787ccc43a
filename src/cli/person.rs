//! `guidepost person`: what the desk holds about somebody; handing it over, and erasing it.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;

use crate::config::Loaded;
use crate::disk;
use crate::domain::{Notify, Person, StaffRole};
use crate::services::keeping::{Operation, Outcome};
use crate::services::privacy::{Erased, Export, PersonSeen};

use super::agent::{by_role, described};
use super::args::PersonCommand;
use super::ask_desk::{many, perform_there_or_here, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, command: &PersonCommand) -> Result<ExitCode, Failure> {
    match command {
        PersonCommand::Show { who, json } => {
            let seen = seen(loaded, who).await?;
            if *json { output::print_json(&seen)? } else { show(&seen)? }
        }
        PersonCommand::Export { who, output } => export(loaded, who, output.as_deref()).await?,
        PersonCommand::Erase { who, yes, json } => return erase(loaded, who, *yes, *json).await,
    }
    Ok(ExitCode::SUCCESS)
}

async fn seen(loaded: &Loaded, who: &str) -> Result<PersonSeen, Failure> {
    let done = perform_there_or_here(loaded, Operation::ShowPerson { who: who.to_owned() }).await?;
    let Outcome::Person(seen) = done else { return Err(unexpected()) };
    Ok(*seen)
}

fn show(PersonSeen { person, cases, active }: &PersonSeen) -> io::Result<()> {
    output::print(&described(person))?;
    let day = |time: chrono::DateTime<chrono::Utc>| time.format("%Y-%m-%d %H:%M UTC").to_string();
    output::print(&format!("known since  {}", day(person.since)))?;
    if let Some(role) = person.staff {
        output::print(&format!("works here   as {}{}", role_in_words(role), by_role(person)))?;
    }
    match person.erased {
        Some(at) => output::print(&format!("erased       {}", day(at)))?,
        None => output::print(&format!("hears news   {}", notify_in_words(person)))?,
    }
    output::print(&format!("cases        {cases}, {active} of them not solved or closed"))
}

fn role_in_words(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Agent => "an agent",
        StaffRole::Lead => "a lead",
    }
}

fn notify_in_words(person: &Person) -> &'static str {
    match (&person.mail, person.notify) {
        (None, _) => "in conversations only; no address is known",
        (Some(_), Notify::MailWhenUnseen) => "by mail, when not seen within ten minutes",
        (Some(_), Notify::MailAlways) => "by mail, always",
        (Some(_), Notify::NoMail) => "in conversations only",
    }
}

async fn export(loaded: &Loaded, who: &str, file: Option<&Path>) -> Result<(), Failure> {
    let done = perform_there_or_here(loaded, Operation::ExportPerson { who: who.to_owned() }).await?;
    let Outcome::Exported(export) = done else { return Err(unexpected()) };
    let Some(file) = file else { return output::print_json(&*export) };
    // Only its owner can read it.
    let mut beside = tempfile::NamedTempFile::new_in(disk::folder_of(file))?;
    serde_json::to_writer_pretty(&mut beside, &*export)?;
    writeln!(beside)?;
    if let Err(error) = disk::keep_new(beside, file) {
        if error.kind() != io::ErrorKind::AlreadyExists {
            return Err(error.into());
        }
        let file = file.display();
        return Err(Failure::Usage(format!(
            "{file} exists already and was left as it is: choose another name."
        )));
    }
    output::say(&format!("Wrote {}: {}. Hand it only to them.", file.display(), counted(&export)));
    Ok(())
}

fn counted(export: &Export) -> String {
    let records: usize = export.records.values().map(Vec::len).sum();
    let parts = [
        many(export.cases.len() as u64, "case", "cases"),
        many(export.files.len() as u64, "name of a file", "names of files"),
        many(records as u64, "other record", "other records"),
    ];
    parts.join(", ")
}

async fn erase(loaded: &Loaded, who: &str, yes: bool, json: bool) -> Result<ExitCode, Failure> {
    let seen = seen(loaded, who).await?;
    if !yes && !confirmed(&seen)? {
        output::say("Nothing was erased.");
        return Ok(ExitCode::FAILURE);
    }
    // By number: names go with the erasure, and the same command must find them when it is repeated.
    let who = seen.person.id.to_string();
    output::say(&format!(
        "Erasing {who}. Should this be interrupted, run `guidepost person erase {who}` again."
    ));
    let done = perform_there_or_here(loaded, Operation::ErasePerson { who }).await?;
    let Outcome::Erased(erased) = done else { return Err(unexpected()) };
    if json {
        output::print_json(&erased)?;
    } else {
        tell(erased)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn confirmed(PersonSeen { person, cases, .. }: &PersonSeen) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::Usage(
            "Erasing can't be undone, and nobody can be asked here: add --yes.".to_owned(),
        ));
    }
    output::say(&format!(
        "{}\nTheir names, addresses, words and files will be erased, also from {}. This can't be undone.",
        described(person),
        many(*cases as u64, "case", "cases")
    ));
    output::say(&format!("Type {} to go on, anything else to stop:", person.id));
    let mut typed = String::new();
    io::stdin().read_line(&mut typed)?;
    Ok(typed.trim() == person.id.to_string())
}

fn tell(Erased { person, cases, events, files, records }: Erased) -> io::Result<()> {
    output::print(&format!(
        "Erased {person}: words and files in {} of {}, {}, {}, and who they are.",
        many(events, "entry", "entries"),
        many(cases, "case", "cases"),
        many(files, "file", "files"),
        many(records, "other record", "other records")
    ))?;
    output::print(
        "What stays: the number, and each case with its own number, dates, state and what staff wrote. Backups, mails that were sent \
         (the outbox has copies) and logs are not touched: delete old ones yourself.",
    )
}
