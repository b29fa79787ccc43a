//! Fills an empty store with records that have their versions already.

use crate::store::{Entry, Store, StoreError, Version, version_key};

/// How many records are written at a time.
pub const CHUNK: usize = 1000;

/// Writes records into an empty store. The one that says of which version the data is comes last: a store without it is opened
/// by no desk, so what a crash in the middle leaves never passes for a whole store.
pub struct Loader<'a> {
    store: &'a Store,
    clock: Version,
    last: Option<Entry>,
    /// How many records came so far.
    pub count: u64,
}

impl<'a> Loader<'a> {
    /// `clock` is the last version that was given out where the records come from.
    #[must_use]
    pub fn new(store: &'a Store, clock: Version) -> Self {
        Self { store, clock, last: None, count: 0 }
    }

    /// Writes records, all but the one that is to be last.
    pub async fn load(&mut self, mut entries: Vec<Entry>) -> Result<(), StoreError> {
        self.count += entries.len() as u64;
        if let Some(at) = entries.iter().position(|entry| entry.key == version_key()) {
            self.last = Some(entries.remove(at));
        }
        self.store.load(&entries, self.clock).await
    }

    /// Writes the record that makes the store a whole one.
    pub async fn finish(self) -> Result<(), StoreError> {
        let missing = || StoreError::Damaged("it does not say of which version it is".to_owned());
        self.store.load(&[self.last.ok_or_else(missing)?], self.clock).await
    }
}
