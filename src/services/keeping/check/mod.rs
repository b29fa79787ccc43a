//! Holds against each other what the store keeps twice: records and their indexes, the feed and its counter, names and files.
//!
//! A snapshot is read from beginning to end. What belongs to an entry elsewhere is looked up in the store as it is now; and where
//! that does not fit, the entry itself is looked at again: only if it is still what the snapshot showed, it was wrong at that moment,
//! and not merely changed by a desk at work.

mod feed;
mod files;
mod finding;
mod tables;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::store::{Entry, Shape, Store, StoreError, VERSION, Version, version_in, version_key};

use super::KeepingError;
use super::kept::Kept;
use super::progress::{Progress, Step, Told};

pub use finding::Finding;

/// How many records are read at a time.
const CHUNK: usize = 500;
/// How many findings are told one by one.
const TOLD: usize = 1000;

/// What a check found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checked {
    /// How many entries of the store were looked at.
    pub entries: u64,
    /// How many files were read.
    pub files: u64,
    /// What is not as it should be; at most a thousand.
    pub findings: Vec<Finding>,
    /// How many more there are.
    pub more: u64,
}

impl Checked {
    /// Whether all is as it should be.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    fn find(&mut self, finding: Finding) {
        if self.findings.len() < TOLD {
            self.findings.push(finding);
        } else {
            self.more += 1;
        }
    }
}

/// Checks everything, while others may write. `tables` are the typed tables of the desk.
pub async fn check(
    kept: &Kept,
    tables: &[Shape],
    now: DateTime<Utc>,
    progress: Told<'_>,
) -> Result<Checked, KeepingError> {
    let mut snapshot = kept.store.snapshot().await?;
    let mut pass = Pass { kept, tables, now, clock: snapshot.clock(), checked: Checked::default() };
    let mut feed = feed::Feed::default();
    let mut files = files::FileNames::default();
    let mut data_version = None;
    loop {
        let entries = snapshot.next(CHUNK).await?;
        if entries.is_empty() {
            break;
        }
        for entry in entries {
            pass.checked.entries += 1;
            if entry.version > pass.clock {
                let (version, clock) = (entry.version, pass.clock);
                pass.checked.find(Finding::VersionAhead { entry: entry.key.clone(), version, clock });
            }
            if entry.key == version_key() {
                data_version = version_in(&entry.value).ok();
            }
            feed.take(&entry, tables, &mut pass.checked);
            files.take(&mut pass, &entry).await?;
            pass.table(&entry).await?;
        }
        let done = pass.checked.entries;
        progress(Progress { step: Step::Checking, done, of: None });
        tokio::task::yield_now().await;
    }
    drop(snapshot);
    feed.end(&mut pass.checked);
    if data_version != Some(VERSION) {
        pass.checked.find(Finding::DataVersion { known: VERSION });
    }
    files.read(&mut pass, progress).await?;
    Ok(pass.checked)
}

/// A check under way.
struct Pass<'a> {
    kept: &'a Kept,
    tables: &'a [Shape],
    now: DateTime<Utc>,
    clock: Version,
    checked: Checked,
}

impl<'a> Pass<'a> {
    fn store(&self) -> &'a Store {
        &self.kept.store
    }

    /// Notes something that does not fit an entry, if the entry is still what it was.
    async fn find_if_same(&mut self, entry: &Entry, finding: Finding) -> Result<(), StoreError> {
        let present = self.store().get(&entry.key).await?;
        if present.is_some_and(|present| present.version == entry.version) {
            self.checked.find(finding);
        }
        Ok(())
    }
}
