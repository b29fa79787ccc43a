//! The stores that are measured.

use guidepost::store::{Place, Store};
use tempfile::TempDir;

/// An open store, empty at first.
pub struct Bench {
    pub name: &'static str,
    pub store: Store,
    pub place: Place,
    pub folder: Option<TempDir>,
}

/// sled in a folder under the present one, which is on a real disk; and PostgreSQL, where there is one.
pub async fn all() -> Vec<Bench> {
    let folder = folder();
    let place = Place::Folder(folder.path().join("store"));
    vec![Bench { name: "sled", store: Store::open(&place).await.unwrap(), place, folder: Some(folder) }]
}

pub fn folder() -> TempDir {
    tempfile::tempdir_in("target").or_else(|_| tempfile::tempdir_in(".")).unwrap()
}
