//! Tokens, by which programs speak for somebody: made by the operator, shown once, kept as fingerprints.

mod record;
mod secret;

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Person, PersonId, StaffRole};
use crate::services::agenda::fault;
use crate::services::people::{PEOPLE, People};
use crate::store::{Batch, CommitError, Direction, Key, Row, Store, StoreError};

pub use record::{Scope, TOKENS, TOKENS_CALLED, TOKENS_OF, Token, TokenName};
pub use secret::{TokenId, TokenSecret};

/// How often a change is tried that others come in between of.
const TRIES: u32 = 8;
/// How long the note of when a token was last used may be behind.
const NOTED: TimeDelta = TimeDelta::minutes(5);
/// The most tokens of a desk.
const MOST: usize = 1_000;

/// The tokens of a desk. Cheap to clone.
#[derive(Clone)]
pub struct Tokens {
    store: Store,
}

/// For whom a new token speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Speaks {
    /// For somebody whom [`People::named`] finds.
    For(String),
    /// For nobody but itself: it becomes somebody of its own, with the token's name.
    Itself {
        /// Whether it works on cases, as an agent does.
        is_agent: bool,
    },
}

/// A token to be made. The secret stays with whoever makes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewToken {
    /// The fingerprint of the secret.
    pub id: TokenId,
    /// What it is called.
    pub name: TokenName,
    /// For whom it speaks.
    pub speaks: Speaks,
    /// What it may be used for.
    pub scopes: BTreeSet<Scope>,
    /// From when on it is worth nothing.
    pub until: Option<DateTime<Utc>>,
}

/// A token, and for whom it speaks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenSeen {
    /// It.
    pub token: Token,
    /// For whom.
    pub person: Person,
}

/// Why a token was not made or removed.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Nobody is called so.
    #[error(
        "nobody here is called \"{0}\"; name somebody by address or number (P-000017), or leave --for out"
    )]
    Nobody(String),
    /// The name is another one's.
    #[error("there is a token called \"{0}\" already; choose another name, or remove that one first")]
    NameTaken(TokenName),
    /// There is none of this name.
    #[error("there is no token called \"{0}\"; `guidepost token list` lists them")]
    Unknown(TokenName),
    /// There are enough.
    #[error("there are {MOST} tokens already; remove those that nobody uses")]
    TooMany,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a token is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// There is none, or none any more.
    Unknown,
    /// It has run out.
    RunOut,
}

