//! The embedded engine: sled 0.34, with one thread that writes for all.
//!
//! The thread takes all batches that wait, applies them as one round, and answers when the round is on the disk: one sync
//! serves them all. Readers see a round only when it is durable (`views`).

mod disk;
mod reads;
mod snapshot;
mod views;
mod writer;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, mpsc};
use std::thread::JoinHandle;

use crate::disk::{Lock, NotLocked, create_folder, folder_of};

use super::Entry;
use super::error::{CommitError, StoreError};
use super::key::{Direction, Key, KeyRange};
use super::value::{Version, Versioned};
use super::waiting::Waiting;

use disk::Disk;
pub use snapshot::SledSnapshot;
use views::Views;

/// How many batches may wait before those who commit more have to wait themselves.
const QUEUE: usize = 4096;

/// An open sled store. Dropped or closed, it finishes what was begun.
pub struct Sled {
    shared: Arc<Shared>,
    waiting: Mutex<Option<mpsc::SyncSender<Waiting>>>,
    writer: Mutex<Option<JoinHandle<()>>>,
    lock: Mutex<Option<Lock>>,
}

struct Shared {
    folder: PathBuf,
    /// The database, or why there is none at present.
    disk: RwLock<Result<Disk, StoreError>>,
    views: RwLock<Views>,
}

impl Shared {
    fn disk(&self) -> RwLockReadGuard<'_, Result<Disk, StoreError>> {
        self.disk.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn views(&self) -> RwLockReadGuard<'_, Views> {
        self.views.read().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sled {
    /// Opens the store in a folder, which is made where it is missing. Beside it, `NAME.lock` keeps other processes out.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let fault = |error: std::io::Error| {
            StoreError::Unavailable(format!("{} can't be opened: {error}", folder.display()))
        };
        create_folder(folder_of(folder)).map_err(fault)?;
        let lock = Lock::take(&folder.with_extension("lock")).map_err(|why| match why {
            NotLocked::Held(process) => StoreError::Locked { folder: folder.to_owned(), process },
            NotLocked::Fault(error) => fault(error),
        })?;
        let disk = Disk::open(folder)?;
        let shared = Arc::new(Shared {
            folder: folder.to_owned(),
            disk: RwLock::new(Ok(disk)),
            views: RwLock::default(),
        });
        let (sender, receiver) = mpsc::sync_channel(QUEUE);
        let of_writer = Arc::clone(&shared);
        let writer = std::thread::Builder::new()
            .name("guidepost-store".to_owned())
            .spawn(move || writer::run(&of_writer, &receiver))
            .map_err(fault)?;
        Ok(Self {
            shared,
            waiting: Mutex::new(Some(sender)),
            writer: Mutex::new(Some(writer)),
            lock: Mutex::new(Some(lock)),
        })
    }

    /// Hands over a batch; its answer comes when the batch is durable.
    pub fn enqueue(&self, waiting: Waiting) -> Result<(), CommitError> {
        let sender = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let closed = || CommitError::Store(StoreError::Unavailable("the desk is stopping".to_owned()));
        sender.ok_or_else(closed)?.send(waiting).map_err(|_| closed())
    }

    /// The present states of keys.
    pub fn get_all(&self, keys: &[Key]) -> Result<Vec<Option<Versioned>>, StoreError> {
        let disk = self.shared.disk();
        let tree = disk.as_ref().map_err(Clone::clone)?;
        // Held while the tree is read: so no round can begin in between.
        let views = self.shared.views();
        let state = |key: &Key| match views.round.0.get(key) {
            Some(before) => before.as_ref().map(|bytes| disk::decode(key, bytes)).transpose(),
            None => tree.get(key.as_bytes())?.map(|bytes| disk::decode(key, &bytes)).transpose(),
        };
        keys.iter().map(state).collect()
    }

    /// The first `limit` entries of a range, all of one moment.
    pub fn scan(
        &self,
        range: &KeyRange,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        let disk = self.shared.disk();
        let views = self.shared.views();
        reads::scan(disk.as_ref().map_err(Clone::clone)?, &views.round.0, range, limit, direction)
    }

    /// The records of a table that entries of its index lead to.
    pub fn follow(
        &self,
        range: &KeyRange,
        table: &Key,
        limit: usize,
        direction: Direction,
    ) -> Result<Vec<Entry>, StoreError> {
        let index = self.scan(range, limit, direction)?;
        let keys: Vec<Key> =
            index.iter().filter_map(|entry| entry.value.key()).map(|own| table.clone().join(&own)).collect();
        let states = self.get_all(&keys)?;
        let there = keys.into_iter().zip(states).filter_map(|(key, state)| Some((key, state?)));
        Ok(there.map(|(key, Versioned { version, value })| Entry { key, version, value }).collect())
    }

    /// The whole store as it is now, to be read in steps.
    pub fn snapshot(&self) -> Result<SledSnapshot, StoreError> {
        SledSnapshot::begin(Arc::clone(&self.shared))
    }

    /// Why nothing can be written at present; `None` when all is well.
    pub fn trouble(&self) -> Option<StoreError> {
        self.shared.disk().as_ref().err().cloned()
    }

    /// How many bytes it takes on the disk.
    pub fn size(&self) -> Option<u64> {
        self.shared.disk().as_ref().ok().and_then(Disk::size)
    }

    /// Puts states with their versions into an empty store, and sets the clock at the end: how a backup comes back.
    pub fn load(&self, entries: &[Entry], clock: Version) -> Result<(), StoreError> {
        let disk = self.shared.disk();
        let mut batch = sled::Batch::default();
        for entry in entries {
            let state = Versioned { version: entry.version, value: entry.value.clone() };
            batch.insert(entry.key.as_bytes(), disk::encode(&state));
        }
        batch.insert(disk::CLOCK, &clock.0.to_be_bytes());
        let disk = disk.as_ref().map_err(Clone::clone)?;
        disk.commit(batch).map_err(|error| StoreError::Unsure(error.to_string()))
    }

    /// Finishes what was begun, and lets the folder go.
    pub fn close(&self) {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
        let writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer
            && writer.join().is_err()
        {
            tracing::error!("the writing thread of the store ended in a panic");
        }
        let closed = StoreError::Unavailable("the store is closed".to_owned());
        *self.shared.disk.write().unwrap_or_else(PoisonError::into_inner) = Err(closed);
        // Last: now another process may open the folder.
        self.lock.lock().unwrap_or_else(PoisonError::into_inner).take();
    }
}

impl Drop for Sled {
    fn drop(&mut self) {
        self.close();
    }
}
