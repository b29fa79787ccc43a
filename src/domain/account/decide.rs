//! What becomes of an account when somebody wants a change: the one place that decides it.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::PersonId;

use super::change::{AccountChange, By, ChangeKind, ModelChoice};
use super::form::{CompanyForm, Profile};
use super::{
    AccessModel, Account, Contact, ContactDetails, ContactId, Decision, LicenceId, OrgId, OrgKind,
    Organisation, Refusal, Standing, Toolbox, ToolboxId,
};

/// The most security contacts of an account (CTX317965).
pub const MOST_SECURITY_CONTACTS: usize = 3;
/// The most contacts of an account, so that a change of all of them, with a mail to each, fits into one batch of the store.
pub const MOST_CONTACTS: usize = 250;

impl Organisation {
    /// A new organisation: whoever creates it is its first contact, active and its administrator, under the Open model. That the address
    /// is theirs was proved before.
    #[must_use]
    pub fn found(id: OrgId, profile: &Profile, creator: PersonId, now: DateTime<Utc>) -> Decision {
        let Profile { kind, company, creator: details } = profile.clone();
        let model = AccessModel::Open;
        let organisation = Self { id, kind, company, model, sign_in_url: None, created: now };
        let founder = Contact {
            person: Some(creator),
            standing: Standing::Active { since: now },
            administrator: true,
            ..invited(id, details, now)
        };
        let account = Account::new(organisation, [founder], []);
        Decision::of(None, account, ChangeKind::Found, By::Contact(ContactId::NEW), now)
    }
}

impl Account {
    /// What is to be written when somebody wants a change, what was different before, and who is to hear of it; or why it can't be.
    /// `toolboxes` are those that the settings list.
    pub fn decide(
        &self,
        change: &AccountChange,
        by: By,
        toolboxes: &[Toolbox],
        now: DateTime<Utc>,
    ) -> Result<Decision, Refusal> {
        self.may(change, by)?;
        let mut after = self.clone();
        match change {
            AccountChange::AddContact(details) => after.add(details, now)?,
            AccountChange::Join { contact, person } => after.join(*contact, *person, now)?,
            AccountChange::UpdateCompany(form) => after.update_company(form),
            AccountChange::UpdateContact { contact, details } => after.update_contact(*contact, details)?,
            AccountChange::RemoveContact(contact) => after.remove(*contact, now)?,
            AccountChange::SetSecurityContacts(wished) => after.set_security(wished)?,
            AccountChange::MarkSecurityContact { contact, security } => {
                let mut wished: BTreeSet<ContactId> = self.security_contacts().map(|own| own.id).collect();
                self.present(*contact)?;
                if *security {
                    wished.insert(*contact)
                } else {
                    wished.remove(contact)
                };
                after.set_security(&wished)?;
            }
            AccountChange::GrantAdministrator(contact) => after.grant(*contact)?,
            AccountChange::WithdrawAdministrator(contact) => after.withdraw(*contact)?,
            AccountChange::RestrictToolboxes { contact, toolboxes: wished } => {
                self.may_restrict(wished, toolboxes)?;
                after.restrict(*contact, wished)?;
            }
            AccountChange::ChooseModel(choice) => after.choose(choice)?,
            AccountChange::AssignRenewals { licences, contact } => after.assign(licences, *contact)?,
        }
        if after == *self {
            return Err(Refusal::NothingChanges);
        }
        self.is_kept_by_somebody(&after)?;
        Ok(Decision::of(Some(self), after, change.kind(), by, now))
    }

    fn present(&self, contact: ContactId) -> Result<&Contact, Refusal> {
        let found = self.contacts.get(&contact).filter(|contact| contact.is_present());
        found.ok_or(Refusal::UnknownContact(contact))
    }

    fn present_mut(&mut self, contact: ContactId) -> Result<&mut Contact, Refusal> {
        let found = self.contacts.get_mut(&contact).filter(|contact| contact.is_present());
        found.ok_or(Refusal::UnknownContact(contact))
    }

    /// That all of these are active. Whoever never proved that they read their mail is not relied upon: not for security, not for
    /// renewals, and not as an administrator.
    fn all_active(&self, contacts: &BTreeSet<ContactId>) -> Result<(), Refusal> {
        let mut waiting = BTreeSet::new();
        for contact in contacts {
            if !self.present(*contact)?.is_active() {
                waiting.insert(*contact);
            }
        }
        if waiting.is_empty() { Ok(()) } else { Err(Refusal::NotActive(waiting)) }
    }

    fn mail_is_free(&self, details: &ContactDetails, own: Option<ContactId>) -> Result<(), Refusal> {
        match self.contact_at(&details.mail) {
            Some(other) if Some(other.id) != own => Err(Refusal::MailTaken(Some(other.id))),
            Some(_) | None => Ok(()),
        }
    }

    fn add(&mut self, details: &ContactDetails, now: DateTime<Utc>) -> Result<(), Refusal> {
        self.mail_is_free(details, None)?;
        if self.contacts.values().filter(|contact| contact.is_present()).count() >= MOST_CONTACTS {
            return Err(Refusal::Full { most: MOST_CONTACTS });
        }
        self.contacts.insert(ContactId::NEW, invited(self.organisation.id, details.clone(), now));
        Ok(())
    }

    fn join(&mut self, contact: ContactId, person: PersonId, now: DateTime<Utc>) -> Result<(), Refusal> {
        if let Some(other) = self.contact_of(person).filter(|other| other.id != contact) {
            return Err(Refusal::PersonTaken(other.id));
        }
        let contact = self.present_mut(contact)?;
        match contact.standing {
            Standing::Invited { .. } => {
                contact.person = Some(person);
                contact.standing = Standing::Active { since: now };
                Ok(())
            }
            Standing::Active { .. } | Standing::Removed { .. } => Err(Refusal::Joined(contact.id)),
        }
    }

