//! A store with people who sign in.

use std::net::{IpAddr, Ipv4Addr};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, Version};
use chrono::{DateTime, TimeDelta, Utc};
use guidepost::app::kept;
use guidepost::clock;
use guidepost::config::{SignIn as Settings, WhenUnknown};
use guidepost::domain::password::Password;
use guidepost::domain::{Identity, MailAddress, PersonId, Username};
use guidepost::services::keeping::{Kept, check};
use guidepost::services::people::{self, People};
use guidepost::services::sign_in::{
    CREDENTIALS, Caller, Credential, PrepareError, SessionToken, SignInError, SignIns, SignedIn,
};
use guidepost::store::files::{Files, Home};
use guidepost::store::{Batch, Direction, Entry, KeyRange, Store};

use crate::jobs::world::desk_key;
pub use crate::jobs::world::start;

/// Meets every rule.
pub const GOOD: &str = "Xq7!vTz9";
/// Meets every rule, too.
pub const OTHER: &str = "kV9*mmmm";

/// Cheap hashes, nobody who is asked.
pub fn settings() -> Settings {
    Settings {
        memory_kib: 64,
        passes: 1,
        lanes: 1,
        compromised: None,
        compromised_timeout_ms: 300,
        compromised_file: None,
        when_unknown: WhenUnknown::Accept,
        session_idle_h: 24,
        session_most_h: 336,
    }
}

pub fn minutes(minutes: i64) -> DateTime<Utc> {
    start() + TimeDelta::minutes(minutes)
}

pub fn mail(name: &str) -> MailAddress {
    MailAddress::parse(&format!("{name}@example.org")).unwrap()
}

/// Whoever is at 192.0.2.NUMBER.
pub fn at(number: u8) -> Caller {
    let agent = "Mozilla/5.0 (X11; Linux x86_64) Firefox/145.0".to_owned();
    Caller { network: IpAddr::V4(Ipv4Addr::new(192, 0, 2, number)), agent }
}

/// A hash as one would have been made before, of whatever text, with the cost of the settings.
pub fn hash(password: &str) -> String {
    let params = Params::new(64, 1, 1, None).unwrap();
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon.hash_password_with_salt(password.as_bytes(), b"a salt of tests!").unwrap().to_string()
}

#[derive(Clone)]
pub struct World {
    pub store: Store,
    pub sign_ins: SignIns,
    pub people: People,
}

impl World {
    pub fn on(store: &Store) -> Self {
        Self::with(store, &settings())
    }

    pub fn with(store: &Store, settings: &Settings) -> Self {
        let sign_ins = SignIns::new(store.clone(), settings, clock::secret).unwrap();
        Self { store: store.clone(), sign_ins, people: People::new(store.clone()) }
    }

    /// Somebody with an address, a username, and no password.
    pub async fn person(&self, name: &str) -> PersonId {
        let identity = Identity::Console(name.to_owned());
        let id = self.people.meet(&identity, Some(name), start()).await.unwrap().id;
        self.people.set_mail(id, Some(mail(name))).await.unwrap();
        let username = Username::parse(&format!("{name}.user")).unwrap();
        self.people.set_username(id, Some(username)).await.unwrap();
        id
    }

    /// Somebody who made this password.
    pub async fn with_password(&self, name: &str, password: &str, now: DateTime<Utc>) -> PersonId {
        let person = self.person(name).await;
        self.set(person, password, now).await.unwrap();
        person
    }

    /// Makes a password anew, as a reset does.
    pub async fn set(
        &self,
        person: PersonId,
        password: &str,
        now: DateTime<Utc>,
    ) -> Result<(), PrepareError> {
        let new = self.sign_ins.prepare(Password::typed(password), &[], now).await?;
        loop {
            let mut batch = Batch::new();
            self.sign_ins.put(&mut batch, person, &new, now).await?;
            if self.store.commit(batch).await.is_ok() {
                return Ok(());
            }
        }
    }

    /// A password as it would be there from before, whatever the rules say of it.
    pub async fn plant(&self, person: PersonId, password: &str, last_sign_in: DateTime<Utc>) {
        let before = self.row(person).await;
        let epoch = before.as_ref().map_or(1, |row| row.record.epoch + 1);
        let credential: Credential = serde_json::from_value(serde_json::json!({
            "person": person, "hash": hash(password), "epoch": epoch, "last_sign_in": last_sign_in,
        }))
        .unwrap();
        let mut batch = Batch::new();
        match before {
            Some(row) => CREDENTIALS.update(&mut batch, &row, &credential),
            None => CREDENTIALS.insert(&mut batch, &credential),
        }
        self.store.commit(batch).await.unwrap();
    }

    async fn row(&self, person: PersonId) -> Option<guidepost::store::Row<Credential>> {
        CREDENTIALS.get(&self.store, &people::key(person)).await.unwrap()
    }

    pub async fn credential(&self, person: PersonId) -> Credential {
        self.row(person).await.unwrap().record
    }

    pub async fn sign_in(
        &self,
        name: &str,
        password: &str,
        from: u8,
        now: DateTime<Utc>,
    ) -> Result<SignedIn, SignInError> {
        let token = clock::secret().unwrap();
        self.sign_ins.sign_in(name, Password::typed(password), &at(from), now, token).await
    }

    /// Whether a token is a session that counts, and whose.
    pub async fn whose(&self, token: &SessionToken, now: DateTime<Utc>) -> Option<PersonId> {
        self.sign_ins.session(token, now).await.unwrap().map(|(_, person)| person.id)
    }

    pub fn kept(&self) -> Kept {
        let files = Files::new(self.store.clone(), Home::Folder("/nonexistent".into()));
        Kept { store: self.store.clone(), files, key: desk_key() }
    }

    /// Records, indexes, counters and the feed fit together.
    pub async fn assert_sound(&self) {
        let checked = check(&self.kept(), &kept::tables(), start(), &mut |_| {}).await.unwrap();
        assert!(checked.is_clean(), "{:?}", checked.findings);
    }

    /// Everything that is in the store.
    pub async fn dump(&self) -> Vec<Entry> {
        self.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap()
    }
}
