//! The records of a backup, read line by line and checked as they come.

use crate::store::files::{FileId, named_by};
use crate::store::{Entry, Key, MAX_VALUE, Version, version_in, version_key};

use super::super::key;
use super::unfit::Unfit;

/// What the records of a backup are like, as far as they were read.
#[derive(Debug, Default)]
pub struct Records {
    /// How many there were.
    pub count: u64,
    /// The newest version among them.
    pub newest: Version,
    /// The version of the data, once its record was read.
    pub data_version: Option<u64>,
    /// The fingerprint of the key that they were made with.
    pub key: Option<String>,
    /// The files that they name, each once.
    pub named: Vec<FileId>,
    last: Option<Key>,
}

impl Records {
    /// Reads a part; each of its entries goes to `take`.
    pub fn read(&mut self, part: &[u8], mut take: impl FnMut(Entry)) -> Result<(), Unfit> {
        let Some(lines) = part.strip_suffix(b"\n") else {
            return Err(Unfit::damaged("the last line of a part of its records has no end"));
        };
        for line in lines.split(|byte| *byte == b'\n') {
            take(self.entry(line)?);
        }
        Ok(())
    }

    fn entry(&mut self, line: &[u8]) -> Result<Entry, Unfit> {
        let place = self.count + 1;
        let damaged = |why: String| Unfit::damaged(format!("record {place}: {why}"));
        let entry: Entry = serde_json::from_slice(line).map_err(|error| damaged(error.to_string()))?;
        // What begins with ~ is the engine's own.
        if Key::from_bytes(entry.key.as_bytes()).is_none() || entry.key.as_str().starts_with('~') {
            return Err(damaged("its key is none".to_owned()));
        }
        if self.last.as_ref().is_some_and(|last| *last >= entry.key) {
            return Err(damaged(format!("{} is out of order", entry.key)));
        }
        // As JSON text a value can't be longer than its line.
        if line.len() > MAX_VALUE && entry.value.as_str().len() > MAX_VALUE {
            return Err(damaged(format!("{} is too long", entry.key)));
        }
        if entry.key == version_key() {
            self.data_version = Some(version_in(&entry.value).map_err(|error| damaged(error.to_string()))?);
        }
        if entry.key == key::known_as() {
            self.key = entry.value.text();
        }
        if let Some(id) = named_by(&entry.key)
            && self.named.last() != Some(&id)
        {
            self.named.push(id);
        }
        self.count += 1;
        self.newest = self.newest.max(entry.version);
        self.last = Some(entry.key.clone());
        Ok(entry)
    }
}
