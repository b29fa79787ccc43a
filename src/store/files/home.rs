//! Where the bytes of files are: a folder, or a table of the database.

use std::fs;
use std::io;
use std::path::PathBuf;

use crate::disk::{create_folder, folder_of, sync_folder, write_durably};

use super::super::error::StoreError;
use super::super::postgres::Chunks;
use super::super::{Engine, Store};
use super::FileId;

/// Where bytes are kept.
#[derive(Debug, Clone)]
pub enum Home {
    /// In a folder, each file in a folder of its name's first two letters.
    Folder(PathBuf),
    /// In the database of the store, in pieces: so every desk that uses it has them, and so has its backup.
    Postgres(Chunks),
}

impl Home {
    /// The home that goes with a store: the folder for sled, and otherwise its database.
    #[must_use]
    pub fn of(store: &Store, folder: PathBuf) -> Self {
        match &*store.engine {
            Engine::Sled(_) => Self::Folder(folder),
            Engine::Postgres(postgres) => Self::Postgres(postgres.chunks()),
        }
    }

    /// Writes bytes; when this returns they are durable.
    pub async fn write(&self, id: &FileId, bytes: Vec<u8>) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => {
                let place = place(folder, id);
                blocking(move || {
                    create_folder(folder_of(&place))?;
                    write_durably(&place, &bytes)
                })
                .await
            }
            Self::Postgres(chunks) => chunks.write(id, &bytes).await,
        }
    }

    /// Reads bytes; `None` where there are none.
    pub async fn read(&self, id: &FileId) -> Result<Option<Vec<u8>>, StoreError> {
        match self {
            Self::Folder(folder) => {
                let place = place(folder, id);
                blocking(move || none_if_absent(fs::read(&place))).await
            }
            Self::Postgres(chunks) => chunks.read(id).await,
        }
    }

    /// Removes bytes, durably, if they are there.
    pub async fn remove(&self, id: &FileId) -> Result<(), StoreError> {
        match self {
            Self::Folder(folder) => {
                let place = place(folder, id);
                blocking(move || match none_if_absent(fs::remove_file(&place))? {
                    Some(()) => sync_folder(folder_of(&place)),
                    None => Ok(()),
                })
                .await
            }
            Self::Postgres(chunks) => chunks.remove(id).await,
        }
    }
}

fn place(folder: &std::path::Path, id: &FileId) -> PathBuf {
    let first: String = id.as_str().chars().take(2).collect();
    folder.join(first).join(id.as_str())
}

fn none_if_absent<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Files can be large and disks slow: other work goes on meanwhile.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, StoreError> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|error| StoreError::Unavailable(error.to_string()))?;
    done.map_err(|error| StoreError::Unavailable(format!("the folder of files: {error}")))
}
