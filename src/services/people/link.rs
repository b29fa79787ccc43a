//! Linking: by which doors somebody comes, put right once they have proved who they are.

use chrono::{DateTime, Utc};

use crate::domain::{Change, Effect, Identity, JobKey, Mail, Person, PersonId};
use crate::services::accounts::table as accounts;
use crate::services::agenda;
use crate::services::cases::table::person_key;
use crate::services::moving::{MOVES, Move};
use crate::store::{Batch, CommitError, Direction, Row, StoreError};

use super::table::PEOPLE;
use super::{People, TRIES, fault};

/// By how many doors somebody may come.
pub const MOST_IDENTITIES: usize = 20;

/// What came of linking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Linked {
    /// It is theirs now.
    Now {
        /// Who has it.
        person: Person,
        /// The visitor whose records are moved to them; none where whoever had it keeps theirs.
        moves: Option<PersonId>,
    },
    /// It was theirs already.
    Already(Person),
}

impl Linked {
    /// Who has it.
    #[must_use]
    pub fn person(&self) -> &Person {
        match self {
            Self::Now { person, .. } | Self::Already(person) => person,
        }
    }
}

/// Why nothing was linked. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum LinkError {
    /// Nobody of this number is here any more, or the identity is nobody's who could give it up.
    #[error("one of the two is not here any more")]
    Gone,
    /// Whoever has the identity works for the desk, and would no longer do so by this door.
    #[error("they work for the desk by this door")]
    Staff,
    /// There are too many already.
    #[error("no more than {MOST_IDENTITIES} chats can be linked to one person")]
    TooMany,
    /// What it was decided on is different by now.
    #[error("others changed the same meanwhile")]
    Overtaken,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What came of unlinking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlinked {
    /// It is theirs no more.
    Now(Person),
    /// It was not theirs.
    WasNot,
    /// Without it nobody could ever prove again that what they have is theirs.
    OnlyWay,
}

impl People {
    /// Gives an identity to a person who proved that it is theirs. A mere visitor's records follow in batches of their own (see
    /// `services::moving`); of whoever is more than that, the records stay where they are. `with` is written in the same batch, and may
    /// expect what the proof was decided on; `cause` names the proof, so that it is told once.
    pub async fn link(
        &self,
        identity: &Identity,
        to: PersonId,
        cause: &str,
        with: impl Fn(&mut Batch),
        now: DateTime<Utc>,
    ) -> Result<Linked, LinkError> {
        for _ in 0..TRIES {
            let (from, to) = tokio::try_join!(self.known(identity), self.get(to))?;
            let to = to.filter(|row| row.record.is_here()).ok_or(LinkError::Gone)?;
            let from = from.filter(|row| row.record.identities.contains(identity)).ok_or(LinkError::Gone)?;
            if from.record.id == to.record.id {
                return Ok(Linked::Already(to.record));
            }
            if from.record.staff.is_some() {
                return Err(LinkError::Staff);
            }
            if to.record.identities.len() >= MOST_IDENTITIES {
                return Err(LinkError::TooMany);
            }
            let is_visitor = self.is_visitor(&from, identity).await?;
            let mut less = from.record.clone();
            less.identities.retain(|own| own != identity);
            less.moved = is_visitor.then_some(to.record.id);
            let mut more = to.record.clone();
            more.identities.push(identity.clone());
            if is_visitor && more.name.is_none() {
                more.name.clone_from(&from.record.name);
            }
            let mut batch = Batch::new();
            PEOPLE.hand_over(&mut batch, (&from, &less), (&to, &more));
            if is_visitor {
                MOVES.insert(&mut batch, &Move { from: from.record.id, at: now });
            }
            tell(&mut batch, &more, identity, true, cause, now);
            with(&mut batch);
            match self.store.commit(batch).await {
                Ok(_) => {
                    return Ok(Linked::Now { person: more, moves: is_visitor.then_some(from.record.id) });
                }
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error).into()),
            }
        }
        Err(LinkError::Overtaken)
    }

    /// Whoever proved who they are was a mere visitor under this identity until then: what they did as one follows to them, in batches
    /// of their own, and the identity is nobody's any more. Answers whose records are moved; none where nothing is theirs to take.
    pub async fn adopt(
        &self,
        identity: &Identity,
        to: PersonId,
        now: DateTime<Utc>,
    ) -> Result<Option<PersonId>, StoreError> {
        for _ in 0..TRIES {
            let (from, to) = tokio::try_join!(self.known(identity), self.get(to))?;
            let (Some(from), Some(to)) = (from, to.filter(|row| row.record.is_here())) else {
                return Ok(None);
            };
            if from.record.id == to.record.id || !self.is_visitor(&from, identity).await? {
                return Ok(None);
            }
            let mut less = from.record.clone();
            less.identities.clear();
            less.moved = Some(to.record.id);
            let mut batch = Batch::new();
            PEOPLE.update(&mut batch, &from, &less);
            // Whoever is erased meanwhile takes nothing over.
            batch.expect(PEOPLE.key_of(&to.record), to.version);
            MOVES.insert(&mut batch, &Move { from: less.id, at: now });
            match self.store.commit(batch).await {
                Ok(_) => return Ok(Some(less.id)),
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        Err(StoreError::Unavailable(format!("others keep changing who {to} was")))
    }

    /// Whether nothing but this identity says who somebody is. That they are no contact stays so until the batch: only a person with an
    /// address becomes one, and the batch expects that they have none.
    async fn is_visitor(&self, row: &Row<Person>, identity: &Identity) -> Result<bool, StoreError> {
        if !row.record.is_visitor_by(identity) {
            return Ok(false);
        }
        let (index, own) = (&accounts::PERSON, person_key(row.record.id));
        let contacts = accounts::CONTACTS.find(&self.store, index, Some(&own), 1, Direction::Forward).await?;
        Ok(contacts.is_empty())
    }

    /// Takes an identity from a person. What they did by it stays theirs; whoever comes by it next is somebody new.
    pub async fn unlink(
        &self,
        id: PersonId,
        identity: &Identity,
        now: DateTime<Utc>,
    ) -> Result<Unlinked, StoreError> {
        for _ in 0..TRIES {
            let Some(row) = self.get(id).await? else { return Ok(Unlinked::WasNot) };
            if !row.record.identities.contains(identity) {
                return Ok(Unlinked::WasNot);
            }
            if row.record.mail.is_none() {
                return Ok(Unlinked::OnlyWay);
            }
            let mut less = row.record.clone();
            less.identities.retain(|own| own != identity);
            let mut batch = Batch::new();
            PEOPLE.update(&mut batch, &row, &less);
            // No two changes ever have the same version.
            let cause = format!("{id}-{}", row.version.0);
            tell(&mut batch, &less, identity, false, &cause, now);
            match self.store.commit(batch).await {
                Ok(_) => return Ok(Unlinked::Now(less)),
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        Err(StoreError::Unavailable(format!("others keep changing {id}")))
    }
}

/// Whoever it is hears of it by mail, at the address that they proved.
fn tell(
    batch: &mut Batch,
    person: &Person,
    identity: &Identity,
    linked: bool,
    cause: &str,
    now: DateTime<Utc>,
) {
    batch.tell(&Change::Person(person.id));
    if person.mail.is_some() {
        let mail = Mail::Linked { person: person.id, identity: identity.clone(), linked, at: now };
        let key = JobKey::named(if linked { "linked" } else { "unlinked" }, cause);
        agenda::enqueue(batch, Effect::Mail(mail), key, now);
    }
}
