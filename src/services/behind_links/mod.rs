//! What is done on the page behind a link: a new password, an invitation accepted, an account created. Each is one batch that also uses
//! the link up, so of several who open it at once one gets through, and a link that was used did all of what it is for.

mod invitation;
mod reset;
mod sign_up;

use crate::domain::account::Refusal;
use crate::domain::{MailAddress, Person, PersonId};
use crate::store::{Row, Store, StoreError};

use super::accounts::{AccountError, Accounts, Joiner};
use super::cases::table::person_key;
use super::codes::Codes;
use super::links::{Dead, Links};
use super::people::People;
use super::sign_in::{CREDENTIALS, SignIns};
pub use invitation::Accepted;
pub use sign_up::{SignUp, SignedUp};

/// How often a change is tried that others come in between of.
const TRIES: u32 = 64;

/// What is done behind links. Cheap to clone.
#[derive(Clone)]
pub struct BehindLinks {
    store: Store,
    codes: Codes,
    links: Links,
    sign_ins: SignIns,
    accounts: Accounts,
    people: People,
}

/// Why nothing was done behind a link. The link works still, unless it did not before.
#[derive(Debug, thiserror::Error)]
pub enum NotDone {
    /// The link does not work.
    #[error(transparent)]
    Dead(#[from] Dead),
    /// The username is another one's.
    #[error("the username belongs to somebody else")]
    UsernameTaken,
    /// A username is needed: the person has none yet.
    #[error("a username is needed")]
    NoUsername,
    /// Somebody with this address has an account already, and signs in.
    #[error("there is an account with this address already")]
    HasAccount,
    /// The rules of accounts don't allow it.
    #[error(transparent)]
    Refused(Refusal),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl BehindLinks {
    /// What is done behind the links of a store.
    #[must_use]
    pub fn new(store: Store, codes: Codes, sign_ins: SignIns, accounts: Accounts) -> Self {
        let links = Links::new(store.clone(), codes.clone());
        let people = People::new(store.clone());
        Self { store, codes, links, sign_ins, accounts, people }
    }

    /// The links themselves.
    #[must_use]
    pub fn links(&self) -> &Links {
        &self.links
    }

    /// Whoever has an address, where they were not erased.
    async fn owner(&self, address: &MailAddress) -> Result<Option<Row<Person>>, StoreError> {
        Ok(self.people.with_mail(address).await?.filter(|row| row.record.erased.is_none()))
    }

    /// Whoever has an address, else somebody who becomes known: a number is taken for them once.
    async fn joiner(
        &self,
        owner: Option<&Row<Person>>,
        number: &mut Option<PersonId>,
    ) -> Result<Joiner, StoreError> {
        Ok(match (owner, *number) {
            (Some(row), _) => Joiner::Known(row.record.id),
            (None, Some(number)) => Joiner::New(number),
            (None, None) => Joiner::New(*number.insert(self.people.take_number().await?)),
        })
    }
}

/// Whether somebody can sign in with a password.
pub async fn has_password(store: &Store, person: PersonId) -> Result<bool, StoreError> {
    let row = CREDENTIALS.get(store, &person_key(person)).await?;
    Ok(row.is_some_and(|row| row.record.hash.is_some()))
}

/// What the accounts say, as it is told here.
fn not_done(error: AccountError) -> NotDone {
    match error {
        AccountError::Refused(Refusal::UsernameTaken) => NotDone::UsernameTaken,
        AccountError::Refused(Refusal::MailTaken(_)) => NotDone::HasAccount,
        AccountError::Refused(Refusal::Joined(_)) => NotDone::Dead(Dead::Used),
        AccountError::Refused(Refusal::UnknownContact(_)) | AccountError::Unknown(_) => {
            NotDone::Dead(Dead::Unknown)
        }
        AccountError::Refused(refusal) => NotDone::Refused(refusal),
        AccountError::Store(error) => NotDone::Store(error),
        // These are about changes and requests, and nothing of the kind is asked for here.
        AccountError::Overtaken { .. }
        | AccountError::UnknownRequest
        | AccountError::Decided(_)
        | AccountError::Allowed(_)
        | AccountError::TooManyRequests { .. }
        | AccountError::Reason(_) => NotDone::Store(StoreError::Unavailable(error.to_string())),
    }
}

/// Others keep changing the same.
fn busy() -> NotDone {
    NotDone::Store(StoreError::Unavailable("others keep changing the same".to_owned()))
}
