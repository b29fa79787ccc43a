//! A sub-command's side of the socket.

use std::io;
use std::path::Path;

use tokio::io::BufReader;
use tokio::net::UnixStream;

use crate::services::keeping::{Operation, Outcome, Told};

use super::SocketError;
use super::path::reachable;
use super::protocol::{ANSWER, Line, Request, VERSION, read_line, write_line};

/// Asks the desk that is running here; `None` where none is.
pub async fn ask(
    socket: &Path,
    operation: Operation,
    progress: Told<'_>,
) -> Result<Option<Outcome>, SocketError> {
    let Some(stream) = connect(socket).await? else { return Ok(None) };
    let (reader, mut writer) = stream.into_split();
    let broken = |why: String| SocketError::BrokenOff(why);
    let request = Request { v: VERSION, operation };
    write_line(&mut writer, &request).await.map_err(|error| broken(error.to_string()))?;
    let mut reader = BufReader::new(reader);
    loop {
        let line = read_line(&mut reader, ANSWER).await.map_err(|error| broken(error.to_string()))?;
        match serde_json::from_slice(&line) {
            Ok(Line::Progress(at)) => progress(at),
            Ok(Line::Done(outcome)) => return Ok(Some(outcome)),
            Ok(Line::Failed(why)) => return Err(SocketError::Refused(why)),
            Err(error) => {
                return Err(broken(format!("its answer makes no sense, it may be another version: {error}")));
            }
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
