//! Any sequence of batches does to a store what it does to a plain map.

use std::cell::RefCell;
use std::collections::BTreeMap;

use guidepost::store::{Batch, CommitError, Direction, Key, KeyRange, Version};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::{Value, json};

use super::engines::Bench;
use super::with_each_engine;

/// What a generated batch does; keys are few, so that they meet.
#[derive(Debug, Clone)]
enum Step {
    ExpectPresent(u8),
    ExpectAbsent(u8),
    ExpectStale(u8),
    Put(u8, String),
    Delete(u8),
    Count(u8),
    Tell,
    /// Closes the store and opens it again, between two batches.
    Reopen,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        2 => (0..8_u8).prop_map(Step::ExpectPresent),
        2 => (0..8_u8).prop_map(Step::ExpectAbsent),
        1 => (0..8_u8).prop_map(Step::ExpectStale),
        8 => (0..8_u8, "[a-z\u{0}\"é]{0,20}").prop_map(|(k, text)| Step::Put(k, text)),
        3 => (0..8_u8).prop_map(Step::Delete),
        3 => (0..2_u8).prop_map(Step::Count),
        2 => Just(Step::Tell),
        1 => Just(Step::Reopen),
    ]
}

fn key(k: u8) -> Key {
    Key::of("k").number(u64::from(k), 2)
}

/// The plain map, with the few rules that a store has.
#[derive(Default)]
struct Model {
    records: BTreeMap<Key, (Version, Value)>,
    counters: BTreeMap<String, u64>,
    told: u64,
}

#[derive(Default)]
struct Both {
    batch: Batch,
    expected: Vec<(Key, Option<Version>)>,
    writes: Vec<(Key, Option<Value>)>,
    counts: Vec<String>,
    tells: u64,
    contradicts: bool,
}

impl Both {
    fn expect(&mut self, key: Key, version: Option<Version>) {
        match version {
            Some(version) => self.batch.expect(key.clone(), version),
            None => self.batch.expect_absent(key.clone()),
        }
        self.contradicts |= self.expected.iter().any(|(k, v)| *k == key && *v != version);
        self.expected.push((key, version));
    }
}

fn add(step: &Step, both: &mut Both, model: &Model) {
    match step {
        Step::ExpectPresent(k) => {
            // Of a key that is not there, a version that it never had.
            let version = model.records.get(&key(*k)).map_or(Version(u64::MAX >> 1), |(version, _)| *version);
            both.expect(key(*k), Some(version));
        }
        Step::ExpectAbsent(k) => both.expect(key(*k), None),
        Step::ExpectStale(k) => both.expect(key(*k), Some(Version(0))),
        Step::Put(k, text) => {
            both.batch.put(key(*k), &json!({ "text": text }));
            let cleaned: String = text.chars().filter(|c| *c != '\0').collect();
            both.writes.push((key(*k), Some(json!({ "text": cleaned }))));
        }
        Step::Delete(k) => {
            both.batch.delete(key(*k));
            both.writes.push((key(*k), None));
        }
        Step::Count(c) => {
            let (name, table) = (format!("c{c}"), format!("n{c}"));
            both.counts.push(name.clone());
            both.batch.numbered(&name, move |n, writes| writes.put(Key::of(&table).number(n, 6), &n));
        }
        Step::Tell => {
            both.batch.tell(&"told");
            both.tells += 1;
        }
        Step::Reopen => {}
    }
}

impl Model {
    /// Whether the batch holds; if so it is applied.
    fn apply(&mut self, both: &Both, version: Version) -> Option<Vec<u64>> {
        let holds = both.expected.iter().all(|(key, v)| self.records.get(key).map(|(found, _)| *found) == *v);
        if !holds || both.contradicts {
            return None;
        }
        let mut numbers = Vec::new();
        for name in &both.counts {
            let last = self.counters.entry(name.clone()).or_default();
            *last += 1;
            numbers.push(*last);
            self.records.insert(Key::of(&name.replace('c', "n")).number(*last, 6), (version, json!(*last)));
        }
        for (key, value) in &both.writes {
            match value {
                Some(value) => self.records.insert(key.clone(), (version, value.clone())),
                None => self.records.remove(key),
            };
        }
        self.told += both.tells;
        Some(numbers)
    }
}

#[test]
fn any_sequence_of_batches_equals_a_plain_map() {
    let batches = proptest::collection::vec(proptest::collection::vec(step(), 1..10), 1..25);
    with_each_engine(&|runtime, bench| {
        // A server takes longer for each batch, and what decides is the same code.
        let cases = if bench.store.engine() == "sled" { 24 } else { 8 };
        let mut runner = TestRunner::new(Config { failure_persistence: None, ..Config::with_cases(cases) });
        let bench = RefCell::new(bench);
        runner
            .run(&batches, |batches| {
                runtime.block_on(check(*bench.borrow_mut(), &batches));
                Ok(())
            })
            .unwrap();
    });
}

async fn check(bench: &mut Bench, batches: &[Vec<Step>]) {
    bench.empty().await;
    let mut model = Model::default();
    for steps in batches {
        if steps.iter().any(|step| matches!(step, Step::Reopen)) {
            bench.reopen().await;
        }
        let mut both = Both::default();
        for step in steps {
            add(step, &mut both, &model);
        }
        match bench.store.commit(both.batch.clone()).await {
            Ok(done) => {
                assert_eq!(model.apply(&both, done.version), Some(done.numbers), "{steps:?}");
            }
            Err(CommitError::Conflict(_) | CommitError::Wrong(_)) => {
                assert_eq!(model.apply(&both, Version(0)), None, "{steps:?}");
            }
            Err(CommitError::Store(error)) => panic!("{error}"),
        }
    }
    let all = bench.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
    let own = |key: &Key| !["counter", "feed", "store"].contains(&key.table().as_str());
    let kept: BTreeMap<_, _> = all
        .iter()
        .filter(|entry| own(&entry.key))
        .map(|entry| (entry.key.clone(), (entry.version, entry.value.read().unwrap())))
        .collect();
    assert_eq!(kept, model.records);
    assert_eq!(all.iter().filter(|entry| entry.key.table() == "feed").count() as u64, model.told);
}
