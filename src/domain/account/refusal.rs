//! Why something can't be done to an account. Nothing was changed.

use std::collections::BTreeSet;

use super::form::Faults;
use super::{ContactId, LicenceId, Needs, ToolboxId};

/// Everything for which a change is refused, with what is needed to say it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Fields are missing, or can't be what they are filled in with: all of them at once.
    #[error(transparent)]
    Form(#[from] Faults),
    /// Whoever asks lacks the right. It can be sent to the administrators as a request.
    #[error("this needs another right")]
    NotAllowed {
        /// The right.
        needs: Needs,
    },
    /// No such contact is on the account, or not any more.
    #[error("there is no such contact")]
    UnknownContact(ContactId),
    /// These contacts were invited and have no sign-in yet, so they can't be what was wished.
    #[error("not all of these contacts are active")]
    NotActive(BTreeSet<ContactId>),
    /// The contact was active already: an invitation works once.
    #[error("the contact is active already")]
    Joined(ContactId),
    /// The person is on this account already, as this contact.
    #[error("the person is on this account already")]
    PersonTaken(ContactId),
    /// The address belongs to somebody already: on this account as this contact, or elsewhere on the desk (the store says that).
    #[error("the address is taken")]
    MailTaken(Option<ContactId>),
    /// The username belongs to somebody already; the store says that.
    #[error("the username is taken")]
    UsernameTaken,
    /// There would be too many security contacts.
    #[error("an account has at most {most} security contacts, and {wished} were wished")]
    TooManySecurityContacts {
        /// How many there may be.
        most: usize,
        /// How many there would be.
        wished: usize,
    },
    /// The Secure model was chosen with too few administrators.
    #[error("the Secure model needs two administrators, and {have} were chosen")]
    NeedsTwoAdministrators {
        /// How many were chosen.
        have: usize,
    },
    /// There would be too few administrators left.
    #[error("an account keeps at least {fewest} administrators")]
    LastAdministrators {
        /// How many there must be under this model.
        fewest: usize,
    },
    /// Nobody would be left on the account.
    #[error("the last active contact can't be removed")]
    LastContact,
    /// Toolboxes are restricted under the Secure model only.
    #[error("toolboxes are restricted under the Secure model only")]
    NeedsSecureModel,
    /// These are no toolboxes of this desk.
    #[error("not all of these toolboxes are known")]
    UnknownToolboxes(BTreeSet<ToolboxId>),
    /// The organisation does not hold these licences.
    #[error("not all of these licences are known")]
    UnknownLicences(BTreeSet<LicenceId>),
    /// No licence was chosen.
    #[error("no licence was chosen")]
    NoLicences,
    /// There are as many contacts as there can be.
    #[error("an account has at most {most} contacts")]
    Full {
        /// How many there can be.
        most: usize,
    },
    /// It is so already.
    #[error("it is so already")]
    NothingChanges,
}
