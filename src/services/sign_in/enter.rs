//! Signing in: counted, looked up, tried out, and only then held against the rules.

use chrono::{DateTime, Utc};

use crate::domain::password::{Password, Unmet};
use crate::services::agenda::fault;
use crate::services::limits::{self, Counted, Limit, TooOften};
use crate::services::people::PEOPLE;
use crate::store::{Batch, CommitError, Store, StoreError};

use super::compromised::Known;
use super::hashing::Tried;
use super::login::Login;
use super::{
    CREDENTIALS, Caller, Credential, Phc, SessionToken, SignInError, SignIns, SignedIn, TRIES, reasons,
};

/// Somebody whose password was right.
struct Entering<'a> {
    /// What they sign in with, as it was when the password was tried out.
    credential: Credential,
    /// The hash that takes the place of a dated one.
    hash: Option<Phc>,
    unchecked: bool,
    caller: &'a Caller,
    token: &'a SessionToken,
    /// What does not count, as it was right.
    counted: &'a [(Limit, Counted)],
    now: DateTime<Utc>,
}

impl SignIns {
    /// Signs somebody in by their address or username. `token` is 32 secret random bytes.
    pub async fn sign_in(
        &self,
        name: &str,
        password: Password,
        from: &Caller,
        now: DateTime<Utc>,
        token: [u8; 32],
    ) -> Result<SignedIn, SignInError> {
        let login = Login::of(name);
        let counted = login.counted(from);
        // Counted before it is tried, so that many at once are as many.
        count(&self.inner.store, &counted, now).await?;
        let [_, only_wrong @ ..] = &counted;
        let token = SessionToken::new(token);
        for _ in 0..TRIES {
            let credential = self.credential_of(&login).await?;
            let hash = credential.as_ref().and_then(|credential| credential.hash.clone());
            let tried = self.inner.hasher.try_out(&password, hash).await?;
            let Some(credential) = credential.filter(|_| tried.is_right) else {
                return Err(SignInError::Wrong);
            };
            let (hash, unchecked) = match self.hold(&password, &credential, tried, now).await {
                Ok(held) => held,
                Err(error) => {
                    self.forgive(only_wrong, now).await?;
                    return Err(error);
                }
            };
            let person = credential.person;
            let counted = only_wrong;
            let entering =
                Entering { credential, hash, unchecked, caller: from, token: &token, counted, now };
            if self.enter(entering).await? {
                return Ok(SignedIn { token, person });
            }
            // The password was replaced meanwhile: this one may be wrong by now.
        }
        Err(busy().into())
    }

    /// What a name signs in with; none where it belongs to nobody. Either way the same is read.
    async fn credential_of(&self, login: &Login) -> Result<Option<Credential>, StoreError> {
        let store = &self.inner.store;
        let owner = login.owner(store).await?;
        let person = PEOPLE.get(store, &owner).await?;
        let credential = CREDENTIALS.get(store, &owner).await?;
        let is_there = person.is_some_and(|row| row.record.erased.is_none());
        Ok(credential.map(|row| row.record).filter(|_| is_there))
    }

    /// Holds a password that is right against the whole policy and the time since it was used; answers the hash that takes the place of
    /// a dated one, and whether nobody said if it is compromised.
    async fn hold(
        &self,
        password: &Password,
        credential: &Credential,
        tried: Tried,
        now: DateTime<Utc>,
    ) -> Result<(Option<Phc>, bool), SignInError> {
        let Tried { mut unmet, is_dated, .. } = tried;
        let known = self.inner.databases.look_up(password).await;
        if known == Known::Compromised {
            unmet.insert(Unmet::Compromised);
        }
        let reasons = reasons(&unmet, credential, now);
        if !reasons.is_empty() {
            return Err(SignInError::Stopped { person: credential.person, reasons });
        }
        let Ok(unchecked) = self.unchecked(known) else { return Err(SignInError::Unchecked) };
        let hash = if is_dated { Some(self.inner.hasher.hash(password).await?) } else { None };
        Ok((hash, unchecked))
    }

    /// Begins the session, in one batch with what it changes; `false` where the password was replaced, or all sessions were ended, since
    /// it was tried out.
    async fn enter(&self, entering: Entering<'_>) -> Result<bool, StoreError> {
        let Entering { credential, hash, unchecked, caller, token, counted, now } = entering;
        let store = &self.inner.store;
        for _ in 0..TRIES {
            let row = super::credential::of_person(store, credential.person).await?;
            let Some(row) = row.filter(|row| row.record.epoch == credential.epoch) else { return Ok(false) };
            let after = Credential {
                hash: hash.clone().or_else(|| row.record.hash.clone()),
                last_sign_in: row.record.last_sign_in.max(Some(now)),
                unchecked,
                ..row.record.clone()
            };
            let mut batch = Batch::new();
            CREDENTIALS.update(&mut batch, &row, &after);
            self.begin_session(&mut batch, &after, token, caller, now).await?;
            limits::take_back(store, &mut batch, counted, now).await?;
            if committed(store, batch).await? {
                return Ok(true);
            }
        }
        Err(busy())
    }

    /// What was right does not count against the name and the network address; others that were counted there stay.
    async fn forgive(&self, counted: &[(Limit, Counted)], now: DateTime<Utc>) -> Result<(), StoreError> {
        for _ in 0..TRIES {
            let mut batch = Batch::new();
            limits::take_back(&self.inner.store, &mut batch, counted, now).await?;
            if committed(&self.inner.store, batch).await? {
                return Ok(());
            }
        }
        Err(busy())
    }
}

/// Counts a try; an error where it is one too many.
async fn count(store: &Store, counted: &[(Limit, Counted)], now: DateTime<Utc>) -> Result<(), SignInError> {
    for _ in 0..TRIES {
        let mut batch = Batch::new();
        if let Err(TooOften { at }) = limits::count(store, &mut batch, counted, now).await? {
            return Err(SignInError::TooOften { at });
        }
        if committed(store, batch).await? {
            return Ok(());
        }
    }
    Err(busy().into())
}

/// Whether a batch applied; `false` where it was a conflict.
pub(super) async fn committed(store: &Store, batch: Batch) -> Result<bool, StoreError> {
    match store.commit(batch).await {
        Ok(_) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(fault(error)),
    }
}

pub(super) fn busy() -> StoreError {
    StoreError::Unavailable("others keep signing in at the same moment".to_owned())
}
