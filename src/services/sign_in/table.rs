//! The tables of passwords and sessions.

use chrono::{DateTime, SecondsFormat, Utc};

use crate::services::people;
use crate::store::{Index, Key, Table};

use super::{Credential, Session};

/// What each person signs in with.
pub const CREDENTIALS: Table<Credential> =
    Table::new("credential", |credential| people::key(credential.person), &[]);

/// All sessions, by the fingerprints of their tokens.
pub const SESSIONS: Table<Session> =
    Table::new("session", |session| Key::of(session.id.as_str()), &[SESSIONS_OF, SESSIONS_UNTIL]);

/// Sessions by whose they are.
pub const SESSIONS_OF: Index<Session> =
    Index { name: "person", unique: false, keys: |session| vec![people::key(session.person)] };

/// Sessions by when they can be forgotten.
pub const SESSIONS_UNTIL: Index<Session> =
    Index { name: "until", unique: false, keys: |session| vec![moment(session.until)] };

/// A time as keys have it: in the order of time.
pub(super) fn moment(at: DateTime<Utc>) -> Key {
    Key::of(&at.to_rfc3339_opts(SecondsFormat::Micros, true))
}
