//! What can be chosen from: contacts, licences, toolboxes; by button, and by what people call them.

use std::collections::BTreeSet;

use crate::chat::text::fold;
use crate::domain::Handle;
use crate::domain::account::{AccessModel, Account, Contact, ContactId, Procedure};

use super::{AccountDraft, Asks};

/// How many of a list are shown at once: they fit into one list of any platform.
pub const PAGE: usize = 20;

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What a button calls it.
    pub handle: Handle,
    /// What it is called.
    pub name: String,
    /// What tells it from others of its name: an address, a number.
    pub about: String,
}

/// What was found by what somebody typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// Nothing.
    Nothing,
    /// This one.
    One(Item),
    /// Several begin so.
    Several,
}

impl Item {
    fn contact(contact: &Contact) -> Self {
        let (name, about) = (contact.name.clone(), contact.mail.as_str().to_owned());
        Self { handle: Handle::from(contact.id), name, about }
    }

    /// What it is known by among what is chosen.
    #[must_use]
    pub fn key(&self) -> &str {
        self.handle.as_str()
    }

    fn is_called(&self, folded: &str) -> bool {
        [&self.name, &self.about].into_iter().any(|own| fold(own) == folded)
            || self.key().eq_ignore_ascii_case(folded)
    }

    /// Whether a word of its name, or its address or number, begins so.
    fn begins(&self, folded: &str) -> bool {
        let name = fold(&self.name);
        let words = name.char_indices().filter(|(at, _)| {
            let before = name.get(..*at).unwrap_or_default();
            before.is_empty() || before.ends_with(|c: char| !c.is_alphanumeric())
        });
        let mut rests = words.map(|(at, _)| name.get(at..).unwrap_or_default());
        rests.any(|rest| rest.starts_with(folded)) || fold(&self.about).starts_with(folded)
    }
}

/// What fits a typed text: one that is called exactly so, else those that begin so.
#[must_use]
pub fn seek(items: &[Item], typed: &str) -> Sought {
    let folded = fold(typed);
    if folded.is_empty() {
        return Sought::Nothing;
    }
    let called: Vec<&Item> = items.iter().filter(|item| item.is_called(&folded)).collect();
    let begin: Vec<&Item> = items.iter().filter(|item| item.begins(&folded)).collect();
    match (called.as_slice(), begin.as_slice()) {
        ([only], _) | ([], [only]) => Sought::One((*only).clone()),
        ([], []) => Sought::Nothing,
        ([_, ..], _) | ([], [_, ..]) => Sought::Several,
    }
}

/// The parts of "ada, ben and cleo".
pub(super) fn parts(typed: &str) -> Vec<&str> {
    let commas = typed.split([',', ';', '\n']);
    commas.flat_map(|part| part.split(" and ")).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The contacts of an account that are on it still and fit, by name.
#[must_use]
pub fn contacts(account: &Account, fits: impl Fn(&Contact) -> bool) -> Vec<Item> {
    let present = account.contacts.values().filter(|contact| contact.is_present() && fits(contact));
    by_name(present.map(Item::contact).collect())
}

fn by_name(mut items: Vec<Item>) -> Vec<Item> {
    items.sort_by_cached_key(|item| (item.name.to_lowercase(), item.about.clone()));
    items
}

impl AccountDraft {
    /// All that the present step lets them choose from; empty where it is no such step.
    #[must_use]
    pub fn items(&self) -> Vec<Item> {
        self.items_of(&self.asks())
    }

    pub(super) fn items_of(&self, asks: &Asks) -> Vec<Item> {
        let Some(account) = self.sight.account.as_deref() else { return Vec::new() };
        match asks {
            Asks::Contact => contacts(account, |contact| match self.procedure {
                Procedure::Renewals => contact.is_active(),
                Procedure::AddContact
                | Procedure::CreateAccount
                | Procedure::Company
                | Procedure::Contact
                | Procedure::SecurityContacts
                | Procedure::Rights
                | Procedure::Model
                | Procedure::RemoveContact => true,
            }),
            Asks::Contacts => contacts(account, |contact| {
                contact.is_active() || (contact.security && self.procedure == Procedure::SecurityContacts)
            }),
            Asks::Toolboxes => {
                let toolboxes = self.sight.toolboxes.iter();
                let item = |toolbox: &crate::domain::account::Toolbox| Item {
                    handle: Handle::from(&toolbox.id),
                    name: toolbox.name.clone(),
                    about: toolbox.id.as_str().to_owned(),
                };
                toolboxes.map(item).collect()
            }
            Asks::Licences => {
                let licences = account.licences.values();
                let item = |licence: &crate::domain::account::Licence| Item {
                    handle: Handle::from(&licence.id),
                    name: licence.name.clone(),
                    about: licence.id.as_str().to_owned(),
                };
                licences.map(item).collect()
            }
            Asks::Request | Asks::Kind | Asks::Right | Asks::Model | Asks::Form(_) | Asks::Confirm(_) => {
                Vec::new()
            }
        }
    }

    /// What is listed of it: what fits the filter.
    #[must_use]
    pub fn listed(&self) -> Vec<Item> {
        let mut items = self.items();
        if let Some(filter) = self.filter.as_deref().map(fold) {
            items.retain(|item| item.is_called(&filter) || item.begins(&filter));
        }
        items
    }

    /// The keys of what is chosen: what was said, else what the account has.
    #[must_use]
    pub fn selected(&self) -> BTreeSet<String> {
        self.chosen.clone().unwrap_or_else(|| self.as_it_is())
    }

    fn as_it_is(&self) -> BTreeSet<String> {
        let Some(account) = self.sight.account.as_deref() else { return BTreeSet::new() };
        let keys = |all: Vec<ContactId>| all.into_iter().map(|id| id.to_string()).collect();
        match self.procedure {
            Procedure::SecurityContacts => keys(account.security_contacts().map(|one| one.id).collect()),
            Procedure::Model => match account.organisation.model {
                AccessModel::Open => keys(account.administrators().map(|one| one.id).collect()),
                AccessModel::Secure => BTreeSet::new(),
            },
            Procedure::Rights => {
                let contact = self.contact.and_then(|id| account.contacts.get(&id));
                let toolboxes = contact.map(|contact| contact.toolboxes.clone()).unwrap_or_default();
                toolboxes.iter().map(|id| id.as_str().to_owned()).collect()
            }
            Procedure::AddContact
            | Procedure::CreateAccount
            | Procedure::Company
            | Procedure::Contact
            | Procedure::Renewals
            | Procedure::RemoveContact => BTreeSet::new(),
        }
    }

    pub(super) fn select(&mut self, key: &str, with: bool) {
        let mut chosen = self.selected();
        if with {
            chosen.insert(key.to_owned());
        } else {
            chosen.remove(key);
        }
        self.chosen = Some(chosen);
    }
}
