//! What becomes of an effect: done once, failed and tried again, given up, tried again by hand.

use chrono::TimeDelta;
use guidepost::domain::State;
use guidepost::domain::backoff::{MOST_TRIES, longest};
use guidepost::jobs::{Outcome, tick};
use guidepost::services::agenda::{self, MendError, Overview};
use guidepost::store::{Batch, CommitError, Direction, Json, Key, KeyRange};

use serde_json::json;

use super::world::{
    Obedient, Told, enqueue, impatient, job, jobs, key, limited, mail, minutes, start, turn, work_off,
};
use crate::store::on_each_engine;

#[test]
fn an_effect_of_a_batch_is_carried_out_once() {
    on_each_engine(&async |bench| {
        let executor = Obedient::done();
        let jobs = jobs(&bench.store, executor.clone());
        enqueue(&bench.store, 1).await.unwrap();
        assert_eq!(turn(&jobs, start() - TimeDelta::seconds(1)).await.claimed, 0, "it is not due yet");
        let ticked = turn(&jobs, start()).await;
        assert_eq!((ticked.claimed, ticked.done, ticked.next_due), (1, 1, None));
        assert_eq!(turn(&jobs, start() + minutes(600)).await.claimed, 0);
        assert_eq!(executor.tries_of(1), [1]);
    });
}

#[test]
fn a_batch_that_fails_enqueues_nothing() {
    on_each_engine(&async |bench| {
        let mut batch = Batch::new();
        batch.expect(Key::of("case").number(1, 6), guidepost::store::Version(7));
        agenda::enqueue(&mut batch, guidepost::domain::Effect::Mail(mail()), key(1), start());
        assert!(matches!(bench.store.commit(batch).await, Err(CommitError::Conflict(_))));
        assert_eq!(agenda::overview(&bench.store, start()).await.unwrap(), Overview::default());
    });
}

#[test]
fn one_cause_never_has_two_effects() {
    on_each_engine(&async |bench| {
        let executor = Obedient::done();
        let jobs = jobs(&bench.store, executor.clone());
        enqueue(&bench.store, 1).await.unwrap();
        assert!(matches!(enqueue(&bench.store, 1).await, Err(CommitError::Conflict(_))), "while it waits");
        turn(&jobs, start()).await;
        assert!(matches!(enqueue(&bench.store, 1).await, Err(CommitError::Conflict(_))), "when it is done");
        turn(&jobs, start()).await;
        assert_eq!(executor.tries_of(1), [1]);
    });
}

#[test]
fn what_is_over_leaves_only_its_key_and_no_word_of_the_mail() {
    on_each_engine(&async |bench| {
        enqueue(&bench.store, 1).await.unwrap();
        turn(&jobs(&bench.store, Obedient::done()), start()).await;
        let left = bench.store.scan(&KeyRange::under(&Key::of("job")), 9, Direction::Forward).await.unwrap();
        let left: Vec<(&str, &Json)> = left.iter().map(|entry| (entry.key.as_str(), &entry.value)).collect();
        let over = json!({"over": {"key": "mail-test-000001", "at": "2026-11-22T09:02:22Z"}});
        assert_eq!(left.len(), 1);
        assert_eq!(left[0].0, "job/mail-test-000001");
        assert_eq!(*left[0].1, over);
    });
}

#[test]
fn what_fails_is_tried_again_with_growing_waits_and_is_a_dead_letter_in_the_end() {
    on_each_engine(&async |bench| {
        let executor = Obedient::new(|_| Told::Say(Outcome::Retry("no answer".to_owned())));
        let jobs = jobs(&bench.store, executor.clone());
        enqueue(&bench.store, 1).await.unwrap();
        let mut now = start();
        for tries in 1..MOST_TRIES {
            let ticked = turn(&jobs, now).await;
            assert_eq!((ticked.claimed, ticked.failed, ticked.dead), (1, 1, 0));
            let next = ticked.next_due.unwrap();
            assert!(next > now && next - now <= longest(tries), "try {tries}: {}", next - now);
            assert_eq!(turn(&jobs, next - TimeDelta::milliseconds(1)).await.claimed, 0);
            now = next;
        }
        let last = turn(&jobs, now).await;
        assert_eq!((last.claimed, last.failed, last.dead, last.next_due), (1, 0, 1, None));
        assert_eq!(turn(&jobs, now + TimeDelta::days(30)).await.claimed, 0, "nobody tries it any more");
        assert_eq!(executor.tries_of(1), (1..=MOST_TRIES).collect::<Vec<u32>>());

        let dead = agenda::dead_letters(&bench.store, 9).await.unwrap();
        assert_eq!(dead.iter().map(|job| &job.key).collect::<Vec<_>>(), [&key(1)]);
        assert_eq!(dead[0].state, State::Dead { at: now, why: "no answer".to_owned() });
        assert_eq!(agenda::overview(&bench.store, now).await.unwrap().dead, 1);
    });
}

