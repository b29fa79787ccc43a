//! Tells when something in the knowledge folder was saved.

use std::{
    io,
    path::{Path, PathBuf},
    sync::mpsc::{self, Receiver, RecvTimeoutError, Sender},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use notify::Event;

use watched::{Meaning, Watched};

mod watched;

/// A burst of changes is over when nothing more came for this long.
const QUIET: Duration = Duration::from_millis(150);

/// A burst that goes on is told of after this long, and again.
const LONGEST: Duration = Duration::from_millis(500);

/// How soon a folder that could not be watched is tried again.
const RETRY: Duration = Duration::from_secs(2);

/// The folder is not watched, or some of its changes may have gone unseen.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The folder above, in which this one could appear again, can't be found.
    #[error("cannot watch {}: {source}", folder.display())]
    NoSuchPlace {
        /// The folder.
        folder: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The system refuses to watch; on Linux most often by its limit `fs.inotify.max_user_watches`.
    #[error("cannot watch {}: {source}", folder.display())]
    Refused {
        /// The folder.
        folder: PathBuf,
        /// The system's reason.
        source: notify::Error,
    },
}

/// Watches a folder until it is dropped.
#[derive(Debug)]
pub struct Watcher {
    inbox: Sender<Message>,
    thread: Option<JoinHandle<()>>,
}

#[derive(Debug)]
enum Message {
    Event(notify::Result<Event>),
    Stop,
}

impl Watcher {
    /// Calls `callback` from a thread of its own, once after each burst of changes in the folder, whatever they are: a
    /// saved, renamed, removed article, or a new folder in the old one's place. What changed is for
    /// [`load()`](super::load()) to find out.
    ///
    /// The folder need not exist yet, the one it is in must. What goes wrong later is handed to the callback, and
    /// tried again.
    pub fn start(
        folder: &Path,
        callback: impl FnMut(Result<(), WatchError>) + Send + 'static,
    ) -> Result<Self, WatchError> {
        let no_such_place = |source| WatchError::NoSuchPlace { folder: folder.to_owned(), source };
        let (inbox, messages) = mpsc::channel();
        let watched = Watched::new(&place_of(folder).map_err(no_such_place)?, inbox.clone())?;
        let run = move || run(&messages, watched, callback);
        let thread =
            thread::Builder::new().name("knowledge-watch".to_owned()).spawn(run).map_err(no_such_place)?;
        Ok(Self { inbox, thread: Some(thread) })
    }
}

impl Drop for Watcher {
    /// Afterwards the callback is not called any more.
    fn drop(&mut self) {
        // Failing means that the thread has ended already.
        let _ = self.inbox.send(Message::Stop);
        if let Some(thread) =
            self.thread.take().filter(|thread| thread.thread().id() != thread::current().id())
        {
            let _ = thread.join();
        }
    }
}

/// The path that the system will name the folder by. Only the folder itself may be missing, or be a link.
fn place_of(folder: &Path) -> io::Result<PathBuf> {
    let absolute = std::path::absolute(folder)?;
    match (absolute.parent(), absolute.file_name()) {
        (Some(parent), Some(name)) => Ok(parent.canonicalize()?.join(name)),
        _ => absolute.canonicalize(),
    }
}

/// Until told to stop: waits for a change, waits for the burst to end, calls back.
fn run(messages: &Receiver<Message>, mut watched: Watched, mut callback: impl FnMut(Result<(), WatchError>)) {
    // When the burst began, and when it was last heard of.
    let mut burst: Option<(Instant, Instant)> = None;
    loop {
        let due = burst.map(|(began, last)| (began + LONGEST).min(last + QUIET));
        let wait = due.map_or(RETRY, |due| due.saturating_duration_since(Instant::now()));
        // Asked before the next message is taken, as in a storm there always is one.
        if wait.is_zero() {
            burst = None;
            callback(Ok(()));
            continue;
        }
        let meaning = match messages.recv_timeout(wait) {
            Ok(Message::Stop) | Err(RecvTimeoutError::Disconnected) => return,
            Ok(Message::Event(event)) => watched.meaning(event),
            Err(RecvTimeoutError::Timeout) if burst.is_none() && watched.is_lost() => {
                // As long as the system tells nothing, looking now and then has to do.
                if watched.renew().is_ok() || watched.exists() { Meaning::Changed } else { Meaning::Nothing }
            }
            Err(RecvTimeoutError::Timeout) => Meaning::Nothing,
        };
        if meaning == Meaning::Replaced {
            // Before calling back, so that whatever comes after the callback's look is noticed.
            if let Err(error) = watched.renew() {
                callback(Err(error));
            }
        }
        if meaning != Meaning::Nothing {
            let now = Instant::now();
            burst = Some((burst.map_or(now, |(began, _)| began), now));
        }
    }
}

#[cfg(test)]
mod tests;
