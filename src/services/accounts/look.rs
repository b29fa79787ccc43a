//! Reading accounts.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::account::{
    Account, AccountChange, Contact, ContactId, Licence, LicenceId, OrgId, Organisation, WebAddress,
};
use crate::domain::{MailAddress, PersonId};
use crate::services::cases::table::person_key;
use crate::store::{Direction, Key, Row, Store, StoreError};

use super::table::{
    AT, CONTACTS, HEADS, Head, LICENCES, LOG, Logged, ORGANISATIONS, PERSON, SIGN_IN, folded, log_key,
    org_key,
};
use super::{Accounts, TRIES};

/// An account as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// It.
    pub account: Account,
    /// The last entry of its log. Whoever makes a form from the account hands it back with the change, and is told what was changed
    /// meanwhile.
    pub seen: u64,
}

/// What is kept of an account, all of one moment.
pub(super) struct Rows {
    pub head: Row<Head>,
    pub organisation: Row<Organisation>,
    pub contacts: BTreeMap<ContactId, Row<Contact>>,
    pub licences: BTreeMap<LicenceId, Row<Licence>>,
}

impl Rows {
    pub fn account(&self) -> Account {
        Account::new(
            self.organisation.record.clone(),
            self.contacts.values().map(|row| row.record.clone()),
            self.licences.values().map(|row| row.record.clone()),
        )
    }

    /// All of one moment: the head, which every change changes, is the same before and after. `None` where there is no such account.
    pub async fn read(store: &Store, org: OrgId) -> Result<Option<Self>, StoreError> {
        let key = org_key(org);
        for _ in 0..TRIES {
            let Some(head) = HEADS.get(store, &key).await? else { return Ok(None) };
            let (all, forward) = (usize::MAX, Direction::Forward);
            let (organisation, contacts, licences) = tokio::try_join!(
                ORGANISATIONS.get(store, &key),
                CONTACTS.list_under(store, &key, None, all, forward),
                LICENCES.list_under(store, &key, None, all, forward),
            )?;
            let after = HEADS.get(store, &key).await?;
            if after.is_some_and(|after| after.version == head.version)
                && let Some(organisation) = organisation
            {
                return Ok(Some(Self {
                    head,
                    organisation,
                    contacts: contacts.into_iter().map(|row| (row.record.id, row)).collect(),
                    licences: licences.into_iter().map(|row| (row.record.id.clone(), row)).collect(),
                }));
            }
        }
        Err(StoreError::Unavailable(format!("others keep changing account {org}")))
    }
}

impl Accounts {
    /// An account, whoever asks; `None` where there is none of this number.
    pub async fn account(&self, org: OrgId) -> Result<Option<Known>, StoreError> {
        let rows = Rows::read(&self.store, org).await?;
        Ok(rows.map(|rows| Known { account: rows.account(), seen: rows.head.record.last }))
    }

    /// The accounts that a person is a contact of, by number.
    pub async fn account_of(&self, person: PersonId) -> Result<Vec<Known>, StoreError> {
        let under = person_key(person);
        let rows = CONTACTS.list_by(&self.store, &PERSON, Some(&under), usize::MAX, Direction::Forward);
        let orgs: BTreeSet<OrgId> =
            rows.await?.into_iter().filter(|row| row.record.is_present()).map(|row| row.record.org).collect();
        let mut known = Vec::new();
        for org in orgs {
            known.extend(self.account(org).await?);
        }
        Ok(known)
    }

    /// The contacts with an address, as [`contacts_at`] has them.
    pub async fn contacts_at(&self, mail: &MailAddress) -> Result<Vec<Contact>, StoreError> {
        contacts_at(&self.store, mail).await
    }

    /// The organisations after a number, `limit` at most, in order.
    pub async fn organisations(
        &self,
        after: Option<OrgId>,
        limit: usize,
    ) -> Result<Vec<Organisation>, StoreError> {
        let after = after.map(org_key);
        let rows = ORGANISATIONS.list(&self.store, after.as_ref(), limit, Direction::Forward).await?;
        Ok(rows.into_iter().map(|row| row.record).collect())
    }

    /// The entries of an account's log after a number, the oldest first.
    pub async fn log(&self, org: OrgId, after: u64, limit: usize) -> Result<Vec<Logged>, StoreError> {
        let past = log_key(org, after);
        let forward = Direction::Forward;
        let rows = LOG.list_under(&self.store, &org_key(org), Some(&past), limit, forward).await?;
        Ok(rows.into_iter().map(|row| row.record).collect())
    }

    /// The entries of an account's log before a number, or its last ones; the newest first.
    pub async fn log_before(
        &self,
        org: OrgId,
        before: Option<u64>,
        limit: usize,
    ) -> Result<Vec<Logged>, StoreError> {
        let past = before.map(|before| log_key(org, before));
        let rows =
            LOG.list_under(&self.store, &org_key(org), past.as_ref(), limit, Direction::Backward).await?;
        Ok(rows.into_iter().map(|row| row.record).collect())
    }

    /// Whether there is any account at all.
    pub async fn has_any(&self) -> Result<bool, StoreError> {
        Ok(!self.organisations(None, 1).await?.is_empty())
    }

    /// What was changed since somebody saw an account, as far as it matters to what they want.
    pub(super) async fn overtaking(
        &self,
        rows: &Rows,
        change: &AccountChange,
        seen: u64,
    ) -> Result<Vec<Logged>, StoreError> {
        let Head { org, last, .. } = rows.head.record;
        if last <= seen {
            return Ok(Vec::new());
        }
        let mut entries = self.log(org, seen, usize::MAX).await?;
        entries.retain(|logged| {
            logged.entry.differences.iter().any(|difference| change.is_touched_by(difference))
        });
        Ok(entries)
    }
}

/// Where a company signs in of whose sign-in somebody typed the address, in any of its spellings; none where the desk knows no such
/// company. Which company it is, is told to nobody.
pub async fn signing_in_at(store: &Store, typed: &WebAddress) -> Result<Option<WebAddress>, StoreError> {
    let Some(host) = typed.host() else { return Ok(None) };
    let under = Key::of(&host);
    let rows = ORGANISATIONS.list_by(store, &SIGN_IN, Some(&under), 1, Direction::Forward).await?;
    Ok(rows.into_iter().find_map(|row| row.record.sign_in_url))
}

/// The contacts with an address, over the whole desk, who are on their accounts still. For whoever proved that the address is theirs, or
/// reads what is sent there, and for nobody else.
pub async fn contacts_at(store: &Store, mail: &MailAddress) -> Result<Vec<Contact>, StoreError> {
    let under = Key::of(&folded(mail));
    let rows = CONTACTS.list_by(store, &AT, Some(&under), usize::MAX, Direction::Forward).await?;
    Ok(rows.into_iter().map(|row| row.record).filter(Contact::is_present).collect())
}
