//! What a change of an account comes to: the change, what would become of the account, and what is asked again where it can't be.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::PersonId;
use crate::domain::account::{
    AccessModel, AccountChange, By, ContactId, Decision, Field, LicenceId, ModelChoice, OrgId, Organisation,
    Procedure, Profile, Refusal, ToolboxId, form,
};

use super::{AccountDraft, Asks, Right, Sight};

impl AccountDraft {
    /// What it comes to; nothing while something is missing, and where an organisation is to be created.
    #[must_use]
    pub fn change(&self) -> Option<AccountChange> {
        let contact = self.contact;
        Some(match self.procedure {
            Procedure::CreateAccount => return None,
            Procedure::AddContact => AccountChange::AddContact(form::contact(&self.typed()).ok()?),
            Procedure::Company => {
                let kind = &self.sight.account.as_ref()?.organisation.kind;
                AccountChange::UpdateCompany(form::company(kind, &self.typed()).ok()?)
            }
            Procedure::Contact => AccountChange::UpdateContact {
                contact: contact?,
                details: form::contact(&self.typed()).ok()?,
            },
            Procedure::RemoveContact => AccountChange::RemoveContact(contact?),
            Procedure::SecurityContacts => AccountChange::SetSecurityContacts(self.contacts()),
            Procedure::Rights => match self.right? {
                Right::Administrator => AccountChange::GrantAdministrator(contact?),
                Right::NoAdministrator => AccountChange::WithdrawAdministrator(contact?),
                Right::Toolboxes => AccountChange::RestrictToolboxes {
                    contact: contact?,
                    toolboxes: self.keys(|key| ToolboxId::parse(key).ok()),
                },
            },
            Procedure::Model => AccountChange::ChooseModel(match self.model? {
                AccessModel::Open => ModelChoice::Open,
                AccessModel::Secure => ModelChoice::Secure { administrators: self.contacts() },
            }),
            Procedure::Renewals => AccountChange::AssignRenewals {
                licences: self.keys(|key| LicenceId::parse(key).ok()),
                contact: contact?,
            },
        })
    }

    /// The profile of the organisation that is to be created.
    #[must_use]
    pub fn profile(&self) -> Option<Profile> {
        form::profile(self.kind.as_ref()?, &self.typed()).ok()
    }

    fn contacts(&self) -> BTreeSet<ContactId> {
        self.keys(|key| key.parse().ok().map(ContactId))
    }

    fn keys<T: Ord>(&self, read: impl Fn(&str) -> Option<T>) -> BTreeSet<T> {
        self.selected().iter().filter_map(|key| read(key)).collect()
    }

    /// What becomes of the account, or why it can't be; nothing while something is missing. Of a request: what would if it is approved.
    #[must_use]
    pub fn decision(&self, now: DateTime<Utc>) -> Option<Result<Decision, Refusal>> {
        if self.procedure == Procedure::CreateAccount {
            return Some(Ok(Organisation::found(OrgId::draw(0), &self.profile()?, PersonId(0), now)));
        }
        let (account, me) = (self.sight.account.as_ref()?, self.sight.me?);
        let by = if self.as_request { By::Operator } else { By::Contact(me) };
        Some(account.decide(&self.change()?, by, &self.sight.toolboxes, now))
    }

    /// A number for what is to be confirmed, and what it is compared with.
    pub(super) fn digest(&self) -> u32 {
        let what = format!("{} {} {:?} {:?}", self.seen, self.as_request, self.change(), self.profile());
        let step = |number: u32, byte: u8| number.wrapping_mul(0x0100_0193) ^ u32::from(byte);
        // The name of a step has eight characters.
        what.bytes().fold(0x811c_9dc5, step) % 10_000_000
    }

    /// Asks again for what a refusal is about; `false` where nothing that could be said mends it.
    pub fn mend(&mut self, refusal: &Refusal) -> bool {
        self.confirmed = false;
        match refusal {
            Refusal::MailTaken(_) if self.answered.remove(&Field::Mail) => return true,
            Refusal::Form(faults) => {
                faults.0.iter().for_each(|fault| {
                    self.answered.remove(&fault.field);
                });
            }
            // They are asked whether it shall be a request.
            Refusal::NotAllowed { .. } if self.lacks_right().is_some() => return true,
            Refusal::NotAllowed { .. }
            | Refusal::Full { .. }
            | Refusal::Joined(_)
            | Refusal::PersonTaken(_)
            | Refusal::UsernameTaken => return false,
            Refusal::MailTaken(_)
            | Refusal::UnknownContact(_)
            | Refusal::NotActive(_)
            | Refusal::TooManySecurityContacts { .. }
            | Refusal::NeedsTwoAdministrators { .. }
            | Refusal::LastAdministrators { .. }
            | Refusal::LastContact
            | Refusal::NeedsSecureModel
            | Refusal::UnknownToolboxes(_)
            | Refusal::UnknownLicences(_)
            | Refusal::NoLicences
            | Refusal::NothingChanges => {}
        }
        while !Self::is_mended_at(refusal, &self.asks()) {
            if !self.back() {
                return false;
            }
        }
        true
    }

    /// Whether what a refusal is about is asked for at a step; the last one that is, unless another one is told.
    fn is_mended_at(refusal: &Refusal, asks: &Asks) -> bool {
        match refusal {
            Refusal::NoLicences | Refusal::UnknownLicences(_) => *asks == Asks::Licences,
            Refusal::NeedsSecureModel => *asks == Asks::Right,
            Refusal::Form(_)
            | Refusal::NotAllowed { .. }
            | Refusal::UnknownContact(_)
            | Refusal::NotActive(_)
            | Refusal::Joined(_)
            | Refusal::PersonTaken(_)
            | Refusal::MailTaken(_)
            | Refusal::UsernameTaken
            | Refusal::TooManySecurityContacts { .. }
            | Refusal::NeedsTwoAdministrators { .. }
            | Refusal::LastAdministrators { .. }
            | Refusal::LastContact
            | Refusal::UnknownToolboxes(_)
            | Refusal::Full { .. }
            | Refusal::NothingChanges => !matches!(asks, Asks::Confirm(_)),
        }
    }

    /// Others changed the same: what was said stays, and is shown against what holds now.
    pub fn rebase(&mut self, sight: Sight) {
        self.confirmed = false;
        self.seen = sight.seen;
        self.sight = sight;
    }
}
