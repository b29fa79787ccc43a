//! The words for accounts that answers and mails share.

use std::collections::BTreeSet;

use crate::chat::ReplyBlock;
use crate::domain::account::{
    AccessModel, Account, By, ChangeKind, Concerned, Contact, ContactFact, ContactId, Difference, Field,
    LicenceId, Pair, StandingKind, Told, Toolbox, ToolboxId,
};
use crate::domain::{Block, MailAddress, Span};
use crate::replies::Locale;
use crate::replies::words::listed;

/// How many names one sentence has.
const MOST_NAMES: usize = 5;

/// What an account calls its people and things.
#[derive(Debug, Clone, Copy)]
pub struct Names<'a> {
    /// The account.
    pub account: &'a Account,
    /// A contact who has no number yet.
    pub added: Option<&'a Contact>,
    /// The toolboxes that the settings list.
    pub toolboxes: &'a [Toolbox],
}

impl<'a> Names<'a> {
    /// The names of an account as it is.
    #[must_use]
    pub const fn of(account: &'a Account, toolboxes: &'a [Toolbox]) -> Self {
        Self { account, added: None, toolboxes }
    }

    /// What a contact is called.
    #[must_use]
    pub fn contact(&self, locale: Locale, id: ContactId) -> String {
        let Locale::English = locale;
        let found = self.account.contacts.get(&id).or(self.added.filter(|added| added.id == id));
        found.map_or_else(|| former(locale).to_owned(), |contact| contact.name.clone())
    }

    /// The names of several, as a part of a sentence; not more of them than can be read.
    #[must_use]
    pub fn contacts(&self, locale: Locale, ids: impl IntoIterator<Item = ContactId>) -> String {
        let Locale::English = locale;
        let mut names: Vec<String> = ids.into_iter().map(|id| self.contact(locale, id)).collect();
        if names.len() > MOST_NAMES {
            let more = names.len() - MOST_NAMES + 1;
            names.truncate(MOST_NAMES - 1);
            names.push(format!("{more} more"));
        }
        listed(locale, &names)
    }

    /// Who did something.
    #[must_use]
    pub fn by(&self, locale: Locale, by: By) -> String {
        let Locale::English = locale;
        match by {
            By::Contact(contact) => self.contact(locale, contact),
            By::Operator => "The people who run the desk".to_owned(),
        }
    }

    fn licence(&self, id: &LicenceId) -> String {
        match self.account.licences.get(id) {
            Some(licence) => format!("{id} ({})", licence.name),
            None => id.to_string(),
        }
    }

    /// The names of toolboxes, as a part of a sentence.
    #[must_use]
    pub fn toolboxes(&self, locale: Locale, ids: &BTreeSet<ToolboxId>) -> String {
        let Locale::English = locale;
        let name = |id: &ToolboxId| {
            let known = self.toolboxes.iter().find(|toolbox| toolbox.id == *id);
            known.map_or_else(|| id.as_str().to_owned(), |toolbox| toolbox.name.clone())
        };
        let names: Vec<String> = ids.iter().map(name).collect();
        if names.is_empty() { "none".to_owned() } else { listed(locale, &names) }
    }

    /// Everything that is different, a line for each, with what it was and what it is.
    #[must_use]
    pub fn lines(&self, locale: Locale, differences: &[Difference]) -> Vec<String> {
        let is_new = |difference: &Difference| match difference {
            Difference::Contact { contact, fact: ContactFact::Standing(Pair { before: None, .. }) } => {
                Some(*contact)
            }
            Difference::Contact { .. }
            | Difference::Company { .. }
            | Difference::Model(_)
            | Difference::Renewal { .. } => None,
        };
        let new: BTreeSet<ContactId> = differences.iter().filter_map(is_new).collect();
        let is_founded = differences
            .iter()
            .any(|difference| matches!(difference, Difference::Model(Pair { before: None, .. })));
        let line = |difference: &Difference| self.line(locale, difference, &new, is_founded);
        differences.iter().map(line).collect()
    }

    fn line(
        &self,
        locale: Locale,
        difference: &Difference,
        new: &BTreeSet<ContactId>,
        is_founded: bool,
    ) -> String {
        let Locale::English = locale;
        match difference {
            Difference::Company { field, value } => {
                let name = capital(company_field(*field).unwrap_or("field"));
                let name = if *field == Field::CompanyName { "Company".to_owned() } else { name };
                format!("{name}: {}", change(value.before.clone(), value.after.clone(), is_founded))
            }
            Difference::Model(Pair { before, after }) => {
                let name = |model: &AccessModel| model_name(locale, *model).to_owned();
                format!(
                    "Access model: {}",
                    change(before.as_ref().map(name), after.as_ref().map(name), is_founded)
                )
            }
            Difference::Contact { contact, fact } => {
                let is_new = new.contains(contact);
                let (what, value) = self.fact(locale, fact, is_new);
                if is_new {
                    format!("{}: {value}", capital(what))
                } else {
                    format!("{}, {what}: {value}", self.contact(locale, *contact))
                }
            }
            Difference::Renewal { licence, contact } => {
                let name = |id: &ContactId| self.contact(locale, *id);
                let value =
                    change(contact.before.as_ref().map(name), contact.after.as_ref().map(name), false);
                format!("Licence {}, renewal contact: {value}", self.licence(licence))
            }
        }
    }

