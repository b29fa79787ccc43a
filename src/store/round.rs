//! A round: the batches that were waiting, applied one after the other to what was read, and written in one go.
//!
//! This is the one place that decides what a batch does; an engine only reads what is asked for and writes the outcome.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::batch::{Batch, Committed, Expect, MAX_WRITES, Writes, Wrong};
use super::error::CommitError;
use super::feed;
use super::key::Key;
use super::value::{Json, Version, Versioned};

/// The table of counters.
pub const COUNTERS: &str = "counter";
/// The counter of the change feed.
const FEED: &str = "feed";

/// The key that keeps a counter's last number.
#[must_use]
pub fn counter_key(name: &str) -> Key {
    Key::of(COUNTERS).text(name)
}

/// What has to be read before the batches can be applied.
#[must_use]
pub fn needs(batches: &[&Batch]) -> BTreeSet<Key> {
    let mut keys = BTreeSet::from([counter_key(FEED)]);
    for batch in batches {
        keys.extend(batch.expected.keys().cloned());
        keys.extend(batch.numbered.iter().map(|n| counter_key(&n.counter)));
    }
    keys
}

/// What an engine writes for a round, all or nothing, and what it then answers.
#[derive(Debug, Default)]
pub struct Outcome {
    /// The keys with their new states.
    pub writes: BTreeMap<Key, Option<Versioned>>,
    /// The last version that was given out.
    pub clock: Version,
    /// One for each batch, in their order.
    pub answers: Vec<Result<Committed, CommitError>>,
}

/// Applies batches to what was read for them ([`needs`]). `clock` is the last version that was given out.
#[must_use]
pub fn apply(batches: &[&Batch], read: HashMap<Key, Versioned>, clock: Version) -> Outcome {
    let mut round = Round { read, outcome: Outcome { clock, ..Outcome::default() } };
    for batch in batches {
        let answer = round.apply(batch);
        round.outcome.answers.push(answer);
    }
    round.outcome
}

struct Round {
    read: HashMap<Key, Versioned>,
    outcome: Outcome,
}

impl Round {
    fn apply(&mut self, batch: &Batch) -> Result<Committed, CommitError> {
        for (key, expect) in &batch.expected {
            let found = self.state(key).map(|state| state.version);
            let holds = match expect {
                Expect::Absent => found.is_none(),
                Expect::Version(version) => found == Some(*version),
            };
            if !holds {
                return Err(CommitError::Conflict(key.clone()));
            }
        }
        let mut writes = batch.writes.clone();
        let mut numbers = Vec::with_capacity(batch.numbered.len());
        let mut counters: BTreeMap<Key, u64> = BTreeMap::new();
        let mut next = |key: Key, round: &Self| {
            let last = counters.entry(key.clone()).or_insert_with(|| round.count(&key));
            *last += 1;
            *last
        };
        for numbered in &batch.numbered {
            let number = next(counter_key(&numbered.counter), self);
            (numbered.fill)(number, &mut writes);
            numbers.push(number);
        }
        let mut feed = None;
        for entry in std::mem::take(&mut writes.feed) {
            let number = next(counter_key(FEED), self);
            writes.changes.insert(feed::key(number), Some(entry));
            feed = Some(number);
        }
        check(&writes, batch)?;
        let version = Version(self.outcome.clock.0 + 1);
        let counted = counters.into_iter().map(|(key, last)| (key, Some(Json::from(last))));
        for (key, value) in writes.changes.into_iter().chain(counted) {
            let state = value.map(|value| Versioned { version, value });
            self.outcome.writes.insert(key, state);
        }
        self.outcome.clock = version;
        Ok(Committed { version, numbers, feed })
    }

    /// The state of a key after the batches before.
    fn state(&self, key: &Key) -> Option<&Versioned> {
        match self.outcome.writes.get(key) {
            Some(written) => written.as_ref(),
            None => self.read.get(key),
        }
    }

    fn count(&self, counter: &Key) -> u64 {
        self.state(counter).and_then(|state| state.value.number()).unwrap_or(0)
    }
}

fn check(writes: &Writes, batch: &Batch) -> Result<(), CommitError> {
    if let Some(wrong) = &writes.wrong {
        return Err(CommitError::Wrong(wrong.clone()));
    }
    if writes.changes.len() > MAX_WRITES {
        return Err(CommitError::Wrong(Wrong::Writes(writes.changes.len())));
    }
    match writes.unique.iter().find(|key| !batch.expected.contains_key(*key)) {
        Some(key) => Err(CommitError::Wrong(Wrong::Unique(key.clone()))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn key(name: &str) -> Key {
        Key::of("t").text(name)
    }

    #[test]
    fn later_batches_see_the_earlier_ones() {
        let mut first = Batch::new();
        first.expect_absent(key("a"));
        first.put(key("a"), &1);
        let mut second = Batch::new();
        second.expect_absent(key("a"));
        second.put(key("a"), &2);
        let mut third = Batch::new();
        third.expect(key("a"), Version(8));
        third.delete(key("a"));
        let outcome = apply(&[&first, &second, &third], HashMap::new(), Version(7));
        assert_eq!(outcome.answers[1], Err(CommitError::Conflict(key("a"))));
        assert_eq!(outcome.answers[2].as_ref().unwrap().version, Version(9));
        assert_eq!(outcome.writes[&key("a")], None);
    }

    #[test]
    fn numbers_follow_each_other_over_batches_and_within_one() {
        let mut batch = Batch::new();
        for _ in 0..2 {
            batch.numbered("case", |n, writes| writes.put(Key::of("case").number(n, 6), &json!({"n": n})));
        }
        batch.tell(&"opened");
        let mut refused = batch.clone();
        refused.expect(key("a"), Version(1));
        let read = HashMap::from([(
            counter_key("case"),
            Versioned { version: Version(1), value: Json::kept("41") },
        )]);
        let outcome = apply(&[&batch, &refused, &batch], read, Version(1));
        let answers: Vec<_> = outcome.answers.iter().flatten().collect();
        assert_eq!((answers[0].numbers.clone(), answers[0].feed), (vec![42, 43], Some(1)));
        assert_eq!((answers[1].numbers.clone(), answers[1].feed), (vec![44, 45], Some(2)));
        assert_eq!(outcome.writes[&counter_key("case")].as_ref().unwrap().value, json!(45));
        assert!(outcome.writes.contains_key(&Key::of("case").number(45, 6)));
    }

    #[test]
    fn a_wrong_batch_changes_nothing() {
        let mut long = Batch::new();
        long.put(key("a"), &"x".repeat(7000));
        long.put(key("b"), &1);
        let mut many = Batch::new();
        (0..=MAX_WRITES).for_each(|n| many.put(key(&n.to_string()), &n));
        let outcome = apply(&[&long, &many], HashMap::new(), Version(0));
        assert!(outcome.writes.is_empty());
        assert!(outcome.answers.iter().all(|answer| matches!(answer, Err(CommitError::Wrong(_)))));
    }
}
