//! `guidepost account`: the organisations, their contacts and licences; and `guidepost demo`.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::config::Loaded;
use crate::domain::account::{
    AccessModel, Contact, ContactId, Field, Licence, OrgId, Organisation, StandingKind, ToolboxId,
};
use crate::services::accounts::AccountSeen;
use crate::services::accounts::bring::{self, Brought, FileFault, Format, Wanted};
use crate::services::keeping::{Operation, Outcome};

use super::args::AccountCommand;
use super::ask_desk::{Performer, many, perform_there_or_here, unexpected};
use super::output::{self, Failure};

/// Runs the command.
pub async fn run(loaded: &Loaded, command: &AccountCommand) -> Result<ExitCode, Failure> {
    match command {
        AccountCommand::List { json } => list(loaded, *json).await?,
        AccountCommand::Show { org, json } => show(loaded, org, *json).await?,
        AccountCommand::Import { file, dry_run, json } => import(loaded, file, *dry_run, *json).await?,
    }
    Ok(ExitCode::SUCCESS)
}

/// Makes the demonstration account, once.
pub async fn demo(loaded: &Loaded, json: bool) -> Result<ExitCode, Failure> {
    let wanted = bring::demo(&loaded.settings.accounts.toolboxes).map_err(|faults| {
        Failure::Fault(format!("the demonstration account can't be read: {}", listed(&faults)))
    })?;
    let brought = made(loaded, Operation::Demo { wanted: Box::new(wanted) }).await?;
    if json {
        output::print_json(&brought)?;
        return Ok(ExitCode::SUCCESS);
    }
    for one in &brought {
        if one.is_unchanged() {
            output::print(&format!("The demonstration account is there already: {} {}.", one.id, one.name))?;
        } else {
            tell(one, false)?;
            for mail in &one.contacts {
                output::print(&format!("  {mail}"))?;
            }
        }
    }
    output::say(
        "Speak as one of its administrators with `guidepost chat --as ada@example.org`. See it with `guidepost account show 10001000`.",
    );
    Ok(ExitCode::SUCCESS)
}

/// What brings something in may come before the desk starts for the first time, so the store may be made here.
async fn made(loaded: &Loaded, operation: Operation) -> Result<Vec<Brought>, Failure> {
    let performer = Performer::find(loaded).await?;
    let done = performer.perform(operation, &mut |_| {}).await;
    performer.close().await;
    let Outcome::Brought(brought) = done? else { return Err(unexpected()) };
    Ok(brought)
}

async fn import(loaded: &Loaded, file: &Path, dry_run: bool, json: bool) -> Result<(), Failure> {
    let text = std::fs::read_to_string(file)
        .map_err(|error| Failure::Usage(format!("{} can't be read: {error}.", file.display())))?;
    let is_json = file.extension().is_some_and(|end| end.eq_ignore_ascii_case("json"));
    let format = if is_json { Format::Json } else { Format::Toml };
    let wanted = bring::read(&text, format, &loaded.settings.accounts.toolboxes).map_err(|faults| {
        let file = file.display();
        Failure::Usage(format!("{file} can't be imported; nothing was changed.\n{}", listed(&faults)))
    })?;
    let brought = bring_all(loaded, &wanted, dry_run).await?;
    if json {
        return output::print_json(&brought);
    }
    for one in &brought {
        tell(one, dry_run)?;
    }
    if dry_run {
        output::say("Nothing was changed: this was a dry run.");
    }
    Ok(())
}

/// First tries all of it, so that nothing is changed where something does not fit.
async fn bring_all(loaded: &Loaded, wanted: &[Wanted], dry_run: bool) -> Result<Vec<Brought>, Failure> {
    let performer = Performer::find(loaded).await?;
    let mut done = in_pieces(&performer, wanted, true).await;
    if !dry_run && done.is_ok() {
        done = in_pieces(&performer, wanted, false).await;
    }
    performer.close().await;
    done
}

async fn in_pieces(
    performer: &Performer,
    wanted: &[Wanted],
    is_trial: bool,
) -> Result<Vec<Brought>, Failure> {
    let (mut all, mut faults) = (Vec::new(), Vec::new());
    for one in wanted {
        let mut whole: Option<Brought> = None;
        for piece in one.pieces() {
            let operation = Operation::BringAccounts { wanted: vec![piece], is_trial };
            match performer.perform(operation, &mut |_| {}).await {
                Ok(Outcome::Brought(brought)) => {
                    for part in brought {
                        match &mut whole {
                            Some(whole) => whole.add(part),
                            None => whole = Some(part),
                        }
                    }
                }
                Ok(_) => return Err(unexpected()),
                // All that does not fit is told at once.
                Err(failure) if is_trial => faults.push(failure.to_string()),
                Err(failure) => return Err(failure),
            }
        }
        all.extend(whole);
    }
    // Each piece says it of its organisation.
    faults.dedup();
    if faults.is_empty() { Ok(all) } else { Err(Failure::Usage(faults.join("\n"))) }
}

