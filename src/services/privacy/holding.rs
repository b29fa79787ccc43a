//! The tables that hold records of one person each: the list that is gone through to hand them over and to erase them.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::domain::{Effect, Job, LinkPurpose, Mail, MailAddress, Person, Work};
use crate::services::accounts;
use crate::services::agenda::{JOBS, Record};
use crate::services::cases::table::{DONE, TALLIES, person_key};
use crate::services::chat_log::CHAT_LOG;
use crate::services::conversations::{ANSWERS, CONVERSATIONS, FLOWS};
use crate::services::kept_answers::KEPT_ANSWERS;
use crate::services::limits::{self, COUNTS, Counted};
use crate::services::links::{self, LINKS};
use crate::services::notices::NOTICES;
use crate::services::opinions::OPINIONS;
use crate::services::own_news::OWN_NEWS;
use crate::services::sign_in::{CREDENTIALS, Credential, SESSIONS, SESSIONS_OF};
use crate::services::tokens::{self, TOKENS};
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
    /// When they did what is limited, such as having codes sent, and when it was done to their address.
    Counts,
    /// How many cases they have.
    Tally,
    /// Mails to them that were not sent yet, or were given up.
    Jobs,
    /// Answers that wait until they ask for them.
    KeptAnswers,
    /// What was said in their chat on the web.
    ChatLog,
    /// Links that were asked for with their address.
    Links,
    /// News about themselves.
    OwnNews,
    /// Their contacts on accounts, their requests there, and their words in the accounts' logs; of an entry only the words go.
    Accounts,
    /// When they made their password and used it; the password's hash goes, and is not handed over.
    Credential,
    /// Where they are signed in.
    Sessions,
    /// What they said of articles.
    Opinions,
    /// The tokens by which programs speak for them.
    Tokens,
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
    pub const ALL: [Self; 17] = [
        Self::Notices,
        Self::Requests,
        Self::Conversations,
        Self::Flows,
        Self::Answers,
        Self::Counts,
        Self::Tally,
        Self::Jobs,
        Self::KeptAnswers,
        Self::ChatLog,
        Self::Links,
        Self::OwnNews,
        Self::Accounts,
        Self::Credential,
        Self::Sessions,
        Self::Opinions,
        Self::Tokens,
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
            Self::Counts => "counts",
            Self::Tally => "tally",
            Self::Jobs => "jobs",
            Self::KeptAnswers => "kept-answers",
            Self::ChatLog => "chat-log",
            Self::Links => "links",
            Self::OwnNews => "own-news",
            Self::Accounts => "accounts",
            Self::Credential => "credential",
            Self::Sessions => "sessions",
            Self::Opinions => "opinions",
            Self::Tokens => "tokens",
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
            Self::OwnNews => under(&OWN_NEWS, store, person, past).await,
            Self::KeptAnswers => under(&KEPT_ANSWERS, store, person, past).await,
            Self::ChatLog => under(&CHAT_LOG, store, person, past).await,
            Self::Opinions => under(&OPINIONS, store, person, past).await,
            Self::Accounts => {
                if past.replace(person_key(person.id)).is_some() {
                    return Ok(None);
                }
                let theirs = accounts::of_person(store, person).await?;
                Ok(Some(theirs.into_iter().map(|one| Held { value: one.value, delete: one.erase }).collect()))
            }
            Self::Credential => {
                if past.replace(person_key(person.id)).is_some() {
                    return Ok(None);
                }
                let row = CREDENTIALS.get(store, &person_key(person.id)).await?;
                Ok(Some(row.into_iter().filter_map(without_hash).collect()))
            }
            Self::Sessions => {
                if past.replace(person_key(person.id)).is_some() {
                    return Ok(None);
                }
                let (own, all) = (person_key(person.id), usize::MAX);
                let rows = SESSIONS.list_by(store, &SESSIONS_OF, Some(&own), all, Direction::Forward).await?;
                Ok(Some(rows.into_iter().filter_map(|row| held(&SESSIONS, row)).collect()))
            }
            Self::Tokens => {
                if past.replace(person_key(person.id)).is_some() {
                    return Ok(None);
                }
                let rows = tokens::of_person(store, person.id).await?;
                Ok(Some(rows.into_iter().filter_map(|row| held(&TOKENS, row)).collect()))
            }
            Self::Links => {
                if past.replace(person_key(person.id)).is_some() {
                    return Ok(None);
                }
                let Some(address) = &person.mail else { return Ok(Some(Vec::new())) };
                let keys = LinkPurpose::ALL.map(|purpose| links::key_of(purpose, address));
                let rows = LINKS.get_all(store, &keys).await?;
                Ok(Some(rows.into_iter().filter_map(|row| held(&LINKS, row)).collect()))
            }
            Self::Counts => {
                if past.replace(person_key(person.id)).is_some() {
                    return Ok(None);
                }
                let address = person.mail.as_ref().map(Counted::address);
                let name = person.username.as_ref().map(|name| Counted::name(name.as_str()));
                let mut theirs = Vec::new();
                for who in [Some(Counted::person(person.id)), address, name].into_iter().flatten() {
                    let key = limits::key_of(&who);
                    let rows = COUNTS.list_under(store, &key, None, PAGE, Direction::Forward).await?;
                    theirs.extend(rows.into_iter().filter_map(|row| held(&COUNTS, row)));
                }
                Ok(Some(theirs))
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

/// Whoever has the hash of a password can try out passwords: it leaves the store only with a backup.
fn without_hash(row: Row<Credential>) -> Option<Held> {
    let value = serde_json::to_value(Credential { hash: None, ..row.record.clone() }).ok()?;
    Some(Held { value, ..held(&CREDENTIALS, row)? })
}

/// Whether a job is about a person. Of one that is over only its key is left, and that goes by itself.
fn is_job_of(record: &Record, person: &Person) -> bool {
    match record {
        Record::Open(Job { work: Work::Effect(Effect::Mail(mail)), .. }) => match mail {
            Mail::Test { to, .. } | Mail::AddressCode { to, .. } | Mail::Link { to, .. } => {
                person.mail.as_ref().is_some_and(|own| is_same(own, to))
            }
            Mail::LinkCode { to, chat, .. } => {
                person.mail.as_ref().is_some_and(|own| is_same(own, to)) || person.identities.contains(chat)
            }
            Mail::CaseNews { person: to, .. }
            | Mail::PasswordChanged { person: to, .. }
            | Mail::Linked { person: to, .. } => *to == person.id,
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
