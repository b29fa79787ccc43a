//! The sled database on its disk: opened so that nothing is kept outside its log, and synced so that it stays.

use std::fs::{self, File};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::Duration;

use sled::{Config, Db, IVec};

use crate::disk::{create_folder, sync_folder};

use super::super::error::StoreError;
use super::super::key::Key;
use super::super::value::{Json, Version, Versioned};

/// The database within the store's folder.
const NAME: &str = "sled";
/// Pages larger than a quarter of a segment go to files that sled does not sync. A leaf has at most 20 entries of 7 kB, and
/// an inner page 257 keys of 512 bytes: with 1 MiB neither comes near. Fixed when a store is made.
const SEGMENT: usize = 1 << 20;
/// Memory for pages, in bytes; sled's own default is 1 GB.
const CACHE: u64 = 64 << 20;
/// How long sled's threads may take to let go of a folder, and how often that is looked at.
const LETTING_GO: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(5);
/// The last version that was given out. No table's name begins so.
pub const CLOCK: &[u8] = b"~clock";

/// An open database.
pub struct Disk {
    db: Db,
    /// sled's file again, to sync it: sled's own flush reaches neither the disk's cache nor the file's new length.
    file: File,
}

impl Disk {
    /// Opens the database in a folder, which is made where it is missing.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        let opened = catch_unwind(AssertUnwindSafe(|| Self::try_open(folder)));
        match opened {
            Ok(Ok(disk)) => Ok(disk),
            Ok(Err(error)) => {
                Err(StoreError::Unavailable(format!("{} can't be opened: {error}", folder.display())))
            }
            Err(_) => Err(StoreError::Damaged(format!("sled gave up while it opened {}", folder.display()))),
        }
    }

    fn try_open(folder: &Path) -> io::Result<Self> {
        create_folder(folder)?;
        let place = folder.join(NAME);
        if !place.exists() {
            create(folder, &place)?;
        }
        remove_unfinished(&place)?;
        forget_cached(&place.join("db"));
        let db = open_when_free(&config(&place))?;
        let file = File::options().read(true).write(true).open(place.join("db"))?;
        file.sync_all()?;
        Ok(Self { db, file })
    }

    /// The bytes of a key.
    pub fn get(&self, key: &[u8]) -> Result<Option<IVec>, StoreError> {
        self.db.get(key).map_err(|error| StoreError::Unavailable(error.to_string()))
    }

    /// The tree, for scans.
    pub fn db(&self) -> &Db {
        &self.db
    }

    /// Applies a batch and returns when it is on the disk.
    pub fn commit(&self, batch: sled::Batch) -> io::Result<()> {
        let done = catch_unwind(AssertUnwindSafe(|| {
            self.db.apply_batch(batch).map_err(io_error)?;
            self.db.flush().map_err(io_error)?;
            self.file.sync_data()
        }));
        done.unwrap_or_else(|_| Err(io::Error::other("sled gave up while it wrote")))
    }

    /// The last version that was given out.
    pub fn clock(&self) -> Result<Version, StoreError> {
        let bytes = self.get(CLOCK)?;
        let number = bytes.and_then(|bytes| bytes.as_ref().try_into().ok()).map_or(0, u64::from_be_bytes);
        Ok(Version(number))
    }

    /// How many bytes the database takes on the disk.
    pub fn size(&self) -> Option<u64> {
        self.db.size_on_disk().ok()
    }
}

/// sled writes its own settings without syncing them, so a power cut could leave a database that nobody can open. It is
/// therefore made beside its place, synced as a whole, and renamed.
fn create(folder: &Path, place: &Path) -> io::Result<()> {
    let beside = folder.join(format!("{NAME}.new"));
    if beside.exists() {
        // Left behind by a creation that was cut off.
        fs::remove_dir_all(&beside)?;
    }
    let db = config(&beside).open().map_err(io_error)?;
    db.flush().map_err(io_error)?;
    drop(db);
    for file in fs::read_dir(&beside)? {
        File::open(file?.path())?.sync_all()?;
    }
    sync_folder(&beside)?;
    fs::rename(&beside, place)?;
    sync_folder(folder)
}

/// sled writes a summary of its log now and then, to open faster, first under a name that ends in `.generating`. One that
/// was cut off it would take for a damaged summary, and open no more; without it, it reads the log.
fn remove_unfinished(place: &Path) -> io::Result<()> {
    for file in fs::read_dir(place)? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "generating") {
            fs::remove_file(path)?;
        }
    }
    Ok(())
}

fn config(place: &Path) -> Config {
    Config::new()
        .path(place)
        .segment_size(SEGMENT)
        .cache_capacity(CACHE)
        // Whoever commits flushes; a flush that nobody waits for would only hide its failure.
        .flush_every_ms(None)
}

/// Who opens a folder holds its lock, so nobody but a sled that was just closed in this process can have it open: its
/// threads let go a moment later.
fn open_when_free(config: &Config) -> io::Result<Db> {
    let mut left = LETTING_GO.as_millis() / PAUSE.as_millis();
    loop {
        match config.open().map_err(io_error) {
            Err(error) if left > 0 && error.to_string().contains("could not acquire lock") => {
                left -= 1;
                std::thread::sleep(PAUSE);
            }
            opened => return opened,
        }
    }
}

/// After a failed write the system may show what never reached the disk: reading is to begin with what is on it.
fn forget_cached(file: &Path) {
    #[cfg(target_os = "linux")]
    if let Ok(file) = File::open(file) {
        // Advice that is not taken is no fault: the file is synced again before anything is acknowledged.
        let _ = rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed);
    }
    #[cfg(not(target_os = "linux"))]
    let _ = file;
}

fn io_error(error: sled::Error) -> io::Error {
    match error {
        sled::Error::Io(error) => error,
        other @ (sled::Error::CollectionNotFound(_)
        | sled::Error::Unsupported(_)
        | sled::Error::ReportableBug(_)
        | sled::Error::Corruption { .. }) => io::Error::other(other.to_string()),
    }
}

/// A state as sled keeps it: the version, then the JSON.
#[must_use]
pub fn encode(state: &Versioned) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(8 + state.value.as_str().len());
    bytes.extend(state.version.0.to_be_bytes());
    bytes.extend(state.value.as_str().as_bytes());
    bytes
}

/// A state that sled kept.
pub fn decode(key: &Key, bytes: &[u8]) -> Result<Versioned, StoreError> {
    let parts = bytes.split_first_chunk::<8>();
    let parsed = parts.and_then(|(version, json)| {
        let text = std::str::from_utf8(json).ok()?;
        Some(Versioned { version: Version(u64::from_be_bytes(*version)), value: Json::kept(text) })
    });
    parsed.ok_or_else(|| StoreError::Damaged(format!("what is kept as {key} can't be read")))
}
