//! A person's limits hold however many things they do at once.

use guidepost::domain::Actor;
use guidepost::services::cases::{CaseError, Opened};

use super::world::{Desk, close, draft, start};
use crate::store::on_each_engine;

/// Opens so many cases at once.
async fn open_at_once(desk: &Desk, who: &Actor, count: usize) -> Vec<Result<Opened, CaseError>> {
    let opening: Vec<_> = (0..count)
        .map(|n| {
            let (cases, who) = (desk.cases.clone(), *who);
            tokio::spawn(async move { cases.open(&who, &draft("it hangs"), &format!("{n}"), start()).await })
        })
        .collect();
    let mut all = Vec::new();
    for opened in opening {
        all.push(opened.await.unwrap());
    }
    all
}

#[test]
fn exactly_as_many_cases_are_opened_at_once_as_a_person_may_have() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        let all = open_at_once(&desk, &ann, 40).await;
        let refused = |one: &&Result<Opened, CaseError>| {
            matches!(one, Err(CaseError::TooMany { active: 10, most: 10 }))
        };
        assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 10);
        assert_eq!(all.iter().filter(refused).count(), 30, "{all:?}");
        desk.assert_true().await;
        // One that is over makes room for one.
        let first = all.into_iter().flatten().next().unwrap().case().number;
        desk.act(&ann, first, close(), start()).await;
        desk.open(&ann, "room").await;
        let full = desk.cases.open(&ann, &draft("more"), "more", start()).await;
        assert!(matches!(full, Err(CaseError::TooMany { .. })));
        desk.assert_true().await;
    });
}

#[test]
fn one_case_is_opened_and_then_the_next_has_to_wait() {
    on_each_engine(&async |bench| {
        let wait = chrono::TimeDelta::seconds(20);
        let desk = Desk::with(&bench.store, |rules| rules.cooldown = wait);
        let (ann, bob) = (desk.customer("ann").await, desk.customer("bob").await);
        let all = open_at_once(&desk, &ann, 16).await;
        assert_eq!(all.iter().filter(|one| one.is_ok()).count(), 1);
        let again_at = start() + wait;
        let refused = |one: &&Result<Opened, CaseError>| matches!(one, Err(CaseError::TooSoon { again_at: at }) if *at == again_at);
        assert_eq!(all.iter().filter(refused).count(), 15, "{all:?}");
        desk.open(&bob, "another person does not wait").await;
        let early = again_at - chrono::TimeDelta::microseconds(1);
        let open = async |now| desk.cases.open(&ann, &draft("next"), "next", now).await;
        assert!(matches!(open(early).await, Err(CaseError::TooSoon { .. })));
        assert!(matches!(open(again_at).await, Ok(Opened::New(_))));
        desk.assert_true().await;
        // Without a wait it does not matter whose clock is ahead.
        let desk = Desk::new(&bench.store);
        desk.open(&ann, "earlier than the last one").await;
    });
}
