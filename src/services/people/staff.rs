//! Who works for the desk: the operator adds and removes them; on servers that the operator named, a role does.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::{Identity, MailAddress, Person, PersonId, StaffRole};
use crate::store::{CommitError, Direction, StoreError};

use super::table::{PEOPLE, STAFF};
use super::{People, PersonError, TRIES, fault, unavailable};

/// The most staff that are listed.
const LISTED: usize = 1_000;

/// How somebody who is to work for the desk is known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NewStaff {
    /// By their address, which the operator vouches for.
    Mail(MailAddress),
    /// By their Discord account.
    Discord(u64),
}

/// Somebody who no longer works for the desk.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Who.
    pub person: Person,
    /// The server a role of which had made them staff, and will again as long as they have it.
    pub role_on: Option<u64>,
}

/// Why nobody was added or removed.
#[derive(Debug, thiserror::Error)]
pub enum StaffError {
    /// Nobody is called so.
    #[error("nobody here is called \"{0}\"; `guidepost agent list` lists the staff")]
    Unknown(String),
    /// They don't work for the desk.
    #[error("{0} is not an agent; nothing was changed")]
    NoStaff(PersonId),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl People {
    /// Makes somebody an agent; whoever the desk does not know yet is made known. Done twice, it is done once.
    pub async fn add_staff(
        &self,
        who: &NewStaff,
        name: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Person, StaffError> {
        for _ in 0..TRIES {
            let known = match who {
                NewStaff::Mail(address) => self.with_mail(address).await?,
                NewStaff::Discord(id) => self.known(&Identity::Discord(*id)).await?,
            };
            let Some(row) = known else {
                let mut person = Person { staff: Some(StaffRole::Agent), ..Person::new(PersonId(0), now) };
                person.name = name.map(str::to_owned);
                match who {
                    NewStaff::Mail(address) => person.mail = Some(address.clone()),
                    NewStaff::Discord(id) => person.identities = vec![Identity::Discord(*id)],
                }
                match self.make(person).await {
                    Err(CommitError::Conflict(_)) => continue,
                    made => return made.map_err(|error| fault(error).into()),
                }
            };
            let made = self.change(row.record.id, |person| {
                person.staff.get_or_insert(StaffRole::Agent);
                // From now on by the operator's word, whatever becomes of their role.
                person.role_on = None;
                if let Some(name) = name {
                    person.name = Some(name.to_owned());
                }
            });
            return made.await.map_err(|error| staff_fault(error, row.record.id));
        }
        Err(StoreError::Unavailable("others keep changing who this is".to_owned()).into())
    }

    /// Lets somebody work for the desk for as long as they have a role on a server, as [`Person::after_role`] says.
    pub async fn work_by_role(
        &self,
        id: PersonId,
        server: u64,
        has_role: bool,
    ) -> Result<Person, StoreError> {
        let changed = self.change(id, |person| *person = person.after_role(server, has_role)).await;
        changed.map_err(unavailable)
    }

    /// Whoever works for the desk by a role on a server that gives no rights any more does so no longer; answers how many.
    pub async fn keep_roles_of(&self, trusted: &BTreeSet<u64>) -> Result<usize, StoreError> {
        let mut count = 0;
        for person in self.staff().await? {
            if let Some(server) = person.role_on.filter(|server| !trusted.contains(server)) {
                self.work_by_role(person.id, server, false).await?;
                count += 1;
            }
        }
        Ok(count)
    }

    /// Takes the right to work on cases away. What they did stays theirs.
    pub async fn remove_staff(&self, name: &str) -> Result<Removed, StaffError> {
        let row = self.named(name).await?.ok_or_else(|| StaffError::Unknown(name.to_owned()))?;
        if row.record.staff.is_none() {
            return Err(StaffError::NoStaff(row.record.id));
        }
        let removed = self.change(row.record.id, |person| {
            person.staff = None;
            person.role_on = None;
        });
        let person = removed.await.map_err(|error| staff_fault(error, row.record.id))?;
        Ok(Removed { person, role_on: row.record.role_on })
    }

    /// Everybody who works for the desk.
    pub async fn staff(&self) -> Result<Vec<Person>, StoreError> {
        let rows = PEOPLE.list_by(&self.store, &STAFF, None, LISTED, Direction::Forward).await?;
        Ok(rows.into_iter().map(|row| row.record).collect())
    }
}

fn staff_fault(error: PersonError, id: PersonId) -> StaffError {
    match error {
        PersonError::Store(error) => error.into(),
        PersonError::Unknown(_) | PersonError::AddressTaken | PersonError::UsernameTaken => {
            StaffError::NoStaff(id)
        }
    }
}