impl Tokens {
    /// The tokens of a store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// Keeps a new token.
    pub async fn add(&self, new: &NewToken, now: DateTime<Utc>) -> Result<TokenSeen, TokenError> {
        let people = People::new(self.store.clone());
        for _ in 0..TRIES {
            if self.called(&new.name).await?.is_some() {
                return Err(TokenError::NameTaken(new.name.clone()));
            }
            if self.rows().await?.len() >= MOST {
                return Err(TokenError::TooMany);
            }
            let mut batch = Batch::new();
            let person = match &new.speaks {
                Speaks::For(who) => {
                    let row = people.named(who).await?.filter(|row| row.record.is_here());
                    let row = row.ok_or_else(|| TokenError::Nobody(who.clone()))?;
                    // Whoever is erased meanwhile gets no token.
                    batch.expect(PEOPLE.key_of(&row.record), row.version);
                    row.record
                }
                Speaks::Itself { is_agent } => {
                    let person = itself(people.take_number().await?, &new.name, *is_agent, now);
                    PEOPLE.insert(&mut batch, &person);
                    person
                }
            };
            let token = Token {
                id: new.id.clone(),
                name: new.name.clone(),
                person: person.id,
                scopes: new.scopes.clone(),
                made: now,
                used: None,
                until: new.until,
            };
            TOKENS.insert(&mut batch, &token);
            match self.store.commit(batch).await {
                Ok(_) => return Ok(TokenSeen { token, person }),
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error).into()),
            }
        }
        Err(busy().into())
    }

    /// All tokens, by name.
    pub async fn list(&self) -> Result<Vec<TokenSeen>, StoreError> {
        let people = People::new(self.store.clone());
        let mut seen = Vec::new();
        for row in self.rows().await? {
            if let Some(person) = people.here(row.record.person).await? {
                seen.push(TokenSeen { token: row.record, person: person.record });
            }
        }
        Ok(seen)
    }

    /// Ends a token: from now on it is worth nothing.
    pub async fn remove(&self, name: &TokenName) -> Result<Token, TokenError> {
        for _ in 0..TRIES {
            let row = self.called(name).await?.ok_or_else(|| TokenError::Unknown(name.clone()))?;
            let mut batch = Batch::new();
            TOKENS.delete(&mut batch, &row);
            if committed(&self.store, batch).await? {
                return Ok(row.record);
            }
        }
        Err(busy().into())
    }

    /// Whose words a token speaks, where it is one that counts.
    pub async fn bearer(
        &self,
        secret: &TokenSecret,
        now: DateTime<Utc>,
    ) -> Result<Result<TokenSeen, NotTaken>, StoreError> {
        let id = TokenId::of(secret);
        let Some(row) = TOKENS.get(&self.store, &Key::of(id.as_str())).await? else {
            return Ok(Err(NotTaken::Unknown));
        };
        if row.record.has_run_out(now) {
            return Ok(Err(NotTaken::RunOut));
        }
        let person = People::new(self.store.clone()).here(row.record.person).await?;
        let Some(person) = person.filter(|person| person.record.is_here()) else {
            return Ok(Err(NotTaken::Unknown));
        };
        Ok(Ok(TokenSeen { token: self.noted(row, now).await?, person: person.record }))
    }

    /// Notes that a token is used, every few minutes.
    async fn noted(&self, row: Row<Token>, now: DateTime<Utc>) -> Result<Token, StoreError> {
        if row.record.used.is_some_and(|used| now - used < NOTED) {
            return Ok(row.record);
        }
        let used = Token { used: Some(now), ..row.record.clone() };
        let mut batch = Batch::new();
        TOKENS.update(&mut batch, &row, &used);
        // Where it was noted or removed at the same moment, that stays so.
        let is_noted = committed(&self.store, batch).await?;
        Ok(if is_noted { used } else { row.record })
    }

    async fn called(&self, name: &TokenName) -> Result<Option<Row<Token>>, StoreError> {
        TOKENS.get_one(&self.store, &TOKENS_CALLED, &record::name_key(name)).await
    }

    async fn rows(&self) -> Result<Vec<Row<Token>>, StoreError> {
        TOKENS.list_by(&self.store, &TOKENS_CALLED, None, MOST, Direction::Forward).await
    }
}

/// The tokens that speak for a person, or for a visitor who turned out to be them.
pub(super) async fn of_person(store: &Store, person: PersonId) -> Result<Vec<Row<Token>>, StoreError> {
    let mut all = vec![person];
    all.extend(People::new(store.clone()).moved_to(person).await?);
    let mut rows = Vec::new();
    for one in all {
        let under = crate::services::people::key(one);
        rows.extend(TOKENS.list_by(store, &TOKENS_OF, Some(&under), MOST, Direction::Forward).await?);
    }
    Ok(rows)
}

/// A program that speaks for nobody else.
fn itself(id: PersonId, name: &TokenName, is_agent: bool, now: DateTime<Utc>) -> Person {
    let staff = is_agent.then_some(StaffRole::Agent);
    Person { name: Some(name.as_str().to_owned()), staff, ..Person::new(id, now) }
}

async fn committed(store: &Store, batch: Batch) -> Result<bool, StoreError> {
    match store.commit(batch).await {
        Ok(_) => Ok(true),
        Err(CommitError::Conflict(_)) => Ok(false),
        Err(error) => Err(fault(error)),
    }
}

fn busy() -> StoreError {
    StoreError::Unavailable("others keep changing the tokens".to_owned())
}
