//! Everything that the desk holds about a person, as one document.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::domain::case::{Case, CaseNumber, Event, Priority, Rating, Standing, Subject};
use crate::domain::{Person, ProductId};
use crate::services::cases::table::{CASES, EVENTS, OWN, key, person_key};
use crate::services::keeping::{Progress, Step, Told};
use crate::services::people::People;
use crate::store::{Direction, KeyRange, Store, StoreError};

use super::{Holding, PrivacyError};

/// The version of the document: raised when a field changes its meaning or goes; new fields come without.
pub const EXPORT_SCHEMA: u32 = 1;
/// How many cases are read at a time.
const PAGE: usize = 200;

/// Everything that the desk holds about a person. The bytes of files are not in it, but their names and fingerprints.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Export {
    /// The version of the document, [`EXPORT_SCHEMA`].
    pub schema: u32,
    /// When it was made.
    pub exported_at: DateTime<Utc>,
    /// The record of the person.
    pub person: Person,
    /// Their cases, and those that they follow, with what they may see of them; the oldest first.
    pub cases: Vec<ExportedCase>,
    /// The files in these cases.
    pub files: Vec<ExportedFile>,
    /// What else is theirs, by the names of [`Holding`].
    pub records: BTreeMap<String, Vec<Value>>,
}

/// A case as its customer may see it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ExportedCase {
    /// Its number.
    pub number: CaseNumber,
    /// As what the person has to do with it.
    pub role: Role,
    /// What it is about.
    pub subject: Subject,
    /// The product.
    pub product: Option<ProductId>,
    /// How much it matters.
    pub priority: Priority,
    /// Where it stands.
    pub standing: Standing,
    /// When it was opened.
    pub opened_at: DateTime<Utc>,
    /// When something last happened to it.
    pub updated_at: DateTime<Utc>,
    /// How content the requester was.
    pub rating: Option<Rating>,
    /// What happened, without what only staff may read.
    pub events: Vec<Event>,
}

/// As what somebody has to do with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// It is theirs.
    Requester,
    /// They hear of its news.
    Follower,
}

/// A file in a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExportedFile {
    /// The case.
    pub case: CaseNumber,
    /// The event that it came with.
    pub event: u32,
    /// What it is called.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its media type.
    pub media: String,
    /// The SHA-256 of its bytes.
    pub sha256: String,
}

/// Gathers everything about whoever is named, as [`People::named`] takes it. An erased person can still be named by number.
pub async fn export(
    store: &Store,
    who: &str,
    now: DateTime<Utc>,
    progress: Told<'_>,
) -> Result<Export, PrivacyError> {
    let named = People::new(store.clone()).named(who).await?;
    let person = named.ok_or_else(|| PrivacyError::Unknown(who.to_owned()))?.record;
    let cases = cases(store, &person, progress).await?;
    let files = cases.iter().flat_map(files).collect();
    let mut records = BTreeMap::new();
    for holding in Holding::ALL {
        let (mut past, mut found) = (None, Vec::new());
        while let Some(more) = holding.next(store, &person, &mut past).await? {
            found.extend(more.into_iter().map(|held| held.value));
            progress(Progress { step: Step::Records, done: found.len() as u64, of: None });
        }
        records.insert(holding.name().to_owned(), found);
    }
    Ok(Export { schema: EXPORT_SCHEMA, exported_at: now, person, cases, files, records })
}

async fn cases(store: &Store, person: &Person, progress: Told<'_>) -> Result<Vec<ExportedCase>, StoreError> {
    let own = CASES.index_key(&OWN).join(&person_key(person.id));
    let mut range = KeyRange::under(&own);
    let mut found = Vec::new();
    loop {
        let keys = CASES.find_in(store, &range, PAGE, Direction::Forward).await?;
        let Some(last) = keys.last() else { return Ok(found) };
        range = range.after(&own.clone().join(last));
        for row in CASES.get_all(store, &keys).await? {
            found.push(as_seen(store, row.record, person).await?);
            progress(Progress { step: Step::Records, done: found.len() as u64, of: None });
        }
    }
}

async fn as_seen(store: &Store, case: Case, person: &Person) -> Result<ExportedCase, StoreError> {
    let most = usize::try_from(case.events).unwrap_or(usize::MAX);
    let rows = EVENTS.list_under(store, &key(case.number), None, most, Direction::Forward).await?;
    let events = rows.into_iter().map(|row| row.record).filter(|event| !event.what.is_internal());
    Ok(ExportedCase {
        number: case.number,
        role: if case.requester == person.id { Role::Requester } else { Role::Follower },
        standing: case.standing(),
        subject: case.subject,
        product: case.product,
        priority: case.priority,
        opened_at: case.opened_at,
        updated_at: case.updated_at,
        rating: case.rating,
        events: events.collect(),
    })
}

fn files(case: &ExportedCase) -> impl Iterator<Item = ExportedFile> + '_ {
    case.events.iter().flat_map(|event| {
        event.what.files().iter().map(|file| ExportedFile {
            case: event.case,
            event: event.number,
            name: file.name.clone(),
            size: file.size,
            media: file.media.clone(),
            sha256: file.file.clone(),
        })
    })
}
