//! The tables that hold records of one person each: the list that is gone through to hand them over and to erase them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::domain::{Effect, Job, Mail, MailAddress, Person, Work};
use crate::services::accounts;
use crate::services::addresses::{SENDS, fingerprint};
use crate::services::agenda::{JOBS, Record};
use crate::services::cases::table::{DONE, TALLIES, person_key};
use crate::services::conversations::{ANSWERS, CONVERSATIONS, FLOWS};
use crate::services::kept_answers::KEPT_ANSWERS;
use crate::services::notices::NOTICES;
use crate::store::{Batch, Direction, Key, Row, Store, StoreError, Table};

/// How many records are read at a time.
const PAGE: usize = 500;

/// A kind of records that are one person's. To add one, add a variant: the compiler leads to the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// News of cases.
    Notices,
    /// What they asked for under a key of their own.
    Requests,
    /// Their conversations, with what is remembered of them.
    Conversations,
    /// Their flows, with what they have filled in.
    Flows,
    /// Their questions, what was shown, and their votes.
    Answers,
    /// When codes were sent by them, and to their address.
    Codes,
    /// How many cases they have.
    Tally,
    /// Mails to them that were not sent yet, or were given up.
    Jobs,
    /// Answers that wait until they ask for them.
    KeptAnswers,
    /// Their contacts on accounts, their requests there, and their words in the accounts' logs; of an entry only the words go.
    Accounts,
}

/// A record of a holding.
pub(super) struct Held {
    /// The record.
    pub value: Value,
    /// Deletes it, as long as it is what was read.
    pub delete: Box<dyn FnOnce(&mut Batch) + Send>,
}

impl Holding {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Notices,
        Self::Requests,
        Self::Conversations,
        Self::Flows,
        Self::Answers,
        Self::Codes,
        Self::Tally,
        Self::Jobs,
        Self::KeptAnswers,
        Self::Accounts,
    ];

    /// Its name in an export.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Notices => "notices",
            Self::Requests => "requests",
            Self::Conversations => "conversations",
            Self::Flows => "flows",
            Self::Answers => "answers",
            Self::Codes => "codes",
            Self::Tally => "tally",
            Self::Jobs => "jobs",
            Self::KeptAnswers => "kept-answers",
            Self::Accounts => "accounts",
        }
    }

    /// The next records of a person: `past` is where the last ones ended, and becomes where these do. None where there are no more.
    pub(super) async fn next(
        self,
        store: &Store,
        person: &Person,
        past: &mut Option<Key>,
    ) -> Result<Option<Vec<Held>>, StoreError> {
        match self {
            Self::Notices => under(&NOTICES, store, person, past).await,
            Self::Requests => under(&DONE, store, person, past).await,
            Self::Conversations => under(&CONVERSATIONS, store, person, past).await,
            Self::Flows => under(&FLOWS, store, person, past).await,
            Self::Answers => under(&ANSWERS, store, person, past).await,
            Self::KeptAnswers => under(&KEPT_ANSWERS, store, person, past).await,
            Self::Accounts => {
                if past.replace(person_key(person.id)).is_some() {
                    return Ok(None);
                }
                let theirs = accounts::of_person(store, person).await?;
                Ok(Some(theirs.into_iter().map(|one| Held { value: one.value, delete: one.erase }).collect()))
            }
            Self::Codes => {
                if past.replace(person_key(person.id)).is_some() {
                    return Ok(None);
                }
                let address = person.mail.as_ref().map(fingerprint);
                let keys: Vec<Key> =
                    address.into_iter().chain([person.id.to_string()]).map(|who| Key::of(&who)).collect();
                let rows = SENDS.get_all(store, &keys).await?;
                Ok(Some(rows.into_iter().filter_map(|row| held(&SENDS, row)).collect()))
            }
            Self::Tally => {
                let key = person_key(person.id);
                if past.replace(key.clone()).is_some() {
                    return Ok(None);
                }
                Ok(Some(
                    TALLIES
                        .get(store, &key)
                        .await?
                        .into_iter()
                        .filter_map(|row| held(&TALLIES, row))
                        .collect(),
                ))
            }
            Self::Jobs => {
                let rows = JOBS.list(store, past.as_ref(), PAGE, Direction::Forward).await?;
                let Some(last) = rows.last() else { return Ok(None) };
                *past = Some((JOBS.key)(&last.record));
                let theirs = rows.into_iter().filter(|row| is_job_of(&row.record, person));
                Ok(Some(theirs.filter_map(|row| held(&JOBS, row)).collect()))
            }
        }
    }
}

/// The next records of a table whose keys begin with the person's.
async fn under<R: Clone + Serialize + DeserializeOwned + Send + 'static>(
    table: &'static Table<R>,
    store: &Store,
    person: &Person,
    past: &mut Option<Key>,
) -> Result<Option<Vec<Held>>, StoreError> {
    let rows =
        table.list_under(store, &person_key(person.id), past.as_ref(), PAGE, Direction::Forward).await?;
    let Some(last) = rows.last() else { return Ok(None) };
    *past = Some((table.key)(&last.record));
    Ok(Some(rows.into_iter().filter_map(|row| held(table, row)).collect()))
}

fn held<R: Serialize + DeserializeOwned + Send + 'static>(
    table: &'static Table<R>,
    row: Row<R>,
) -> Option<Held> {
    // What was read as JSON is JSON.
    let value = serde_json::to_value(&row.record).ok()?;
    Some(Held { value, delete: Box::new(move |batch| table.delete(batch, &row)) })
}

/// Whether a job is about a person. Of one that is over only its key is left, and that goes by itself.
fn is_job_of(record: &Record, person: &Person) -> bool {
    match record {
        Record::Open(Job { work: Work::Effect(Effect::Mail(mail)), .. }) => match mail {
            Mail::Test { to, .. } | Mail::AddressCode { to, .. } => {
                person.mail.as_ref().is_some_and(|own| is_same(own, to))
            }
            Mail::CaseNews { person: to, .. } => *to == person.id,
            // It holds numbers only, and is not sent where the contact is gone.
            Mail::Account { .. } | Mail::AccountRequest { .. } => false,
        },
        // A room of a case is no one person's, and whoever is to leave one is erased already.
        Record::Open(Job { work: Work::Effect(Effect::Discord(_)) | Work::Timer(_), .. })
        | Record::Over { .. } => false,
    }
}

fn is_same(one: &MailAddress, other: &MailAddress) -> bool {
    one.to_string().to_lowercase() == other.to_string().to_lowercase()
}
