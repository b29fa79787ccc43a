//! A sub-command's side of the socket.

use std::io;
use std::path::Path;

use tokio::io::{AsyncWriteExt, BufReader};
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};

use crate::chat::{self, Reply};
use crate::domain::Identity;
use crate::platforms::news::Speaker;
use crate::services::keeping::{Operation, Outcome, Told};

use super::SocketError;
use super::path::reachable;
use super::protocol::{ANSWER, Asked, Coming, ComingFile, Line, Request, VERSION, read_line, write_line};

/// A connection over which something was asked.
struct Open {
    reader: BufReader<OwnedReadHalf>,
    writer: OwnedWriteHalf,
}

impl Open {
    /// Asks; `None` where no desk is running.
    async fn ask(socket: &Path, asked: Asked) -> Result<Option<Self>, SocketError> {
        let Some(stream) = connect(socket).await? else { return Ok(None) };
        let (reader, mut writer) = stream.into_split();
        let request = Request { v: VERSION, asked };
        write_line(&mut writer, &request).await.map_err(|error| broken(&error))?;
        Ok(Some(Self { reader: BufReader::new(reader), writer }))
    }

    /// The next line of the answer.
    async fn line(&mut self) -> Result<Line, SocketError> {
        let line = read_line(&mut self.reader, ANSWER).await.map_err(|error| broken(&error))?;
        match serde_json::from_slice(&line) {
            Ok(Line::Failed(why)) => Err(SocketError::Refused(why)),
            Ok(line) => Ok(line),
            Err(error) => {
                Err(broken(&format!("its answer makes no sense, it may be another version: {error}")))
            }
        }
    }
}

fn broken(why: &dyn ToString) -> SocketError {
    SocketError::BrokenOff(why.to_string())
}

/// What no desk of this version answers.
fn unexpected() -> SocketError {
    broken(&"it answered something else, it may be another version")
}

/// Asks the desk that is running here; `None` where none is.
pub async fn ask(
    socket: &Path,
    operation: Operation,
    progress: Told<'_>,
) -> Result<Option<Outcome>, SocketError> {
    let Some(mut open) = Open::ask(socket, Asked::Do(operation)).await? else { return Ok(None) };
    loop {
        match open.line().await? {
            Line::Progress(at) => progress(at),
            Line::Done(outcome) => return Ok(Some(outcome)),
            Line::Failed(_) | Line::Reply(_) | Line::News(_) | Line::Who(_) => return Err(unexpected()),
        }
    }
}

/// Has a turn answered; `None` where no desk is running, and nothing was said to any.
pub async fn turn(socket: &Path, request: &chat::Request) -> Result<Option<Reply>, SocketError> {
    let said = serde_json::to_vec(request).map_err(|error| SocketError::Refused(error.to_string()))?;
    let file =
        |file: &crate::domain::Upload| ComingFile { name: file.name.clone(), bytes: file.bytes.len() as u64 };
    let coming = Coming { bytes: said.len() as u64, files: request.files.iter().map(file).collect() };
    let Some(mut open) = Open::ask(socket, Asked::Turn(coming)).await? else { return Ok(None) };
    for bytes in std::iter::once(&said).chain(request.files.iter().map(|file| &file.bytes)) {
        // A desk that does not take it says why, and reads no further.
        if open.writer.write_all(bytes).await.is_err() {
            break;
        }
    }
    match open.line().await? {
        Line::Reply(reply) => Ok(Some(reply)),
        Line::Progress(_) | Line::Done(_) | Line::Failed(_) | Line::News(_) | Line::Who(_) => {
            Err(unexpected())
        }
    }
}

/// What is new for somebody now; `None` where no desk is running.
pub async fn news(socket: &Path, of: &Speaker) -> Result<Option<Option<Reply>>, SocketError> {
    let Some(mut open) = Open::ask(socket, Asked::News(of.clone())).await? else { return Ok(None) };
    open.line().await.and_then(new).map(Some)
}

/// By which identity somebody can be spoken for, if the desk knows them; `None` where no desk is running.
pub async fn who(socket: &Path, name: &str) -> Result<Option<Option<Identity>>, SocketError> {
    let Some(mut open) = Open::ask(socket, Asked::Who(name.to_owned())).await? else { return Ok(None) };
    match open.line().await? {
        Line::Who(identity) => Ok(Some(identity)),
        Line::Progress(_) | Line::Done(_) | Line::Failed(_) | Line::Reply(_) | Line::News(_) => {
            Err(unexpected())
        }
    }
}

/// A connection over which news come as long as it is kept.
pub struct Listening(Open);

/// Listens for what is new for somebody; `None` where no desk is running.
pub async fn listen(socket: &Path, of: &Speaker) -> Result<Option<Listening>, SocketError> {
    let Some(mut open) = Open::ask(socket, Asked::Listen(of.clone())).await? else { return Ok(None) };
    new(open.line().await?)?;
    Ok(Some(Listening(open)))
}

impl Listening {
    /// The next news. Once it was waited for, it has to be waited for to its end.
    pub async fn next(&mut self) -> Result<Reply, SocketError> {
        loop {
            if let Some(reply) = new(self.0.line().await?)? {
                return Ok(reply);
            }
        }
    }
}

fn new(line: Line) -> Result<Option<Reply>, SocketError> {
    match line {
        Line::News(reply) => Ok(reply),
        Line::Progress(_) | Line::Done(_) | Line::Failed(_) | Line::Reply(_) | Line::Who(_) => {
            Err(unexpected())
        }
    }
}

/// Whether a desk is running here.
pub async fn answers(socket: &Path) -> Result<bool, SocketError> {
    Ok(connect(socket).await?.is_some())
}

async fn connect(socket: &Path) -> Result<Option<UnixStream>, SocketError> {
    let fault = |error| SocketError::Fault { socket: socket.to_owned(), error };
    let short = match reachable(socket) {
        Ok(Some(short)) => short,
        // No desk could have opened it.
        Ok(None) => return Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(error)),
    };
    match UnixStream::connect(&short.path).await {
        Ok(stream) => Ok(Some(stream)),
        // None was ever there, or a desk died and left it.
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::ConnectionRefused) => {
            Ok(None)
        }
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Err(SocketError::NotYours(socket.to_owned()))
        }
        Err(error) => Err(fault(error)),
    }
}
