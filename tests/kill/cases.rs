//! What is held against each other after desks with cases were killed.

use std::collections::{BTreeMap, BTreeSet};

use guidepost::domain::Notify;
use guidepost::domain::case::{CaseNumber, Closing, Event, Status, Text, What};
use guidepost::services::case_trial::CaseAcknowledged;
use guidepost::services::cases::table::EVENTS;
use guidepost::services::notices::NOTICES;
use guidepost::services::people::{PEOPLE, key};
use guidepost::store::files::{FileId, Files, Home};
use guidepost::store::{Direction, Store};

use super::desk::files;
use super::rounds::{Rounds, Trial};
use crate::cases::world::Desk;

impl Trial for CaseAcknowledged {
    const ARGUMENTS: &[&str] = &["--cases"];
    const HEARD: u64 = 300;
}

impl Rounds<CaseAcknowledged> {
    /// Lets the desks carry out what is due, stops them, and compares everything.
    pub fn compare(mut self) {
        self.end();
        self.desks[0].0.assert_clean();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open(&self.store).await.unwrap();
            let desk = Desk::new(&store);
            desk.assert_true().await;
            let timelines = timelines(&store).await;
            for events in timelines.values() {
                assert_each_once(events);
            }
            let home = Home::of(&store, self.desks[0].0.folder.join("data/files"));
            self.assert_told(&timelines, &Files::new(store.clone(), home)).await;
            assert_eq!(self.mails(), mails_due(&store).await, "every mail was sent once, and no other");
            println!(
                "{} turns were acknowledged, {} cases are there",
                self.acknowledged.len(),
                timelines.len()
            );
            store.close().await;
        });
    }

    /// Everything acknowledged is there once, with its file.
    async fn assert_told(&self, timelines: &BTreeMap<CaseNumber, Vec<Event>>, kept: &Files) {
        let mut texts = BTreeMap::new();
        for event in timelines.values().flatten() {
            if let Some(text) = text(&event.what) {
                assert!(texts.insert(text.to_owned(), event).is_none(), "{text} is there twice");
            }
            for file in event.what.files() {
                let bytes = kept.get(&FileId::parse(&file.file).unwrap()).await.unwrap().unwrap();
                assert_eq!(bytes.len() as u64, file.size);
            }
        }
        for told in self.acknowledged.iter().filter(|told| told.events > 0) {
            let case = told.case.unwrap();
            let events = &timelines[&case];
            assert!(events.len() as u32 >= told.events, "{told:?} was acknowledged");
            if told.turn.turn % 5 == 3 {
                assert!(events.iter().any(|event| is_end(&event.what)), "{told:?} was acknowledged");
                continue;
            }
            let event = texts.get(&told.turn.text()).unwrap_or_else(|| panic!("{told:?} was acknowledged"));
            assert!(event.case == case && event.number <= told.events);
            if told.turn.turn % 5 < 2 {
                assert_eq!(event.what.files()[0].file, FileId::of(&told.turn.bytes()).as_str());
            }
        }
    }

    fn mails(&self) -> BTreeSet<String> {
        // A desk that was killed while it wrote one may leave a part of it under another name.
        files(&self.outbox).into_iter().filter(|name| name.strip_suffix(".eml").is_some()).collect()
    }
}

async fn timelines(store: &Store) -> BTreeMap<CaseNumber, Vec<Event>> {
    let mut all = BTreeMap::<_, Vec<Event>>::new();
    for row in EVENTS.list(store, None, usize::MAX, Direction::Forward).await.unwrap() {
        all.entry(row.record.case).or_default().push(row.record);
    }
    all
}

/// The mail of each notice for somebody who wants one.
async fn mails_due(store: &Store) -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    for row in NOTICES.list(store, None, usize::MAX, Direction::Forward).await.unwrap() {
        let notice = row.record;
        let person = PEOPLE.get(store, &key(notice.person)).await.unwrap().unwrap().record;
        if person.notify == Notify::MailAlways {
            let (person, case, event) = (notice.person.0, notice.case.0, notice.event);
            all.insert(format!("case-news-{person:06}-{case:06}-{event:06}.eml"));
        }
    }
    all
}

/// What clients and the desk do to a case once, is there at most once.
fn assert_each_once(events: &[Event]) {
    let count = |is: fn(&What) -> bool| events.iter().filter(|event| is(&event.what)).count();
    assert!(count(|what| matches!(what, What::Reminded)) <= 1, "{events:?}");
    assert!(count(|what| matches!(what, What::Became(Status::Solved { .. }))) <= 1, "{events:?}");
    assert!(count(|what| matches!(what, What::Became(Status::Closed { .. }))) <= 1, "{events:?}");
    let settled = |what: &What| matches!(what, What::Became(Status::Closed { how: Closing::Settled, .. }));
    assert!(
        count(settled) <= count(|what| matches!(what, What::Became(Status::Solved { .. }))),
        "{events:?}"
    );
}

fn is_end(what: &What) -> bool {
    matches!(what, What::Became(Status::Solved { .. } | Status::Closed { .. }))
}

fn text(what: &What) -> Option<&str> {
    match what {
        What::Opened(opening) => opening.description.as_ref().map(Text::as_str),
        What::Message(written) => written.text.as_ref().map(Text::as_str),
        _ => None,
    }
}
