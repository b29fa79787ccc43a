//! What a table says of its records without their type, so that one check can look at all tables in the same way.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Entry;
use super::key::{Key, KeyRange};
use super::table::{Table, joined, part_table, parts_of};
use super::value::Json;

/// Reads a record of a table, or says why it is none.
type Read = Box<dyn Fn(&Json) -> Result<Shown, String> + Send + Sync>;

/// A table without the type of its records.
pub struct Shape {
    name: &'static str,
    counter: Option<&'static str>,
    read: Read,
}

/// What a table says of one of its records.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Its key within the table.
    pub own: Key,
    /// Its whole keys in the indexes.
    pub indexed: Vec<Key>,
}

/// What an entry is to a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// One of its records.
    Record,
    /// An entry of one of its indexes, whose value is the record's key within the table.
    Index,
    /// A part of a long record.
    Part,
}

impl<R: Serialize + DeserializeOwned> Table<R> {
    /// This table without its type.
    #[must_use]
    pub fn shape(&'static self) -> Shape {
        let read = |value: &Json| {
            let record: R = value.read().map_err(|error| error.to_string())?;
            let mut indexed = self.index_keys(&record, true);
            indexed.extend(self.index_keys(&record, false));
            Ok(Shown { own: (self.key)(&record), indexed })
        };
        Shape { name: self.name, counter: None, read: Box::new(read) }
    }
}

impl Shape {
    /// Says that the last part of every record's key is a number that this counter gave.
    #[must_use]
    pub fn counted_by(self, counter: &'static str) -> Self {
        Self { counter: Some(counter), ..self }
    }

    /// The counter that gives its records their numbers.
    #[must_use]
    pub fn counter(&self) -> Option<&'static str> {
        self.counter
    }

    /// What a key is to this table; `None` where it is of another one.
    #[must_use]
    pub fn kind(&self, key: &Key) -> Option<Kind> {
        let table = key.table();
        match table.strip_prefix(self.name)? {
            "" => Some(Kind::Record),
            "~part" => Some(Kind::Part),
            rest => rest.starts_with('@').then_some(Kind::Index),
        }
    }

    /// The whole key of what is `own` within the table.
    #[must_use]
    pub fn at(&self, own: &Key) -> Key {
        Key::of(self.name).join(own)
    }

    /// The key within the table of a record that is kept under a whole key.
    #[must_use]
    pub fn own(&self, key: &Key) -> Option<Key> {
        key.after(&Key::of(self.name))
    }

    /// The whole key of the record that a part belongs to.
    #[must_use]
    pub fn whole(&self, part: &Key) -> Option<Key> {
        let own = part.after(&Key::of(&part_table(self.name)))?;
        let (record, _) = own.as_str().rsplit_once('/')?;
        Key::from_bytes(record.as_bytes()).map(|own| self.at(&own))
    }

    /// How many parts the record has that stands for a value: none where it is short.
    #[must_use]
    pub fn parts(&self, value: &Json) -> u64 {
        parts_of(value)
    }

    /// The record that these parts make, in their order.
    #[must_use]
    pub fn joined(&self, parts: &[Entry]) -> Json {
        joined(parts)
    }

    /// Where the parts of a record are, in their order.
    #[must_use]
    pub fn part_range(&self, own: &Key) -> KeyRange {
        KeyRange::under(&Key::of(&part_table(self.name)).join(own))
    }

    /// What the table says of a record, given as one value; else why it is no record of this table.
    pub fn read(&self, value: &Json) -> Result<Shown, String> {
        (self.read)(value)
    }
}
