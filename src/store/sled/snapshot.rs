//! A whole store of one moment, read in steps while others write.

use std::sync::{Arc, Mutex, PoisonError};

use super::super::Entry;
use super::super::error::StoreError;
use super::super::key::{Direction, Key, KeyRange};
use super::super::value::Version;
use super::views::Notes;
use super::{Shared, reads};

/// Reads all entries of the moment at which it began, in the order of their keys.
pub struct SledSnapshot {
    shared: Arc<Shared>,
    notes: Arc<Mutex<Notes>>,
    clock: Version,
    last: Option<Key>,
}

impl SledSnapshot {
    pub(super) fn begin(shared: Arc<Shared>) -> Result<Self, StoreError> {
        let disk = shared.disk();
        let mut views = shared.views.write().unwrap_or_else(PoisonError::into_inner);
        let clock = match views.clock {
            // A round is being written: the clock on the disk may be its own.
            Some(clock) => clock,
            None => disk.as_ref().map_err(Clone::clone)?.clock()?,
        };
        let notes = views.snapshot();
        drop(views);
        drop(disk);
        Ok(Self { shared, notes, clock, last: None })
    }

    /// The last version that was given out at that moment.
    #[must_use]
    pub fn clock(&self) -> Version {
        self.clock
    }

    /// The next `limit` entries; none at the end.
    pub fn next(&mut self, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let disk = self.shared.disk();
        // Held while the tree is read: so no round can begin in between.
        let views = self.shared.views();
        let notes = self.notes.lock().unwrap_or_else(PoisonError::into_inner);
        let range = match &self.last {
            Some(last) => KeyRange::all().after(last),
            None => KeyRange::all(),
        };
        let disk = disk.as_ref().map_err(Clone::clone)?;
        let found = reads::scan(disk, &notes.0, &range, limit, Direction::Forward)?;
        drop((notes, views));
        self.last = found.last().map(|entry| entry.key.clone()).or_else(|| self.last.take());
        Ok(found)
    }
}
