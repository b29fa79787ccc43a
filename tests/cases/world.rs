//! The cases of a store, with people to have them.

use std::collections::BTreeMap;
use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::config;
use guidepost::domain::case::{Case, CaseNumber, Event, Priority, Text, Tried, Verb, Written};
use guidepost::domain::{Actor, Identity, MailAddress, PersonId, Place, Platform, Privacy, Upload};
use guidepost::services::cases::table::{CASES, EVENTS, TALLIES};
use guidepost::services::cases::{Acted, Ask, CaseError, Cases, Draft, Opened, Rules};
use guidepost::services::people::{NewStaff, People};
use guidepost::store::files::{Files, Home};
use guidepost::store::{Direction, Entry, KeyRange, Store};
use tempfile::TempDir;

pub use crate::jobs::world::start;

pub fn hours(hours: i64) -> TimeDelta {
    TimeDelta::hours(hours)
}

/// The cases of a store.
pub struct Desk {
    pub store: Store,
    pub cases: Cases,
    pub people: People,
    pub files: Files,
    pub folder: TempDir,
}

impl Desk {
    /// By the built-in rules, but without a wait between two cases.
    pub fn new(store: &Store) -> Self {
        Self::with(store, |_| {})
    }

    /// By other rules.
    pub fn with(store: &Store, change: impl Fn(&mut Rules)) -> Self {
        let settings = config::load(&config::Options { file: None, set: Vec::new() }, []).unwrap().settings;
        let mut rules = Rules::of(&settings.cases);
        rules.cooldown = TimeDelta::zero();
        change(&mut rules);
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(store.clone(), Home::of(store, folder.path().join("files")));
        let cases = Cases::new(store.clone(), files.clone(), rules);
        Self { store: store.clone(), cases, people: People::new(store.clone()), files, folder }
    }

    pub async fn customer(&self, name: &str) -> Actor {
        Actor::of(&self.people.meet(&Identity::Console(name.to_owned()), None, start()).await.unwrap())
    }

    pub async fn agent(&self, name: &str) -> Actor {
        let address = MailAddress::parse(&format!("{name}@example.org")).unwrap();
        Actor::of(&self.people.add_staff(&NewStaff::Mail(address), Some(name), start()).await.unwrap())
    }

    /// Opens a case; the text is also the name of the wish.
    pub async fn open(&self, actor: &Actor, text: &str) -> Case {
        match self.cases.open(actor, &draft(text), text, start()).await.unwrap() {
            Opened::New(case) => case,
            Opened::Already(case) => panic!("{} was there already", case.number),
        }
    }

    pub async fn act(&self, actor: &Actor, case: CaseNumber, verb: Verb, now: DateTime<Utc>) -> Acted {
        self.cases.act(actor, case, &verb.into(), now).await.unwrap()
    }

    /// The case as it is kept, and its whole timeline.
    pub async fn kept(&self, number: CaseNumber) -> (Case, Vec<Event>) {
        let key = guidepost::services::cases::table::key(number);
        let case = CASES.get(&self.store, &key).await.unwrap().unwrap().record;
        let rows = EVENTS.list_under(&self.store, &key, None, usize::MAX, Direction::Forward).await.unwrap();
        (case, rows.into_iter().map(|row| row.record).collect())
    }

    /// Everything that is in the store, to see that nothing changed.
    pub async fn dump(&self) -> Vec<Entry> {
        self.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap()
    }

    /// Counters have no gaps, timelines add up to their cases, and tallies are true.
    pub async fn assert_true(&self) {
        let rows = CASES.list(&self.store, None, usize::MAX, Direction::Forward).await.unwrap();
        let numbers = rows.iter().map(|row| row.record.number.0);
        assert!(numbers.eq(1..=rows.len() as u64), "no number is missing");
        let mut active = BTreeMap::<PersonId, u32>::new();
        for row in rows {
            let (case, events) = self.kept(row.record.number).await;
            assert_eq!(Case::replay(&events), Some(case), "the timeline adds up to the case");
            *active.entry(row.record.requester).or_default() += u32::from(row.record.status.is_active());
        }
        let tallies = TALLIES.list(&self.store, None, usize::MAX, Direction::Forward).await.unwrap();
        let tallies: BTreeMap<_, _> =
            tallies.into_iter().map(|row| (row.record.person, row.record.active)).collect();
        assert_eq!(tallies, active, "the tallies are true");
    }

    /// The files whose bytes are in the folder.
    pub fn bytes_on_disk(&self) -> Vec<PathBuf> {
        let all = walkdir::WalkDir::new(self.folder.path()).into_iter().map(Result::unwrap);
        all.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
    }
}

pub fn draft(text: &str) -> Draft {
    Draft {
        subject: None,
        description: Text::parse(text).unwrap(),
        product: None,
        queue: None,
        priority: Priority::Normal,
        place: place(),
        tried: Tried::default(),
        files: Vec::new(),
        links: Vec::new(),
        on_behalf: None,
    }
}

pub fn place() -> Place {
    Place { platform: Platform::Console, conversation: "test".to_owned(), privacy: Privacy::Private }
}

pub fn words(text: &str) -> Written {
    Written::new(Some(Text::parse(text).unwrap()))
}

pub fn reply(text: &str) -> Verb {
    Verb::Reply(words(text))
}

pub fn answer(text: &str) -> Verb {
    Verb::Answer(words(text))
}

pub fn close() -> Verb {
    Verb::Close { reason: None }
}

pub fn file(name: &str, bytes: &[u8]) -> Upload {
    Upload { name: name.to_owned(), bytes: bytes.to_vec() }
}

/// The same wish with a name of its own.
pub fn once(verb: Verb, once: &str) -> Ask {
    Ask { once: Some(once.to_owned()), ..verb.into() }
}

/// An error as somebody may see it, without the number that they gave.
pub fn shown(error: &CaseError, number: CaseNumber) -> String {
    format!("{error} {error:?}").replace(&number.to_string(), "N").replace(&format!("{number:?}"), "N")
}
