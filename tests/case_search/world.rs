//! A desk with people, cases and their index.

use std::path::PathBuf;

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::domain::case::{CaseNumber, Policy, Priority, QueueId, Text, Tried, Verb, Written};
use guidepost::domain::case_query::Note;
use guidepost::domain::{
    Actor, Identity, MailAddress, Person, Place as Spot, Platform, Privacy, ProductId, Span, Upload,
};
use guidepost::services::case_search::{CaseSearch, Found};
use guidepost::services::cases::{Allowed, Ask, Cases, Draft, Rules};
use guidepost::services::people::{NewStaff, People};
use guidepost::store::files::{Files, Home};
use guidepost::store::{Place, Store};
use tempfile::TempDir;

/// Memory for building an index, in bytes.
pub const MEMORY: usize = 15_000_000;

/// When every test begins: 10 March 2026, noon.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_773_144_000, 0).unwrap()
}

/// A desk.
pub struct World {
    pub store: Store,
    pub cases: Cases,
    pub people: People,
    pub search: CaseSearch,
    pub now: DateTime<Utc>,
    pub folder: TempDir,
}

impl World {
    /// A desk on a store of its own.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Place::Folder(folder.path().join("store"))).await.unwrap();
        Self::on(store, folder)
    }

    /// A desk on a store, with an index in a folder of its own.
    pub fn on(store: Store, folder: TempDir) -> Self {
        let files = Files::new(store.clone(), Home::of(&store, folder.path().join("files")));
        let cases = Cases::new(store.clone(), files, rules());
        let people = People::new(store.clone());
        let search = CaseSearch::open(store.clone(), &folder.path().join("cases"), MEMORY).unwrap();
        Self { store, cases, people, search, now: start(), folder }
    }

    /// The same desk after its process ended: the index is opened again.
    pub fn restarted(self) -> Self {
        let Self { store, folder, search, now, .. } = self;
        drop(search);
        Self { now, ..Self::on(store, folder) }
    }

    pub fn index(&self) -> PathBuf {
        self.folder.path().join("cases")
    }

    pub async fn customer(&self, name: &str) -> Actor {
        Actor::of(&self.person(name).await)
    }

    async fn person(&self, name: &str) -> Person {
        self.people.meet(&Identity::Console(name.to_owned()), None, self.now).await.unwrap()
    }

    pub async fn agent(&self) -> Actor {
        let mail = MailAddress::parse("agent@example.org").unwrap();
        let person = self.people.add_staff(&NewStaff::Mail(mail), Some("Sam"), self.now).await.unwrap();
        Actor::of(&person)
    }

    /// Opens a case; an hour passes.
    pub async fn open(&mut self, who: &Actor, description: &str) -> CaseNumber {
        self.open_with(who, draft(description)).await
    }

    pub async fn open_with(&mut self, who: &Actor, draft: Draft) -> CaseNumber {
        self.now += TimeDelta::hours(1);
        let once = format!("{}", self.now);
        let opened = self.cases.open(who, &draft, &once, self.now).await.unwrap();
        opened.case().number
    }

    pub async fn act(&mut self, who: &Actor, case: CaseNumber, verb: Verb) {
        self.act_with(who, case, Ask::from(verb)).await;
    }

    pub async fn act_with(&mut self, who: &Actor, case: CaseNumber, ask: Ask) {
        self.now += TimeDelta::minutes(1);
        self.cases.act(who, case, &ask, self.now).await.unwrap();
    }

    /// Somebody changes what they wrote in the turn with this name, or takes it back.
    pub async fn correct(&mut self, who: &Actor, source: &str, case: CaseNumber, to: Option<&str>) {
        self.now += TimeDelta::minutes(1);
        let text = to.map(|text| Text::parse(text).unwrap());
        let acted = self.cases.correct(who, source, case, text, self.now).await.unwrap();
        assert_eq!(acted.events.len(), 1, "{source}");
    }

    /// What somebody finds, with an index that is up to date.
    pub async fn find(&self, who: &Actor, text: &str) -> Found {
        self.search.catch_up().await.unwrap();
        self.search.search(who, text, 20, self.now).await.unwrap()
    }

    /// The numbers of the cases that somebody finds, the best first.
    pub async fn numbers(&self, who: &Actor, text: &str) -> Vec<u64> {
        let found = self.find(who, text).await;
        assert_eq!(found.hits.len(), found.total, "{text}");
        found.hits.iter().map(|hit| hit.case.number.0).collect()
    }

    pub async fn notes(&self, who: &Actor, text: &str) -> Vec<Note> {
        self.find(who, text).await.notes
    }
}

/// What somebody wants to have a case about, without anything special.
pub fn draft(description: &str) -> Draft {
    Draft {
        subject: None,
        description: Text::parse(description).unwrap(),
        product: None,
        queue: None,
        priority: Priority::Normal,
        place: Spot {
            platform: Platform::Console,
            conversation: "terminal".to_owned(),
            privacy: Privacy::Private,
        },
        tried: Tried::default(),
        files: Vec::new(),
        links: Vec::new(),
        on_behalf: None,
    }
}

#[expect(clippy::unnecessary_wraps, reason = "a case may have none")]
pub fn product(id: &str) -> Option<ProductId> {
    Some(ProductId::parse(id).unwrap())
}

pub fn written(text: &str) -> Written {
    Written::new(Some(Text::parse(text).unwrap()))
}

pub fn file(name: &str) -> Upload {
    let bytes: &[u8] =
        if name.rsplit('.').next() == Some("png") { b"\x89PNG\r\n\x1a\n and more" } else { b"some bytes" };
    Upload { name: name.to_owned(), bytes: bytes.to_vec() }
}

/// Spans as text, with what matched in brackets.
pub fn shown(spans: &[Span]) -> String {
    let one = |span: &Span| match span {
        Span::Match(text) => format!("[{text}]"),
        other => other.text().into_owned(),
    };
    spans.iter().map(one).collect()
}

fn rules() -> Rules {
    let days = TimeDelta::days;
    Rules {
        queues: vec![
            QueueId::parse("technical-support").unwrap(),
            QueueId::parse("customer-service").unwrap(),
        ],
        most_active: 1_000,
        cooldown: TimeDelta::zero(),
        policy: Policy {
            remind_after: days(3),
            close_after: days(10),
            warn_before: days(2),
            settle_after: days(5),
            reopen_within: days(14),
        },
        allowed: Allowed {
            most_bytes: 1_000_000,
            most_files: 5,
            extensions: vec!["png".to_owned(), "txt".to_owned()],
        },
    }
}
