//! Concurrent histories are linearizable: every call takes effect at one moment between its beginning and its end.
//!
//! A commit's version says when that moment was. So the history is checked without searching: commits are replayed in the
//! order of their versions, which must agree with the order in which they were called; and every read, scan and conflict must
//! fit the state at some moment between its beginning and its end that is not before what earlier calls have seen.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use guidepost::store::{Batch, CommitError, Direction, Key, KeyRange, Store, Version};
use serde_json::{Value, json};

use super::on_each_engine;

type State = BTreeMap<Key, (Version, Value)>;

/// What a call saw or did.
#[derive(Debug, Clone)]
enum Event {
    Committed { version: Version, wrote: Vec<(Key, Option<Value>)>, expected: Expected, number: Option<u64> },
    Conflicted { key: Key, expected: Expected },
    Got(Key, Option<(Version, Value)>),
    Scanned(State),
}

type Expected = BTreeMap<Key, Option<Version>>;

#[derive(Debug, Clone)]
struct Call {
    began: u64,
    ended: u64,
    event: Event,
}

/// A small generator whose numbers depend only on its seed, so that a failing history can be told by it.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

fn key(n: u64) -> Key {
    Key::of("h").number(n, 2)
}

async fn client(store: Store, clock: Arc<AtomicU64>, seed: u64, calls: usize) -> Vec<Call> {
    let mut random = Random(seed);
    let mut out = Vec::new();
    let mut known: State = State::new();
    for turn in 0..calls {
        let (began, event);
        match random.below(10) {
            0..=1 => {
                began = clock.fetch_add(1, Ordering::SeqCst);
                let key = key(random.below(5));
                let got =
                    store.get(&key).await.unwrap().map(|state| (state.version, state.value.read().unwrap()));
                match &got {
                    Some(state) => known.insert(key.clone(), state.clone()),
                    None => known.remove(&key),
                };
                event = Event::Got(key, got);
            }
            2 => {
                began = clock.fetch_add(1, Ordering::SeqCst);
                let found =
                    store.scan(&KeyRange::under(&Key::of("h")), 99, Direction::Forward).await.unwrap();
                known = found
                    .into_iter()
                    .map(|entry| (entry.key, (entry.version, entry.value.read().unwrap())))
                    .collect();
                event = Event::Scanned(known.clone());
            }
            _ => {
                let (batch, expected, wrote) = batch(&mut random, &known, &json!([seed, turn]));
                began = clock.fetch_add(1, Ordering::SeqCst);
                event = match store.commit(batch).await {
                    Ok(done) => {
                        let number = done.numbers.first().copied();
                        // Who wrote knows the version, and can go on from it.
                        for (key, value) in &wrote {
                            match value {
                                Some(value) => known.insert(key.clone(), (done.version, value.clone())),
                                None => known.remove(key),
                            };
                        }
                        Event::Committed { version: done.version, wrote, expected, number }
                    }
                    Err(CommitError::Conflict(key)) => Event::Conflicted { key, expected },
                    Err(error) => panic!("{error}"),
                };
            }
        }
        out.push(Call { began, ended: clock.fetch_add(1, Ordering::SeqCst), event });
    }
    out
}

fn batch(random: &mut Random, known: &State, value: &Value) -> (Batch, Expected, Vec<(Key, Option<Value>)>) {
    let (mut batch, mut expected, mut wrote) = (Batch::new(), Expected::new(), Vec::new());
    for _ in 0..=random.below(2) {
        let key = key(random.below(5));
        if random.below(3) > 0 && !expected.contains_key(&key) {
            let version = known.get(&key).map(|(version, _)| *version);
            match version {
                Some(version) => batch.expect(key.clone(), version),
                None => batch.expect_absent(key.clone()),
            }
            expected.insert(key.clone(), version);
        }
        if random.below(5) == 0 {
            batch.delete(key.clone());
            wrote.push((key, None));
        } else {
            batch.put(key.clone(), value);
            wrote.push((key, Some(value.clone())));
        }
    }
    if random.below(2) == 0 {
        batch.numbered("n", |n, writes| writes.put(Key::of("numbered").number(n, 6), &n));
    }
    (batch, expected, wrote)
}

