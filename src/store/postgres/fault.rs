//! What goes wrong with a server, and what that means for the work at hand.

use std::error::Error;

use tokio_postgres::error::Severity;

use super::super::error::StoreError;

/// Whether it is worth trying again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The server can't be reached, or has gone away: it may return.
    Away,
    /// Somebody else was in the way; the server asks to try again.
    Contention,
    /// The server answered that it will not: asking again does not help.
    Refused,
    /// What was read makes no sense.
    Damaged,
}

/// What went wrong. Its text holds no password: the server's messages have none, and a URL is never part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub kind: Kind,
    pub text: String,
}

impl Fault {
    /// The server did not answer in time.
    pub fn slow() -> Self {
        Self { kind: Kind::Away, text: "PostgreSQL did not answer in time".to_owned() }
    }

    /// What was read makes no sense.
    pub fn damaged(text: impl Into<String>) -> Self {
        Self { kind: Kind::Damaged, text: text.into() }
    }

    /// No connection could be made.
    pub fn unreachable(shown: &str, error: &tokio_postgres::Error) -> Self {
        Self { kind: kind(error), text: format!("PostgreSQL at {shown} can't be used: {}", why(error)) }
    }

    /// Whether the same may work a moment later, on another connection.
    pub fn passes(&self) -> bool {
        matches!(self.kind, Kind::Away | Kind::Contention)
    }
}

impl From<tokio_postgres::Error> for Fault {
    fn from(error: tokio_postgres::Error) -> Self {
        let text = match error.as_db_error() {
            Some(_) => format!("PostgreSQL says: {}", why(&error)),
            None => format!("the connection to PostgreSQL broke: {}", why(&error)),
        };
        Self { kind: kind(&error), text }
    }
}

impl From<Fault> for StoreError {
    fn from(fault: Fault) -> Self {
        match fault.kind {
            Kind::Damaged => Self::Damaged(fault.text),
            Kind::Away | Kind::Contention | Kind::Refused => Self::Unavailable(fault.text),
        }
    }
}

fn kind(error: &tokio_postgres::Error) -> Kind {
    let Some(told) = error.as_db_error() else { return Kind::Away };
    let code = told.code().code();
    // Serialization failure and deadlock.
    if matches!(code, "40001" | "40P01") {
        return Kind::Contention;
    }
    // The classes of lost connections and of a server that stops or starts; an unknown outcome; no free connection.
    let is_away = code.starts_with("08") || code.starts_with("57P") || matches!(code, "40003" | "53300");
    let ends = matches!(told.parsed_severity(), Some(Severity::Fatal | Severity::Panic));
    if is_away || ends { Kind::Away } else { Kind::Refused }
}

/// The message with its causes.
fn why(error: &tokio_postgres::Error) -> String {
    if let Some(told) = error.as_db_error() {
        return told.message().to_owned();
    }
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    text
}
