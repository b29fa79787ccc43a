//! A new password: the slow part before anything is changed, and the record within the batch of the change.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::config::WhenUnknown;
use crate::domain::PersonId;
use crate::domain::password::{Password, Unmet};
use crate::store::{Batch, StoreError};

use super::compromised::Known;
use super::{Credential, Phc, SignIns, credential};

/// A password that meets every rule, hashed.
#[derive(Debug, Clone)]
pub struct NewPassword {
    hash: Phc,
    unchecked: bool,
}

/// Why a password is not taken.
#[derive(Debug, thiserror::Error)]
pub enum PrepareError {
    /// It does not meet the rules.
    #[error("the password does not meet {} rules", unmet.len())]
    Unacceptable {
        /// Every rule that it does not meet.
        unmet: BTreeSet<Unmet>,
    },
    /// Nobody said whether it is compromised, and the settings want it to be known.
    #[error("no database of compromised passwords answered")]
    Unchecked,
    /// Our own trouble.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

impl SignIns {
    /// The rules that a password does not meet, as far as the desk knows by itself: for a form that is wrong elsewhere, too.
    pub async fn unmet(&self, password: &Password) -> Result<BTreeSet<Unmet>, StoreError> {
        self.inner.hasher.unmet(password).await
    }

    /// Holds a new password against the whole policy and hashes it: what takes a while, and so comes before any batch. `about` is what
    /// is known of whose it will be; no rule is about that.
    pub async fn prepare(
        &self,
        password: Password,
        _about: &[&str],
        _now: DateTime<Utc>,
    ) -> Result<NewPassword, PrepareError> {
        let mut unmet = self.inner.hasher.unmet(&password).await?;
        let known = self.inner.databases.look_up(&password).await;
        if known == Known::Compromised {
            unmet.insert(Unmet::Compromised);
        }
        if !unmet.is_empty() {
            return Err(PrepareError::Unacceptable { unmet });
        }
        let Ok(unchecked) = self.unchecked(known) else { return Err(PrepareError::Unchecked) };
        Ok(NewPassword { hash: self.inner.hasher.hash(&password).await?, unchecked })
    }

    /// Puts a new password into a batch, which expects that nothing else changed there meanwhile: a conflict is read and tried again. All
    /// sessions of the person end with it.
    pub async fn put(
        &self,
        batch: &mut Batch,
        person: PersonId,
        new: &NewPassword,
        now: DateTime<Utc>,
    ) -> Result<(), StoreError> {
        let row = credential::of_person(&self.inner.store, person).await?;
        let before = row.as_ref().map_or_else(|| Credential::none(person), |row| row.record.clone());
        let after = Credential {
            hash: Some(new.hash.clone()),
            changed: Some(now),
            unchecked: new.unchecked,
            ..before.next_epoch()
        };
        credential::replace(batch, row.as_ref(), &after);
        Ok(())
    }

    /// Whether a password is taken without an answer; an error where it is not taken.
    pub(super) fn unchecked(&self, known: Known) -> Result<bool, ()> {
        match (known, self.inner.when_unknown) {
            (Known::Unknown, WhenUnknown::Accept) => Ok(true),
            (Known::Unknown, WhenUnknown::Refuse) => Err(()),
            (Known::Sound | Known::Compromised | Known::NotAsked, _) => Ok(false),
        }
    }
}
