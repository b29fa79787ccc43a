//! The life of a job: what each transition makes of it.

use chrono::{DateTime, TimeDelta, Utc};
use proptest::prelude::*;

use super::backoff::{MOST_TRIES, SHORTEST, longest};
use super::{Effect, Job, JobKey, Mail, MailAddress, State, Timer, Work};

const LEASE: TimeDelta = TimeDelta::minutes(5);

fn at(seconds: i64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
}

fn effect() -> Work {
    let to = MailAddress::parse("ann@example.org").unwrap();
    Work::Effect(Effect::Mail(Mail::Test { to, asked_at: at(0) }))
}

fn job(work: Work) -> Job {
    Job::new(JobKey::of("mail-test", &[1]), work, at(100))
}

fn claimed(work: Work) -> Job {
    job(work).claim(at(100), LEASE, "desk").unwrap()
}

#[test]
fn a_job_is_claimed_when_it_is_due_and_by_one_at_a_time() {
    assert_eq!(job(effect()).claim(at(99), LEASE, "desk"), None);
    let first = claimed(effect());
    let until = at(100) + LEASE;
    assert_eq!((first.tries, &first.state), (1, &State::Leased { until, by: "desk".to_owned() }));
    assert_eq!(first.clone().claim(until - TimeDelta::seconds(1), LEASE, "other"), None);
    let second = first.claim(until, LEASE, "other").unwrap();
    assert_eq!(
        (second.tries, &second.state),
        (2, &State::Leased { until: until + LEASE, by: "other".to_owned() })
    );
    assert_eq!(second.due, at(100), "it stays known since when it is due");
}

#[test]
fn an_effect_is_over_when_it_was_carried_out_and_a_timer_comes_again() {
    assert_eq!(claimed(effect()).done(at(101)), None);
    let timer = claimed(Work::Timer(Timer::CollectFiles));
    let again = timer.clone().done(at(101)).unwrap();
    assert_eq!((again.due, again.tries, &again.state), (at(101) + TimeDelta::hours(1), 0, &State::Waiting));
    assert_eq!(timer.clone().fail(at(101), "no disk", 7), again);
    assert_eq!(timer.bury(at(101), "no disk"), again, "a timer never dies");
}

#[test]
fn an_effect_that_fails_too_often_is_a_dead_letter_and_can_be_tried_again_by_hand() {
    let mut effect = job(effect());
    let mut now = at(100);
    for tries in 1..=MOST_TRIES {
        effect = effect.claim(now, LEASE, "desk").unwrap().fail(now, "no answer", u64::MAX);
        assert_eq!(effect.tries, tries);
        now = effect.claimable_at().unwrap_or(now);
    }
    assert_eq!(effect.state, State::Dead { at: now, why: "no answer".to_owned() });
    assert_eq!(effect.clone().claim(now + TimeDelta::days(9), LEASE, "desk"), None);
    let again = effect.retry(now).unwrap();
    assert_eq!((again.due, again.tries, &again.state), (now, 0, &State::Waiting));
    assert_eq!(again.retry(now), None, "only dead letters are tried again by hand");
}

#[test]
fn an_effect_that_can_never_succeed_is_a_dead_letter_at_once() {
    let dead = claimed(effect()).bury(at(101), &"é".repeat(9000));
    let State::Dead { at: since, why } = &dead.state else { panic!("{dead:?}") };
    assert_eq!((*since, why.chars().count()), (at(101), 500));
}

#[test]
fn an_effect_that_ends_whoever_tries_it_is_a_dead_letter_in_the_end() {
    let mut effect = job(effect());
    let mut now = at(100);
    for _ in 0..MOST_TRIES {
        effect = effect.claim(now, LEASE, "desk").unwrap();
        now += LEASE;
    }
    effect = effect.claim(now, LEASE, "desk").unwrap();
    assert!(matches!(effect.state, State::Dead { .. }), "{effect:?}");
    let mut timer = job(Work::Timer(Timer::TrimFeed));
    for _ in 0..=MOST_TRIES {
        timer = timer.claim(now, LEASE, "desk").unwrap();
        now += LEASE;
    }
    assert!(matches!(timer.state, State::Leased { .. }), "{timer:?}");
}

