//! A person as the operator sees them: their record, and how many cases they have.

use serde::{Deserialize, Serialize};

use crate::domain::Person;
use crate::services::cases::table::{CASES, OWN, TALLIES, person_key};
use crate::services::people::People;
use crate::store::{Direction, Store};

use super::PrivacyError;

/// A person, with how much there is about them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonSeen {
    /// Their record.
    pub person: Person,
    /// How many cases are theirs or followed by them.
    pub cases: usize,
    /// How many of their own are not solved or closed.
    pub active: u32,
}

/// Whoever is named, as [`People::named`] takes it.
pub async fn seen(store: &Store, who: &str) -> Result<PersonSeen, PrivacyError> {
    let named = People::new(store.clone()).named(who).await?;
    let person = named.ok_or_else(|| PrivacyError::Unknown(who.to_owned()))?.record;
    let own = person_key(person.id);
    let cases = CASES.find(store, &OWN, Some(&own), usize::MAX, Direction::Forward).await?.len();
    let active = TALLIES.get(store, &own).await?.map_or(0, |row| row.record.active);
    Ok(PersonSeen { person, cases, active })
}