    fn fact(&self, locale: Locale, fact: &ContactFact, is_new: bool) -> (&'static str, String) {
        let Locale::English = locale;
        let text = |pair: &Pair<Option<String>>| change(pair.before.clone(), pair.after.clone(), is_new);
        let yes = |pair: &Pair<bool>| {
            let word = |is: bool| Some((if is { "yes" } else { "no" }).to_owned());
            change(word(pair.before), word(pair.after), is_new)
        };
        match fact {
            ContactFact::Standing(Pair { before, after }) => {
                let word = |kind: &StandingKind| standing(locale, *kind).to_owned();
                ("status", change(before.as_ref().map(word), after.as_ref().map(word), is_new))
            }
            ContactFact::Name(pair) => ("name", text(pair)),
            ContactFact::Mail(Pair { before, after }) => {
                let word = |mail: &MailAddress| mail.as_str().to_owned();
                ("e-mail address", change(before.as_ref().map(word), after.as_ref().map(word), is_new))
            }
            ContactFact::Phone(pair) => ("telephone number", text(pair)),
            ContactFact::Administrator(pair) => ("administrator", yes(pair)),
            ContactFact::Toolboxes(Pair { before, after }) => {
                let word = |ids| Some(self.toolboxes(locale, ids));
                ("toolboxes", change(word(before), word(after), is_new))
            }
            ContactFact::Security(pair) => ("security contact", yes(pair)),
        }
    }

    /// Who gets a mail, in a sentence.
    #[must_use]
    pub fn mails(&self, locale: Locale, concerned: &BTreeSet<Concerned>) -> String {
        let Locale::English = locale;
        let of = |told: Told| -> BTreeSet<ContactId> {
            concerned.iter().filter(|one| one.told == told).map(|one| one.contact).collect()
        };
        let (invited, mut changed) = (of(Told::Invitation), of(Told::Change));
        changed.extend(of(Told::OldAddress));
        let get = |count: usize| if count == 1 { "gets" } else { "get" };
        let mut said = Vec::new();
        if !invited.is_empty() {
            let (count, names) = (invited.len(), self.contacts(locale, invited));
            said.push(format!("{names} {} an invitation by mail.", get(count)));
        }
        if !changed.is_empty() {
            let (count, names) = (changed.len(), self.contacts(locale, changed));
            said.push(format!("{names} {} a mail about it.", get(count)));
        }
        if said.is_empty() { "Nobody gets a mail about it.".to_owned() } else { said.join(" ") }
    }
}

/// `before → after`; what is new has nothing before.
fn change(before: Option<String>, after: Option<String>, is_new: bool) -> String {
    let word = |value: Option<String>| value.unwrap_or_else(|| "(empty)".to_owned());
    if is_new { word(after) } else { format!("{} → {}", word(before), word(after)) }
}

/// Somebody of whom nothing is kept any more.
#[must_use]
pub const fn former(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "A former contact"
}

/// The lines of a list.
pub(super) fn bullets(lines: Vec<String>) -> ReplyBlock {
    let item = |line: String| vec![Block::Paragraph(vec![Span::Plain(line)])];
    ReplyBlock::Text(vec![Block::Bullets(lines.into_iter().map(item).collect())])
}

/// A text that begins with a capital letter.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Where a contact stands.
#[must_use]
pub const fn standing(locale: Locale, standing: StandingKind) -> &'static str {
    let Locale::English = locale;
    match standing {
        StandingKind::Invited => "invited",
        StandingKind::Active => "active",
        StandingKind::Removed => "removed",
    }
}

/// An access model.
#[must_use]
pub const fn model_name(locale: Locale, model: AccessModel) -> &'static str {
    let Locale::English = locale;
    match model {
        AccessModel::Open => "Open",
        AccessModel::Secure => "Secure",
    }
}

/// What somebody asks for, after "to".
#[must_use]
pub const fn wish(locale: Locale, kind: ChangeKind) -> &'static str {
    let Locale::English = locale;
    match kind {
        ChangeKind::Found => "create an account",
        ChangeKind::AddContact => "add a contact",
        ChangeKind::Join => "let a contact join",
        ChangeKind::UpdateCompany => "change what is known about the company",
        ChangeKind::UpdateContact => "change what is known about a contact",
        ChangeKind::RemoveContact => "take a contact off the account",
        ChangeKind::SecurityContacts => "change the security contacts",
        ChangeKind::GrantAdministrator => "make a contact an administrator",
        ChangeKind::WithdrawAdministrator => "take the rights of an administrator away from a contact",
        ChangeKind::RestrictToolboxes => "change which toolboxes a contact can use",
        ChangeKind::ChooseModel => "change the access model",
        ChangeKind::AssignRenewals => "change the contact for the renewal of licences",
    }
}

/// What a field of the company is called within a sentence; nothing for those of a contact.
#[must_use]
pub const fn company_field(field: Field) -> Option<&'static str> {
    Some(match field {
        Field::CompanyName => "name",
        Field::Street => "street",
        Field::City => "city",
        Field::Postcode => "postcode",
        Field::Country => "country",
        Field::CompanyPhone => "telephone number",
        Field::Website => "website",
        Field::PartnerId => "partner number",
        Field::Name | Field::Mail | Field::Phone => return None,
    })
}

/// What stands over a field.
#[must_use]
pub const fn label(locale: Locale, field: Field) -> &'static str {
    let Locale::English = locale;
    match field {
        Field::Name => "Name",
        Field::Mail => "E-mail address",
        Field::Phone => "Telephone number",
        Field::CompanyName => "Company",
        Field::Street => "Street and number",
        Field::City => "City",
        Field::Postcode => "Postcode",
        Field::Country => "Country",
        Field::CompanyPhone => "Telephone number of the company",
        Field::Website => "Website",
        Field::PartnerId => "Partner number",
    }
}
