//! A batch: what is expected, and what changes; it applies wholly or not at all.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::Serialize;

use super::key::{Key, MAX_KEY};
use super::value::{Json, NoValue, Version};

/// The most writes of one batch: what is larger is done in steps, each of which leaves the store as it should be.
pub const MAX_WRITES: usize = 1000;

/// What must be so, at the moment the batch applies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// There is no such key.
    Absent,
    /// The key has this version.
    Version(Version),
}

/// Something is wrong with a batch; a fault of the program, not of the person.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// A value.
    #[error("{key} can't be put: {why}")]
    Value {
        /// Of which key.
        key: Key,
        /// What is wrong.
        why: NoValue,
    },
    /// A key is longer than [`MAX_KEY`].
    #[error("a key of {0} bytes; the most is {MAX_KEY}")]
    Key(usize),
    /// There are more than [`MAX_WRITES`].
    #[error("{0} writes in one batch; the most is {MAX_WRITES}")]
    Writes(usize),
    /// Two expectations of one key that can't both hold.
    #[error("{0} is expected in two states")]
    Expectations(Key),
    /// A key that must be unique is written, and the batch does not expect it to be free.
    #[error("{0} must be unique; the batch has to expect it absent")]
    Unique(Key),
}

/// Changes to keys.
#[derive(Debug, Clone, Default)]
pub struct Writes {
    pub(super) changes: BTreeMap<Key, Option<Json>>,
    pub(super) feed: Vec<Json>,
    pub(super) unique: Vec<Key>,
    pub(super) wrong: Option<Wrong>,
}

impl Writes {
    /// Puts a value in the place of whatever was there.
    pub fn put(&mut self, key: Key, value: &impl Serialize) {
        match Json::within_limit(value) {
            Ok(value) => self.change(key, Some(value)),
            Err(why) => self.refuse(Wrong::Value { key, why }),
        }
    }

    /// Deletes a key, if it is there.
    pub fn delete(&mut self, key: Key) {
        self.change(key, None);
    }

    /// Adds an entry to the change feed; its number follows that of the entry before, in the order of commits.
    pub fn tell(&mut self, entry: &impl Serialize) {
        match Json::within_limit(entry) {
            Ok(value) => self.feed.push(value),
            Err(why) => self.refuse(Wrong::Value { key: Key::of(super::feed::TABLE), why }),
        }
    }

    pub(super) fn unique(&mut self, key: Key) {
        self.unique.push(key);
    }

    /// Puts a value that is short enough, or deletes.
    pub(super) fn change(&mut self, key: Key, value: Option<Json>) {
        if key.as_bytes().len() > MAX_KEY {
            return self.refuse(Wrong::Key(key.as_bytes().len()));
        }
        self.changes.insert(key, value);
    }

    /// The first thing that is wrong is told when the batch is committed.
    pub(super) fn refuse(&mut self, wrong: Wrong) {
        self.wrong.get_or_insert(wrong);
    }
}

/// Writes what needs a number of a counter, once the number is known.
type Fill = Arc<dyn Fn(u64, &mut Writes) + Send + Sync>;

#[derive(Clone)]
pub(super) struct Numbered {
    pub counter: String,
    pub fill: Fill,
}

/// Expectations and changes, committed together.
#[derive(Clone, Default)]
pub struct Batch {
    pub(super) expected: BTreeMap<Key, Expect>,
    pub(super) writes: Writes,
    pub(super) numbered: Vec<Numbered>,
}

impl Batch {
    /// Nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Only if the key has this version.
    pub fn expect(&mut self, key: Key, version: Version) {
        self.expect_that(key, Expect::Version(version));
    }

    /// Only if there is no such key: unique names, limits, idempotency.
    pub fn expect_absent(&mut self, key: Key) {
        self.expect_that(key, Expect::Absent);
    }

    fn expect_that(&mut self, key: Key, expect: Expect) {
        if self.expected.insert(key.clone(), expect).is_some_and(|before| before != expect) {
            self.writes.refuse(Wrong::Expectations(key));
        }
    }

    /// What changes.
    pub fn writes(&mut self) -> &mut Writes {
        &mut self.writes
    }

    /// Puts a value.
    pub fn put(&mut self, key: Key, value: &impl Serialize) {
        self.writes.put(key, value);
    }

    /// Deletes a key.
    pub fn delete(&mut self, key: Key) {
        self.writes.delete(key);
    }

    /// Adds an entry to the change feed.
    pub fn tell(&mut self, entry: &impl Serialize) {
        self.writes.tell(entry);
    }

    /// Takes the next number of a counter (the first is 1) while the batch applies, and writes what needs it. `fill` must write the
    /// same for the same number: it runs again when the commit has to be repeated.
    pub fn numbered(&mut self, counter: &str, fill: impl Fn(u64, &mut Writes) + Send + Sync + 'static) {
        self.numbered.push(Numbered { counter: counter.to_owned(), fill: Arc::new(fill) });
    }
}

impl fmt::Debug for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let counters: Vec<&str> = self.numbered.iter().map(|n| n.counter.as_str()).collect();
        f.debug_struct("Batch")
            .field("expected", &self.expected)
            .field("writes", &self.writes)
            .field("counters", &counters)
            .finish()
    }
}

/// What became of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Committed {
    /// The version of all that the batch put.
    pub version: Version,
    /// The numbers it was given, in the order in which it asked for them.
    pub numbers: Vec<u64>,
    /// The number of its last entry in the change feed, if it made any.
    pub feed: Option<u64>,
}
