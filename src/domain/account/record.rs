//! An account: all that a rule about an organisation looks at.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{MailAddress, PersonId};

use super::{AccessModel, Contact, ContactId, Licence, LicenceId, Organisation, ToolboxId};

/// An organisation with its contacts, also those who were removed, and its licences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    /// The organisation.
    pub organisation: Organisation,
    /// Its contacts by their numbers.
    pub contacts: BTreeMap<ContactId, Contact>,
    /// Its licences by their numbers.
    pub licences: BTreeMap<LicenceId, Licence>,
}

/// What a contact may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// Everything.
    Unrestricted,
    /// Only these toolboxes.
    Restricted(BTreeSet<ToolboxId>),
}

impl Account {
    /// Puts together what the store keeps in parts.
    #[must_use]
    pub fn new(
        organisation: Organisation,
        contacts: impl IntoIterator<Item = Contact>,
        licences: impl IntoIterator<Item = Licence>,
    ) -> Self {
        Self {
            organisation,
            contacts: contacts.into_iter().map(|contact| (contact.id, contact)).collect(),
            licences: licences.into_iter().map(|licence| (licence.id.clone(), licence)).collect(),
        }
    }

    /// What somebody may use: whoever is no active contact, nothing. Under Open every active contact is unrestricted, whatever is
    /// kept about them; under Secure administrators are, and the others have their toolboxes.
    #[must_use]
    pub fn access(&self, contact: ContactId) -> Access {
        let Some(contact) = self.contacts.get(&contact).filter(|contact| contact.is_active()) else {
            return Access::Restricted(BTreeSet::new());
        };
        match self.organisation.model {
            AccessModel::Open => Access::Unrestricted,
            AccessModel::Secure if contact.administrator => Access::Unrestricted,
            AccessModel::Secure => Access::Restricted(contact.toolboxes.clone()),
        }
    }

    /// Whether somebody may use a toolbox.
    #[must_use]
    pub fn may_use(&self, contact: ContactId, toolbox: &ToolboxId) -> bool {
        match self.access(contact) {
            Access::Unrestricted => true,
            Access::Restricted(toolboxes) => toolboxes.contains(toolbox),
        }
    }

    /// The active contacts, in order.
    pub fn active(&self) -> impl Iterator<Item = &Contact> {
        self.contacts.values().filter(|contact| contact.is_active())
    }

    /// The active administrators, in order: whom the others can ask.
    pub fn administrators(&self) -> impl Iterator<Item = &Contact> {
        self.active().filter(|contact| contact.administrator)
    }

    /// The security contacts, in order.
    pub fn security_contacts(&self) -> impl Iterator<Item = &Contact> {
        self.contacts.values().filter(|contact| contact.security)
    }

    /// Whose contact on this account somebody is, where they are still on it.
    #[must_use]
    pub fn contact_of(&self, person: PersonId) -> Option<&Contact> {
        self.contacts.values().find(|contact| contact.is_present() && contact.person == Some(person))
    }

    /// Who on this account has an address, compared without case.
    #[must_use]
    pub fn contact_at(&self, mail: &MailAddress) -> Option<&Contact> {
        let same = |contact: &&Contact| contact.mail.as_str().eq_ignore_ascii_case(mail.as_str());
        self.contacts.values().filter(|contact| contact.is_present()).find(same)
    }
}