#[test]
fn what_can_never_be_done_is_a_dead_letter_at_once_and_can_be_tried_again_by_hand() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let hopeless = Obedient::new(|_| Told::Say(Outcome::Never("no such person".to_owned())));
        enqueue(store, 1).await.unwrap();
        assert_eq!(agenda::retry(store, &key(1), start()).await, Err(MendError::NotDead(key(1))));
        let ticked = turn(&jobs(store, hopeless), start()).await;
        assert_eq!((ticked.claimed, ticked.failed, ticked.dead), (1, 0, 1));

        let later = start() + minutes(90);
        agenda::retry(store, &key(1), later).await.unwrap();
        assert_eq!(agenda::overview(store, later).await.unwrap().dead, 0);
        let mended = Obedient::done();
        assert_eq!(turn(&jobs(store, mended.clone()), later).await.done, 1);
        assert_eq!(mended.tries_of(1), [1], "it has all its tries again");
        assert_eq!(agenda::retry(store, &key(1), later).await, Err(MendError::Unknown(key(1))));
        assert_eq!(agenda::retry(store, &key(2), later).await, Err(MendError::Unknown(key(2))));
    });
}

#[test]
fn a_dead_letter_that_is_given_up_for_good_keeps_its_key_used() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let hopeless = jobs(store, Obedient::new(|_| Told::Say(Outcome::Never("no".to_owned()))));
        enqueue(store, 1).await.unwrap();
        assert_eq!(agenda::discard(store, &key(1), start()).await, Err(MendError::NotDead(key(1))));
        turn(&hopeless, start()).await;
        agenda::discard(store, &key(1), start()).await.unwrap();
        assert_eq!(agenda::dead_letters(store, 9).await.unwrap(), []);
        assert_eq!(turn(&hopeless, start() + minutes(1)).await.claimed, 0);
        assert!(matches!(enqueue(store, 1).await, Err(CommitError::Conflict(_))));
    });
}

#[test]
fn while_the_store_is_away_nothing_is_done_and_nothing_is_lost() {
    on_each_engine(&async |bench| {
        enqueue(&bench.store, 1).await.unwrap();
        let executor = Obedient::done();
        let away = jobs(&bench.store, executor.clone());
        bench.store.close().await;
        assert!(tick(&away, start(), || 0).await.is_err());
        assert_eq!(executor.tries_of(1), [0; 0]);
        bench.reopen().await;
        assert_eq!(turn(&jobs(&bench.store, executor.clone()), start()).await.done, 1);
        assert_eq!(executor.tries_of(1), [1]);
    });
}

#[test]
fn a_panic_or_a_hanging_executor_is_a_failure_of_that_job_only() {
    on_each_engine(&async |bench| {
        let executor = Obedient::new(|order| match order.key.as_str() {
            "mail-test-000001" => Told::Panic,
            "mail-test-000002" => Told::Hang,
            _ => Told::Say(Outcome::Done),
        });
        let jobs = limited(&bench.store, executor.clone(), impatient());
        for number in 1..=20 {
            enqueue(&bench.store, number).await.unwrap();
        }
        // On a machine with much to do the others may take too long, too; they are done in the end.
        let mut now = start();
        for _ in 0..3 {
            work_off(&jobs, now).await;
            now += minutes(60);
        }
        for number in 3..=20 {
            assert_eq!(job(&bench.store, &key(number)).await, None, "{number}");
        }
        for number in 1..=2 {
            let job = job(&bench.store, &key(number)).await.unwrap();
            assert_eq!((job.tries, job.state), (3, State::Waiting), "{number}");
        }
    });
}
