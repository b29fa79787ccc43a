//! The version of the data, and how data of an older version becomes that of today.

use std::pin::Pin;

use serde::{Deserialize, Serialize};

use super::error::{CommitError, StoreError};
use super::key::{Direction, Key, KeyRange};
use super::{Batch, Json, Store};

/// The version of the data that this program writes.
pub const VERSION: u64 = 1;

/// One step from a version to the next one.
struct Upgrade {
    /// The version that the data then is of.
    to: u64,
    /// What is changed, in as many batches as it takes. It may be run again: when a desk dies in the middle of it, or two start at once.
    step: for<'a> fn(&'a Store) -> Step<'a>,
}

/// A step under way.
type Step<'a> = Pin<Box<dyn Future<Output = Result<(), StoreError>> + Send + 'a>>;

/// All steps, in their order. Version 1 is the first that there was, so there is none yet.
const UPGRADES: &[Upgrade] = &[];

#[derive(Serialize, Deserialize)]
struct Data {
    version: u64,
}

/// The key of the record that says of which version the data is.
#[must_use]
pub fn version_key() -> Key {
    Key::of("store").text("version")
}

/// The version that such a record says.
pub fn version_in(value: &Json) -> Result<u64, StoreError> {
    let data = value.read::<Data>();
    Ok(data.map_err(|error| StoreError::Damaged(format!("its version can't be read: {error}")))?.version)
}

/// Makes sure that the data is of today's version: a new store is marked so, an old one is upgraded, a newer one refused.
pub async fn upgrade(store: &Store) -> Result<(), StoreError> {
    upgrade_with(store, UPGRADES, VERSION).await
}

async fn upgrade_with(store: &Store, upgrades: &[Upgrade], known: u64) -> Result<(), StoreError> {
    loop {
        // What another desk on the same server has made of it meanwhile is looked at each time.
        match version(store).await? {
            Some(found) if found > known => return Err(StoreError::Newer { found, known }),
            Some(found) if found == known => return Ok(()),
            Some(found) => {
                let next = upgrades.iter().find(|upgrade| upgrade.to == found + 1);
                let next = next.ok_or_else(|| {
                    StoreError::Damaged(format!("nothing leads from data of version {found} to {known}"))
                })?;
                (next.step)(store).await?;
                mark(store, Some(found), next.to).await?;
            }
            None => begin(store, known).await?,
        }
    }
}

/// Marks a new store with today's version.
async fn begin(store: &Store, known: u64) -> Result<(), StoreError> {
    let first = store.scan(&KeyRange::all(), 1, Direction::Forward).await?;
    let Some(entry) = first.first() else { return mark(store, None, known).await };
    match version(store).await? {
        // Another desk has marked it since, and begun to use it.
        Some(_) => Ok(()),
        None => Err(StoreError::Damaged(format!(
            "it holds {} and does not say of which version it is",
            entry.key
        ))),
    }
}

/// Writes down the version, if it is still what it was. Where another desk was quicker, nothing happens.
async fn mark(store: &Store, before: Option<u64>, version: u64) -> Result<(), StoreError> {
    let state = store.get(&version_key()).await?;
    let mut batch = Batch::new();
    match (&state, before) {
        (Some(state), Some(before)) if version_in(&state.value)? == before => {
            batch.expect(version_key(), state.version);
        }
        (None, None) => batch.expect_absent(version_key()),
        (Some(_), _) | (None, Some(_)) => return Ok(()),
    }
    batch.put(version_key(), &Data { version });
    match store.commit(batch).await {
        Ok(_) | Err(CommitError::Conflict(_)) => Ok(()),
        Err(CommitError::Store(error)) => Err(error),
        Err(error @ CommitError::Wrong(_)) => Err(StoreError::Damaged(error.to_string())),
    }
}

/// The version of the data; `None` in a store that was never used.
pub async fn version(store: &Store) -> Result<Option<u64>, StoreError> {
    let Some(state) = store.get(&version_key()).await? else { return Ok(None) };
    version_in(&state.value).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Place;

    fn key() -> Key {
        Key::of("names")
    }

    /// Adds a letter to what is there.
    fn add<'a>(store: &'a Store, letter: &'static str) -> Step<'a> {
        Box::pin(async move {
            let before = store.get(&key()).await?.map(|state| state.value);
            let before = before.and_then(|before| before.text()).unwrap_or_default();
            let mut batch = Batch::new();
            batch.put(key(), &format!("{before}{letter}"));
            store.commit(batch).await.map(|_| ()).map_err(|error| StoreError::Damaged(error.to_string()))
        })
    }

    const STEPS: &[Upgrade] =
        &[Upgrade { to: 2, step: |store| add(store, "b") }, Upgrade { to: 3, step: |store| add(store, "c") }];

    #[tokio::test]
    async fn old_data_takes_every_step_once_and_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::Folder(folder.path().join("store"));
        let store = Store::open(&place).await.unwrap();
        let names = async || store.get(&key()).await.unwrap().and_then(|state| state.value.text());
        upgrade_with(&store, &STEPS[..1], 2).await.unwrap();
        assert_eq!((version(&store).await, names().await), (Ok(Some(2)), Some("b".to_owned())));
        upgrade_with(&store, STEPS, 3).await.unwrap();
        upgrade_with(&store, STEPS, 3).await.unwrap();
        assert_eq!((version(&store).await, names().await), (Ok(Some(3)), Some("bc".to_owned())));
        let newer = StoreError::Newer { found: 3, known: VERSION };
        assert_eq!(upgrade(&store).await, Err(newer));
        store.close().await;
        assert!(matches!(Store::open(&place).await, Err(StoreError::Newer { found: 3, .. })));
    }

    #[tokio::test]
    async fn a_step_that_is_missing_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Place::Folder(folder.path().join("store"))).await.unwrap();
        let error = upgrade_with(&store, &STEPS[1..], 3).await.unwrap_err();
        assert!(error.to_string().contains("nothing leads from data of version 1 to 3"), "{error}");
        assert_eq!(version(&store).await, Ok(Some(1)));
    }
}
