//! Proving that an e-mail address is somebody's: a code is sent there, and only so many.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::Ticket;
use crate::domain::{Digest, Effect, JobKey, Mail, MailAddress, PersonId};
use crate::store::{Batch, CommitError, Direction, Index, Key, KeyRange, Row, Store, StoreError, Table};

use super::agenda::{self, fault};

/// What the codes are for.
pub const PURPOSE: &str = "address";
/// How many codes one person can have sent, and how many one address gets, in [`WITHIN`].
const MOST: usize = 5;
/// The time in which they are counted.
const WITHIN: TimeDelta = TimeDelta::hours(24);
/// How often a change is tried that others come in between of.
const TRIES: u32 = 8;

/// When codes were sent by somebody, or to an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sends {
    /// The person, or the fingerprint of the address.
    pub who: String,
    /// When, the oldest first.
    pub at: Vec<DateTime<Utc>>,
}

/// All of these counts.
pub const SENDS: Table<Sends> = Table::new("address.sends", |sends| Key::of(&sends.who), &[SENDS_AT]);

/// The same by the last time, to be forgotten.
pub const SENDS_AT: Index<Sends> = Index {
    name: "at",
    unique: false,
    keys: |sends| {
        let last = sends.at.last().map(|at| at.to_rfc3339_opts(SecondsFormat::Micros, true));
        last.map(|at| Key::of(&at)).into_iter().collect()
    },
};

/// Whether a code is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It is.
    OnItsWay,
    /// This person had too many sent, or this address got too many.
    TooMany,
}

/// What a code is about: whose flow, and which address it proves.
#[must_use]
pub fn subject(person: PersonId, flow: Ticket, to: &MailAddress) -> String {
    format!("{}/{flow}/{}", person.0, to.as_str())
}

/// Has a code sent.
pub async fn send_code(
    store: &Store,
    person: PersonId,
    flow: Ticket,
    generation: u8,
    to: &MailAddress,
    now: DateTime<Utc>,
) -> Result<Sent, StoreError> {
    let counted = [person.to_string(), fingerprint(to)];
    for _ in 0..TRIES {
        let mut batch = Batch::new();
        for who in &counted {
            let row = SENDS.get(store, &Key::of(who)).await?;
            let Some(sends) = one_more(who, row.as_ref(), now) else { return Ok(Sent::TooMany) };
            match &row {
                Some(row) => SENDS.update(&mut batch, row, &sends),
                None => SENDS.insert(&mut batch, &sends),
            }
        }
        let code =
            Mail::AddressCode { to: to.clone(), subject: subject(person, flow, to), generation, at: now };
        let key = JobKey::named("address-code", &format!("{flow}-{generation}"));
        agenda::enqueue(&mut batch, Effect::Mail(code), key, now);
        match store.commit(batch).await {
            Ok(_) => return Ok(Sent::OnItsWay),
            Err(CommitError::Conflict(_)) => {}
            Err(error) => return Err(fault(error)),
        }
    }
    // The same code was asked for before, and is on its way.
    Ok(Sent::OnItsWay)
}

/// What stands for an address where how often it was written to is counted.
pub(super) fn fingerprint(address: &MailAddress) -> String {
    Digest::of(&address.as_str().to_lowercase()).as_str().to_owned()
}

/// Forgets counts that no longer matter, `limit` at most; answers how many.
pub async fn forget_sends(store: &Store, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
    let index = SENDS.index_key(&SENDS_AT);
    let until = (now - WITHIN).to_rfc3339_opts(SecondsFormat::Micros, true);
    let range = KeyRange::under(&index).before(&index.clone().join(&Key::of(&until)));
    let old = SENDS.list_in(store, &range, limit, Direction::Forward).await?;
    let mut batch = Batch::new();
    for row in &old {
        SENDS.delete(&mut batch, row);
    }
    match store.commit(batch).await {
        Ok(_) => Ok(old.len()),
        // Another code was sent meanwhile.
        Err(CommitError::Conflict(_)) => Ok(0),
        Err(error) => Err(fault(error)),
    }
}

fn one_more(who: &str, row: Option<&Row<Sends>>, now: DateTime<Utc>) -> Option<Sends> {
    let before = row.map(|row| row.record.at.as_slice()).unwrap_or_default();
    let mut at: Vec<DateTime<Utc>> = before.iter().copied().filter(|at| now - *at < WITHIN).collect();
    if at.len() >= MOST {
        return None;
    }
    at.push(now);
    Some(Sends { who: who.to_owned(), at })
}
