//! The system's watches of a folder, and what its events mean.

use std::{
    path::{Path, PathBuf},
    sync::mpsc::Sender,
};

use notify::{
    Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _,
    event::{AccessKind, AccessMode},
};

use super::{Message, WatchError};

/// The system's watches of a folder and of the one it is in, where it may be replaced.
pub(super) struct Watched {
    folder: PathBuf,
    parent: PathBuf,
    /// Where the folder really is, if it is a link: some systems name the files in it by that.
    real: Option<PathBuf>,
    inbox: Sender<Message>,
    /// None while watching failed; dropping it ends the watches.
    watcher: Option<RecommendedWatcher>,
}

impl Watched {
    pub fn new(folder: &Path, inbox: Sender<Message>) -> Result<Self, WatchError> {
        let parent = folder.parent().unwrap_or(folder).to_owned();
        let mut watched = Self { folder: folder.to_owned(), parent, real: None, inbox, watcher: None };
        watched.renew()?;
        Ok(watched)
    }

    /// Watches what is at the folder's path now. All watches are made anew: those on a folder that was moved away would
    /// go on telling of it under its old name.
    pub fn renew(&mut self) -> Result<(), WatchError> {
        self.watcher = None;
        self.real = self.folder.canonicalize().ok();
        let refused = |source| WatchError::Refused { folder: self.folder.clone(), source };
        let inbox = self.inbox.clone();
        let handler = move |event| {
            // Failing means that nobody listens any more.
            let _ = inbox.send(Message::Event(event));
        };
        let mut watcher = notify::recommended_watcher(handler).map_err(refused)?;
        // The parent first: a folder that comes between the two is then noticed.
        watcher.watch(&self.parent, RecursiveMode::NonRecursive).map_err(refused)?;
        match watcher.watch(&self.folder, RecursiveMode::Recursive) {
            Ok(()) => {}
            Err(_) if !self.folder.exists() => {}
            Err(source) => return Err(refused(source)),
        }
        self.watcher = Some(watcher);
        Ok(())
    }

    /// Whether nothing would be heard of a change.
    pub fn is_lost(&self) -> bool {
        self.watcher.is_none()
    }

    /// Whether there is a folder now.
    pub fn exists(&self) -> bool {
        self.folder.is_dir()
    }

    /// What an event means for the folder.
    pub fn meaning(&self, event: notify::Result<Event>) -> Meaning {
        // After an error, as after a queue that ran over, nobody knows what was missed.
        let Ok(event) = event else { return Meaning::Replaced };
        if event.need_rescan() {
            return Meaning::Replaced;
        }
        let is_change = match event.kind {
            EventKind::Any
            | EventKind::Create(_)
            | EventKind::Modify(_)
            | EventKind::Remove(_)
            | EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
            // Reading is no change; above all, our own reading is none.
            EventKind::Access(_) | EventKind::Other => false,
        };
        let is_inside = |path: &PathBuf| {
            path.starts_with(&self.folder) || self.real.as_ref().is_some_and(|real| path.starts_with(real))
        };
        match event.paths.iter().find(|path| is_inside(path)) {
            _ if !is_change => Meaning::Nothing,
            // The parent tells of itself only when it goes, and the folder with it, or when its rights change.
            _ if event.paths.contains(&self.folder) || event.paths.contains(&self.parent) => {
                Meaning::Replaced
            }
            Some(_) => Meaning::Changed,
            None => Meaning::Nothing,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// Something else in the parent folder, or no change at all.
    Nothing,
    /// Something in the folder changed.
    Changed,
    /// The folder itself, or the one it is in, came, went or changed.
    Replaced,
}
