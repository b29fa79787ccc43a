//! The flow of changing an account: choose, fill in the form, see the difference, confirm.
//!
//! What the account holds is not kept with the flow: each turn looks at it anew ([`Sight`]). So a contact who was taken off meanwhile is
//! no longer offered, and whoever lost a right is told before they fill in anything more.

mod fields;
mod give;
mod list;
mod outcome;
mod sight;

#[cfg(test)]
mod laws;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::domain::account::{AccessModel, By, ContactId, Field, OrgId, OrgKind, Procedure, Refusal};

use super::Step;
pub use list::{Item, PAGE, Sought};
pub use sight::{Creator, Sight};

/// What was said so far about a change of an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountDraft {
    /// What is to be done.
    pub procedure: Procedure,
    /// To which account; none where it is to be created.
    #[serde(default)]
    pub org: Option<OrgId>,
    /// The last entry of the account's log when its reader saw what they confirm.
    #[serde(default)]
    pub seen: u64,
    /// Whether it is to be sent to the administrators, because the right to it is missing.
    #[serde(default)]
    pub as_request: bool,
    /// Whom it is about.
    #[serde(default)]
    pub contact: Option<ContactId>,
    /// What the new organisation is to the desk.
    #[serde(default)]
    pub kind: Option<OrgKind>,
    /// What a contact is to be.
    #[serde(default)]
    pub right: Option<Right>,
    /// The access model.
    #[serde(default)]
    pub model: Option<AccessModel>,
    /// What of a list is chosen, by the items' keys; none where it is as the account has it.
    #[serde(default)]
    chosen: Option<BTreeSet<String>>,
    /// Whether that is all.
    #[serde(default)]
    is_chosen: bool,
    /// Only what fits this is listed.
    #[serde(default)]
    pub filter: Option<String>,
    /// How many of a list come before what is shown.
    #[serde(default)]
    pub from: usize,
    /// What was filled in.
    #[serde(default)]
    form: BTreeMap<Field, Answer>,
    /// The fields that need not be asked for any more.
    #[serde(default)]
    answered: BTreeSet<Field>,
    /// Whether they confirmed what they saw.
    #[serde(default)]
    pub confirmed: bool,
    /// What was given, in order, so that one can go back.
    #[serde(default)]
    trail: Vec<Gave>,
    /// What there is to see of the account now.
    #[serde(skip)]
    pub sight: Sight,
}

/// What a contact is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Right {
    /// An administrator.
    Administrator,
    /// No administrator any more.
    NoAdministrator,
    /// Somebody with some toolboxes and nothing else.
    Toolboxes,
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answer {
    /// What the account has: also where somebody else changes that meanwhile.
    Kept,
    /// This; nothing where it is empty.
    Is(String),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Gave {
    Request,
    Kind,
    Contact,
    Right,
    Model,
    /// This key was put to what is chosen.
    With(String),
    /// This key was taken away.
    Without(String),
    /// That is all of the list.
    Chosen,
    Fields(Vec<Field>),
}

/// What the flow asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asks {
    /// Whether it shall be sent as a request, because the right to it is missing.
    Request,
    /// Whether the new organisation is a customer or a partner.
    Kind,
    /// Which contact.
    Contact,
    /// Which contacts.
    Contacts,
    /// What the contact is to be.
    Right,
    /// Which toolboxes.
    Toolboxes,
    /// Which access model.
    Model,
    /// Which licences.
    Licences,
    /// These fields of the form, one or more.
    Form(Vec<Field>),
    /// Whether all is right, which this number stands for.
    Confirm(u32),
}

impl Asks {
    /// Its name in the id of a button or form. What is confirmed is a part of it: a button never confirms what its reader did not see.
    #[must_use]
    pub fn name(&self) -> String {
        match self {
            Self::Request => "request".to_owned(),
            Self::Kind => "kind".to_owned(),
            Self::Contact => "contact".to_owned(),
            Self::Contacts => "contacts".to_owned(),
            Self::Right => "right".to_owned(),
            Self::Toolboxes => "toolbox".to_owned(),
            Self::Model => "model".to_owned(),
            Self::Licences => "licences".to_owned(),
            Self::Form(fields) => {
                let first =
                    fields.first().and_then(|first| Field::ALL.iter().position(|field| field == first));
                format!("f{}", first.unwrap_or_default())
            }
            Self::Confirm(what) => format!("c{what}"),
        }
    }
}