/// The states after every version, beginning with that before the first.
fn replay(calls: &[Call], first: Version) -> Vec<State> {
    let mut commits: Vec<&Call> =
        calls.iter().filter(|call| matches!(call.event, Event::Committed { .. })).collect();
    commits.sort_by_key(|call| version(call));
    let mut states = vec![State::new()];
    let (mut last_began, mut last_number) = (0, 0);
    for (at, call) in commits.iter().enumerate() {
        let Event::Committed { version, wrote, expected, number } = &call.event else { continue };
        assert_eq!(version.0, first.0 + 1 + at as u64, "versions follow each other");
        // Whoever began last among the earlier versions may not have begun after this one had ended.
        assert!(call.ended > last_began, "{call:?} comes after one that began when it had ended");
        last_began = last_began.max(call.began);
        let mut state = states.last().unwrap().clone();
        for (key, wanted) in expected {
            assert_eq!(state.get(key).map(|(version, _)| *version), *wanted, "{call:?} was committed");
        }
        for (key, value) in wrote {
            match value {
                Some(value) => state.insert(key.clone(), (*version, value.clone())),
                None => state.remove(key),
            };
        }
        if let Some(number) = number {
            assert_eq!(*number, last_number + 1, "counters follow the order of commits");
            last_number = *number;
        }
        states.push(state);
    }
    states
}

fn version(call: &Call) -> Option<Version> {
    match &call.event {
        Event::Committed { version, .. } => Some(*version),
        Event::Conflicted { .. } | Event::Got(..) | Event::Scanned(_) => None,
    }
}

fn fits(event: &Event, state: &State) -> bool {
    match event {
        Event::Got(key, seen) => state.get(key) == seen.as_ref(),
        Event::Scanned(seen) => state == seen,
        Event::Conflicted { key, expected } => {
            state.get(key).map(|(version, _)| *version) != expected.get(key).copied().flatten()
        }
        Event::Committed { .. } => true,
    }
}

fn check(mut calls: Vec<Call>, first: Version) {
    let states = replay(&calls, first);
    calls.sort_by_key(|call| call.began);
    // The moment of each call, as an index into the states.
    let mut moments: Vec<(u64, usize)> = Vec::new();
    for call in &calls {
        let own = version(call).map(|version| (version.0 - first.0) as usize);
        let before = |ended: u64| ended < call.began;
        let seen =
            moments.iter().filter(|(ended, _)| before(*ended)).map(|(_, moment)| *moment).max().unwrap_or(0);
        let latest = calls.iter().filter(|other| other.began < call.ended).filter_map(version).max();
        let latest = latest.map_or(0, |version| (version.0 - first.0) as usize);
        let moment = match own {
            Some(own) => {
                assert!(own > seen, "{call:?} comes before what was already seen");
                own
            }
            None => (seen..=latest)
                .find(|moment| fits(&call.event, &states[*moment]))
                .unwrap_or_else(|| panic!("{call:?} fits no moment from {seen} to {latest}")),
        };
        moments.push((call.ended, moment));
    }
}

#[test]
fn histories_of_many_clients_are_linearizable() {
    on_each_engine(&async |bench| {
        let first = bench.store.snapshot().await.unwrap().clock();
        let clock = Arc::new(AtomicU64::new(1));
        let clients: Vec<_> = (0..12)
            .map(|seed| tokio::spawn(client(bench.store.clone(), Arc::clone(&clock), seed, 40)))
            .collect();
        let mut calls = Vec::new();
        for client in clients {
            calls.extend(client.await.unwrap());
        }
        assert!(calls.iter().filter(|call| version(call).is_some()).count() > 50, "enough was committed");
        assert!(calls.iter().any(|call| matches!(call.event, Event::Conflicted { .. })), "some met");
        check(calls, first);
    });
}

#[test]
fn the_checker_finds_what_is_not_linearizable() {
    let commit = |began, ended, version, value: u64| Call {
        began,
        ended,
        event: Event::Committed {
            version: Version(version),
            wrote: vec![(key(0), Some(json!(value)))],
            expected: Expected::new(),
            number: None,
        },
    };
    let got = |began, ended, version, value: u64| Call {
        began,
        ended,
        event: Event::Got(key(0), Some((Version(version), json!(value)))),
    };
    let is_refused = |calls: Vec<Call>| std::panic::catch_unwind(|| check(calls, Version(0))).is_err();
    assert!(!is_refused(vec![commit(1, 2, 1, 7), got(3, 4, 1, 7)]));
    // A read from the past, a read that goes back behind another one, versions against the order of calls.
    assert!(is_refused(vec![commit(1, 2, 1, 7), commit(3, 4, 2, 8), got(5, 6, 1, 7)]));
    assert!(is_refused(vec![commit(1, 2, 1, 7), commit(3, 9, 2, 8), got(4, 5, 2, 8), got(6, 7, 1, 7)]));
    assert!(is_refused(vec![commit(3, 4, 1, 7), commit(1, 2, 2, 8)]));
}
