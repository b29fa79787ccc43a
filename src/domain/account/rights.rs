//! Who may change what on an account, and what every change has to leave.

use super::{
    Access, AccessModel, Account, AccountChange, By, ChangeKind, Contact, ContactId, Needs, Refusal,
};

impl Account {
    /// The right that a change asks of somebody. Personal information is its owner's to correct, under either model: nobody else knows
    /// sooner that it is wrong, and it gives no right. Everything else is for unrestricted access, which every active contact has under
    /// Open and only administrators have under Secure.
    #[must_use]
    pub fn needs(&self, change: &AccountChange, contact: ContactId) -> Needs {
        self.needs_for(change.kind(), change.contact(), contact)
    }

    /// The same of a kind of change, and whom it is about, where that is known: before a form is filled in.
    #[must_use]
    pub fn needs_for(&self, kind: ChangeKind, about: Option<ContactId>, contact: ContactId) -> Needs {
        match kind {
            ChangeKind::Join => Needs::Invitation,
            ChangeKind::UpdateContact if about == Some(contact) => Needs::ActiveContact,
            ChangeKind::Found
            | ChangeKind::AddContact
            | ChangeKind::UpdateCompany
            | ChangeKind::UpdateContact
            | ChangeKind::RemoveContact
            | ChangeKind::SecurityContacts
            | ChangeKind::GrantAdministrator
            | ChangeKind::WithdrawAdministrator
            | ChangeKind::RestrictToolboxes
            | ChangeKind::ChooseModel
            | ChangeKind::AssignRenewals => match self.organisation.model {
                AccessModel::Open => Needs::ActiveContact,
                AccessModel::Secure => Needs::Administrator,
            },
        }
    }

    /// Whether somebody has the right to a change; who lacks it is told which one.
    pub fn may(&self, change: &AccountChange, by: By) -> Result<(), Refusal> {
        self.may_do(change.kind(), change.contact(), by)
    }

    /// The same of a kind of change, so that no form is filled in for nothing.
    pub fn may_do(&self, kind: ChangeKind, about: Option<ContactId>, by: By) -> Result<(), Refusal> {
        let By::Contact(contact) = by else { return Ok(()) };
        let needs = self.needs_for(kind, about, contact);
        let has = match needs {
            Needs::Invitation => about == Some(contact),
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
