//! Whether a form is still about what its reader saw: what was changed meanwhile matters to some changes and not to others.

use super::{AccountChange, ContactFact, ContactId, Difference};

impl AccountChange {
    /// Whether somebody who wants this would want to know of a difference that another one made meanwhile. What the rules decide anew
    /// each time is nobody's to confirm; what was seen in a form, and would be written over or mean something else, is.
    #[must_use]
    pub fn is_touched_by(&self, difference: &Difference) -> bool {
        match difference {
            Difference::Company { .. } => matches!(self, Self::UpdateCompany(_)),
            Difference::Model(_) => matches!(
                self,
                Self::ChooseModel(_)
                    | Self::RestrictToolboxes { .. }
                    | Self::GrantAdministrator(_)
                    | Self::WithdrawAdministrator(_)
            ),
            Difference::Contact { contact, fact } => self.is_touched_at(*contact, fact),
            Difference::Renewal { licence, .. } => {
                matches!(self, Self::AssignRenewals { licences, .. } if licences.contains(licence))
            }
        }
    }

    fn is_touched_at(&self, changed: ContactId, fact: &ContactFact) -> bool {
        match self {
            Self::AddContact(_) | Self::Join { .. } | Self::UpdateCompany(_) => false,
            Self::UpdateContact { contact, .. } => *contact == changed && fact.is_personal(),
            // Somebody else is to be taken off than the one who was seen, or somebody with other rights.
            Self::RemoveContact(contact) => *contact == changed,
            Self::SetSecurityContacts(_) => matches!(fact, ContactFact::Security(_)),
            Self::MarkSecurityContact { contact, .. } => {
                *contact == changed && matches!(fact, ContactFact::Security(_))
            }
            Self::GrantAdministrator(contact)
            | Self::WithdrawAdministrator(contact)
            | Self::RestrictToolboxes { contact, .. } => *contact == changed && fact.is_right(),
            Self::ChooseModel(_) => matches!(fact, ContactFact::Administrator(_)),
            Self::AssignRenewals { contact, .. } => {
                *contact == changed && matches!(fact, ContactFact::Standing(_))
            }
        }
    }
}

impl ContactFact {
    /// Whether it is among what the form about a contact asks for.
    fn is_personal(&self) -> bool {
        match self {
            Self::Name(_) | Self::Mail(_) | Self::Phone(_) => true,
            Self::Standing(_) | Self::Administrator(_) | Self::Toolboxes(_) | Self::Security(_) => false,
        }
    }

    /// Whether it is about what a contact may do.
    fn is_right(&self) -> bool {
        match self {
            Self::Standing(_) | Self::Administrator(_) | Self::Toolboxes(_) => true,
            Self::Name(_) | Self::Mail(_) | Self::Phone(_) | Self::Security(_) => false,
        }
    }
}
