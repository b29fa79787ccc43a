//! The desk key: made once, for its owner only, and known again.

use std::fs;
use std::path::Path;

use guidepost::services::keeping::{KeepingError, KeyError};
use guidepost::store::{Batch, Key};

use super::world::{OTHER_KEY, all, folder, fresh, places, places_with};

fn no_fresh() -> std::io::Result<[u8; 32]> {
    panic!("a second key was made")
}

fn key_file(folder: &Path) -> std::path::PathBuf {
    folder.join("data/desk.key")
}

#[tokio::test]
async fn a_key_is_made_at_the_first_start_and_stays() {
    let folder = folder();
    let places = places(folder.path());
    let kept = places.open(fresh).await.unwrap();
    let text = fs::read_to_string(key_file(folder.path())).unwrap();
    assert_eq!(text, format!("{}\n", "ab".repeat(32)));
    assert_eq!(kept.key.expose(), text.trim().as_bytes());
    let entries = format!("{:?}", all(&kept.store).await);
    assert!(!entries.contains("abababab"), "the store holds the key: {entries}");
    kept.store.close().await;
    let again = places.open(no_fresh).await.unwrap();
    assert_eq!(again.key, kept.key);
    again.store.close().await;
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_may_read_the_key() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder();
    places(folder.path()).open(fresh).await.unwrap().store.close().await;
    let mode = fs::metadata(key_file(folder.path())).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[tokio::test]
async fn a_lost_key_is_never_replaced_by_a_new_one() {
    let folder = folder();
    let places = places(folder.path());
    places.open(fresh).await.unwrap().store.close().await;
    let text = fs::read(key_file(folder.path())).unwrap();
    fs::remove_file(key_file(folder.path())).unwrap();
    let lost = places.open(no_fresh).await.map(|_| ());
    assert!(matches!(lost, Err(KeepingError::Key(KeyError::Missing(_)))), "{lost:?}");
    for (wrong, is_key) in
        [(OTHER_KEY.as_bytes(), true), (b"short", false), (&[0xff; 64], false), (b"", false)]
    {
        fs::write(key_file(folder.path()), wrong).unwrap();
        let other = places.open(no_fresh).await.map(|_| ());
        match other {
            Err(KeepingError::Key(KeyError::Other(_))) => assert!(is_key),
            Err(KeepingError::Key(KeyError::NoKey { .. })) => assert!(!is_key),
            other => panic!("{other:?}"),
        }
    }
    fs::write(key_file(folder.path()), text).unwrap();
    // Each of the refusals has let the store go.
    places.open(no_fresh).await.unwrap().store.close().await;
}

#[tokio::test]
async fn the_environment_comes_before_the_file() {
    let folder = folder();
    let from_environment = places_with(folder.path(), Some(OTHER_KEY));
    let kept = from_environment.open(no_fresh).await.unwrap();
    assert_eq!(kept.key.expose(), OTHER_KEY.as_bytes());
    assert!(!key_file(folder.path()).exists());
    kept.store.close().await;
    fs::write(key_file(folder.path()), "k".repeat(64)).unwrap();
    from_environment.open(no_fresh).await.unwrap().store.close().await;
    let file = places(folder.path()).open(no_fresh).await.map(|_| ());
    assert!(matches!(file, Err(KeepingError::Key(KeyError::Other(_)))), "{file:?}");
}

#[tokio::test]
async fn a_crash_between_key_and_store_is_no_trouble() {
    let folder = folder();
    let places = places(folder.path());
    let kept = places.open(fresh).await.unwrap();
    // As if the key had been written, and the note in the store had not.
    let mut batch = Batch::new();
    batch.delete(Key::of("store").text("desk-key"));
    kept.store.commit(batch).await.unwrap();
    kept.store.close().await;
    places.open(no_fresh).await.unwrap().store.close().await;
}

#[tokio::test]
async fn no_store_is_made_by_a_question_about_one() {
    let folder = folder();
    let asked = places(folder.path()).open_existing(no_fresh).await.map(|_| ());
    assert!(matches!(asked, Err(KeepingError::NoStore(_))), "{asked:?}");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}
