//! Proving that an e-mail address is somebody's: a code is sent there, and only so many.
//!
//! Whether anybody has the address is not looked up here, but when the mail is made: so whoever asks for a code learns nothing of that.

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::Ticket;
use crate::domain::{Effect, Identity, JobKey, Mail, MailAddress, PersonId, Place};
use crate::store::{Batch, CommitError, Store, StoreError};

use super::agenda::{self, fault};
use super::limits::{self, Counted, Limit, TooOften};

/// How often a change is tried that others come in between of.
const TRIES: u32 = 8;

/// What an address is proved for. A code for one is none for the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proves<'a> {
    /// That news may go there.
    News,
    /// That a chat is that of whoever has it.
    Link(&'a Identity),
}

impl Proves<'_> {
    /// What the codes are for.
    #[must_use]
    pub const fn purpose(self) -> &'static str {
        match self {
            Self::News => "address",
            Self::Link(_) => "link",
        }
    }

    /// How many codes one person can have sent, and how many one address gets.
    const fn most(self) -> Limit {
        let what = match self {
            Self::News => "address-code",
            Self::Link(_) => "link-code",
        };
        Limit { what, most: 5, within: TimeDelta::hours(24) }
    }

    /// How many can be sent from one place, whoever asks.
    const fn most_of_place(self) -> Limit {
        Limit { most: 20, ..self.most() }
    }

    fn mail(self, to: &MailAddress, subject: String, generation: u8, at: DateTime<Utc>) -> Mail {
        let to = to.clone();
        match self {
            Self::News => Mail::AddressCode { to, subject, generation, at },
            Self::Link(chat) => Mail::LinkCode { to, chat: chat.clone(), subject, generation, at },
        }
    }
}

/// A code that somebody wants to have sent.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// Who asks.
    pub person: PersonId,
    /// In which flow.
    pub flow: Ticket,
    /// Where.
    pub place: &'a Place,
    /// What it proves.
    pub proves: Proves<'a>,
    /// To which address.
    pub to: &'a MailAddress,
    /// Which code of the flow it is.
    pub generation: u8,
}

/// Whether a code is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sent {
    /// It is.
    OnItsWay,
    /// This person had too many sent, this address got too many, or too many were asked for here.
    TooMany {
        /// When the next one is possible; none where it is at once, in another flow.
        again: Option<DateTime<Utc>>,
    },
}

/// What a code is about: whose flow, and which address it proves.
#[must_use]
pub fn subject(person: PersonId, flow: Ticket, to: &MailAddress) -> String {
    format!("{}/{flow}/{}", person.0, to.as_str())
}

/// Has a code sent.
pub async fn send_code(store: &Store, asked: Asked<'_>, now: DateTime<Utc>) -> Result<Sent, StoreError> {
    let Asked { person, flow, place, proves, to, generation } = asked;
    let counted = [
        (proves.most(), Counted::person(person)),
        (proves.most(), Counted::address(to)),
        (proves.most_of_place(), Counted::place(place)),
    ];
    for _ in 0..TRIES {
        let mut batch = Batch::new();
        if let Err(TooOften { at }) = limits::count(store, &mut batch, &counted, now).await? {
            return Ok(Sent::TooMany { again: Some(at) });
        }
        let code = proves.mail(to, subject(person, flow, to), generation, now);
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
