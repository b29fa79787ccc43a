//! Hashing passwords: Argon2id, on threads of its own, and only so many at once.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::sync::Semaphore;

use crate::config::SignIn as Settings;
use crate::domain::password::{Password, Unmet, unmet};
use crate::store::StoreError;

use super::{Fresh, NoSignIns, Phc};

/// How long a salt is, in bytes.
const SALT: usize = 16;

/// What hashes passwords and tries them out. Cheap to clone.
#[derive(Clone)]
pub(super) struct Hasher {
    argon: Argon2<'static>,
    fresh: Fresh,
    /// One core is left for the conversations.
    room: Arc<Semaphore>,
    hashed: Arc<AtomicU64>,
    nobodys: Phc,
}

/// What came out of trying a password.
#[derive(Debug)]
pub(super) struct Tried {
    /// Whether it is the right one.
    pub is_right: bool,
    /// The rules that it does not meet; looked at only where it is right.
    pub unmet: BTreeSet<Unmet>,
    /// Whether its hash cost something else than one costs today.
    pub is_dated: bool,
}

impl Hasher {
    pub fn new(settings: &Settings, fresh: Fresh) -> Result<Self, NoSignIns> {
        let params = Params::new(settings.memory_kib, settings.passes, settings.lanes, None)
            .map_err(|error| NoSignIns::Cost(error.to_string()))?;
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        Ok(Self {
            nobodys: nobodys(&params),
            argon: Argon2::new(Algorithm::Argon2id, Version::V0x13, params),
            fresh,
            room: Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))),
            hashed: Arc::default(),
        })
    }

    /// How many hashes were made so far.
    pub fn hashed(&self) -> u64 {
        self.hashed.load(Relaxed)
    }

    /// Tries a password out. Where there is none to compare it with, it is hashed all the same, and is wrong.
    pub async fn try_out(&self, password: &Password, against: Option<Phc>) -> Result<Tried, StoreError> {
        let password = password.clone();
        self.run(move |hasher| {
            let is_right = hasher.is_right(&password, against.as_ref());
            let unmet = if is_right { unmet(&password) } else { BTreeSet::new() };
            let is_dated = against.is_some_and(|hash| hasher.is_dated(&hash));
            Ok(Tried { is_right, unmet, is_dated })
        })
        .await
    }

    /// The rules that a password does not meet: finding words in it takes a while, too.
    pub async fn unmet(&self, password: &Password) -> Result<BTreeSet<Unmet>, StoreError> {
        let password = password.clone();
        self.run(move |_| Ok(unmet(&password))).await
    }

    /// Hashes a password, with a new salt.
    pub async fn hash(&self, password: &Password) -> Result<Phc, StoreError> {
        let password = password.clone();
        self.run(move |hasher| hasher.make(&password)).await
    }

    /// Does something beside the conversations, when there is room. Who stops waiting for it makes no room before it is done.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, StoreError> + Send + 'static,
    ) -> Result<T, StoreError> {
        let permit = Arc::clone(&self.room).acquire_owned().await.map_err(|_| trouble("the desk stops"))?;
        let hasher = self.clone();
        let done = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work(&hasher)
        });
        done.await.map_err(|_| trouble("the thread ended"))?
    }

    fn is_right(&self, password: &Password, against: Option<&Phc>) -> bool {
        let kept = against.and_then(|phc| {
            let read = PasswordHash::new(phc.expose());
            if read.is_err() {
                tracing::error!("a password's hash in the store is damaged; a reset mends it");
            }
            read.ok()
        });
        let is_somebodys = kept.is_some();
        let Some(hash) = kept.or_else(|| PasswordHash::new(self.nobodys.expose()).ok()) else { return false };
        self.hashed.fetch_add(1, Relaxed);
        let is_same = self.argon.verify_password(password.expose().as_bytes(), &hash).is_ok();
        is_same && is_somebodys
    }

    fn is_dated(&self, hash: &Phc) -> bool {
        let Ok(hash) = PasswordHash::new(hash.expose()) else { return true };
        let cost = Params::try_from(&hash).map(|cost| cost_of(&cost));
        let is_of_today = hash.algorithm.as_str() == "argon2id" && cost == Ok(cost_of(self.argon.params()));
        !is_of_today
    }

    fn make(&self, password: &Password) -> Result<Phc, StoreError> {
        let random = (self.fresh)().map_err(|error| trouble(&error.to_string()))?;
        let salt = random.get(..SALT).unwrap_or_default();
        self.hashed.fetch_add(1, Relaxed);
        let hash = self.argon.hash_password_with_salt(password.expose().as_bytes(), salt);
        hash.map(|hash| Phc::new(hash.to_string())).map_err(|error| trouble(&error.to_string()))
    }
}

