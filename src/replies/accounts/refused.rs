//! Why something can't be done to an account, each with what to do next.

use crate::chat::Reply;
use crate::domain::account::{Account, Fault, Faults, Needs, Refusal, Wrong};
use crate::replies::Locale;
use crate::replies::words::{listed, sentence};

use super::words::{Names, label};

/// A refusal in words.
#[must_use]
pub fn refused(locale: Locale, refusal: &Refusal, names: Option<&Names<'_>>) -> String {
    let Locale::English = locale;
    let name = |id| names.map_or_else(|| "Somebody".to_owned(), |names| names.contact(locale, id));
    match refusal {
        Refusal::Form(faults) => form(locale, faults),
        Refusal::NotAllowed { needs } => needs_right(locale, *needs, names.map(|names| names.account)),
        Refusal::UnknownContact(id) => format!("{} is not on the account any more. Choose somebody else.", name(*id)),
        Refusal::NotActive(ids) => {
            let who = names.map(|names| names.contacts(locale, ids.iter().copied())).unwrap_or_default();
            let (was, has) = if ids.len() == 1 { ("was", "has") } else { ("were", "have") };
            format!("{who} {was} invited and {has} no sign-in yet. Choose somebody who can sign in.")
        }
        Refusal::Joined(id) => format!("{} can sign in already; the invitation worked once.", name(*id)),
        Refusal::PersonTaken(id) => format!("You are on this account already, as {}.", name(*id)),
        Refusal::MailTaken(Some(id)) => {
            format!("{} has that e-mail address on this account already. Give another one.", name(*id))
        }
        Refusal::MailTaken(None) => {
            "That e-mail address belongs to somebody else already. Give another one.".to_owned()
        }
        Refusal::UsernameTaken => "That username belongs to somebody else already. Choose another one.".to_owned(),
        Refusal::TooManySecurityContacts { most, wished } => format!(
            "An account has at most {most} security contacts, and you chose {wished}. Take {} away.",
            wished.saturating_sub(*most)
        ),
        Refusal::NeedsTwoAdministrators { have } => {
            let have = if *have == 0 { "none".to_owned() } else { format!("only {have}") };
            format!("The Secure model needs at least two administrators, and you chose {have}. Choose at least two.")
        }
        Refusal::LastAdministrators { fewest: 1 } => {
            "The account must keep an administrator. Make somebody else an administrator first.".to_owned()
        }
        Refusal::LastAdministrators { fewest } => format!(
            "The account must keep {fewest} administrators. Make somebody else an administrator first."
        ),
        Refusal::LastContact => {
            "That is the last contact who can sign in, so they stay. Add somebody else first.".to_owned()
        }
        Refusal::NeedsSecureModel => {
            "Toolboxes are restricted under the Secure model only, and this account has the Open model. Change the access model first."
                .to_owned()
        }
        Refusal::UnknownToolboxes(_) => "Not all of these toolboxes are there any more. Choose again.".to_owned(),
        Refusal::UnknownLicences(_) => "Not all of these licences are on the account any more. Choose again.".to_owned(),
        Refusal::NoLicences => "No licence is chosen. Choose at least one.".to_owned(),
        Refusal::Full { most } => {
            format!("An account has at most {most} contacts, and this one has as many. Take somebody off first.")
        }
        Refusal::NothingChanges => "It is so already: nothing would change.".to_owned(),
    }
}

/// The right that is missing, and who has it.
#[must_use]
pub fn needs_right(locale: Locale, needs: Needs, account: Option<&Account>) -> String {
    let Locale::English = locale;
    match needs {
        Needs::Administrator => {
            let who: Vec<String> = account
                .map(|account| account.administrators().map(|contact| contact.name.clone()).take(5).collect())
                .unwrap_or_default();
            let who = match who.as_slice() {
                [] => String::new(),
                [only] => format!(" Its administrator is {only}."),
                several => format!(" Its administrators are {}.", listed(locale, several)),
            };
            format!("Only an administrator of the account can do this: it has the Secure model.{who}")
        }
        Needs::ActiveContact => "Only an active contact of the account can do this.".to_owned(),
        Needs::Invitation => "Only the contact who was invited can do this.".to_owned(),
    }
}

/// All that is wrong with a form, with what is missing named together.
#[must_use]
pub fn form(locale: Locale, faults: &Faults) -> String {
    let Locale::English = locale;
    let missing: Vec<String> = faults
        .0
        .iter()
        .filter(|fault| fault.why == Wrong::Missing)
        .map(|fault| format!("\"{}\"", label(locale, fault.field)))
        .collect();
    let mut said = Vec::new();
    if !missing.is_empty() {
        said.push(format!("{} must be filled in.", listed(locale, &missing)));
    }
    said.extend(faults.0.iter().filter_map(|fault| wrong(locale, fault)));
    said.join(" ")
}

fn wrong(locale: Locale, fault: &Fault) -> Option<String> {
    let Locale::English = locale;
    let label = label(locale, fault.field);
    Some(match fault.why {
        Wrong::Missing => return None,
        Wrong::TooLong { most } => format!("\"{label}\" has at most {most} characters. Shorten it."),
        Wrong::NoMailAddress => {
            format!("\"{label}\" is no e-mail address as it stands. They look like ada@example.org.")
        }
        Wrong::NoPhoneNumber => {
            format!("\"{label}\" is no telephone number as it stands. They look like +1 555 010 0001.")
        }
        Wrong::NoWebAddress => {
            format!(
                "\"{label}\" is no address of a website as it stands. They look like https://example.org."
            )
        }
        Wrong::NoPartnerId => {
            format!("\"{label}\" is no partner number as it stands. They have letters, digits and hyphens.")
        }
    })
}

/// Nobody on a list is called so.
#[must_use]
pub fn nobody(locale: Locale, typed: &str) -> Reply {
    let Locale::English = locale;
    sentence(format!("Nothing on the list is called {}.", crate::replies::words::quoted(typed)))
}
