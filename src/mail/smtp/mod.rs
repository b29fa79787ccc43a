//! Mail to a server, by SMTP.
//!
//! SMTP can't promise that a mail comes exactly once: a server may take it and die before it says so, and then it is sent again. Each try
//! sends the same bytes with the same Message-ID, by which servers and readers know the repetition. A mail is never taken for sent
//! before the server said so.

mod failure;
mod idle;
mod line;

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use tokio::sync::Semaphore;
use tokio::time::Instant;

use crate::domain::{MailServer, Mailbox};

use super::{Message, NotSent};
use failure::{Failure, Stage, scrubbed};
use idle::Idle;
use line::Line;

/// The most connections at once. Servers allow about twenty from one address.
const MOST_LINES: usize = 4;
/// How long one mail may take in all. What carries it out waits for a minute.
const PATIENCE: Duration = Duration::from_secs(50);
/// After the server refused us, it is left alone for so long, whatever else is to be sent: many mails that knock with a wrong password
/// are how an account gets locked.
const REST: TimeDelta = TimeDelta::minutes(1);

/// A server that takes mail.
pub struct Smtp {
    server: MailServer,
    from: Mailbox,
    lines: Semaphore,
    idle: Arc<Idle>,
    /// Until when the server is left alone, and why.
    refused: Mutex<Option<(DateTime<Utc>, String)>>,
}

impl Smtp {
    /// A server, with whom mail is from. Nothing is asked of it before the first mail.
    #[must_use]
    pub fn new(server: MailServer, from: Mailbox) -> Self {
        let lines = Semaphore::new(MOST_LINES);
        Self { server, from, lines, idle: Arc::default(), refused: Mutex::default() }
    }

    /// Hands a mail over. When this returns, the server has it, and answered so.
    pub async fn send(&self, message: &Message, now: DateTime<Utc>) -> Result<String, NotSent> {
        let bytes = message.bytes(&self.from)?;
        if let Some(why) = self.rests(now) {
            return Err(NotSent::Mend(why));
        }
        let sent = self.hand_over(message, &bytes, Instant::now() + PATIENCE).await;
        let sent = sent.map_err(|failure| failure.told(&self.server));
        if let Err(NotSent::Mend(why)) = &sent {
            *self.refused.lock().unwrap_or_else(PoisonError::into_inner) = Some((now + REST, why.clone()));
        }
        sent.map(|said| format!("the mail server {} took it: {said}", self.server))
    }

    fn rests(&self, now: DateTime<Utc>) -> Option<String> {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        refused.as_ref().filter(|(until, _)| now < *until).map(|(_, why)| why.clone())
    }

    /// A connection goes back to the others only when the server answered everything on it. One on which an answer is still to come
    /// would hand that to the next mail, as if it were its own.
    async fn hand_over(&self, message: &Message, bytes: &[u8], until: Instant) -> Result<String, Failure> {
        let acquired = tokio::time::timeout_at(until, self.lines.acquire()).await;
        let Ok(Ok(_permit)) = acquired else { return Err(Failure::silent(Stage::Reach)) };
        let mut line = match Idle::take(&self.idle, until).await {
            Some(line) => line,
            None => Line::open(&self.server, self.from.address.domain(), until).await?,
        };
        let said = line.send(&self.from.address, &message.to, bytes, until).await?;
        Idle::put(&self.idle, line);
        Ok(scrubbed(&said))
    }
}

/// Where it is; a login is in there, too.
impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({:?})", self.server)
    }
}