fn cost_of(params: &Params) -> (u32, u32, u32) {
    (params.m_cost(), params.t_cost(), params.p_cost())
}

/// A hash of nothing, which costs what others cost: no password has 32 zeros as its hash.
fn nobodys(params: &Params) -> Phc {
    let (memory, passes, lanes) = cost_of(params);
    let (salt, hash) = ("A".repeat(22), "A".repeat(43));
    Phc::new(format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${hash}"))
}

fn trouble(why: &str) -> StoreError {
    StoreError::Unavailable(format!("passwords can't be hashed: {why}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock;
    use crate::config::{self, Options};

    fn hasher(memory_kib: u32) -> Hasher {
        let settings = config::load(&Options::default(), []).unwrap().settings.sign_in;
        Hasher::new(&Settings { memory_kib, passes: 1, ..settings }, clock::secret).unwrap()
    }

    #[tokio::test]
    async fn a_password_is_right_only_against_its_own_hash() {
        let hasher = hasher(64);
        let (own, other) = (Password::typed("Xq7!vTz9"), Password::typed("Xq7!vTz8"));
        let hash = hasher.hash(&own).await.unwrap();
        assert!(hash.expose().starts_with("$argon2id$v=19$m=64,t=1,p=1$"), "{}", hash.expose());
        assert_ne!(hash, hasher.hash(&own).await.unwrap(), "each has a salt of its own");
        assert!(hasher.try_out(&own, Some(hash.clone())).await.unwrap().is_right);
        assert!(!hasher.try_out(&other, Some(hash)).await.unwrap().is_right);
        assert!(!hasher.try_out(&own, Some(Phc::new("damaged".to_owned()))).await.unwrap().is_right);
    }

    #[tokio::test]
    async fn whoever_has_no_password_costs_as_much_and_is_always_wrong() {
        let hasher = hasher(64);
        let nobodys = PasswordHash::new(hasher.nobodys.expose()).unwrap();
        assert_eq!(Params::try_from(&nobodys).map(|cost| cost_of(&cost)), Ok((64, 1, 1)));
        let password = Password::typed("Xq7!vTz9");
        let before = hasher.hashed();
        assert!(!hasher.try_out(&password, None).await.unwrap().is_right);
        // Not even where somebody has put the hash of nothing into the store.
        assert!(!hasher.try_out(&password, Some(hasher.nobodys.clone())).await.unwrap().is_right);
        assert_eq!(hasher.hashed() - before, 2);
    }

    #[tokio::test]
    async fn a_hash_of_another_cost_is_dated_and_still_right() {
        let (old, new) = (hasher(64), hasher(128));
        let password = Password::typed("Xq7!vTz9");
        let hash = old.hash(&password).await.unwrap();
        assert!(!old.try_out(&password, Some(hash.clone())).await.unwrap().is_dated);
        let tried = new.try_out(&password, Some(hash)).await.unwrap();
        assert!(tried.is_right && tried.is_dated && tried.unmet.is_empty());
    }

    #[tokio::test]
    async fn only_so_many_are_hashed_at_once_even_where_nobody_waits_any_more() {
        let hasher = hasher(64);
        let all = hasher.room.available_permits();
        let (go, wait) = std::sync::mpsc::channel::<()>();
        let (begun, has_begun) = tokio::sync::oneshot::channel();
        let work = hasher.run(move |_| {
            let _ = begun.send(());
            let _ = wait.recv();
            Ok(())
        });
        let mut work = Box::pin(work);
        tokio::select! {
            _ = &mut work => unreachable!("it waits"),
            begun = has_begun => begun.unwrap(),
        }
        drop(work);
        assert_eq!(hasher.room.available_permits(), all - 1);
        drop(go);
        let every = hasher.room.acquire_many(u32::try_from(all).unwrap());
        assert!(every.await.is_ok());
    }
}
