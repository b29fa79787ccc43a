//! The log of an account: who changed what, when, from what to what. The same differences are what somebody confirms beforehand.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::MailAddress;
use crate::domain::case::ERASED;

use super::{
    AccessModel, Account, By, ChangeKind, Contact, ContactId, Field, LicenceId, OrgId, StandingKind,
    ToolboxId,
};

/// One entry of an account's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The organisation.
    pub org: OrgId,
    /// When.
    pub at: DateTime<Utc>,
    /// Who did it: whoever confirmed it, or approved it.
    pub by: By,
    /// Who had asked for it, where somebody else approved it.
    #[serde(default)]
    pub asked_by: Option<ContactId>,
    /// What was done.
    pub kind: ChangeKind,
    /// What was different before and after; never empty.
    pub differences: Vec<Difference>,
}

/// A value before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pair<T> {
    /// What it was.
    pub before: T,
    /// What it is.
    pub after: T,
}

impl<T: PartialEq> Pair<T> {
    /// The pair; nothing where both are the same.
    fn of(before: T, after: T) -> Option<Self> {
        (before != after).then_some(Self { before, after })
    }
}

/// One thing that is different.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Difference {
    /// A field of the company.
    Company {
        /// The field.
        field: Field,
        /// What it held.
        value: Pair<Option<String>>,
    },
    /// The access model; nothing was before an organisation was created.
    Model(Pair<Option<AccessModel>>),
    /// Something about a contact.
    Contact {
        /// The contact.
        contact: ContactId,
        /// What.
        fact: ContactFact,
    },
    /// The contact for the renewal of a licence.
    Renewal {
        /// The licence.
        licence: LicenceId,
        /// Who.
        contact: Pair<Option<ContactId>>,
    },
}

/// Something that is different about a contact. What a new contact did not have before is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in `Contact`")]
pub enum ContactFact {
    Standing(Pair<Option<StandingKind>>),
    Name(Pair<Option<String>>),
    Mail(Pair<Option<MailAddress>>),
    Phone(Pair<Option<String>>),
    Administrator(Pair<bool>),
    Toolboxes(Pair<BTreeSet<ToolboxId>>),
    Security(Pair<bool>),
}

/// All that is different between two states of an account, in a fixed order: company, model, contacts, licences.
#[must_use]
pub fn differences(before: Option<&Account>, after: &Account) -> Vec<Difference> {
    let mut all = Vec::new();
    for field in Field::ALL {
        let value = |account: &Account| account.organisation.field(field).map(str::to_owned);
        let pair = Pair::of(before.and_then(value), value(after));
        all.extend(pair.map(|value| Difference::Company { field, value }));
    }
    let model = |account: &Account| account.organisation.model;
    all.extend(Pair::of(before.map(model), Some(model(after))).map(Difference::Model));
    for contact in after.contacts.values() {
        let old = before.and_then(|account| account.contacts.get(&contact.id));
        let facts = facts(old, contact).into_iter().flatten();
        all.extend(facts.map(|fact| Difference::Contact { contact: contact.id, fact }));
    }
    for licence in after.licences.values() {
        let old = before.and_then(|account| account.licences.get(&licence.id));
        let pair = Pair::of(old.and_then(|licence| licence.renewal), licence.renewal);
        all.extend(pair.map(|contact| Difference::Renewal { licence: licence.id.clone(), contact }));
    }
    all
}

fn facts(before: Option<&Contact>, after: &Contact) -> [Option<ContactFact>; 7] {
    let toolboxes = |contact: &Contact| contact.toolboxes.clone();
    [
        Pair::of(before.map(|contact| contact.standing.kind()), Some(after.standing.kind()))
            .map(ContactFact::Standing),
        Pair::of(before.map(|contact| contact.name.clone()), Some(after.name.clone())).map(ContactFact::Name),
        Pair::of(before.map(|contact| contact.mail.clone()), Some(after.mail.clone())).map(ContactFact::Mail),
        Pair::of(before.and_then(|contact| contact.phone.clone()), after.phone.clone())
            .map(ContactFact::Phone),
        Pair::of(before.is_some_and(|contact| contact.administrator), after.administrator)
            .map(ContactFact::Administrator),
        Pair::of(before.map(toolboxes).unwrap_or_default(), toolboxes(after)).map(ContactFact::Toolboxes),
        Pair::of(before.is_some_and(|contact| contact.security), after.security).map(ContactFact::Security),
    ]
}

impl AuditEntry {
    /// The entry with the number that the store gave to a new contact.
    #[must_use]
    pub fn numbered(mut self, id: ContactId) -> Self {
        for difference in &mut self.differences {
            match difference {
                Difference::Contact { contact, .. } if *contact == ContactId::NEW => *contact = id,
                Difference::Contact { .. }
                | Difference::Company { .. }
                | Difference::Model(_)
                | Difference::Renewal { .. } => {}
            }
        }
        if self.by == By::Contact(ContactId::NEW) {
            self.by = By::Contact(id);
        }
        self
    }

    /// The entry without what it says about one contact as a person: name, address and telephone number. What was done, when and by
    /// whom stays.
    #[must_use]
    pub fn without_words_of(mut self, person: ContactId) -> Self {
        let erase = |text: &mut Option<String>| {
            if let Some(text) = text {
                ERASED.clone_into(text);
            }
        };
        for difference in &mut self.differences {
            let Difference::Contact { contact, fact } = difference else { continue };
            match fact {
                ContactFact::Name(text) | ContactFact::Phone(text) if *contact == person => {
                    erase(&mut text.before);
                    erase(&mut text.after);
                }
                ContactFact::Mail(mail) if *contact == person => {
                    *mail = Pair { before: None, after: None };
                }
                ContactFact::Name(_)
                | ContactFact::Phone(_)
                | ContactFact::Mail(_)
                | ContactFact::Standing(_)
                | ContactFact::Administrator(_)
                | ContactFact::Toolboxes(_)
                | ContactFact::Security(_) => {}
            }
        }
        self
    }
}
