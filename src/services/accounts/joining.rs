//! Who joins an account or creates one, and what is written of them with it.

use chrono::{DateTime, Utc};

use crate::domain::account::{Account, AccountChange, By, ContactId, Decision, OrgId, Refusal};
use crate::domain::{MailAddress, Person, PersonId, display_name};
use crate::services::people::{PEOPLE, People};
use crate::store::Batch;

use super::change::SignIn;
use super::look::Rows;
use super::{AccountError, Accounts};

/// Who joins an account or creates one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::services) enum Joiner {
    /// Somebody whom the desk knows.
    Known(PersonId),
    /// Somebody who becomes known by it, under a number that was taken for them.
    New(PersonId),
}

impl Joiner {
    pub fn person(self) -> PersonId {
        match self {
            Self::Known(person) | Self::New(person) => person,
        }
    }
}

/// An invited contact who joins.
pub(in crate::services) struct Joining<'a> {
    pub contact: ContactId,
    pub joiner: Joiner,
    pub sign_in: &'a SignIn,
    /// The entry of the log that invited them, where they come by its link: it has to count still.
    pub invitation: Option<u64>,
}

impl Accounts {
    pub(super) async fn decide_join(
        &self,
        account: &Account,
        joining: &Joining<'_>,
        batch: &mut Batch,
        now: DateTime<Utc>,
    ) -> Result<Decision, AccountError> {
        let Joining { contact, joiner, sign_in, invitation } = joining;
        let (contact, org) = (*contact, account.organisation.id);
        let change = AccountChange::Join { contact, person: joiner.person() };
        let decision = account.decide(&change, By::Contact(contact), &self.toolboxes, now)?;
        let invited = account.contacts.get(&contact).ok_or(Refusal::UnknownContact(contact))?;
        if let Some(entry) = invitation
            && self.invited_by(invited, *entry).await?.is_none()
        {
            return Err(Refusal::UnknownContact(contact).into());
        }
        let (name, missing) = (invited.name.as_str(), Refusal::UnknownContact(contact));
        let mail = Some(&invited.mail);
        if let Err(taken) = self.take_in(batch, *joiner, (name, mail), sign_in, (org, now), missing).await {
            // Whoever took the address may have joined by this very invitation, since the account was read.
            if let Some(rows) = Rows::read(&self.store, org).await? {
                rows.account().decide(&change, By::Contact(contact), &self.toolboxes, now)?;
            }
            return Err(taken);
        }
        Ok(decision)
    }

    /// Has a person's sign-in written with what else a batch writes. Somebody who is known is expected to be as they were read, keeps the
    /// address that they sign in with, and keeps their username unless they chose one now.
    pub(super) async fn take_in(
        &self,
        batch: &mut Batch,
        joiner: Joiner,
        (name, mail): (&str, Option<&MailAddress>),
        sign_in: &SignIn,
        (org, now): (OrgId, DateTime<Utc>),
        missing: Refusal,
    ) -> Result<(), AccountError> {
        let (row, before) = match joiner {
            Joiner::Known(person) => {
                let row = self.living(person).await?.ok_or(missing)?;
                let before = row.record.clone();
                (Some(row), before)
            }
            Joiner::New(person) => (None, Person { name: display_name(name), ..Person::new(person, now) }),
        };
        let person = Person {
            mail: before.mail.clone().or_else(|| mail.cloned()),
            username: sign_in.username.clone().or_else(|| before.username.clone()),
            ..before
        };
        let people = People::new(self.store.clone());
        let free = people.is_free(person.id, person.mail.as_ref(), person.username.as_ref());
        free.await.map_err(|error| AccountError::of(error, org))?;
        match &row {
            Some(row) if row.record == person => batch.expect(PEOPLE.key_of(&person), row.version),
            Some(row) => PEOPLE.update(batch, row, &person),
            None => PEOPLE.insert(batch, &person),
        }
        Ok(())
    }
}
