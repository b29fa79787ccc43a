//! People: who somebody is, by whichever door they come, and who works for the desk.

mod link;
mod staff;
mod table;

use chrono::{DateTime, Utc};

use crate::domain::{Identity, MailAddress, Notify, Person, PersonId, Username, display_name};
use crate::store::{Batch, CommitError, Direction, Key, Row, Store, StoreError};

use super::agenda::fault;
pub use link::{LinkError, Linked, MOST_IDENTITIES, Unlinked};
pub use staff::{NewStaff, Removed, StaffError};
use table::identity_key;
pub use table::{COUNTER, IDENTITY, MAIL, MOVED, PEOPLE, STAFF, USERNAME, key};
pub(super) use table::{mail_key, username_key};

/// How often a change is tried that others come in between of.
const TRIES: u32 = 8;
/// How many people somebody may have turned out to be, one after the other.
const MOST_MOVES: u32 = 100;

/// The people of a desk. Cheap to clone.
#[derive(Clone)]
pub struct People {
    store: Store,
}

/// Why a change of a person was not made.
#[derive(Debug, thiserror::Error)]
pub enum PersonError {
    /// There is no such person.
    #[error("there is no person {0}")]
    Unknown(PersonId),
    /// The address is another one's.
    #[error("the address belongs to somebody else")]
    AddressTaken,
    /// The username is another one's.
    #[error("the username belongs to somebody else")]
    UsernameTaken,
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl People {
    /// The people of a store.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self { store }
    }

