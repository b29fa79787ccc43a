//! A folder to play with.

use std::{
    fs::{self, File},
    time::{Duration, UNIX_EPOCH},
};

use super::*;

mod changes;
mod faults;

/// A knowledge folder whose files carry times of our own making, as two writes may fall into one tick of the clock.
struct Folder {
    root: tempfile::TempDir,
    clock: u64,
}

impl Folder {
    fn new() -> Self {
        Self { root: tempfile::tempdir().unwrap(), clock: 1 }
    }

    fn path(&self) -> PathBuf {
        self.root.path().join("knowledge")
    }

    fn write(&mut self, path: &str, bytes: impl AsRef<[u8]>) {
        let file = self.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, bytes).unwrap();
        self.clock += 1;
        let time = UNIX_EPOCH + Duration::from_secs(self.clock);
        File::options().write(true).open(&file).unwrap().set_modified(time).unwrap();
    }

    /// Writes an article with further lines of front matter and a body.
    fn article(&mut self, path: &str, id: &str, front: &str, body: &str) {
        let text =
            format!("+++\nid = \"{id}\"\ntitle = \"Title\"\nkind = \"support\"\n{front}\n+++\n{body}\n");
        self.write(path, text);
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).unwrap();
    }

    fn load(&self, before: &Manifest) -> Loaded {
        load(&self.path(), before, &mut |_, _| {}).unwrap()
    }

    /// The faults, with the folder called `knowledge`.
    fn faults(&self, loaded: &Loaded) -> String {
        let root = format!("{}/", self.root.path().display());
        let faults = loaded.faults.iter().map(|fault| fault.to_string().replace(&root, ""));
        faults.collect::<Vec<_>>().join("\n")
    }
}

fn ids(loaded: &Loaded) -> Vec<&str> {
    loaded.articles.iter().map(|loaded| loaded.article.about.id.as_str()).collect()
}
