//! Brings a backup back, into an empty store and only there. Nothing is written before the whole backup was found good.

use std::path::Path;

use serde::Serialize;
use tokio::sync::mpsc;

use crate::store::Store;

use super::KeepingError;
use super::archive::{Manifest, Name, Records, Unfit, Verified, all, verify, walk};
use super::kept::Places;
use super::load::{CHUNK, Loader};
use super::progress::{Progress, Step, Told};

/// A backup that was restored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Restored {
    /// The place of its records.
    pub store: String,
    /// What the backup says of itself.
    #[serde(flatten)]
    pub manifest: Manifest,
}

/// Restores a backup. What is there already is never written over: the store has to be empty, and a desk key the same.
///
/// The record that says of which version the data is comes last (`load`): what a crash in the middle leaves is opened by no desk.
pub async fn restore(file: &Path, to: &Places, progress: Told<'_>) -> Result<Restored, KeepingError> {
    // Where there may be a store, it is looked at first: reading a large backup only to refuse takes time.
    let early = if to.may_exist() { Some(to.open_empty().await?) } else { None };
    let verified =
        verify(file, progress).map_err(|why| KeepingError::Unfit { file: file.to_owned(), why })?;
    to.key.accepts(&verified.key)?;
    let store = match early {
        Some(store) => store,
        None => to.open_empty().await?,
    };
    let done = write(file, &verified, &store, to, progress).await;
    store.close().await;
    done.map_err(|why| KeepingError::Half { place: to.name(), why: Box::new(why) })?;
    Ok(Restored { store: to.name(), manifest: verified.manifest })
}

async fn write(
    file: &Path,
    verified: &Verified,
    store: &Store,
    to: &Places,
    progress: Told<'_>,
) -> Result<(), KeepingError> {
    let mut loader = Loader::new(store, verified.manifest.clock);
    let files = to.files_of(store);
    let manifest = &verified.manifest;
    let (sender, mut receiver) = mpsc::channel(1);
    let path = file.to_owned();
    let reader = tokio::task::spawn_blocking(move || send_entries(&path, &sender));
    let (mut records, mut restored) = (Records::default(), 0);
    while let Some((name, bytes)) = receiver.recv().await {
        if !verified.holds(&name, &bytes) {
            return Err(changed(file));
        }
        match name {
            Name::Part(_) => {
                let mut entries = Vec::new();
                records.read(&bytes, |entry| entries.push(entry)).map_err(|_| changed(file))?;
                while !entries.is_empty() {
                    let rest = entries.split_off(entries.len().min(CHUNK));
                    loader.load(std::mem::replace(&mut entries, rest)).await?;
                    let (done, of) = (loader.count, Some(manifest.records));
                    progress(Progress { step: Step::Records, done, of });
                }
            }
            Name::File(_) => {
                files.restore(bytes).await?;
                restored += 1;
                progress(Progress { step: Step::Files, done: restored, of: Some(manifest.files) });
            }
            Name::Key | Name::Manifest | Name::Sums => {}
        }
    }
    reader.await.map_err(|error| KeepingError::BrokenOff(error.to_string()))??;
    if (loader.count, restored) != (manifest.records, manifest.files) {
        return Err(changed(file));
    }
    to.key.keep(&verified.key)?;
    loader.finish().await?;
    progress(Progress { step: Step::Records, done: manifest.records, of: Some(manifest.records) });
    Ok(())
}

/// Reads the entries that matter, and waits until each is taken.
fn send_entries(file: &Path, sender: &mpsc::Sender<(Name, Vec<u8>)>) -> Result<(), KeepingError> {
    /// Either nobody listens any more, or it is no longer what it was.
    enum End {
        Gone,
        Changed,
    }
    impl From<Unfit> for End {
        fn from(_: Unfit) -> Self {
            Self::Changed
        }
    }
    let walked = walk(file, &mut |name, length, entry| {
        let bytes = all(&name, length, entry)?;
        match name {
            Name::Part(_) | Name::File(_) => sender.blocking_send((name, bytes)).map_err(|_| End::Gone),
            Name::Key | Name::Manifest | Name::Sums => Ok(()),
        }
    });
    match walked {
        Ok(()) | Err(End::Gone) => Ok(()),
        Err(End::Changed) => Err(changed(file)),
    }
}

/// It was good a moment ago; whoever changes it now is not followed.
fn changed(file: &Path) -> KeepingError {
    KeepingError::Changed(file.display().to_string())
}
