//! After any sequence of things done by anybody, numbers have no gaps, timelines add up and tallies are true.

use std::cell::RefCell;

use chrono::TimeDelta;
use guidepost::domain::case::{CaseNumber, Verb};
use guidepost::services::cases::{CaseError, Opened};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::world::{Desk, answer, close, draft, reply, start};
use crate::store::{Bench, with_each_engine};

/// Something that somebody does: who, of two customers and an agent; to which case.
#[derive(Debug, Clone)]
enum Step {
    Open(u8),
    Reply(u8, u64),
    Close(u8, u64),
    Answer(u64),
    Solve(u64),
    Reopen(u64),
    Tend(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let who = || 0..3_u8;
    let case = || 1..8_u64;
    prop_oneof![
        4 => who().prop_map(Step::Open),
        3 => (who(), case()).prop_map(|(who, case)| Step::Reply(who, case)),
        3 => (who(), case()).prop_map(|(who, case)| Step::Close(who, case)),
        2 => case().prop_map(Step::Answer),
        2 => case().prop_map(Step::Solve),
        2 => case().prop_map(Step::Reopen),
        2 => (0..400_i64).prop_map(Step::Tend),
    ]
}

async fn run(bench: &Bench, steps: Vec<Step>) {
    let desk = Desk::with(&bench.store, |rules| rules.most_active = 3);
    let people = [desk.customer("ann").await, desk.customer("bob").await, desk.agent("eve").await];
    let mut now = start();
    for (n, step) in steps.into_iter().enumerate() {
        let act = async |who: u8, case, verb: Verb| {
            let done = desk.cases.act(&people[usize::from(who)], CaseNumber(case), &verb.into(), now).await;
            assert!(
                matches!(done, Ok(_) | Err(CaseError::Unknown(_) | CaseError::Refused { .. })),
                "{done:?}"
            );
        };
        match step {
            Step::Open(who) => {
                let opened =
                    desk.cases.open(&people[usize::from(who)], &draft("it hangs"), &n.to_string(), now).await;
                assert!(matches!(opened, Ok(Opened::New(_)) | Err(CaseError::TooMany { .. })), "{opened:?}");
            }
            Step::Reply(who, case) => act(who, case, reply("well")).await,
            Step::Close(who, case) => act(who, case, close()).await,
            Step::Answer(case) => act(2, case, answer("well")).await,
            Step::Solve(case) => act(2, case, Verb::Solve(None)).await,
            Step::Reopen(case) => act(2, case, Verb::Reopen).await,
            Step::Tend(hours) => {
                now += TimeDelta::hours(hours);
                desk.cases.tend(now, 100).await.unwrap();
            }
        }
    }
    desk.assert_true().await;
}

#[test]
fn tallies_are_true_after_any_sequence() {
    let steps = proptest::collection::vec(step(), 1..60);
    with_each_engine(&|runtime, bench| {
        let cases = if bench.store.engine() == "sled" { 16 } else { 6 };
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(cases) });
        let bench = RefCell::new(bench);
        let ran = runner.run(&steps, |steps| {
            let bench = &mut **bench.borrow_mut();
            runtime.block_on(async {
                bench.empty().await;
                run(bench, steps).await;
            });
            Ok(())
        });
        ran.unwrap();
    });
}