impl AccountDraft {
    /// Something to be done to an account, of which nothing is said yet.
    #[must_use]
    pub fn new(procedure: Procedure, org: Option<OrgId>) -> Self {
        Self {
            procedure,
            org,
            seen: 0,
            as_request: false,
            contact: None,
            kind: None,
            right: None,
            model: None,
            chosen: None,
            is_chosen: false,
            filter: None,
            from: 0,
            form: BTreeMap::new(),
            answered: BTreeSet::new(),
            confirmed: false,
            trail: Vec::new(),
            sight: Sight::default(),
        }
    }

    pub(super) fn step(&self) -> Step {
        if self.confirmed { Step::Ready } else { Step::Account(self.asks()) }
    }

    /// What it asks for now.
    #[must_use]
    pub fn asks(&self) -> Asks {
        if self.lacks_right().is_some() {
            return Asks::Request;
        }
        let next = self.way().into_iter().find(|asks| !self.is_answered(asks));
        next.unwrap_or_else(|| match self.remaining() {
            fields if fields.is_empty() => Asks::Confirm(self.digest()),
            fields => Asks::Form(fields),
        })
    }

    /// What is to be chosen, in order.
    fn way(&self) -> Vec<Asks> {
        match self.procedure {
            Procedure::AddContact | Procedure::Company => Vec::new(),
            Procedure::CreateAccount => vec![Asks::Kind],
            Procedure::Contact | Procedure::RemoveContact => vec![Asks::Contact],
            Procedure::SecurityContacts => vec![Asks::Contacts],
            Procedure::Rights => match self.right {
                Some(Right::Toolboxes) => vec![Asks::Contact, Asks::Right, Asks::Toolboxes],
                Some(Right::Administrator | Right::NoAdministrator) | None => {
                    vec![Asks::Contact, Asks::Right]
                }
            },
            Procedure::Model => match self.model {
                Some(AccessModel::Secure) => vec![Asks::Model, Asks::Contacts],
                Some(AccessModel::Open) | None => vec![Asks::Model],
            },
            Procedure::Renewals => vec![Asks::Licences, Asks::Contact],
        }
    }

    fn is_answered(&self, asks: &Asks) -> bool {
        match asks {
            Asks::Kind => self.kind.is_some(),
            Asks::Contact => self.contact.is_some(),
            Asks::Right => self.right.is_some(),
            Asks::Model => self.model.is_some(),
            Asks::Contacts | Asks::Toolboxes | Asks::Licences => self.is_chosen,
            Asks::Request | Asks::Form(_) | Asks::Confirm(_) => true,
        }
    }

    /// Why it has to be sent as a request; nothing where the right is there, where it is to be sent, or where that depends on whom it
    /// is about.
    #[must_use]
    pub fn lacks_right(&self) -> Option<Refusal> {
        let depends = self.procedure == Procedure::Contact && self.contact.is_none();
        if self.as_request || depends {
            return None;
        }
        let (account, me) = (self.sight.account.as_ref()?, self.sight.me?);
        account.may_do(self.procedure.kind(), self.contact, By::Contact(me)).err()
    }

    pub(super) fn back(&mut self) -> bool {
        if self.filter.take().is_some() || self.from > 0 {
            self.from = 0;
            return true;
        }
        self.confirmed = false;
        match self.trail.pop() {
            None => return false,
            Some(Gave::Request) => self.as_request = false,
            Some(Gave::Kind) => self.kind = None,
            Some(Gave::Contact) => self.contact = None,
            Some(Gave::Right) => {
                self.right = None;
                self.chosen = None;
            }
            Some(Gave::Model) => {
                self.model = None;
                self.chosen = None;
            }
            Some(Gave::With(key)) => self.select(&key, false),
            Some(Gave::Without(key)) => self.select(&key, true),
            Some(Gave::Chosen) => self.is_chosen = false,
            Some(Gave::Fields(fields)) => fields.iter().for_each(|field| {
                self.answered.remove(field);
            }),
        }
        true
    }
}
