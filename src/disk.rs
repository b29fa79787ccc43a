//! Files that survive a power cut, and locks that end with their process.

use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, Write};
use std::path::Path;

/// Writes a file beside its place, synced, and renames it into it: whoever reads it finds the old text or the new one.
pub fn write_durably(file: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = folder_of(file);
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(bytes)?;
    beside.as_file().sync_all()?;
    beside.persist(file).map_err(|error| error.error)?;
    sync_folder(folder)
}

/// Makes a file that was written beside its place durable, and renames it into it. Where there is a file already, that one
/// stays, and the answer is `AlreadyExists`.
pub fn keep_new(beside: tempfile::NamedTempFile, file: &Path) -> io::Result<()> {
    beside.as_file().sync_all()?;
    beside.persist_noclobber(file).map_err(|error| error.error)?;
    sync_folder(folder_of(file))
}

/// Makes durable which files a folder has.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    // Windows has no such thing: its file system keeps this by itself.
    if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
}

/// Makes a folder with all those above it, durably.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder_of(folder);
    create_folder(above)?;
    match fs::create_dir(folder) {
        Ok(()) => {}
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => {}
        Err(error) => return Err(error),
    }
    sync_folder(above)
}

/// The folder that a file is in.
#[must_use]
pub fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// A file that this process has locked; the system unlocks it when the process ends, however it ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Closing the file alone would not do at once: a process that is being started has it open for a moment, too.
        let _ = self.file.unlock();
    }
}

/// Why a file could not be locked.
#[derive(Debug)]
pub enum NotLocked {
    /// Another process has it: its number, where it is known.
    Held(Option<u32>),
    /// The file system.
    Fault(io::Error),
}

impl From<io::Error> for NotLocked {
    fn from(error: io::Error) -> Self {
        Self::Fault(error)
    }
}

impl Lock {
    /// Locks a file, which is made where it is missing and tells which process has it.
    pub fn take(path: &Path) -> Result<Self, NotLocked> {
        let mut options = File::options();
        let mut file = options.create(true).read(true).write(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0)?;
                file.rewind()?;
                write!(file, "{}", std::process::id())?;
                Ok(Self { file })
            }
            Err(TryLockError::WouldBlock) => {
                let mut holder = String::new();
                // Who holds it is only told; not knowing is no fault.
                let _ = file.read_to_string(&mut holder);
                Err(NotLocked::Held(holder.trim().parse().ok()))
            }
            Err(TryLockError::Error(error)) => Err(NotLocked::Fault(error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_lock_is_told_who_has_the_first() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lock");
        let first = Lock::take(&path).unwrap();
        assert!(matches!(Lock::take(&path), Err(NotLocked::Held(Some(id))) if id == std::process::id()));
        drop(first);
        assert!(Lock::take(&path).is_ok());
    }

    #[test]
    fn a_file_that_is_there_is_not_replaced_by_a_new_one() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        for (text, is_kept) in [("first", true), ("second", false)] {
            let mut beside = tempfile::NamedTempFile::new_in(folder.path()).unwrap();
            beside.write_all(text.as_bytes()).unwrap();
            assert_eq!(keep_new(beside, &path).is_ok(), is_kept);
        }
        assert_eq!(fs::read(&path).unwrap(), b"first");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[test]
    fn folders_are_made_with_those_above_them() {
        let folder = tempfile::tempdir().unwrap();
        let deep = folder.path().join("a/b/c");
        create_folder(&deep).unwrap();
        create_folder(&deep).unwrap();
        write_durably(&deep.join("file"), b"text").unwrap();
        assert_eq!(fs::read(deep.join("file")).unwrap(), b"text");
    }
}