fn listed(faults: &[FileFault]) -> String {
    faults.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n")
}

fn tell(one: &Brought, is_trial: bool) -> io::Result<()> {
    let Brought { id, name, created, contacts, licences } = one;
    if one.is_unchanged() {
        return output::print(&format!("{id} {name}: all is there already."));
    }
    let what = match (created, is_trial) {
        (true, false) => "created, with",
        (true, true) => "would be created, with",
        (false, false) => "added",
        (false, true) => "would be added",
    };
    let counted = [
        many(contacts.len() as u64, "contact", "contacts"),
        many(licences.len() as u64, "licence", "licences"),
    ];
    output::print(&format!("{id} {name}: {what} {}.", counted.join(" and ")))
}

async fn list(loaded: &Loaded, json: bool) -> Result<(), Failure> {
    let Outcome::Accounts(all) = perform_there_or_here(loaded, Operation::Accounts).await? else {
        return Err(unexpected());
    };
    if json {
        return output::print_json(&all);
    }
    if all.is_empty() {
        output::print("There are no accounts yet. Bring some in with `guidepost account import FILE`.")?;
    }
    for one in &all {
        output::print(&described(one))?;
    }
    Ok(())
}

fn described(organisation: &Organisation) -> String {
    let kind = if organisation.kind.is_partner() { "partner" } else { "customer" };
    format!("{} {}, {kind}, {}", organisation.id, organisation.company.name, model(organisation.model))
}

fn model(model: AccessModel) -> &'static str {
    match model {
        AccessModel::Open => "Open model",
        AccessModel::Secure => "Secure model",
    }
}

async fn show(loaded: &Loaded, org: &str, json: bool) -> Result<(), Failure> {
    let org = OrgId::parse(org).ok_or_else(|| {
        Failure::Usage(format!("\"{org}\" is no Org ID; `guidepost account list` lists them."))
    })?;
    let Outcome::Account(seen) = perform_there_or_here(loaded, Operation::ShowAccount { org }).await? else {
        return Err(unexpected());
    };
    if json { output::print_json(&seen) } else { Ok(tell_all(&seen)?) }
}

fn tell_all(seen: &AccountSeen) -> io::Result<()> {
    let AccountSeen { organisation, contacts, licences, requests, log } = seen;
    output::print(&described(organisation))?;
    for field in Field::of_company(&organisation.kind).iter().skip(1) {
        if let Some(value) = organisation.field(*field) {
            output::print(&format!("{:14} {value}", field.key()))?;
        }
    }
    if let Some(url) = &organisation.sign_in_url {
        output::print(&format!("{:14} {url}", "sign-in-url"))?;
    }
    output::print(&many(contacts.len() as u64, "contact", "contacts"))?;
    for contact in contacts {
        output::print(&format!("  {}", contact_line(contact)))?;
    }
    output::print(&many(licences.len() as u64, "licence", "licences"))?;
    for licence in licences {
        output::print(&format!("  {}", licence_line(licence, contacts)))?;
    }
    output::print(&many(requests.len() as u64, "request waits", "requests wait"))?;
    if let Some(last) = log.first() {
        let at = last.entry.at.format("%Y-%m-%d %H:%M UTC");
        output::print(&format!("{:14} {at}", "last changed"))?;
    }
    Ok(())
}

fn contact_line(contact: &Contact) -> String {
    let standing = match contact.standing.kind() {
        StandingKind::Invited => "invited",
        StandingKind::Active => "active",
        StandingKind::Removed => "removed",
    };
    let mut parts = vec![format!("{} ({})", contact.name, contact.mail), standing.to_owned()];
    parts.extend(contact.administrator.then(|| "administrator".to_owned()));
    parts.extend(contact.security.then(|| "security contact".to_owned()));
    if !contact.toolboxes.is_empty() {
        let ids: Vec<&str> = contact.toolboxes.iter().map(ToolboxId::as_str).collect();
        parts.push(format!("toolboxes {}", ids.join(" ")));
    }
    format!("{} {}", contact.id, parts.join(", "))
}

fn licence_line(licence: &Licence, contacts: &[Contact]) -> String {
    let name = |id: ContactId| contacts.iter().find(|contact| contact.id == id).map(|one| one.name.clone());
    let renewal = licence.renewal.and_then(name);
    let renewal =
        renewal.map_or_else(|| "no renewal contact".to_owned(), |name| format!("renewal contact {name}"));
    let renews = licence.renews.map(|day| format!(", renews {day}")).unwrap_or_default();
    format!("{} {}{renews}, {renewal}", licence.id, licence.name)
}