    /// Whoever a platform names; who was never here before is made known. Whoever has no name gets the one that the platform shows.
    /// What they may do is their [`Actor`](crate::domain::Actor).
    pub async fn meet(
        &self,
        identity: &Identity,
        name: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Person, StoreError> {
        let name = name.and_then(display_name);
        for _ in 0..TRIES {
            if let Some(row) = self.known(identity).await? {
                return self.name(row.record, name).await;
            }
            if let Identity::Desk(id) = identity {
                // Nobody is made known by a number: whoever speaks for somebody was told that they are there.
                return Err(StoreError::Unavailable(format!("there is no person {id}")));
            }
            let new = Person::new(PersonId(0), now);
            let person = Person { name: name.clone(), identities: vec![identity.clone()], ..new };
            match self.make(person).await {
                Err(CommitError::Conflict(_)) => {}
                made => return made.map_err(fault),
            }
        }
        Err(StoreError::Unavailable("others keep changing who this is".to_owned()))
    }

    /// Gives somebody who has none a name.
    async fn name(&self, person: Person, name: Option<String>) -> Result<Person, StoreError> {
        let is_nameless = |person: &Person| person.name.is_none() && person.erased.is_none();
        if name.is_none() || !is_nameless(&person) {
            return Ok(person);
        }
        let named = self.change(person.id, |person| {
            if is_nameless(person) {
                person.name.clone_from(&name);
            }
        });
        named.await.map_err(unavailable)
    }

    /// Whoever a platform names, where they were here before.
    pub async fn known(&self, identity: &Identity) -> Result<Option<Row<Person>>, StoreError> {
        if let Identity::Desk(id) = identity {
            return self.here(*id).await;
        }
        PEOPLE.get_one(&self.store, &IDENTITY, &identity_key(identity)).await
    }

    /// Whoever has this address.
    pub async fn with_mail(&self, address: &MailAddress) -> Result<Option<Row<Person>>, StoreError> {
        PEOPLE.get_one(&self.store, &MAIL, &mail_key(address)).await
    }

    /// Whoever has this username, in any case.
    pub async fn with_username(&self, name: &Username) -> Result<Option<Row<Person>>, StoreError> {
        PEOPLE.get_one(&self.store, &USERNAME, &username_key(name)).await
    }

    /// Whoever has an address that the operator vouches for; who was never here before is made known under this name.
    pub(super) async fn with_address(
        &self,
        address: &MailAddress,
        name: &str,
        now: DateTime<Utc>,
    ) -> Result<Person, StoreError> {
        for _ in 0..TRIES {
            if let Some(row) = self.with_mail(address).await? {
                return Ok(row.record);
            }
            let new = Person::new(PersonId(0), now);
            let person = Person { name: display_name(name), mail: Some(address.clone()), ..new };
            match self.make(person).await {
                Err(CommitError::Conflict(_)) => {}
                made => return made.map_err(fault),
            }
        }
        Err(StoreError::Unavailable("others keep changing who this is".to_owned()))
    }

    /// A person by number.
    pub async fn get(&self, id: PersonId) -> Result<Option<Row<Person>>, StoreError> {
        PEOPLE.get(&self.store, &key(id)).await
    }

    /// A person by number, or whoever they turned out to be.
    pub async fn here(&self, id: PersonId) -> Result<Option<Row<Person>>, StoreError> {
        let mut at = id;
        for _ in 0..MOST_MOVES {
            match self.get(at).await? {
                Some(Row { record: Person { moved: Some(to), .. }, .. }) => at = to,
                found => return Ok(found),
            }
        }
        Err(StoreError::Damaged(format!("{id} turned out to be too many people")))
    }

    /// Who turned out to be this person, by number; also by way of others.
    pub async fn moved_to(&self, to: PersonId) -> Result<Vec<PersonId>, StoreError> {
        let (mut all, mut at) = (Vec::new(), 0);
        let mut next = Some(to);
        while let Some(person) = next {
            let keys =
                PEOPLE.find(&self.store, &MOVED, Some(&key(person)), usize::MAX, Direction::Forward).await?;
            all.extend(keys.iter().filter_map(Key::last_number).map(PersonId));
            next = all.get(at).copied();
            at += 1;
        }
        Ok(all)
    }

    /// Whoever is named by their number (`P-000017`), their address, `discord:ID` or `console:USER`.
    pub async fn named(&self, name: &str) -> Result<Option<Row<Person>>, StoreError> {
        if let Some(id) = PersonId::parse(name) {
            return self.here(id).await;
        }
        if let Some(user) = name.strip_prefix("console:") {
            return self.known(&Identity::Console(user.to_owned())).await;
        }
        if let Some(id) = name.strip_prefix("discord:") {
            return match id.parse() {
                Ok(id) => self.known(&Identity::Discord(id)).await,
                Err(_) => Ok(None),
            };
        }
        match MailAddress::parse(name) {
            Ok(address) => self.with_mail(&address).await,
            Err(_) => Ok(None),
        }
    }

    /// How whoever may open the store speaks for somebody whom [`People::named`] finds; `None` for those who are not there, or whom the
    /// desk has forgotten.
    pub async fn spoken_for(&self, name: &str) -> Result<Option<Identity>, StoreError> {
        let row = self.named(name).await?.filter(|row| row.record.erased.is_none());
        Ok(row.map(|row| Identity::Desk(row.record.id)))
    }

    /// Keeps how somebody wants to hear of news.
    pub async fn set_notify(&self, id: PersonId, notify: Notify) -> Result<Person, PersonError> {
        self.change(id, |person| person.notify = notify).await
    }

    /// Keeps an address that was proved to be somebody's; `None` takes it away.
    pub async fn set_mail(&self, id: PersonId, mail: Option<MailAddress>) -> Result<Person, PersonError> {
        self.is_free(id, mail.as_ref(), None).await?;
        let changed = self.change(id, |person| person.mail.clone_from(&mail)).await;
        self.or_taken(id, changed, mail.as_ref(), None).await
    }

    /// Keeps the username that somebody chose; `None` takes it away.
    pub async fn set_username(&self, id: PersonId, name: Option<Username>) -> Result<Person, PersonError> {
        self.is_free(id, None, name.as_ref()).await?;
        let changed = self.change(id, |person| person.username.clone_from(&name)).await;
        self.or_taken(id, changed, None, name.as_ref()).await
    }

    /// That nobody else has the address or the username. It only says why: that they stay free is for the batch to expect.
    pub(super) async fn is_free(
        &self,
        id: PersonId,
        mail: Option<&MailAddress>,
        username: Option<&Username>,
    ) -> Result<(), PersonError> {
        let is_other = |row: Option<Row<Person>>| row.is_some_and(|row| row.record.id != id);
        if let Some(address) = mail
            && is_other(self.with_mail(address).await?)
        {
            return Err(PersonError::AddressTaken);
        }
        if let Some(name) = username
            && is_other(self.with_username(name).await?)
        {
            return Err(PersonError::UsernameTaken);
        }
        Ok(())
    }

    /// Whoever lost against somebody who took the same at the same moment is told so, and not that the store is busy.
    async fn or_taken(
        &self,
        id: PersonId,
        changed: Result<Person, PersonError>,
        mail: Option<&MailAddress>,
        username: Option<&Username>,
    ) -> Result<Person, PersonError> {
        if let Err(PersonError::Store(StoreError::Unavailable(_))) = &changed {
            self.is_free(id, mail, username).await?;
        }
        changed
    }

    pub(super) async fn change(
        &self,
        id: PersonId,
        change: impl Fn(&mut Person),
    ) -> Result<Person, PersonError> {
        for _ in 0..TRIES {
            let row = self.get(id).await?.ok_or(PersonError::Unknown(id))?;
            let mut person = row.record.clone();
            change(&mut person);
            if person == row.record {
                return Ok(person);
            }
            let mut batch = Batch::new();
            PEOPLE.update(&mut batch, &row, &person);
            match self.store.commit(batch).await {
                Ok(_) => return Ok(person),
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error).into()),
            }
        }
        Err(StoreError::Unavailable(format!("others keep changing {id}")).into())
    }

    /// Takes a number for somebody who becomes known in a batch that needs it beforehand. Where nothing comes of that, nobody has it.
    pub(super) async fn take_number(&self) -> Result<PersonId, StoreError> {
        let mut batch = Batch::new();
        batch.numbered(COUNTER, |_, _| {});
        let committed = self.store.commit(batch).await.map_err(fault)?;
        Ok(PersonId(committed.numbers.first().copied().unwrap_or_default()))
    }

    /// Makes a person with the next number: a conflict where somebody else has one of their names meanwhile.
    async fn make(&self, person: Person) -> Result<Person, CommitError> {
        let mut batch = Batch::new();
        for key in PEOPLE.index_keys(&person, true) {
            batch.expect_absent(key);
        }
        let with = {
            let person = person.clone();
            move |number| Person { id: PersonId(number), ..person.clone() }
        };
        let numbered = with.clone();
        batch.numbered(COUNTER, move |number, writes| PEOPLE.insert_new(writes, &numbered(number)));
        let committed = self.store.commit(batch).await?;
        Ok(with(committed.numbers.first().copied().unwrap_or_default()))
    }
}

/// Whoever was just read is there; that they are not any more is trouble of ours.
fn unavailable(error: PersonError) -> StoreError {
    match error {
        PersonError::Store(error) => error,
        PersonError::Unknown(_) | PersonError::AddressTaken | PersonError::UsernameTaken => {
            StoreError::Unavailable(error.to_string())
        }
    }
}