    /// A customer has no partner number, whatever a form holds.
    fn update_company(&mut self, form: &CompanyForm) {
        self.organisation.company = form.company.clone();
        if let OrgKind::Partner { partner_id } = &mut self.organisation.kind {
            partner_id.clone_from(&form.partner_id);
        }
    }

    fn update_contact(&mut self, contact: ContactId, details: &ContactDetails) -> Result<(), Refusal> {
        self.present(contact)?;
        self.mail_is_free(details, Some(contact))?;
        let own = self.present_mut(contact)?;
        let ContactDetails { name, mail, phone } = details.clone();
        (own.name, own.mail, own.phone) = (name, mail, phone);
        Ok(())
    }

    /// Whoever is gone has no right and no duty any more; licences that they had wait for another contact.
    fn remove(&mut self, contact: ContactId, now: DateTime<Utc>) -> Result<(), Refusal> {
        let own = self.present_mut(contact)?;
        own.standing = Standing::Removed { at: now };
        (own.administrator, own.security) = (false, false);
        own.toolboxes.clear();
        for licence in self.licences.values_mut().filter(|licence| licence.renewal == Some(contact)) {
            licence.renewal = None;
        }
        Ok(())
    }

    /// Those who are it already are not asked whether they are active: an import may have made them so.
    fn set_security(&mut self, wished: &BTreeSet<ContactId>) -> Result<(), Refusal> {
        let before: BTreeSet<ContactId> = self.security_contacts().map(|contact| contact.id).collect();
        self.all_active(&wished.difference(&before).copied().collect())?;
        if wished.len() > MOST_SECURITY_CONTACTS {
            let most = MOST_SECURITY_CONTACTS;
            return Err(Refusal::TooManySecurityContacts { most, wished: wished.len() });
        }
        for contact in self.contacts.values_mut() {
            contact.security = wished.contains(&contact.id);
        }
        Ok(())
    }

    fn grant(&mut self, contact: ContactId) -> Result<(), Refusal> {
        self.all_active(&BTreeSet::from([contact]))?;
        let own = self.present_mut(contact)?;
        own.administrator = true;
        own.toolboxes.clear();
        Ok(())
    }

    /// Whoever is no administrator keeps the toolboxes that they have.
    fn withdraw(&mut self, contact: ContactId) -> Result<(), Refusal> {
        let is_administrator = self.present(contact)?.administrator;
        if is_administrator { self.restrict(contact, &BTreeSet::new()) } else { Ok(()) }
    }

    fn may_restrict(&self, wished: &BTreeSet<ToolboxId>, known: &[Toolbox]) -> Result<(), Refusal> {
        if self.organisation.model == AccessModel::Open {
            return Err(Refusal::NeedsSecureModel);
        }
        let is_known = |id: &&ToolboxId| known.iter().any(|toolbox| toolbox.id == **id);
        let unknown: BTreeSet<ToolboxId> = wished.iter().filter(|id| !is_known(id)).cloned().collect();
        if unknown.is_empty() { Ok(()) } else { Err(Refusal::UnknownToolboxes(unknown)) }
    }

    fn restrict(&mut self, contact: ContactId, toolboxes: &BTreeSet<ToolboxId>) -> Result<(), Refusal> {
        let own = self.present_mut(contact)?;
        own.administrator = false;
        own.toolboxes.clone_from(toolboxes);
        Ok(())
    }

    /// A model that the account has already is left as it is: choosing Secure again would take everybody's toolboxes away.
    fn choose(&mut self, choice: &ModelChoice) -> Result<(), Refusal> {
        match (choice, self.organisation.model) {
            (ModelChoice::Open, AccessModel::Open) | (ModelChoice::Secure { .. }, AccessModel::Secure) => {
                Ok(())
            }
            (ModelChoice::Open, AccessModel::Secure) => {
                self.organisation.model = AccessModel::Open;
                Ok(())
            }
            (ModelChoice::Secure { administrators }, AccessModel::Open) => {
                self.all_active(administrators)?;
                if administrators.len() < AccessModel::Secure.fewest_administrators() {
                    return Err(Refusal::NeedsTwoAdministrators { have: administrators.len() });
                }
                self.organisation.model = AccessModel::Secure;
                for contact in self.contacts.values_mut() {
                    contact.administrator = administrators.contains(&contact.id);
                    contact.toolboxes.clear();
                }
                Ok(())
            }
        }
    }

    fn assign(&mut self, licences: &BTreeSet<LicenceId>, contact: ContactId) -> Result<(), Refusal> {
        if licences.is_empty() {
            return Err(Refusal::NoLicences);
        }
        let unknown: BTreeSet<LicenceId> =
            licences.iter().filter(|id| !self.licences.contains_key(id)).cloned().collect();
        if !unknown.is_empty() {
            return Err(Refusal::UnknownLicences(unknown));
        }
        self.all_active(&BTreeSet::from([contact]))?;
        for licence in self.licences.values_mut().filter(|licence| licences.contains(&licence.id)) {
            licence.renewal = Some(contact);
        }
        Ok(())
    }
}

/// A contact as they begin: invited, with no right.
fn invited(org: OrgId, details: ContactDetails, now: DateTime<Utc>) -> Contact {
    let ContactDetails { name, mail, phone } = details;
    Contact {
        id: ContactId::NEW,
        org,
        name,
        mail,
        phone,
        person: None,
        standing: Standing::Invited { at: now },
        administrator: false,
        toolboxes: BTreeSet::new(),
        security: false,
    }
}
