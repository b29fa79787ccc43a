//! Fills a store with many cases, each with an answer, most of them closed, and tells what that takes.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use guidepost::domain::PersonId;
use guidepost::domain::case::{
    By, Case, CaseNumber, Closing, Event, Nudge, Opening, QueueId, Status, Subject, What, Written,
};
use guidepost::services::cases::table::{CASES, COUNTER, EVENTS, TALLIES, Tally};
use guidepost::store::{Batch, Store};

use crate::desk::{draft, now, random, text};
use crate::{Bench, Extent, timed};

/// Cases in one commit, which holds at most 1,000 writes.
const AT_ONCE: u64 = 80;

pub async fn measure(extent: &Extent, all: &[Bench]) {
    println!("\n### {} cases of {} people\n", extent.cases, extent.people);
    println!("| | loaded: cases a second | bytes on disk each |");
    println!("| --- | ---: | ---: |");
    for bench in all {
        let before = bench.store.size().await.unwrap_or(0);
        let ((), time) = timed(load(&bench.store, extent)).await;
        let bytes = bench.store.size().await.unwrap_or(0).saturating_sub(before);
        let (rate, each) = (extent.cases as f64 / time.as_secs_f64(), bytes as f64 / extent.cases as f64);
        println!("| {} | {rate:.0} | {each:.0} |", bench.name);
    }
}

/// Whose case it is.
fn person(seed: u64, extent: &Extent) -> PersonId {
    PersonId(random(seed) % extent.people + 1)
}

async fn load(store: &Store, extent: &Extent) {
    let mut active = BTreeMap::<PersonId, u32>::new();
    for first in (0..extent.cases).step_by(AT_ONCE as usize) {
        let mut batch = Batch::new();
        for seed in first..(first + AT_ONCE).min(extent.cases) {
            let person = person(seed, extent);
            *active.entry(person).or_default() += u32::from(is_active(seed));
            batch.numbered(COUNTER, move |number, writes| {
                let events = timeline(CaseNumber(number), person, seed);
                for event in &events {
                    EVENTS.insert_new(writes, event);
                }
                CASES.insert_new(writes, &Case::replay(&events).unwrap());
            });
        }
        store.commit(batch).await.unwrap();
    }
    let people: Vec<_> = active.into_iter().collect();
    for people in people.chunks(500) {
        let mut batch = Batch::new();
        for (person, active) in people {
            TALLIES.insert_new(batch.writes(), &Tally { person: *person, active: *active, opened_at: None });
        }
        store.commit(batch).await.unwrap();
    }
}

/// One in ten is not over.
fn is_active(seed: u64) -> bool {
    seed.is_multiple_of(10)
}

fn timeline(case: CaseNumber, requester: PersonId, seed: u64) -> Vec<Event> {
    let at = now() - TimeDelta::minutes((random(seed) % 500_000).cast_signed());
    let draft = draft(seed);
    let opening = Opening {
        requester,
        subject: Subject::of(&draft.description),
        description: Some(draft.description),
        product: None,
        queue: QueueId::parse("technical-support").unwrap(),
        priority: draft.priority,
        place: draft.place,
        tried: draft.tried,
        files: Vec::new(),
        links: Vec::new(),
    };
    let staff = PersonId(1_000_000 + seed % 20);
    let answer = What::Message(Written::new(Some(text(!seed, 60))));
    let became = match seed % 20 {
        0 => Status::Open,
        10 => Status::WaitingOnCustomer { since: at, next: Nudge::Remind, due: at + TimeDelta::days(1000) },
        _ => Status::Closed { at, how: Closing::Settled, reopens_until: at },
    };
    let all = [
        (By::Requester(requester), What::Opened(Box::new(opening))),
        (By::Staff(staff), What::Assigned(Some(staff))),
        (By::Staff(staff), answer),
        (By::Staff(staff), What::Became(became)),
    ];
    (1..).zip(all).map(|(number, (by, what))| Event { case, number, at, by, what }).collect()
}
