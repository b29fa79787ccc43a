//! Creating an organisation.

use chrono::{DateTime, Utc};

use crate::domain::PersonId;
use crate::domain::account::{ContactDetails, Needs, OrgId, Organisation, Profile, Refusal};
use crate::store::{Batch, StoreError};

use super::change::{Changed, SignIn};
use super::joining::Joiner;
use super::table::{Asker, DONE, Done, HEADS, once_key, org_key};
use super::write::Writing;
use super::{AccountError, Accounts, TRIES};

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
        let sign_in = SignIn::default();
        for _ in 0..TRIES {
            let org = OrgId::draw(random());
            let creator = Joiner::Known(founding.creator);
            if let Some(changed) =
                self.found_in(Batch::new(), (org, founding), creator, &sign_in, now).await?
            {
                return Ok(changed);
            }
        }
        Err(StoreError::Unavailable("others keep changing who creates an account".to_owned()).into())
    }

    /// The same once, under this number, with what else a batch does; `None` where the number is taken or others came in between.
    pub(in crate::services) async fn found_in(
        &self,
        mut batch: Batch,
        (org, founding): (OrgId, &Founding),
        creator: Joiner,
        sign_in: &SignIn,
        now: DateTime<Utc>,
    ) -> Result<Option<Changed>, AccountError> {
        let Founding { profile, once, .. } = founding;
        let asker = Asker::Person(creator.person());
        if let Some(done) = DONE.get(&self.store, &once_key(asker, once)).await? {
            return self.already(done.record).await.map(Some);
        }
        if HEADS.get(&self.store, &org_key(org)).await?.is_some() {
            return Ok(None);
        }
        let ContactDetails { name, mail, .. } = &profile.creator;
        let missing = Refusal::NotAllowed { needs: Needs::ActiveContact };
        self.take_in(&mut batch, creator, (name, Some(mail)), sign_in, (org, now), missing).await?;
        let decision = Organisation::found(org, profile, creator.person(), now);
        let done = Done { by: asker, once: once.clone(), at: now, org, number: 0 };
        Writing { rows: None, decision, done: Some(done), request: None }.into_batch(&mut batch);
        match self.commit(batch).await? {
            Some(number) => self.changed(org, number, true, false).await.map(Some),
            None => Ok(None),
        }
    }
}
