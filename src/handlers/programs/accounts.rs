//! The accounts of the person for whom a program speaks.

use crate::domain::PersonId;
use crate::domain::account::{Account, ContactId, OrgId};
use crate::handlers::{Desk, Fault};

/// An account as one of its contacts sees it.
#[derive(Debug, Clone)]
pub struct AccountView {
    /// It.
    pub account: Account,
    /// Which contact the person is.
    pub me: ContactId,
}

impl Desk {
    /// The accounts that somebody is a contact of, by number.
    pub async fn accounts_seen_by(&self, person: PersonId) -> Result<Vec<AccountView>, Fault> {
        let known = self.accounts_of(person).await?;
        Ok(known.into_iter().map(|(known, me)| AccountView { account: known.account, me }).collect())
    }

    /// One of them. An account of others and one that is not there are the same.
    pub async fn account_seen_by(&self, person: PersonId, org: OrgId) -> Result<Option<AccountView>, Fault> {
        let all = self.accounts_seen_by(person).await?;
        Ok(all.into_iter().find(|view| view.account.organisation.id == org))
    }
}
