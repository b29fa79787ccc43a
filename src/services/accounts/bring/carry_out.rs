//! Brings in what is missing, in steps of one commit each: broken off and begun again, it comes to the same end.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::account::{
    Account, AuditEntry, By, ChangeKind, Concerned, Contact, ContactId, Decision, Licence, Told, differences,
};
use crate::domain::{Change, PersonId};
use crate::services::people::People;
use crate::store::{Batch, Key, StoreError};

use super::plan::{Missing, contact, unfit};
use super::{AllUnfit, BringError, Brought, Unfit, Wanted, WantedContact};
use crate::services::accounts::look::Rows;
use crate::services::accounts::table::{HEADS, LICENCES, NUMBER};
use crate::services::accounts::write::Writing;
use crate::services::accounts::{Accounts, TRIES, busy};

impl Accounts {
    /// Brings in what is missing; with `is_trial` only tells what would be. Nothing is done unless all of it fits.
    pub async fn bring(
        &self,
        wanted: &[Wanted],
        is_trial: bool,
        now: DateTime<Utc>,
    ) -> Result<Vec<Brought>, BringError> {
        let (mut brought, mut faults) = (Vec::new(), Vec::new());
        for one in wanted {
            let known = self.account(one.id).await?;
            let account = known.as_ref().map(|known| &known.account);
            let missing = Missing::of(one, account, now);
            faults.extend(unfit(one, account, &missing));
            faults.extend(self.taken(one, &missing).await?);
            brought.push(Brought {
                id: one.id,
                name: one.company.name.clone(),
                created: missing.organisation.is_some(),
                contacts: missing.contacts.iter().map(|contact| contact.details.mail.clone()).collect(),
                licences: missing.licences.iter().map(|licence| licence.id.clone()).collect(),
            });
        }
        if !faults.is_empty() {
            return Err(AllUnfit(faults).into());
        }
        if !is_trial {
            for one in wanted {
                self.bring_one(one, now).await?;
            }
        }
        Ok(brought)
    }

    /// Makes the demonstration account. Where people have given its company another name since, it is there all the same.
    pub async fn bring_demo(&self, wanted: &Wanted, now: DateTime<Utc>) -> Result<Vec<Brought>, BringError> {
        let known = self.account(wanted.id).await?.map(|known| known.account.organisation.company.name);
        match known.filter(|name| *name != wanted.company.name) {
            Some(name) => {
                let (contacts, licences) = (Vec::new(), Vec::new());
                Ok(vec![Brought { id: wanted.id, name, created: false, contacts, licences }])
            }
            None => self.bring(std::slice::from_ref(wanted), false, now).await,
        }
    }

    /// The licences that another organisation holds.
    async fn taken(&self, wanted: &Wanted, missing: &Missing<'_>) -> Result<Vec<Unfit>, StoreError> {
        let mut taken = Vec::new();
        for licence in &missing.licences {
            let number = Key::of(licence.id.as_str());
            let Some(row) = LICENCES.get_one(&self.store, &NUMBER, &number).await? else { continue };
            if row.record.org != wanted.id {
                let (org, licence) = (wanted.id, licence.id.clone());
                taken.push(Unfit::LicenceTaken { org, licence, by: row.record.org });
            }
        }
        Ok(taken)
    }

    /// One step after the other, each decided on what is there then, until nothing is missing.
    async fn bring_one(&self, wanted: &Wanted, now: DateTime<Utc>) -> Result<(), StoreError> {
        // As many as there are contacts, and as often as anything is tried.
        for _ in 0..wanted.contacts.len() + TRIES as usize {
            let rows = Rows::read(&self.store, wanted.id).await?;
            let account = rows.as_ref().map(Rows::account);
            let missing = Missing::of(wanted, account.as_ref(), now);
            let mut batch = Batch::new();
            match (&rows, &account, missing) {
                (_, _, Missing { organisation: Some(organisation), .. }) => {
                    let decision =
                        by_operator(None, Account::new(organisation, [], []), ChangeKind::Found, now);
                    Writing { rows: None, decision, done: None, request: None }.into_batch(&mut batch);
                }
                (Some(rows), Some(account), missing) => match missing.contacts.first() {
                    Some(one) => {
                        let person = self.vouched(one, now).await?;
                        // Somebody is on an account once: at a second address of theirs they are invited.
                        let person = person.filter(|person| account.contact_of(*person).is_none());
                        let new = contact(wanted.id, one, person, now);
                        let mut after = account.clone();
                        after.contacts.insert(ContactId::NEW, new);
                        let decision = by_operator(Some(account), after, ChangeKind::AddContact, now);
                        Writing { rows: Some(rows), decision, done: None, request: None }
                            .into_batch(&mut batch);
                    }
                    None if missing.licences.is_empty() => return Ok(()),
                    None => write_licences(&mut batch, rows, &missing.licences),
                },
                // Without an account its organisation is missing.
                (None, _, _) | (_, None, _) => {}
            }
            self.commit(batch).await?;
        }
        Err(busy(wanted.id))
    }

    /// The person of an active contact: whoever has the address, or somebody new who signs in with it. Where the operator does not vouch
    /// for them, nobody.
    async fn vouched(&self, one: &WantedContact, now: DateTime<Utc>) -> Result<Option<PersonId>, StoreError> {
        if !one.active {
            return Ok(None);
        }
        let people = People::new(self.store.clone());
        Ok(Some(people.with_address(&one.details.mail, &one.details.name, now).await?.id))
    }
}

/// What the operator does to an account, as it is written and logged; a new contact has [`ContactId::NEW`].
fn by_operator(before: Option<&Account>, after: Account, kind: ChangeKind, at: DateTime<Utc>) -> Decision {
    let entry = AuditEntry {
        org: after.organisation.id,
        at,
        by: By::Operator,
        asked_by: None,
        kind,
        differences: differences(before, &after),
    };
    let Account { organisation, mut contacts, .. } = after;
    let added = contacts.remove(&ContactId::NEW);
    let is_invited = |one: &&Contact| !one.is_active();
    let invitation =
        |one: &Contact| Concerned { contact: one.id, mail: one.mail.clone(), told: Told::Invitation };
    let concerned: BTreeSet<Concerned> = added.iter().filter(is_invited).map(invitation).collect();
    Decision {
        organisation: before.is_none().then_some(organisation),
        contacts: Vec::new(),
        added,
        licences: Vec::new(),
        entry,
        concerned,
    }
}

/// Licences are nobody's to change but the operator's, so the log does not hold them. The head is written all the same: whoever decides
/// something about them at the same time decides anew.
fn write_licences(batch: &mut Batch, rows: &Rows, licences: &[Licence]) {
    HEADS.update(batch, &rows.head, &rows.head.record);
    for licence in licences {
        match rows.licences.get(&licence.id) {
            Some(row) => LICENCES.update(batch, row, licence),
            None => LICENCES.insert(batch, licence),
        }
    }
    batch.tell(&Change::Account(rows.head.record.org));
}
