//! The desk's side of the socket.

use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::io::BufReader;
use tokio::net::unix::OwnedWriteHalf;
use tokio::net::{UnixListener, UnixStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::timeout;

use crate::disk::{Lock, NotLocked, create_folder, folder_of};
use crate::services::keeping::{Operation, perform};

use super::conversation::Conversing;
use super::path::reachable;
use super::protocol::{Asked, Line, PATIENCE, REQUEST, read_line, request, write_line};
use super::{Inside, SocketError};

/// How many may ask at the same time; more have to wait.
const MOST: usize = 16;

/// Listens, until it is closed.
pub struct Server {
    socket: PathBuf,
    stop: oneshot::Sender<()>,
    task: JoinHandle<()>,
    /// The socket is ours for as long as this is held, so the file of a desk that died can be taken for what it is.
    _lock: Lock,
}

impl Server {
    /// Opens the socket. One that a dead desk left is replaced, one of a living desk never.
    pub fn start(socket: &Path, inside: Inside) -> Result<Self, SocketError> {
        let fault = |error| SocketError::Fault { socket: socket.to_owned(), error };
        // With a store on a server, nothing else has made it.
        create_folder(folder_of(socket)).map_err(fault)?;
        let lock = Lock::take(&socket.with_added_extension("lock")).map_err(|why| match why {
            NotLocked::Held(process) => SocketError::Taken { socket: socket.to_owned(), process },
            NotLocked::Fault(error) => fault(error),
        })?;
        match fs::symlink_metadata(socket) {
            Ok(there) if there.file_type().is_socket() => fs::remove_file(socket).map_err(fault)?,
            Ok(_) => return Err(SocketError::NoSocket(socket.to_owned())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(fault(error)),
        }
        let short = reachable(socket).map_err(fault)?;
        let short = short.ok_or_else(|| SocketError::TooLong(socket.to_owned()))?;
        let listener = UnixListener::bind(&short.path).map_err(fault)?;
        // Until this is done others may knock; each who comes in is looked at anyway.
        fs::set_permissions(socket, fs::Permissions::from_mode(0o600)).map_err(fault)?;
        let owner = fs::metadata(socket).map_err(fault)?.uid();
        let (stop, stopped) = oneshot::channel();
        let desk = Arc::new(Desk { conversing: Conversing::new(&inside), inside, owner });
        let task = tokio::spawn(listen(listener, desk, stopped));
        Ok(Self { socket: socket.to_owned(), stop, task, _lock: lock })
    }

    /// Hangs up on everybody, breaks off what is being done, and takes the socket away.
    pub async fn close(self) {
        // A server that is gone already needs no telling.
        let _ = self.stop.send(());
        if let Err(error) = self.task.await {
            tracing::error!(%error, "the socket's server ended in a panic");
        }
        if let Err(error) = fs::remove_file(&self.socket) {
            tracing::warn!(%error, socket = %self.socket.display(), "the socket could not be removed");
        }
    }
}

struct Desk {
    inside: Inside,
    conversing: Conversing,
    owner: u32,
}

async fn listen(listener: UnixListener, desk: Arc<Desk>, mut stopped: oneshot::Receiver<()>) {
    let places = Arc::new(Semaphore::new(MOST));
    let mut talks = JoinSet::new();
    loop {
        // Never closed, so there is always a place in the end.
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await.ok()?;
            Some((listener.accept().await, place))
        };
        let accepted = tokio::select! {
            _ = &mut stopped => break,
            accepted = next => accepted,
            Some(ended) = talks.join_next(), if !talks.is_empty() => {
                if let Err(error) = ended {
                    tracing::error!(%error, "an operation ended in a panic");
                }
                continue;
            }
        };
        match accepted {
            Some((Ok((stream, _)), place)) => {
                let desk = Arc::clone(&desk);
                talks.spawn(async move { talk(stream, &desk, place).await });
            }
            Some((Err(error), _)) => {
                tracing::warn!(%error, "nobody could be let in over the socket");
                // As when too many files are open: it passes, but not at once.
                tokio::time::sleep(std::time::Duration::from_millis(100)).await;
            }
            None => break,
        }
    }
    talks.shutdown().await;
}

/// One question and its answer. Whoever hangs up, sends nonsense or nothing is forgotten.
async fn talk(stream: UnixStream, desk: &Desk, place: OwnedSemaphorePermit) {
    let is_welcome = stream.peer_cred().is_ok_and(|peer| peer.uid() == desk.owner || peer.uid() == 0);
    if !is_welcome {
        tracing::warn!("another user knocked at the socket");
        return;
    }
    let (reader, mut writer) = stream.into_split();
    let mut reader = BufReader::new(reader);
    let read = timeout(PATIENCE, read_line(&mut reader, REQUEST)).await;
    let asked = match read {
        Ok(Ok(line)) => request(&line),
        Ok(Err(why)) => Err(format!("that is no request to a desk: {why}")),
        Err(_) => return,
    };
    let conversing = &desk.conversing;
    let last = match asked {
        Ok(Asked::Do(operation)) => do_it(&operation, desk, &mut writer).await,
        Ok(Asked::Turn(coming)) => conversing.turn(coming, &mut reader).await,
        Ok(Asked::News(speaker)) => Some(conversing.news(&speaker).await),
        Ok(Asked::Who(name)) => Some(conversing.who(&name).await),
        Ok(Asked::Listen(speaker)) => {
            // Listening takes long, and must not keep others from asking.
            drop(place);
            conversing.listen(&speaker, &mut reader, &mut writer).await
        }
        Err(why) => Some(Line::Failed(why)),
    };
    if let Some(line) = last {
        // Nobody may be there any more.
        let _ = timeout(PATIENCE, write_line(&mut writer, &line)).await;
    }
}

/// Performs an operation; the answer is its last line, or nothing where nobody listens any more: then it is broken off.
async fn do_it(operation: &Operation, desk: &Desk, writer: &mut OwnedWriteHalf) -> Option<Line> {
    // Only the newest progress is kept, so that a slow listener does not hold up the work.
    let (tell, mut told) = watch::channel(None);
    let mut progress = |progress| {
        tell.send_replace(Some(progress));
    };
    let work = perform(operation, &desk.inside.keeper, desk.inside.clock.now(), &mut progress);
    tokio::pin!(work);
    loop {
        tokio::select! {
            biased;
            done = &mut work => {
                return Some(match done {
                    Ok(outcome) => Line::Done(outcome),
                    Err(error) => Line::Failed(error.to_string()),
                });
            }
            Ok(()) = told.changed() => {
                let newest = *told.borrow_and_update();
                if let Some(progress) = newest {
                    let line = Line::Progress(progress);
                    timeout(PATIENCE, write_line(writer, &line)).await.ok()?.ok()?;
                }
            }
        }
    }
}
