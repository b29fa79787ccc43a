//! Who may change what on an account, and what every change has to leave.

use super::{Access, AccessModel, Account, AccountChange, By, Contact, ContactId, Needs, Refusal};

impl Account {
    /// The right that a change asks of somebody. Personal information is its owner's to correct, under either model: nobody else knows
    /// sooner that it is wrong, and it gives no right. Everything else is for unrestricted access, which every active contact has under
    /// Open and only administrators have under Secure.
    #[must_use]
    pub fn needs(&self, change: &AccountChange, contact: ContactId) -> Needs {
        match change {
            AccountChange::Join { .. } => Needs::Invitation,
            AccountChange::UpdateContact { contact: own, .. } if *own == contact => Needs::ActiveContact,
            AccountChange::AddContact(_)
            | AccountChange::UpdateCompany(_)
            | AccountChange::UpdateContact { .. }
            | AccountChange::RemoveContact(_)
            | AccountChange::SetSecurityContacts(_)
            | AccountChange::MarkSecurityContact { .. }
            | AccountChange::GrantAdministrator(_)
            | AccountChange::WithdrawAdministrator(_)
            | AccountChange::RestrictToolboxes { .. }
            | AccountChange::ChooseModel(_)
            | AccountChange::AssignRenewals { .. } => match self.organisation.model {
                AccessModel::Open => Needs::ActiveContact,
                AccessModel::Secure => Needs::Administrator,
            },
        }
    }

    /// Whether somebody has the right to a change, so that no form is filled in for nothing; who lacks it is told which one.
    pub fn may(&self, change: &AccountChange, by: By) -> Result<(), Refusal> {
        let By::Contact(contact) = by else { return Ok(()) };
        let needs = self.needs(change, contact);
        let has = match needs {
            Needs::Invitation => change.contact() == Some(contact),
            Needs::ActiveContact => self.contacts.get(&contact).is_some_and(Contact::is_active),
            Needs::Administrator => self.access(contact) == Access::Unrestricted,
        };
        if has { Ok(()) } else { Err(Refusal::NotAllowed { needs }) }
    }

    /// Under Secure two administrators are left, and under Open one; and there is always somebody who can sign in. An account that an
    /// import made with fewer is not held up by it, as long as it does not lose one.
    pub(super) fn is_kept_by_somebody(&self, after: &Self) -> Result<(), Refusal> {
        let fewest = after.organisation.model.fewest_administrators();
        let (before, left) = (self.administrators().count(), after.administrators().count());
        if self.active().count() > 0 && after.active().count() == 0 {
            Err(Refusal::LastContact)
        } else if left < before && left < fewest {
            Err(Refusal::LastAdministrators { fewest })
        } else {
            Ok(())
        }
    }
}
