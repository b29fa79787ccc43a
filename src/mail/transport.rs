//! Where mail goes: to a server, or into the outbox.

use std::io;
use std::path::PathBuf;

use chrono::{DateTime, Utc};

use crate::domain::{MailServer, Mailbox};

use super::{Message, NoMessage, Outbox, Smtp};

/// Where mail goes.
#[derive(Debug)]
pub enum Transport {
    /// Into a folder.
    Outbox(Outbox),
    /// To a server.
    Smtp(Smtp),
}

/// Why a mail was not sent. A reason names no address of a person and nothing of what the mail says.
#[derive(Debug, thiserror::Error)]
pub enum NotSent {
    /// No mail can be made of it.
    #[error(transparent)]
    Impossible(#[from] NoMessage),
    /// The folder can't be written at present.
    #[error("the outbox {} can't be written: {error}", .folder.display())]
    Unwritten {
        /// The folder.
        folder: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// It may be sent later.
    #[error("{0}")]
    NotNow(String),
    /// The server never takes it.
    #[error("{0}")]
    Refused(String),
    /// The server takes nothing from us before somebody mended something.
    #[error("{0}")]
    Mend(String),
}

impl Transport {
    /// To the server where there is one, else into the folder; with whom mail is from.
    #[must_use]
    pub fn of(server: Option<MailServer>, outbox: PathBuf, from: Mailbox) -> Self {
        match server {
            Some(server) => Self::Smtp(Smtp::new(server, from)),
            None => Self::Outbox(Outbox::new(outbox, from)),
        }
    }

    /// Sends a mail; answers what was said to it, for whoever looks after the desk.
    pub async fn send(&self, message: &Message, now: DateTime<Utc>) -> Result<String, NotSent> {
        match self {
            Self::Outbox(outbox) => {
                outbox.send(message).await.map(|file| format!("it was written to {}", file.display()))
            }
            Self::Smtp(smtp) => smtp.send(message, now).await,
        }
    }
}
