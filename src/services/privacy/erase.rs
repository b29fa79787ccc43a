//! Erasing a person, in steps of one commit each: stopped after any of them and begun again, it comes to the same end.
//!
//! First the person is marked, so that nothing is sent to them and no notice is made for them any more. What is on its way to them is brought to them, and they leave the rooms of cases. Then their words are taken out
//! of cases, and what is theirs alone is deleted. The names by which they are found go last, so that whoever begins again can name
//! them; and because they may have done something meanwhile, all of it is gone through once more after that.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::case::CaseNumber;
use crate::domain::{Change, Identity, Notify, Person, PersonId};
use crate::services::agenda::fault;
use crate::services::cases::table::{CASES, OWN, person_key};
use crate::services::keeping::{Progress, Step, Told};
use crate::services::people::{PEOPLE, People};
use crate::services::{moving, rooms};
use crate::store::files::Files;
use crate::store::{Batch, CommitError, Direction, Key, Store, StoreError};

use super::rewriting::{Rewriting, written_in};
use super::{Holding, PrivacyError};

/// How often a change is tried that others come in between of.
const TRIES: u32 = 16;
/// How many records of the person's own are deleted at once; each has its keys in indexes.
const RECORDS_AT_ONCE: usize = 100;

/// What was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erased {
    /// Who. The number stays, and is all that is left of them.
    pub person: PersonId,
    /// How many cases were changed.
    pub cases: u64,
    /// How many entries of their timelines lost words or files.
    pub events: u64,
    /// How many files were removed; those that others added, too, stay for them.
    pub files: u64,
    /// How many records of theirs were deleted: notices, requests, counts, mails that waited.
    pub records: u64,
}

/// An erasure under way.
pub struct Erasure {
    store: Store,
    files: Files,
    person: Person,
    /// The visitors who turned out to be them.
    others: Vec<PersonId>,
    now: DateTime<Utc>,
    stage: Stage,
    touched: BTreeSet<CaseNumber>,
    erased: Erased,
}

enum Stage {
    /// Nothing is sent to the person any more.
    Mark,
    /// What is on its way to them is there.
    Moves,
    /// They are in no room any more: the rooms past this one are next.
    Rooms(Option<Key>),
    /// The cases are found that have something of theirs.
    Search,
    /// Their words go from these cases.
    Cases(BTreeSet<CaseNumber>),
    /// What is theirs alone goes: the holding with this place in the list is next.
    Records(usize),
    /// Their names go.
    Mask,
    /// What they did meanwhile is found.
    Again,
    Done,
}

/// Erases whoever is named, as [`People::named`] takes it. Nothing that staff or others said is lost.
pub async fn erase(
    store: &Store,
    files: &Files,
    who: &str,
    now: DateTime<Utc>,
    progress: Told<'_>,
) -> Result<Erased, PrivacyError> {
    let mut erasure = Erasure::begin(store, files, who, now).await?;
    while erasure.step(progress).await? {}
    Ok(erasure.erased)
}

impl Erasure {
    /// Finds the person; nothing is changed yet.
    pub async fn begin(
        store: &Store,
        files: &Files,
        who: &str,
        now: DateTime<Utc>,
    ) -> Result<Self, PrivacyError> {
        let named = People::new(store.clone()).named(who).await?;
        let person = named.ok_or_else(|| PrivacyError::Unknown(who.to_owned()))?.record;
        let erased = Erased { person: person.id, cases: 0, events: 0, files: 0, records: 0 };
        Ok(Self {
            store: store.clone(),
            files: files.clone(),
            person,
            others: Vec::new(),
            now,
            stage: Stage::Mark,
            touched: BTreeSet::new(),
            erased,
        })
    }

    /// Goes on by one commit at most; `false` when all is done.
    pub async fn step(&mut self, progress: Told<'_>) -> Result<bool, PrivacyError> {
        match &mut self.stage {
            Stage::Mark => {
                let (erased, now) = (self.person.erased, self.now);
                let mark = |person: &Person| Person {
                    erased: erased.or(Some(now)),
                    notify: Notify::NoMail,
                    ..person.clone()
                };
                self.change_person(mark).await?;
                self.stage = Stage::Moves;
            }
            Stage::Moves => {
                if !moving::hasten(&self.store, self.person.id).await? {
                    let people = People::new(self.store.clone());
                    self.others = people.moved_to(self.person.id).await?;
                    self.stage = Stage::Rooms(None);
                }
            }
            Stage::Rooms(past) => {
                let account = |identity: &Identity| match identity {
                    Identity::Discord(account) => Some(*account),
                    Identity::Console(_) | Identity::Web(_) | Identity::Desk(_) => None,
                };
                let accounts: BTreeSet<u64> = self.person.identities.iter().filter_map(account).collect();
                if accounts.is_empty()
                    || !rooms::forget_accounts(&self.store, &accounts, past, self.now).await?
                {
                    self.stage = Stage::Search;
                }
            }
            Stage::Search => {
                let mut cases = self.own().await?;
                cases.extend(written_in(&self.store, &self.all(), progress).await?);
                self.stage = Stage::Cases(cases);
            }
            Stage::Cases(cases) => match cases.first().copied() {
                Some(case) => {
                    if !self.change_case(case).await?
                        && let Stage::Cases(cases) = &mut self.stage
                    {
                        cases.remove(&case);
                    }
                    progress(Progress { step: Step::Records, done: self.erased.events, of: None });
                }
                None => self.stage = Stage::Records(0),
            },
            Stage::Records(at) => match Holding::ALL.get(*at) {
                Some(holding) => {
                    let at = *at;
                    if !self.delete_some(*holding).await? {
                        self.stage = Stage::Records(at + 1);
                    }
                }
                None if self.is_masked() => self.stage = Stage::Done,
                None => self.stage = Stage::Mask,
            },
            Stage::Mask => {
                self.change_person(masked).await?;
                self.stage = Stage::Again;
            }
            Stage::Again => self.stage = Stage::Cases(self.own().await?),
            Stage::Done => return Ok(false),
        }
        Ok(true)
    }

