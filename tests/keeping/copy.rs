//! Copies: whole, compared, and only into an empty place.

use std::fs;

use guidepost::services::keeping::{KeepingError, KeyError, Places, copy};
use guidepost::store::StoreError;

use super::world::{OTHER_KEY, all, fill, folder, fresh, places, unseen};

async fn copied(from: &Places, to: &Places) -> Result<(u64, u64), KeepingError> {
    copy(from, to, fresh, &mut unseen).await.map(|copied| (copied.records, copied.files))
}

#[tokio::test]
async fn a_copy_is_equal_and_opens_with_its_key() {
    let folder = folder();
    let (from, to) = (places(&folder.path().join("from")), places(&folder.path().join("to")));
    let kept = from.open(fresh).await.unwrap();
    let files = fill(&kept, 2500).await;
    let expected = all(&kept.store).await;
    kept.store.close().await;
    assert_eq!(copied(&from, &to).await.unwrap(), (expected.len() as u64, 3));
    let copy = to.open(|| panic!("the key was not copied")).await.unwrap();
    assert!(all(&copy.store).await == expected);
    for id in &files {
        assert!(copy.files.get(id).await.unwrap().is_some());
    }
    copy.store.close().await;
    let again = copied(&from, &to).await;
    assert!(matches!(again, Err(KeepingError::NotEmpty(_))), "{again:?}");
}

#[tokio::test]
async fn a_copy_needs_two_places_that_nobody_uses() {
    let folder = folder();
    let (from, to) = (places(&folder.path().join("from")), places(&folder.path().join("to")));
    let absent = copied(&from, &to).await;
    assert!(matches!(absent, Err(KeepingError::NoStore(_))), "{absent:?}");
    let kept = from.open(fresh).await.unwrap();
    let locked = copied(&from, &to).await;
    assert!(matches!(locked, Err(KeepingError::Store(StoreError::Locked { .. }))), "{locked:?}");
    kept.store.close().await;
    let same = copied(&from, &from).await;
    assert!(matches!(same, Err(KeepingError::Same(_))), "{same:?}");
    // Two stores with one folder of files would remove each other's.
    let shared = Places { files: from.files.join("../files"), ..to.clone() };
    fs::create_dir_all(&from.files).unwrap();
    let same = copied(&from, &shared).await;
    assert!(matches!(same, Err(KeepingError::Same(_))), "{same:?}");
    fs::create_dir_all(folder.path().join("to/data")).unwrap();
    fs::write(folder.path().join("to/data/desk.key"), OTHER_KEY).unwrap();
    let taken = copied(&from, &to).await;
    assert!(matches!(taken, Err(KeepingError::Key(KeyError::Taken(_)))), "{taken:?}");
    assert!(!folder.path().join("to/data/store").exists(), "something was written");
}
