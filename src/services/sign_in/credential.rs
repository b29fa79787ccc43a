//! What is kept of a person's password.

use std::fmt;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::PersonId;
use crate::domain::password::is_long_since;
use crate::services::people;
use crate::store::{Batch, Row, Store, StoreError};

use super::CREDENTIALS;

/// The hash of a password with its salt and what it cost, as the PHC writes it. Whoever has it can try out passwords, so it is never
/// printed nor handed over.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Phc(String);

impl Phc {
    pub(super) fn new(text: String) -> Self {
        Self(text)
    }

    pub(super) fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Phc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// What a person signs in with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Credential {
    /// Whose it is.
    pub person: PersonId,
    /// The hash of their password; none for somebody who has none.
    #[serde(default)]
    pub hash: Option<Phc>,
    /// Which of their sessions count: those of this number. Raising it ends all of them, in one record and at once.
    #[serde(default)]
    pub epoch: u64,
    /// When the password was made.
    #[serde(default)]
    pub changed: Option<DateTime<Utc>>,
    /// When they last signed in.
    #[serde(default)]
    pub last_sign_in: Option<DateTime<Utc>>,
    /// Whether it was taken although nobody said if it is compromised.
    #[serde(default)]
    pub unchecked: bool,
}

impl Credential {
    pub(super) fn none(person: PersonId) -> Self {
        Self { person, hash: None, epoch: 0, changed: None, last_sign_in: None, unchecked: false }
    }

    /// When the password was last used, where that is too long ago. Making it counts as using it.
    #[must_use]
    pub fn long_since(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        self.last_sign_in.max(self.changed).filter(|last| is_long_since(*last, now))
    }

    /// The same without sessions.
    pub(super) fn next_epoch(self) -> Self {
        Self { epoch: self.epoch + 1, ..self }
    }
}

/// A person's, as it is kept.
pub(super) async fn of_person(
    store: &Store,
    person: PersonId,
) -> Result<Option<Row<Credential>>, StoreError> {
    CREDENTIALS.get(store, &people::key(person)).await
}

/// Puts `after` in the place of what was read.
pub(super) fn replace(batch: &mut Batch, before: Option<&Row<Credential>>, after: &Credential) {
    match before {
        Some(row) => CREDENTIALS.update(batch, row, after),
        None => CREDENTIALS.insert(batch, after),
    }
}

/// Ends all sessions of a person within a batch, which expects that nothing else changed there meanwhile. Who has none keeps none.
pub async fn end_all_in(store: &Store, batch: &mut Batch, person: PersonId) -> Result<(), StoreError> {
    if let Some(row) = of_person(store, person).await? {
        let after = row.record.clone().next_epoch();
        replace(batch, Some(&row), &after);
    }
    Ok(())
}
