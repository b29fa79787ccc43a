//! An account as the operator sees it.

use serde::{Deserialize, Serialize};

use crate::domain::account::{Contact, Licence, OrgId, Organisation, Request};
use crate::store::{Direction, StoreError};

use super::Accounts;
use super::look::Rows;
use super::table::{LOG, Logged, org_key};

/// How much of the log is shown.
const SHOWN: usize = 20;

/// An account, with what waits and what happened last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountSeen {
    /// The organisation.
    pub organisation: Organisation,
    /// Its contacts, by number; also those who were removed.
    pub contacts: Vec<Contact>,
    /// Its licences, by number.
    pub licences: Vec<Licence>,
    /// The requests that wait, the oldest first.
    pub requests: Vec<Request>,
    /// The last entries of its log, the latest first.
    pub log: Vec<Logged>,
}

impl Accounts {
    /// An account with all that the operator may see of it; `None` where there is none of this number.
    pub async fn seen(&self, org: OrgId) -> Result<Option<AccountSeen>, StoreError> {
        let Some(rows) = Rows::read(&self.store, org).await? else { return Ok(None) };
        let log = LOG.list_under(&self.store, &org_key(org), None, SHOWN, Direction::Backward).await?;
        Ok(Some(AccountSeen {
            requests: self.requests(org).await?,
            organisation: rows.organisation.record,
            contacts: rows.contacts.into_values().map(|row| row.record).collect(),
            licences: rows.licences.into_values().map(|row| row.record).collect(),
            log: log.into_iter().map(|row| row.record).collect(),
        }))
    }
}
