//! What is kept: records, files and the desk key, found and opened together.

use std::io;
use std::path::PathBuf;

use crate::store::files::{Files, Home};
use crate::store::{Place, Store, StoreError};

use super::KeepingError;
use super::key::{self, DeskKey, KeyPlace};

/// Where everything is kept.
#[derive(Debug, Clone)]
pub struct Places {
    /// The records.
    pub store: Place,
    /// The folder of files, where they are not in the store's own database.
    pub files: PathBuf,
    /// The desk key.
    pub key: KeyPlace,
}

/// What is kept, open. Cheap to clone.
#[derive(Clone)]
pub struct Kept {
    /// The records.
    pub store: Store,
    /// The files that they name.
    pub files: Files,
    /// The key that belongs to them.
    pub key: DeskKey,
}

impl Places {
    /// Opens everything; at the first start an empty store and a desk key of `fresh` bytes are made.
    pub async fn open(&self, fresh: impl FnOnce() -> io::Result<[u8; 32]>) -> Result<Kept, KeepingError> {
        let store = Store::open(&self.store).await?;
        match key::open(&store, &self.key, fresh).await {
            Ok(key) => Ok(Kept { files: self.files_of(&store), store, key }),
            Err(error) => {
                store.close().await;
                Err(error)
            }
        }
    }

    /// Opens everything, only where there is something: a question about a store makes none.
    pub async fn open_existing(
        &self,
        fresh: impl FnOnce() -> io::Result<[u8; 32]>,
    ) -> Result<Kept, KeepingError> {
        if self.may_exist() { self.open(fresh).await } else { Err(KeepingError::NoStore(self.name())) }
    }

    /// Opens the store for records that come from elsewhere: it has to be empty.
    pub async fn open_empty(&self) -> Result<Store, KeepingError> {
        Store::open_empty(&self.store).await.map_err(|error| match error {
            StoreError::NotEmpty => KeepingError::NotEmpty(self.name()),
            other @ (StoreError::Locked { .. }
            | StoreError::Newer { .. }
            | StoreError::Unavailable(_)
            | StoreError::Unsure(_)
            | StoreError::Damaged(_)) => other.into(),
        })
    }

    /// The files of a store that was opened here.
    #[must_use]
    pub fn files_of(&self, store: &Store) -> Files {
        Files::new(store.clone(), Home::of(store, self.files.clone()))
    }

    /// Whether there may be a store; a server has to be asked.
    #[must_use]
    pub fn may_exist(&self) -> bool {
        match &self.store {
            Place::Folder(folder) => folder.exists(),
            Place::Postgres(_) => true,
        }
    }

    /// What messages call the place of the records.
    #[must_use]
    pub fn name(&self) -> String {
        self.store.to_string()
    }
}
