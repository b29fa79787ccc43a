//! Restoring: only into an empty place, and never so that half a store passes for a whole one.

use std::fs;
use std::panic::resume_unwind;
use std::path::Path;

use guidepost::services::keeping::{KeepingError, KeyError, Places, Progress, restore};
use guidepost::store::{Store, StoreError};

use super::world::{
    OTHER_KEY, all, back_up, bring_back, fill, folder, fresh, places, places_with, small_backup,
};

#[tokio::test]
async fn a_store_that_is_used_is_never_written_over() {
    let folder = folder();
    let file = small_backup(folder.path()).await;
    let target = places(&folder.path().join("target"));
    bring_back(&file, &target).await.unwrap();
    let again = bring_back(&file, &target).await;
    assert!(matches!(again, Err(KeepingError::NotEmpty(_))), "{again:?}");
    let kept = target.open(fresh).await.unwrap();
    let before = all(&kept.store).await;
    // A desk that is running has its store locked.
    let beside = bring_back(&file, &target).await;
    assert!(matches!(beside, Err(KeepingError::Store(StoreError::Locked { .. }))), "{beside:?}");
    assert_eq!(all(&kept.store).await, before);
    kept.store.close().await;
}

#[tokio::test]
async fn another_desk_key_is_never_written_over() {
    let folder = folder();
    let file = small_backup(folder.path()).await;
    let target = folder.path().join("target");
    let key_file = target.join("data/desk.key");
    fs::create_dir_all(target.join("data")).unwrap();
    fs::write(&key_file, OTHER_KEY).unwrap();
    let taken = bring_back(&file, &places(&target)).await;
    assert!(matches!(taken, Err(KeepingError::Key(KeyError::Taken(_)))), "{taken:?}");
    let taken = bring_back(&file, &places_with(&target, Some(OTHER_KEY))).await;
    assert!(matches!(taken, Err(KeepingError::Key(KeyError::Taken(_)))), "{taken:?}");
    assert!(!target.join("data/store").exists(), "something was written");
    assert_eq!(fs::read_to_string(&key_file).unwrap(), OTHER_KEY);
    // The same key is no hindrance; where the environment has it, no file is made.
    fs::remove_file(&key_file).unwrap();
    bring_back(&file, &places_with(&target, Some(&"ab".repeat(32)))).await.unwrap();
    assert!(!key_file.exists());
}

/// Restores until the power goes at a step; `false` where it was done before.
fn restore_until(step: usize, file: &Path, to: &Places) -> bool {
    std::thread::scope(|scope| {
        let thread = scope.spawn(|| {
            let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
            let mut count = 0;
            let mut tell = |_: Progress| {
                count += 1;
                if count == step {
                    resume_unwind(Box::new("the power is gone"));
                }
            };
            runtime.block_on(restore(file, to, &mut tell)).unwrap();
        });
        thread.join().is_err()
    })
}

#[test]
fn what_a_crash_leaves_never_passes_for_a_whole_store() {
    let folder = folder();
    let file = folder.path().join("backup.tar.gz");
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let expected = runtime.block_on(async {
        let kept = places(&folder.path().join("source")).open(fresh).await.unwrap();
        fill(&kept, 3000).await;
        back_up(&kept, &file).await.unwrap();
        let expected = all(&kept.store).await;
        kept.store.close().await;
        expected
    });
    let (mut halves, mut wholes) = (0, 0);
    for step in 1.. {
        let place = folder.path().join(step.to_string());
        let target = places(&place);
        let was_cut = restore_until(step, &file, &target);
        if !place.join("data/store").exists() {
            assert!(was_cut, "it was done and wrote nothing");
            continue;
        }
        let opened = runtime.block_on(target.open(fresh));
        match opened {
            Err(error) => {
                halves += 1;
                assert!(was_cut, "a whole restore is refused: {error}");
                assert!(matches!(error, KeepingError::Store(StoreError::Damaged(_))), "{error}");
                let again = runtime.block_on(bring_back(&file, &target));
                assert!(matches!(again, Err(KeepingError::NotEmpty(_))), "{again:?}");
                // As the message says: what is left is deleted, and then it works.
                fs::remove_dir_all(place.join("data/store")).unwrap();
                runtime.block_on(bring_back(&file, &target)).unwrap();
            }
            Ok(kept) => {
                wholes += 1;
                let found = runtime.block_on(all(&kept.store));
                assert!(found == expected, "after step {step} it passes for whole and is not");
                runtime.block_on(kept.store.close());
            }
        }
        if !was_cut {
            break;
        }
    }
    assert!(
        halves >= 5 && wholes >= 1,
        "{halves} halves and {wholes} wholes: the steps are not what they were"
    );
}

#[tokio::test]
async fn an_empty_store_may_be_there_already() {
    let folder = folder();
    let file = small_backup(folder.path()).await;
    let target = places(&folder.path().join("target"));
    Store::open_empty(&target.store).await.unwrap().close().await;
    bring_back(&file, &target).await.unwrap();
    target.open(fresh).await.unwrap().store.close().await;
}
