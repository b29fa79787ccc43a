//! What goes over the socket: lines of JSON.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use crate::chat::Reply;
use crate::domain::Identity;
use crate::platforms::news::Speaker;
use crate::services::keeping::{Operation, Outcome, Progress};

/// The version of all this. A desk and a command of different versions are told so.
pub const VERSION: u64 = 2;
/// The longest request, in bytes; what a turn says comes after it.
pub const REQUEST: u64 = 64 << 10;
/// The longest turn, its files aside, in bytes: a text of a million characters, however they are written.
pub const TURN: u64 = 8 << 20;
/// The longest line of an answer, in bytes: everything about a person who wrote a lot.
pub const ANSWER: u64 = 256 << 20;
/// How long either side waits for the other to send its line or to take one.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// A request.
#[derive(Debug, Serialize, Deserialize)]
pub struct Request {
    /// Its version.
    pub v: u64,
    /// What is asked.
    #[serde(flatten)]
    pub asked: Asked,
}

/// What can be asked.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// Do something with what is kept.
    Do(Operation),
    /// Answer a turn of a conversation. It follows as JSON, and then its files, one after the other.
    Turn(Coming),
    /// Tell what is new for somebody now.
    News(Speaker),
    /// Tell what is new for somebody, now and from now on.
    Listen(Speaker),
    /// Tell by which identity this person can be spoken for.
    Who(String),
}

/// What follows the request for a turn.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coming {
    /// The length of the turn, in bytes.
    pub bytes: u64,
    /// Its files.
    pub files: Vec<ComingFile>,
}

/// A file that follows.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ComingFile {
    /// What its owner calls it.
    pub name: String,
    /// Its length, in bytes.
    pub bytes: u64,
}

/// A line of an answer.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Line {
    /// It goes on.
    Progress(Progress),
    /// It is done; nothing follows.
    Done(Outcome),
    /// It can't be done; nothing follows.
    Failed(String),
    /// The answer to a turn; nothing follows.
    Reply(Reply),
    /// What is new, if anything is. To who listens the first one says that it is heard, and more follow.
    News(Option<Reply>),
    /// By which identity somebody can be spoken for, if the desk knows them; nothing follows.
    Who(Option<Identity>),
}

/// Why a line can't be read.
#[derive(Debug, thiserror::Error)]
pub enum NoLine {
    /// There is none any more.
    #[error("the other side hung up")]
    End,
    /// It is too long.
    #[error("a line may have {0} bytes")]
    TooLong(u64),
    /// The system.
    #[error("{0}")]
    Fault(#[from] std::io::Error),
}

/// Reads a line of at most so many bytes, without its end.
pub async fn read_line(from: &mut (impl AsyncBufRead + Unpin), most: u64) -> Result<Vec<u8>, NoLine> {
    let mut line = Vec::new();
    from.take(most).read_until(b'\n', &mut line).await?;
    match line.pop() {
        Some(b'\n') => Ok(line),
        Some(_) if line.len() as u64 + 1 >= most => Err(NoLine::TooLong(most)),
        Some(_) | None => Err(NoLine::End),
    }
}

/// Reads so many bytes. Room is made for what comes, not for what was said to come.
pub async fn read_bytes(from: &mut (impl AsyncRead + Unpin), bytes: u64) -> Result<Vec<u8>, NoLine> {
    let mut all = Vec::new();
    from.take(bytes).read_to_end(&mut all).await?;
    if all.len() as u64 == bytes { Ok(all) } else { Err(NoLine::End) }
}

/// Writes a line.
pub async fn write_line(to: &mut (impl AsyncWrite + Unpin), line: &impl Serialize) -> std::io::Result<()> {
    let mut bytes = serde_json::to_vec(line)?;
    bytes.push(b'\n');
    to.write_all(&bytes).await?;
    to.flush().await
}

/// Reads a request; else what to answer instead.
pub fn request(line: &[u8]) -> Result<Asked, String> {
    /// What requests of every version say.
    #[derive(Deserialize)]
    struct Any {
        v: u64,
    }
    let program = env!("CARGO_PKG_VERSION");
    let any: Any =
        serde_json::from_slice(line).map_err(|error| format!("that is no request to a desk: {error}"))?;
    if any.v != VERSION {
        return Err(format!(
            "the running desk is guidepost {program} and was asked in another version's way ({}, not {VERSION}): use the same guidepost for both",
            any.v
        ));
    }
    match serde_json::from_slice::<Request>(line) {
        Ok(request) => Ok(request.asked),
        Err(error) => Err(format!(
            "the running desk is guidepost {program} and does not know what it was asked ({error}): use the same guidepost for both"
        )),
    }
}
