//! What can be done to an account, and by whom: one variant for each procedure of the articles.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::domain::PersonId;

use super::form::CompanyForm;
use super::{ContactDetails, ContactId, LicenceId, ToolboxId};

/// Who does something to an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// One of its contacts.
    Contact(ContactId),
    /// The operator, by an import or the demonstration. They need no right; what holds for every account holds for theirs, too.
    Operator,
}

/// Something that somebody wants to have done to an account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountChange {
    /// Somebody is put on the account. It holds at once, and they are sent a mail (CTX120355; the portal's page is the same rule).
    AddContact(ContactDetails),
    /// An invited contact made their sign-in.
    Join {
        /// The contact.
        contact: ContactId,
        /// The person that they are.
        person: PersonId,
    },
    /// What is known about the company is different (CTX126336, CTX130452).
    UpdateCompany(CompanyForm),
    /// What is known about a contact is different.
    UpdateContact {
        /// The contact.
        contact: ContactId,
        /// All that is known from now on.
        details: ContactDetails,
    },
    /// Somebody is taken off the account. No article has it, but people leave companies.
    RemoveContact(ContactId),
    /// These are the security contacts, and no others (CTX317965).
    SetSecurityContacts(BTreeSet<ContactId>),
    /// One contact is a security contact from now on, or no longer: the box beside their name.
    MarkSecurityContact {
        /// The contact.
        contact: ContactId,
        /// Whether the box is checked.
        security: bool,
    },
    /// A contact becomes an administrator (CTX130993).
    GrantAdministrator(ContactId),
    /// An administrator is none any more, and has no toolbox until somebody gives them some.
    WithdrawAdministrator(ContactId),
    /// A contact has these toolboxes and nothing else; an administrator is none any more (CTX130993).
    RestrictToolboxes {
        /// The contact.
        contact: ContactId,
        /// The toolboxes that they keep.
        toolboxes: BTreeSet<ToolboxId>,
    },
    /// The account has another model (CTX130127).
    ChooseModel(ModelChoice),
    /// These licences have this contact for their renewal (CTX200160).
    AssignRenewals {
        /// The licences.
        licences: BTreeSet<LicenceId>,
        /// The contact.
        contact: ContactId,
    },
}

/// A model with all that it needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ModelChoice {
    /// Nothing else needs to be done.
    Open,
    /// These are the administrators, and all others begin with no toolbox.
    Secure {
        /// At least two active contacts.
        administrators: BTreeSet<ContactId>,
    },
}

/// The right that a change asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Needs {
    /// To be the contact who was invited.
    Invitation,
    /// To be an active contact: under Open that is unrestricted access.
    ActiveContact,
    /// To be an administrator: under Secure nobody else has unrestricted access.
    Administrator,
}

impl AccountChange {
    /// The contact that it is about, where it is about one.
    #[must_use]
    pub fn contact(&self) -> Option<ContactId> {
        match self {
            Self::Join { contact, .. }
            | Self::UpdateContact { contact, .. }
            | Self::RemoveContact(contact)
            | Self::MarkSecurityContact { contact, .. }
            | Self::GrantAdministrator(contact)
            | Self::WithdrawAdministrator(contact)
            | Self::RestrictToolboxes { contact, .. }
            | Self::AssignRenewals { contact, .. } => Some(*contact),
            Self::AddContact(_)
            | Self::UpdateCompany(_)
            | Self::SetSecurityContacts(_)
            | Self::ChooseModel(_) => None,
        }
    }

    /// What was done, for the log.
    #[must_use]
    pub const fn kind(&self) -> ChangeKind {
        match self {
            Self::AddContact(_) => ChangeKind::AddContact,
            Self::Join { .. } => ChangeKind::Join,
            Self::UpdateCompany(_) => ChangeKind::UpdateCompany,
            Self::UpdateContact { .. } => ChangeKind::UpdateContact,
            Self::RemoveContact(_) => ChangeKind::RemoveContact,
            Self::SetSecurityContacts(_) | Self::MarkSecurityContact { .. } => ChangeKind::SecurityContacts,
            Self::GrantAdministrator(_) => ChangeKind::GrantAdministrator,
            Self::WithdrawAdministrator(_) => ChangeKind::WithdrawAdministrator,
            Self::RestrictToolboxes { .. } => ChangeKind::RestrictToolboxes,
            Self::ChooseModel(_) => ChangeKind::ChooseModel,
            Self::AssignRenewals { .. } => ChangeKind::AssignRenewals,
        }
    }
}

/// What was done to an account, without its particulars. A kept variant is never renamed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "as in `AccountChange`")]
pub enum ChangeKind {
    /// The organisation was created.
    Found,
    AddContact,
    Join,
    UpdateCompany,
    UpdateContact,
    RemoveContact,
    SecurityContacts,
    GrantAdministrator,
    WithdrawAdministrator,
    RestrictToolboxes,
    ChooseModel,
    AssignRenewals,
}
