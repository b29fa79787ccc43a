//! Creating an organisation.

use chrono::{DateTime, Utc};

use crate::domain::account::{Needs, OrgId, Organisation, Profile, Refusal};
use crate::domain::{Person, PersonId};
use crate::store::Batch;

use super::change::Changed;
use super::table::{Asker, DONE, Done, HEADS, once_key, org_key};
use super::write::Writing;
use super::{AccountError, Accounts, TRIES, busy};

/// What somebody wants to create.
#[derive(Debug, Clone)]
pub struct Founding {
    /// Who: they proved that the address in the profile is theirs.
    pub creator: PersonId,
    /// What they filled in.
    pub profile: Profile,
    /// A name that they give to this wish: the same one again creates nothing.
    pub once: String,
}

impl Accounts {
    /// Creates an organisation with a random number that nobody has; its creator is its first contact and administrator, and signs in
    /// with the address of the profile unless they do with another one already.
    pub async fn found(
        &self,
        founding: &Founding,
        random: impl Fn() -> u64,
        now: DateTime<Utc>,
    ) -> Result<Changed, AccountError> {
        let Founding { creator, profile, once } = founding;
        let asker = Asker::Person(*creator);
        let mut org = OrgId::draw(random());
        for _ in 0..TRIES {
            if let Some(done) = DONE.get(&self.store, &once_key(asker, once)).await? {
                return self.already(done.record).await;
            }
            if HEADS.get(&self.store, &org_key(org)).await?.is_some() {
                org = OrgId::draw(random());
                continue;
            }
            let row = self.living(*creator).await?;
            let row = row.ok_or(Refusal::NotAllowed { needs: Needs::ActiveContact })?;
            let mail = row.record.mail.clone().unwrap_or_else(|| profile.creator.mail.clone());
            let person = Person { mail: Some(mail), ..row.record.clone() };
            let mut batch = Batch::new();
            self.take_names(&mut batch, &row, &person, org).await?;
            let decision = Organisation::found(org, profile, *creator, now);
            let done = Done { by: asker, once: once.clone(), at: now, org, number: 0 };
            Writing { rows: None, decision, done: Some(done), request: None }.into_batch(&mut batch);
            if let Some(number) = self.commit(batch).await? {
                return self.changed(org, number, true, false).await;
            }
        }
        Err(busy(org).into())
    }
}
