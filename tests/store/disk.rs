//! sled on a real disk: nothing beside its log, a full disk, a folder that can't be written, a second desk.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use guidepost::store::{
    Batch, CommitError, Direction, Key, KeyRange, MAX_KEY, MAX_VALUE, Place, Store, StoreError,
};

fn key(n: u64) -> Key {
    Key::of("d").number(n, 6)
}

async fn put(store: &Store, n: u64, bytes: usize) -> Result<(), CommitError> {
    let mut batch = Batch::new();
    // Text that does not compress and is its own JSON.
    let text: String = (0..bytes.saturating_sub(2) as u64)
        .map(|at| char::from(b'a' + ((at * 31 + n * 17) % 26) as u8))
        .collect();
    batch.put(key(n), &text);
    store.commit(batch).await.map(|_| ())
}

async fn count(store: &Store) -> usize {
    store.scan(&KeyRange::under(&Key::of("d")), usize::MAX, Direction::Forward).await.unwrap().len()
}

#[tokio::test]
async fn the_largest_values_and_keys_leave_no_file_beside_the_log() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().join("store"));
    let store = Store::open(&place).await.unwrap();
    // The most in one batch, again and again, under the longest keys and in an order that splits and merges pages.
    let long = |n: u64| {
        let name = format!("{:0>width$}", n * 7919 % 1000, width = MAX_KEY - 2);
        Key::of("d").text(&name)
    };
    for round in 0..4 {
        for first in (0..1000).step_by(100) {
            let mut batch = Batch::new();
            for n in first..first + 100 {
                if (n + round) % 5 == 0 {
                    batch.delete(long(n));
                } else {
                    batch.put(long(n), &"x".repeat(MAX_VALUE - 2));
                }
            }
            store.commit(batch).await.unwrap();
        }
    }
    assert_eq!(count(&store).await, 800);
    let blobs = folder.path().join("store/sled/blobs");
    let beside = || fs::read_dir(&blobs).unwrap().count();
    assert_eq!(beside(), 0);
    store.close().await;
    let store = Store::open(&place).await.unwrap();
    assert_eq!((count(&store).await, beside()), (800, 0));
}

#[tokio::test]
async fn a_second_desk_on_one_folder_is_told_who_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let place = Place::Folder(folder.path().join("store"));
    let first = Store::open(&place).await.unwrap();
    let Err(error) = Store::open(&place).await else { panic!("a second desk") };
    assert_eq!(
        error,
        StoreError::Locked { folder: folder.path().join("store"), process: Some(std::process::id()) }
    );
    drop(first);
    assert!(Store::open(&place).await.is_ok());
}

/// A small disk of its own, or `None` where this process may not mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount(at: &Path, size: &str) -> Option<Self> {
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(at)
            .output();
        if mounted.is_ok_and(|told| told.status.success()) {
            return Some(Self(at.to_owned()));
        }
        println!("skipped: no small disk can be mounted here");
        None
    }

    fn remount(&self, options: &str) {
        let done =
            Command::new("mount").args(["-o", &format!("remount,{options}")]).arg(&self.0).output().unwrap();
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: whoever still has a file open keeps it.
        let _ = Command::new("umount").arg("-l").arg(&self.0).output();
    }
}

#[tokio::test]
async fn a_full_disk_loses_nothing_and_works_again_when_there_is_room() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(folder.path(), "24m") else { return };
    let place = Place::Folder(folder.path().join("store"));
    let store = Store::open(&place).await.unwrap();
    let mut kept = Vec::new();
    let mut refused = None;
    for n in 0..10_000 {
        match put(&store, n, 6000).await {
            Ok(()) => kept.push(n),
            Err(CommitError::Store(error)) => {
                refused = Some((n, error));
                break;
            }
            Err(other) => panic!("{other}"),
        }
    }
    let (n, error) = refused.expect("the disk is full before");
    assert!(kept.len() > 100, "{} were kept", kept.len());
    assert!(matches!(error, StoreError::Unavailable(_) | StoreError::Unsure(_)), "{error}");
    assert!(error.to_string().contains("No space left"), "{error}");
    // Again and again: each time a clear answer.
    for _ in 0..3 {
        let again = put(&store, n + 1, 6000).await;
        assert!(matches!(again, Err(CommitError::Store(_))), "{again:?}");
    }
    disk.remount("size=200m");
    put(&store, n + 2, 6000).await.unwrap();
    kept.push(n + 2);
    store.close().await;
    let store = Store::open(&place).await.unwrap();
    for n in kept {
        assert!(store.get(&key(n)).await.unwrap().is_some(), "{n} was acknowledged");
    }
}

#[tokio::test]
async fn a_disk_that_becomes_read_only_loses_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let Some(disk) = SmallDisk::mount(folder.path(), "50m") else { return };
    let place = Place::Folder(folder.path().join("store"));
    let store = Store::open(&place).await.unwrap();
    put(&store, 1, 1000).await.unwrap();
    store.close().await;
    disk.remount("ro");
    let Err(error) = Store::open(&place).await else { panic!("a folder that can't be written") };
    assert!(error.to_string().contains("Read-only file system"), "{error}");
    disk.remount("rw");
    let store = Store::open(&place).await.unwrap();
    assert_eq!(count(&store).await, 1);
}
