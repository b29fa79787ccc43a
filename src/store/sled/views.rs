//! What readers see while sled is being written: only what is durable, and for a snapshot what was so when it began.
//!
//! Before a round is applied, the states that it replaces are noted here; reads look here first. When the round is on the
//! disk the notes are dropped, all at once. A snapshot keeps its own notes for as long as it lives.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use sled::IVec;

use super::super::key::Key;
use super::super::value::Version;

/// A stored state as bytes, or that there was none.
pub type Before = Option<IVec>;

/// States that were replaced since a certain moment.
#[derive(Debug, Clone, Default)]
pub struct Notes(pub BTreeMap<Key, Before>);

/// All notes: those of the round that is being written, and those of the snapshots.
#[derive(Debug, Default)]
pub struct Views {
    /// The round that is being written.
    pub round: Notes,
    /// The last version before that round.
    pub clock: Option<Version>,
    snapshots: Vec<Weak<Mutex<Notes>>>,
}

impl Views {
    /// Notes what a round is about to replace.
    pub fn begin(&mut self, replaced: BTreeMap<Key, Before>, clock: Version) {
        self.snapshots.retain(|snapshot| snapshot.strong_count() > 0);
        for snapshot in self.snapshots.iter().filter_map(Weak::upgrade) {
            let mut notes = snapshot.lock().unwrap_or_else(PoisonError::into_inner);
            for (key, before) in &replaced {
                notes.0.entry(key.clone()).or_insert_with(|| before.clone());
            }
        }
        self.round = Notes(replaced);
        self.clock = Some(clock);
    }

    /// The round is durable.
    pub fn end(&mut self) {
        self.round.0.clear();
        self.clock = None;
    }

    /// The store as it is at this moment, for as long as the answer lives.
    pub fn snapshot(&mut self) -> Arc<Mutex<Notes>> {
        let notes = Arc::new(Mutex::new(self.round.clone()));
        self.snapshots.push(Arc::downgrade(&notes));
        notes
    }
}
