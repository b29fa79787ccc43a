//! Signing in: passwords and what is kept of them, whether they may still be used, and sessions.
//!
//! Nothing that this does tells whether a name has an account: until the password turned out right, an unknown name is looked up, counted
//! and hashed as a known one is. Hashing is done beside the conversations, never among them.

mod compromised;
mod credential;
mod enter;
mod hash_file;
mod hashing;
mod login;
mod prepare;
mod sessions;
mod table;
mod token;

use std::collections::BTreeSet;
use std::io;
use std::net::IpAddr;
use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use crate::config::{SignIn as Settings, WhenUnknown};
use crate::domain::password::Unmet;
use crate::domain::{Digest, PersonId};
use crate::net::FetchError;
use crate::services::limits::Counted;
use crate::store::{Store, StoreError};

use compromised::Databases;
use hashing::Hasher;

pub use credential::{Credential, Phc, end_all_in};
pub use prepare::{NewPassword, PrepareError};
pub use sessions::{Session, forget_sessions};
pub use table::{CREDENTIALS, SESSIONS, SESSIONS_OF};
pub use token::{SessionId, SessionToken};

/// How often a change is tried that others come in between of. Of those who do it at once one gets through each time.
const TRIES: u32 = 64;

/// Where secret random bytes come from.
pub type Fresh = fn() -> io::Result<[u8; 32]>;

/// Signing in at a desk. Cheap to clone.
#[derive(Clone)]
pub struct SignIns {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    hasher: Hasher,
    databases: Databases,
    when_unknown: WhenUnknown,
    lifetime: Lifetime,
}

/// How long sessions last.
#[derive(Debug, Clone, Copy)]
struct Lifetime {
    idle: TimeDelta,
    most: TimeDelta,
}

/// From where somebody signs in.
#[derive(Debug, Clone)]
pub struct Caller {
    /// Their address on the network.
    pub network: IpAddr,
    /// What their browser calls itself.
    pub agent: String,
}

impl Caller {
    /// Under which they are counted, whatever they call themselves.
    #[must_use]
    pub fn counted(&self) -> Counted {
        Counted::network(&login::network(self.network))
    }

    /// Tells them from others who speak of the same thing. It says nothing of who they are, and differs from thing to thing, so nobody
    /// can be followed by it.
    #[must_use]
    pub fn fingerprint(&self, thing: &str) -> Digest {
        Digest::of(&format!("{thing}\n{}\n{}", login::network(self.network), self.agent))
    }
}

/// Somebody is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// What their browser keeps.
    pub token: SessionToken,
    /// Who.
    pub person: PersonId,
}

/// Why a password that is right is not enough any more. It has to be made anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// It does not meet a rule.
    Unmet(Unmet),
    /// It was last used more than six months ago.
    LongSince {
        /// When.
        last: DateTime<Utc>,
    },
}

/// Why nobody is signed in.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// The name or the password is wrong; nobody is told which.
    #[error("the name or the password is wrong")]
    Wrong,
    /// It was tried too often.
    #[error("it is possible again at {at}")]
    TooOften {
        /// When it is possible again.
        at: DateTime<Utc>,
    },
    /// The password is right, but has to be made anew.
    #[error("{person} has to make a new password")]
    Stopped {
        /// Whose it is.
        person: PersonId,
        /// Every reason, in the order in which they are told; never empty.
        reasons: Vec<Reason>,
    },
    /// The password is right, but nobody said whether it is compromised, and the settings want it to be known.
    #[error("no database of compromised passwords answered")]
    Unchecked,
    /// Our own trouble.
    #[error(transparent)]
    Fault(#[from] StoreError),
}

/// Why there can be no signing in with these settings.
#[derive(Debug, thiserror::Error)]
pub enum NoSignIns {
    /// The cost of hashing.
    #[error("passwords can't be hashed as [sign_in] says: {0}; change memory_kib, passes or lanes")]
    Cost(String),
    /// The database of compromised passwords.
    #[error("compromised passwords can't be asked for at the address in sign_in.compromised: {0}")]
    Address(#[from] FetchError),
}

impl SignIns {
    /// Signing in at the desk of a store, as the settings say. `fresh` is where salts come from.
    pub fn new(store: Store, settings: &Settings, fresh: Fresh) -> Result<Self, NoSignIns> {
        let hours = |hours: u32| TimeDelta::hours(i64::from(hours));
        let inner = Inner {
            store,
            hasher: Hasher::new(settings, fresh)?,
            databases: Databases::of(settings)?,
            when_unknown: settings.when_unknown,
            lifetime: Lifetime { idle: hours(settings.session_idle_h), most: hours(settings.session_most_h) },
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// How many hashes were made so far, in this process.
    #[must_use]
    pub fn hashed(&self) -> u64 {
        self.inner.hasher.hashed()
    }
}

/// Every reason to make a password anew.
fn reasons(unmet: &BTreeSet<Unmet>, credential: &Credential, now: DateTime<Utc>) -> Vec<Reason> {
    let unmet = unmet.iter().copied().map(Reason::Unmet);
    unmet.chain(credential.long_since(now).map(|last| Reason::LongSince { last })).collect()
}
