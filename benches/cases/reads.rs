//! Reads among many cases: one's own newest, one with its timeline, and the queue.

use std::time::Duration;

use guidepost::domain::case::{CaseNumber, QueueId};
use guidepost::domain::{Actor, Person, PersonId, StaffRole};

use crate::desk::{actor, cases, now, random};
use crate::{Bench, Extent, micros, timed};

/// The newest that are listed.
const NEWEST: usize = 20;

pub async fn measure(extent: &Extent, all: &[Bench]) {
    println!("\n### Reads among {} cases\n", extent.cases);
    println!(
        "| | one's own {NEWEST} newest: p50 µs | p99 µs | a case with its timeline: p50 µs | p99 µs | the queue's first {NEWEST}: p50 µs | p99 µs |"
    );
    println!("| --- | ---: | ---: | ---: | ---: | ---: | ---: |");
    let staff = Person { staff: Some(StaffRole::Agent), ..Person::new(PersonId(1_000_000), now()) };
    let staff = Actor::of(&staff);
    let queue = QueueId::parse("technical-support").unwrap();
    for bench in all {
        let cases = cases(&bench.store);
        let (mut own, mut shown, mut work) = (Vec::new(), Vec::new(), Vec::new());
        let mut listed = 0;
        for n in 0..extent.reads {
            let person = actor(random(n) % extent.people + 1).person();
            let (found, time) = timed(cases.own(person, None, NEWEST)).await;
            listed += found.unwrap().len();
            own.push(time);
            let number = CaseNumber(random(!n) % extent.cases + 1);
            let (seen, time) = timed(cases.show(&staff, number)).await;
            assert!(!seen.unwrap().events.is_empty());
            shown.push(time);
            if n % 10 == 0 {
                let (found, time) = timed(cases.work(&staff.staff().unwrap(), Some(&queue), NEWEST)).await;
                assert_eq!(found.unwrap().len(), NEWEST);
                work.push(time);
            }
        }
        let row = |times: &mut Vec<Duration>| format!("{:.0} | {:.0}", micros(times, 50), micros(times, 99));
        println!("| {} | {} | {} | {} |", bench.name, row(&mut own), row(&mut shown), row(&mut work));
        println!(
            "| {}: {:.1} cases in a list | | | | | | |",
            bench.name,
            listed as f64 / extent.reads as f64
        );
    }
}