#[test]
fn timers_have_keys_of_their_own() {
    let keys: std::collections::BTreeSet<JobKey> = Timer::ALL.iter().map(|timer| timer.key()).collect();
    assert_eq!(keys.len(), Timer::ALL.len());
}

/// What was written by an older version must stay readable: these are the forms in the store.
#[test]
fn a_job_is_kept_in_this_form() {
    insta::assert_snapshot!(serde_json::to_string(&claimed(effect())).unwrap(), @r#"{"key":"mail-test-000001","work":{"effect":{"mail":{"test":{"to":"ann@example.org","asked_at":"1970-01-01T00:00:00Z"}}}},"due":"1970-01-01T00:01:40Z","tries":1,"state":{"leased":{"until":"1970-01-01T00:06:40Z","by":"desk"}}}"#);
    insta::assert_snapshot!(serde_json::to_string(&job(Work::Timer(Timer::ForgetKeys))).unwrap(), @r#"{"key":"mail-test-000001","work":{"timer":"forget-keys"},"due":"1970-01-01T00:01:40Z","tries":0,"state":"waiting"}"#);
}

#[derive(Debug, Clone)]
enum Step {
    Claim,
    Done,
    Fail(u64),
    Bury,
    Retry,
    Wait(i64),
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        5 => Just(Step::Claim),
        1 => Just(Step::Done),
        4 => any::<u64>().prop_map(Step::Fail),
        1 => Just(Step::Bury),
        1 => Just(Step::Retry),
        4 => (0_i64..8000).prop_map(Step::Wait),
    ]
}

proptest! {
    #[test]
    fn whatever_happens_a_job_is_never_lost_nor_held_by_two(
        steps in proptest::collection::vec(step(), 0..80),
        is_timer: bool,
    ) {
        let work = if is_timer { Work::Timer(Timer::CollectFiles) } else { effect() };
        let (mut job, mut now) = (job(work.clone()), at(100));
        for step in steps {
            let before = job.clone();
            let is_held = matches!(before.state, State::Leased { .. });
            match step {
                Step::Wait(seconds) => now += TimeDelta::seconds(seconds),
                Step::Claim => match before.clone().claim(now, LEASE, "desk") {
                    Some(after) => {
                        prop_assert!(before.claimable_at().unwrap() <= now);
                        prop_assert!(after.tries <= MOST_TRIES || is_timer);
                        job = after;
                    }
                    None => prop_assert!(before.claimable_at().is_none_or(|at| at > now)),
                },
                Step::Done if is_held => {
                    let Some(after) = before.done(now) else {
                        prop_assert!(!is_timer);
                        return Ok(());
                    };
                    job = after;
                }
                Step::Fail(random) if is_held => {
                    job = before.clone().fail(now, "why", random);
                    match &job.state {
                        State::Waiting if is_timer => prop_assert_eq!(job.due, now + TimeDelta::hours(1)),
                        State::Waiting => {
                            let wait = job.due - now;
                            prop_assert!(wait >= SHORTEST && wait <= longest(before.tries));
                        }
                        State::Dead { .. } => prop_assert!(before.tries == MOST_TRIES && !is_timer),
                        State::Leased { .. } => prop_assert!(false, "nobody tries it any more"),
                    }
                }
                Step::Bury if is_held => job = before.bury(now, "why"),
                Step::Retry => {
                    let was_dead = matches!(before.state, State::Dead { .. });
                    let after = before.retry(now);
                    prop_assert_eq!(was_dead, after.is_some());
                    job = after.unwrap_or(job);
                }
                Step::Done | Step::Fail(_) | Step::Bury => {}
            }
            prop_assert_eq!(&job.work, &work);
            prop_assert!(!is_timer || job.claimable_at().is_some(), "a timer always comes again");
            let kept = serde_json::to_string(&job).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Job>(&kept).unwrap(), &job);
        }
    }
}
