//! Changing an account.

use chrono::{DateTime, Utc};

use crate::domain::account::{Account, AccountChange, By, ContactId, Decision, OrgId};
use crate::domain::{Person, PersonId, Username};
use crate::services::people::People;
use crate::store::{Batch, Row, StoreError};

use super::joining::{Joiner, Joining};
use super::look::Rows;
use super::table::{Asker, DONE, Done, once_key};
use super::write::Writing;
use super::{AccountError, Accounts, TRIES, busy};

/// What somebody wants to have done to an account.
#[derive(Debug, Clone)]
pub struct Ask {
    /// What.
    pub change: AccountChange,
    /// The account as whoever asks saw it: [`Known::seen`](super::Known::seen).
    pub seen: u64,
    /// A name that whoever asks gives to this wish (a flow): the same one again changes nothing.
    pub once: String,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The account as it is now.
    pub account: Account,
    /// The entry of the log.
    pub entry: u64,
    /// The contact that was added, where one was.
    pub added: Option<ContactId>,
    /// Whether the same was asked for before, and only what came of it then is told.
    pub again: bool,
}

/// How somebody who joins signs in.
#[derive(Debug, Clone, Default)]
pub struct SignIn {
    /// The username that they chose.
    pub username: Option<Username>,
}

/// The same as it is decided.
enum Wish<'a> {
    /// A change of somebody who has the right to it.
    Change { by: By, ask: &'a Ask },
    /// An invited contact joins.
    Join(Joining<'a>),
}

impl Accounts {
    /// Changes an account, or says why not. Of two who change the same at once the second is told what the first one did; who changes
    /// something else notices nothing.
    pub async fn change(
        &self,
        by: By,
        org: OrgId,
        ask: &Ask,
        now: DateTime<Utc>,
    ) -> Result<Changed, AccountError> {
        self.perform(org, &Wish::Change { by, ask }, &ask.once, now).await
    }

    /// An invited contact becomes active as this person, whose username and address are kept in the same batch: the address is the one
    /// that the invitation went to, unless they sign in with another one already. Who calls this saw the invitation.
    pub async fn join(
        &self,
        (org, contact): (OrgId, ContactId),
        person: PersonId,
        sign_in: &SignIn,
        once: &str,
        now: DateTime<Utc>,
    ) -> Result<Changed, AccountError> {
        let joiner = Joiner::Known(person);
        self.perform(org, &Wish::Join(Joining { contact, joiner, sign_in, invitation: None }), once, now)
            .await
    }

    /// The same once, with what else a batch does; `None` where others came in between.
    pub(in crate::services) async fn join_in(
        &self,
        batch: Batch,
        org: OrgId,
        joining: Joining<'_>,
        once: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Changed>, AccountError> {
        self.attempt(batch, org, &Wish::Join(joining), once, now).await
    }

    /// Decides on the account as it is and writes it, again where others came in between.
    async fn perform(
        &self,
        org: OrgId,
        wish: &Wish<'_>,
        once: &str,
        now: DateTime<Utc>,
    ) -> Result<Changed, AccountError> {
        for _ in 0..TRIES {
            if let Some(changed) = self.attempt(Batch::new(), org, wish, once, now).await? {
                return Ok(changed);
            }
        }
        Err(busy(org).into())
    }

    /// Decides on the account as it is and writes it; `None` where others came in between.
    async fn attempt(
        &self,
        mut batch: Batch,
        org: OrgId,
        wish: &Wish<'_>,
        once: &str,
        now: DateTime<Utc>,
    ) -> Result<Option<Changed>, AccountError> {
        let asker = match wish {
            Wish::Change { by, .. } => (*by).into(),
            Wish::Join(Joining { joiner, .. }) => Asker::Person(joiner.person()),
        };
        let rows = Rows::read(&self.store, org).await?.ok_or(AccountError::Unknown(org))?;
        // After the account: where the wish is not there yet, what was read is without it.
        if let Some(done) = DONE.get(&self.store, &once_key(asker, once)).await? {
            return self.already(done.record).await.map(Some);
        }
        let decision = self.decide(&rows, wish, &mut batch, now).await?;
        let done = Done { by: asker, once: once.to_owned(), at: now, org, number: 0 };
        let has_added = decision.added.is_some();
        Writing { rows: Some(&rows), decision, done: Some(done), request: None }.into_batch(&mut batch);
        match self.commit(batch).await? {
            Some(number) => self.changed(org, number, has_added, false).await.map(Some),
            None => Ok(None),
        }
    }

    /// What comes of a wish; into the batch goes what is not the account's.
    async fn decide(
        &self,
        rows: &Rows,
        wish: &Wish<'_>,
        batch: &mut Batch,
        now: DateTime<Utc>,
    ) -> Result<Decision, AccountError> {
        let account = rows.account();
        match wish {
            Wish::Change { by, ask } => {
                let meanwhile = self.overtaking(rows, &ask.change, ask.seen).await?;
                if !meanwhile.is_empty() {
                    return Err(AccountError::Overtaken { meanwhile });
                }
                Ok(account.decide(&ask.change, *by, &self.toolboxes, now)?)
            }
            Wish::Join(joining) => self.decide_join(&account, joining, batch, now).await,
        }
    }

    /// Somebody who was not erased.
    pub(super) async fn living(&self, person: PersonId) -> Result<Option<Row<Person>>, StoreError> {
        let row = People::new(self.store.clone()).get(person).await?;
        Ok(row.filter(|row| row.record.erased.is_none()))
    }

    /// What came of a wish that was carried out before.
    pub(super) async fn already(&self, done: Done) -> Result<Changed, AccountError> {
        let known = self.account(done.org).await?.ok_or(AccountError::Unknown(done.org))?;
        let has_added = known.account.contacts.contains_key(&ContactId(done.number));
        self.changed(done.org, done.number, has_added, true).await
    }

    pub(super) async fn changed(
        &self,
        org: OrgId,
        entry: u64,
        has_added: bool,
        again: bool,
    ) -> Result<Changed, AccountError> {
        let known = self.account(org).await?.ok_or(AccountError::Unknown(org))?;
        let added = has_added.then_some(ContactId(entry));
        Ok(Changed { account: known.account, entry, added, again })
    }
}