    /// What was erased so far.
    #[must_use]
    pub fn erased(&self) -> Erased {
        self.erased
    }

    fn is_masked(&self) -> bool {
        masked(&self.person) == self.person
    }

    /// Changes the record of the person, unless they work for the desk.
    async fn change_person(&mut self, change: impl Fn(&Person) -> Person) -> Result<(), PrivacyError> {
        for _ in 0..TRIES {
            let row = People::new(self.store.clone()).get(self.person.id).await?;
            let row = row.ok_or_else(|| PrivacyError::Unknown(self.person.id.to_string()))?;
            if row.record.staff.is_some() {
                return Err(PrivacyError::Staff(self.person.id));
            }
            let person = change(&row.record);
            if person == row.record {
                self.person = person;
                return Ok(());
            }
            let mut batch = Batch::new();
            PEOPLE.update(&mut batch, &row, &person);
            batch.tell(&Change::Person(person.id));
            if self.commit(batch).await? {
                self.person = person;
                return Ok(());
            }
        }
        Err(StoreError::Unavailable(format!("others keep changing {}", self.person.id)).into())
    }

    /// The person, and the visitors who turned out to be them.
    fn all(&self) -> BTreeSet<PersonId> {
        self.others.iter().copied().chain([self.person.id]).collect()
    }

    /// The cases that are theirs or followed by them.
    async fn own(&self) -> Result<BTreeSet<CaseNumber>, StoreError> {
        let under = person_key(self.person.id);
        let keys = CASES.find(&self.store, &OWN, Some(&under), usize::MAX, Direction::Forward).await?;
        Ok(keys.iter().filter_map(Key::last_number).map(CaseNumber).collect())
    }

    /// Takes the person out of a case by one commit; `false` where nothing of them is left in it.
    async fn change_case(&mut self, number: CaseNumber) -> Result<bool, StoreError> {
        for _ in 0..TRIES {
            let mut found = None;
            for person in self.all() {
                found = Rewriting::of(&self.store, number, person, self.now).await?;
                if found.is_some() {
                    break;
                }
            }
            let Some(rewriting) = found else { return Ok(false) };
            if self.commit(rewriting.batch).await? {
                self.touched.insert(number);
                self.erased.cases = self.touched.len() as u64;
                self.erased.events += rewriting.events;
                for file in rewriting.files {
                    self.erased.files += u64::from(self.files.remove_loose(&file, self.now).await?);
                }
                return Ok(true);
            }
        }
        Err(StoreError::Unavailable(format!("others keep changing {number}")))
    }

    /// Deletes some records of the person's own by one commit; `false` where there are none.
    async fn delete_some(&mut self, holding: Holding) -> Result<bool, StoreError> {
        let mut past = None;
        while let Some(found) = holding.next(&self.store, &self.person, &mut past).await? {
            if found.is_empty() {
                continue;
            }
            let mut batch = Batch::new();
            let mut count = 0;
            for held in found.into_iter().take(RECORDS_AT_ONCE) {
                (held.delete)(&mut batch);
                count += 1;
            }
            // Where somebody changed one of them meanwhile, all are read again.
            if self.commit(batch).await? {
                self.erased.records += count;
            }
            return Ok(true);
        }
        Ok(false)
    }

    /// Whether a batch applied; `false` where it was a conflict.
    async fn commit(&self, batch: Batch) -> Result<bool, StoreError> {
        match self.store.commit(batch).await {
            Ok(_) => Ok(true),
            Err(CommitError::Conflict(_)) => Ok(false),
            Err(error) => Err(fault(error)),
        }
    }
}

/// What is kept of somebody whose words and names are gone.
fn masked(person: &Person) -> Person {
    Person { erased: person.erased, notify: Notify::NoMail, ..Person::new(person.id, person.since) }
}
