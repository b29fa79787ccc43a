//! What a change comes to: what is to be written, logged and told.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::MailAddress;

use super::{
    Account, AuditEntry, By, ChangeKind, Contact, ContactId, Licence, Organisation, Standing, differences,
};

/// What becomes of an account. The records are whole, as they are to be written; what did not change is not among them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// The organisation, where it changed.
    pub organisation: Option<Organisation>,
    /// The contacts that changed.
    pub contacts: Vec<Contact>,
    /// The contact that is new. Its number is [`ContactId::NEW`] until the store gave it one; see [`Decision::numbered`].
    pub added: Option<Contact>,
    /// The licences that changed.
    pub licences: Vec<Licence>,
    /// The entry of the log; its differences are also what is confirmed beforehand.
    pub entry: AuditEntry,
    /// Who is to get a mail.
    pub concerned: BTreeSet<Concerned>,
}

/// Somebody who is to get a mail about a change.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Concerned {
    /// The contact.
    pub contact: ContactId,
    /// Where to.
    pub mail: MailAddress,
    /// What for.
    pub told: Told,
}

/// What a mail about a change is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Told {
    /// They are asked to make their sign-in.
    Invitation,
    /// They are told what changed.
    Change,
    /// They are told, at the address that they had, that it is another one now: should it not have been them, they learn of it.
    OldAddress,
}

impl Decision {
    pub(super) fn of(
        before: Option<&Account>,
        after: Account,
        kind: ChangeKind,
        by: By,
        at: DateTime<Utc>,
    ) -> Self {
        let concerned = concerned(before, &after, by);
        let entry = AuditEntry {
            org: after.organisation.id,
            at,
            by,
            asked_by: None,
            kind,
            differences: differences(before, &after),
        };
        let Account { organisation, mut contacts, licences } = after;
        let added = contacts.remove(&ContactId::NEW);
        let old_contact = |contact: &Contact| before.and_then(|account| account.contacts.get(&contact.id));
        let old_licence = |licence: &Licence| before.and_then(|account| account.licences.get(&licence.id));
        Self {
            organisation: Some(organisation).filter(|new| before.map(|old| &old.organisation) != Some(new)),
            contacts: contacts.into_values().filter(|new| old_contact(new) != Some(new)).collect(),
            added,
            licences: licences.into_values().filter(|new| old_licence(new) != Some(new)).collect(),
            entry,
            concerned,
        }
    }

    /// The decision with who had asked for it, where somebody else approved it.
    #[must_use]
    pub fn asked_by(mut self, contact: ContactId) -> Self {
        self.entry.asked_by = Some(contact);
        self
    }

    /// The decision with the number that the store gave to the new contact.
    #[must_use]
    pub fn numbered(mut self, id: ContactId) -> Self {
        self.added = self.added.map(|contact| Contact { id, ..contact });
        self.entry = self.entry.numbered(id);
        let number = |one: Concerned| match one.contact {
            ContactId::NEW => Concerned { contact: id, ..one },
            ContactId(_) => one,
        };
        self.concerned = self.concerned.into_iter().map(number).collect();
        self
    }
}

/// Who is to hear of a change, besides whoever made it: contacts about whom something is different, everybody where the model is (it
/// changes what they may do), the administrators where the company is, and the contacts for a renewal, the old and the new one.
fn concerned(before: Option<&Account>, after: &Account, by: By) -> BTreeSet<Concerned> {
    let mut all = BTreeSet::new();
    for contact in after.contacts.values() {
        let old = before.and_then(|account| account.contacts.get(&contact.id));
        all.extend(about(old, contact, by));
    }
    // Who creates an organisation knows it.
    let Some(before) = before else { return all };
    let told =
        |contact: &Contact| Concerned { contact: contact.id, mail: contact.mail.clone(), told: Told::Change };
    let others = |contact: &&Contact| contact.is_active() && by != By::Contact(contact.id);
    if before.organisation.model != after.organisation.model {
        all.extend(after.active().filter(others).map(told));
    }
    if before.organisation.company != after.organisation.company
        || before.organisation.kind != after.organisation.kind
    {
        all.extend(after.administrators().filter(others).map(told));
    }
    for licence in after.licences.values() {
        let old = before.licences.get(&licence.id).and_then(|licence| licence.renewal);
        let both = [old, licence.renewal].into_iter().filter(|_| old != licence.renewal).flatten();
        let contacts = both.filter_map(|id| after.contacts.get(&id));
        all.extend(contacts.filter(others).map(told));
    }
    all
}

/// Who hears of what is different about one contact. An invited one has no sign-in to be told about, and gets the invitation anew where
/// it went to another address.
fn about(before: Option<&Contact>, after: &Contact, by: By) -> Vec<Concerned> {
    let to = |mail: &MailAddress, told| Concerned { contact: after.id, mail: mail.clone(), told };
    let old_mail = before.map(|contact| &contact.mail).filter(|mail| **mail != after.mail);
    let was_active = before.is_some_and(Contact::is_active);
    match (after.standing, before) {
        (Standing::Invited { .. }, None) => vec![to(&after.mail, Told::Invitation)],
        (Standing::Invited { .. }, Some(_)) if old_mail.is_some() => vec![to(&after.mail, Told::Invitation)],
        (Standing::Active { .. }, Some(old)) if was_active && old != after => {
            let new =
                (old_mail.is_some() || by != By::Contact(after.id)).then(|| to(&after.mail, Told::Change));
            old_mail.map(|mail| to(mail, Told::OldAddress)).into_iter().chain(new).collect()
        }
        (Standing::Removed { .. }, Some(_)) if was_active && by != By::Contact(after.id) => {
            vec![to(&after.mail, Told::Change)]
        }
        (Standing::Invited { .. } | Standing::Active { .. } | Standing::Removed { .. }, _) => Vec::new(),
    }
}
