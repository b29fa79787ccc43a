//! Real files, real events.

use std::{fs, sync::mpsc::Receiver};

use super::*;

/// Far longer than anything here takes; only a failing test waits for it.
const PATIENCE: Duration = Duration::from_secs(20);

/// A folder with an article, watched.
struct Scene {
    parent: tempfile::TempDir,
    calls: Receiver<Result<(), WatchError>>,
    watcher: Watcher,
}

impl Scene {
    fn new() -> Self {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("knowledge");
        fs::create_dir_all(folder.join("support")).unwrap();
        fs::write(folder.join("support/a.md"), "one").unwrap();
        let (calls, watcher) = watch(&folder);
        Self { parent, calls, watcher }
    }

    fn path(&self, inside: &str) -> PathBuf {
        self.parent.path().join("knowledge").join(inside)
    }

    /// Waits until it is told of a change, and then for the end of what else belonged to it.
    fn is_told(&self) {
        self.calls.recv_timeout(PATIENCE).expect("a call").expect("no error");
        while self.calls.recv_timeout(LONGEST).is_ok() {}
    }

    fn is_told_nothing(&self) {
        assert!(self.calls.recv_timeout(2 * LONGEST).is_err());
    }
}

fn watch(folder: &Path) -> (Receiver<Result<(), WatchError>>, Watcher) {
    let (sender, calls) = mpsc::channel();
    let watcher = Watcher::start(folder, move |call| {
        let _ = sender.send(call);
    });
    (calls, watcher.unwrap())
}

#[test]
fn every_way_to_save_an_article_is_noticed() {
    let scene = Scene::new();
    fs::write(scene.path("support/a.md"), "two").unwrap();
    scene.is_told();
    // Most editors write beside the file and rename over it.
    fs::write(scene.path("support/.a.md.swp"), "three").unwrap();
    fs::rename(scene.path("support/.a.md.swp"), scene.path("support/a.md")).unwrap();
    scene.is_told();
    // Others move the old one away first.
    fs::rename(scene.path("support/a.md"), scene.path("support/a.md~")).unwrap();
    fs::write(scene.path("support/a.md"), "four").unwrap();
    scene.is_told();
    fs::remove_file(scene.path("support/a.md")).unwrap();
    scene.is_told();
    fs::write(scene.path("products.toml"), "").unwrap();
    scene.is_told();
}

#[test]
fn a_new_folder_in_the_folder_is_watched_too() {
    let scene = Scene::new();
    fs::create_dir_all(scene.path("imported/deep")).unwrap();
    scene.is_told();
    fs::write(scene.path("imported/deep/b.md"), "one").unwrap();
    scene.is_told();
}

#[test]
fn a_burst_is_told_of_once() {
    let scene = Scene::new();
    for number in 0..50 {
        fs::write(scene.path(&format!("support/{number}.md")), "one").unwrap();
    }
    let mut calls = 0;
    while scene.calls.recv_timeout(2 * LONGEST).is_ok() {
        calls += 1;
    }
    // A machine that is very busy may take longer than a burst lasts.
    assert!((1..=3).contains(&calls), "{calls} calls");
}

#[test]
fn reading_and_neighbours_are_no_changes() {
    let scene = Scene::new();
    fs::read(scene.path("support/a.md")).unwrap();
    fs::read_dir(scene.path("support")).unwrap().for_each(drop);
    fs::write(scene.parent.path().join("other"), "one").unwrap();
    fs::create_dir(scene.parent.path().join("knowledge-old")).unwrap();
    scene.is_told_nothing();
}

#[test]
fn watching_goes_on_when_the_folder_is_replaced() {
    let scene = Scene::new();
    let (folder, old) = (scene.path(""), scene.parent.path().join("old"));
    fs::rename(&folder, &old).unwrap();
    scene.is_told();
    // What happens to the old one is nobody's business any more.
    fs::write(old.join("support/a.md"), "two").unwrap();
    scene.is_told_nothing();
    fs::create_dir_all(scene.path("support")).unwrap();
    scene.is_told();
    fs::write(scene.path("support/a.md"), "three").unwrap();
    scene.is_told();
    fs::remove_dir_all(&folder).unwrap();
    scene.is_told();
    fs::rename(&old, &folder).unwrap();
    scene.is_told();
    fs::write(scene.path("support/a.md"), "four").unwrap();
    scene.is_told();
}

#[test]
fn watching_goes_on_when_everything_around_is_replaced() {
    let root = tempfile::tempdir().unwrap();
    let [around, old] = ["around", "old"].map(|name| root.path().join(name));
    let article = around.join("knowledge/a.md");
    fs::create_dir_all(around.join("knowledge")).unwrap();
    let (calls, watcher) = watch(&around.join("knowledge"));
    fs::rename(&around, &old).unwrap();
    fs::create_dir_all(around.join("knowledge")).unwrap();
    fs::write(&article, "one").unwrap();
    // It may first be told that the folder could not be watched for a moment.
    while calls.recv_timeout(PATIENCE).expect("a call").is_err() {}
    while calls.recv_timeout(RETRY + LONGEST).is_ok() {}
    let scene = Scene { parent: root, calls, watcher };
    fs::write(&article, "two").unwrap();
    scene.is_told();
}

#[cfg(unix)]
#[test]
fn a_folder_behind_a_link_is_watched_and_so_is_the_link() {
    use std::os::unix::fs::symlink;

    let parent = tempfile::tempdir().unwrap();
    let [one, two, link] = ["one", "two", "link"].map(|name| parent.path().join(name));
    fs::create_dir(&one).unwrap();
    fs::create_dir(&two).unwrap();
    symlink(&one, &link).unwrap();
    let (calls, watcher) = watch(&link);
    let scene = Scene { parent, calls, watcher };
    fs::write(one.join("a.md"), "one").unwrap();
    scene.is_told();
    // The way a new version of everything is put in place at once.
    let new = scene.parent.path().join("new");
    symlink(&two, &new).unwrap();
    fs::rename(&new, &link).unwrap();
    scene.is_told();
    fs::write(two.join("a.md"), "one").unwrap();
    scene.is_told();
}

#[test]
fn a_folder_that_comes_later_is_noticed() {
    let parent = tempfile::tempdir().unwrap();
    let (calls, watcher) = watch(&parent.path().join("knowledge"));
    let scene = Scene { parent, calls, watcher };
    fs::create_dir(scene.path("")).unwrap();
    scene.is_told();
    fs::write(scene.path("a.md"), "one").unwrap();
    scene.is_told();
}

#[test]
fn a_place_that_does_not_exist_is_refused() {
    let parent = tempfile::tempdir().unwrap();
    let started = Watcher::start(&parent.path().join("no/knowledge"), |_| {});
    assert!(matches!(started, Err(WatchError::NoSuchPlace { .. })), "{started:?}");
}

#[test]
fn nothing_is_told_after_the_end() {
    let scene = Scene::new();
    fs::write(scene.path("support/a.md"), "two").unwrap();
    let Scene { calls, watcher, parent } = scene;
    drop(watcher);
    let told = calls.try_iter().count();
    fs::write(parent.path().join("knowledge/support/a.md"), "three").unwrap();
    assert!(told <= 1 && calls.recv_timeout(PATIENCE).is_err(), "the sender is gone with the thread");
}
