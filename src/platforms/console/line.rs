//! The line to the desk: in this process, or over the socket to one that runs elsewhere.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;

use crate::chat::{Reply, Request};
use crate::platforms::news::{News, Speaker};
use crate::platforms::socket::{self, SocketError};
use crate::replies::Locale;
use crate::replies::terminal::{Trouble, trouble};

/// How often a desk that has stopped is looked for.
const RETRY: Duration = Duration::from_millis(500);

/// The line to the desk.
#[derive(Debug, Clone)]
pub enum Line {
    /// The desk is here.
    Here(News),
    /// The desk has this socket.
    There(Arc<Path>),
}

impl Line {
    /// A line to the desk that has this socket.
    #[must_use]
    pub fn there(socket: PathBuf) -> Self {
        Self::There(socket.into())
    }

    /// Has a turn answered; else what to say about the desk, and that nothing was answered.
    pub async fn turn(&self, request: &Request) -> Result<Reply, Reply> {
        let why = match self {
            Self::Here(news) => return Ok(news.desk.handle(request).await),
            Self::There(socket) => match socket::turn(socket, request).await {
                Ok(Some(reply)) => return Ok(reply),
                Ok(None) => Trouble::NotRunning,
                Err(SocketError::BrokenOff(_)) => Trouble::BrokenOff,
                Err(error) => Trouble::Refused(error.to_string()),
            },
        };
        Err(said(&why))
    }

    /// What is new now.
    pub async fn news(&self, of: &Speaker) -> Option<Reply> {
        match self {
            Self::Here(news) => news.now(of).await,
            // Where the desk is gone, the next turn says so.
            Self::There(socket) => socket::news(socket, of).await.ok().flatten().flatten(),
        }
    }

    /// Whatever is new from now on, and what becomes of the desk; until the receiver is dropped.
    #[must_use]
    pub fn listen(&self, of: Speaker) -> mpsc::Receiver<Reply> {
        let (tell, told) = mpsc::channel(1);
        match self.clone() {
            Self::Here(mut news) => {
                tokio::spawn(async move {
                    loop {
                        let reply = tokio::select! {
                            () = tell.closed() => return,
                            reply = news.next(&of) => reply,
                        };
                        if tell.send(reply).await.is_err() {
                            return;
                        }
                    }
                });
            }
            Self::There(socket) => {
                tokio::spawn(async move {
                    tokio::select! {
                        () = tell.closed() => {}
                        _ = follow(&socket, &of, &tell) => {}
                    }
                });
            }
        }
        told
    }
}

/// Tells the news of a desk, that it has stopped, and that it is back. Ends when nobody listens, or the desk can't be listened to.
async fn follow(
    socket: &Path,
    of: &Speaker,
    tell: &mpsc::Sender<Reply>,
) -> Result<(), mpsc::error::SendError<Reply>> {
    let mut is_lost = false;
    loop {
        let ended = match socket::listen(socket, of).await {
            Ok(Some(mut listening)) => {
                if std::mem::take(&mut is_lost) {
                    tell.send(said(&Trouble::Back)).await?;
                }
                loop {
                    match listening.next().await {
                        Ok(reply) => tell.send(reply).await?,
                        Err(error) => break Some(error),
                    }
                }
            }
            Ok(None) => None,
            Err(error) => Some(error),
        };
        match ended {
            None | Some(SocketError::BrokenOff(_)) => {
                if !std::mem::replace(&mut is_lost, true) {
                    tell.send(said(&Trouble::Stopped)).await?;
                }
            }
            Some(error) => return tell.send(said(&Trouble::Refused(error.to_string()))).await,
        }
        tokio::time::sleep(RETRY).await;
    }
}

fn said(of: &Trouble) -> Reply {
    trouble(Locale::English, of)
}
