//! Single-use links that are sent by mail: whoever opens one has proved that the address is theirs.
//!
//! Asking for a link does the same whoever has the address, and whether anybody does: one record, the counts and one mail, whose words
//! are found only when it is sent. A link works once, for half an hour, and not after a newer one was asked for.

mod table;
mod token;

use chrono::{DateTime, TimeDelta, Utc};

use crate::chat::Ticket;
use crate::domain::{Effect, JobKey, LinkPurpose, Mail, MailAddress, PersonId};
use crate::store::{Batch, CommitError, Direction, Key, KeyRange, Row, Store, StoreError};

use super::agenda::{self, fault};
use super::codes::Codes;
use super::limits::{self, Counted, Limit, TooOften};
pub use table::{LINKS, Link, TICKET, UNTIL, key_of};
use table::{folded, moment, ticket_key};
pub use token::LinkToken;
pub(in crate::services) use token::{read_seal, written};

/// How long a link works.
pub const WORKS: TimeDelta = TimeDelta::minutes(30);
/// How many links one person can have sent, and how many one address gets.
const EACH: Limit = Limit { what: "link", most: 5, within: TimeDelta::hours(24) };
/// How many are sent from one place, for all addresses together.
const PLACE: Limit = Limit { what: "link", most: 20, within: TimeDelta::hours(24) };
/// How many names of replaced links are kept.
const REPLACED: usize = 10;
/// How long a link that ran out is kept, so that whoever opens it is told that it did.
const REMEMBERED: TimeDelta = TimeDelta::days(7);
/// How often a change is tried that others come in between of.
const TRIES: u32 = 16;
/// What the seals of links are for.
const PURPOSE: &str = "link";

/// The links of a desk. Cheap to clone.
#[derive(Clone)]
pub struct Links {
    store: Store,
    codes: Codes,
}

/// A link that works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Usable {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// The address that it was sent to.
    pub address: MailAddress,
    /// Until when it works.
    pub until: DateTime<Utc>,
}

/// Why a link does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Dead {
    /// Its time is over.
    #[error("the link ran out")]
    Expired,
    /// It was used.
    #[error("the link was used")]
    Used,
    /// A newer one was sent.
    #[error("a newer link was sent")]
    Replaced,
    /// It was never made here, or is long forgotten.
    #[error("there is no such link")]
    Unknown,
}

impl Links {
    /// The links of a store.
    #[must_use]
    pub fn new(store: Store, codes: Codes) -> Self {
        Self { store, codes }
    }

    /// Has a link sent to an address that somebody typed, and answers until when it works. `by` is who asks, where the door knows;
    /// `place` is where from. The same ticket again sends nothing again.
    pub async fn ask(
        &self,
        purpose: LinkPurpose,
        address: &MailAddress,
        by: Option<PersonId>,
        place: &Counted,
        now: DateTime<Utc>,
        ticket: Ticket,
    ) -> Result<Result<DateTime<Utc>, TooOften>, StoreError> {
        let mut counted = vec![(EACH, Counted::address(address)), (PLACE, place.clone())];
        counted.extend(by.map(|person| (EACH, Counted::person(person))));
        for _ in 0..TRIES {
            let before = LINKS.get(&self.store, &key_of(purpose, address)).await?;
            if let Some(row) = &before
                && row.record.ticket == ticket
            {
                return Ok(Ok(row.record.until));
            }
            let mut batch = Batch::new();
            if let Err(too_often) = limits::count(&self.store, &mut batch, &counted, now).await? {
                return Ok(Err(too_often));
            }
            let link = newer(before.as_ref(), purpose, address, ticket, now);
            match &before {
                Some(row) => LINKS.update(&mut batch, row, &link),
                None => LINKS.insert(&mut batch, &link),
            }
            let mail = Mail::Link { to: address.clone(), purpose, at: now };
            agenda::enqueue(&mut batch, Effect::Mail(mail), JobKey::named("link", &ticket.to_string()), now);
            match self.store.commit(batch).await {
                Ok(_) => return Ok(Ok(link.until)),
                Err(CommitError::Conflict(_)) => {}
                Err(error) => return Err(fault(error)),
            }
        }
        Err(StoreError::Unavailable("others keep asking for the same".to_owned()))
    }

    /// Whether a link works, and for whom. Looking uses nothing up: programs that read mail open links, too.
    pub async fn find(
        &self,
        token: &LinkToken,
        now: DateTime<Utc>,
    ) -> Result<Result<Usable, Dead>, StoreError> {
        Ok(self.row(token, now).await?.map(|row| {
            let Link { purpose, address, until, .. } = row.record;
            Usable { purpose, address, until }
        }))
    }

    /// The latest link that was asked for with an address, however it stands.
    pub async fn of_address(
        &self,
        purpose: LinkPurpose,
        address: &MailAddress,
    ) -> Result<Option<Link>, StoreError> {
        let row = LINKS.get(&self.store, &key_of(purpose, address)).await?;
        Ok(row.map(|row| row.record))
    }

    /// What stands in the address of a link. For the mail that brings it, and nothing else.
    #[must_use]
    pub fn token(&self, link: &Link) -> LinkToken {
        LinkToken { ticket: link.ticket, seal: self.codes.seal(PURPOSE, &subject(link, link.ticket)) }
    }

    /// The record of a link that works, for the batch that uses it up with [`Self::use_up`].
    pub(super) async fn row(
        &self,
        token: &LinkToken,
        now: DateTime<Utc>,
    ) -> Result<Result<Row<Link>, Dead>, StoreError> {
        let row = LINKS.get_one(&self.store, &TICKET, &ticket_key(token.ticket)).await?;
        let Some(row) = row else { return Ok(Err(Dead::Unknown)) };
        Ok(self.standing(&row.record, token, now).map(|()| row))
    }

    fn standing(&self, link: &Link, token: &LinkToken, now: DateTime<Utc>) -> Result<(), Dead> {
        if !self.codes.is_sealed(&token.seal, PURPOSE, &subject(link, token.ticket)) {
            return Err(Dead::Unknown);
        }
        match link {
            _ if link.ticket != token.ticket => Err(Dead::Replaced),
            Link { used: Some(_), .. } => Err(Dead::Used),
            Link { until, .. } if *until <= now => Err(Dead::Expired),
            Link { .. } => Ok(()),
        }
    }

    /// Uses a link up, within the batch of what it is used for: of several who do at once one gets through.
    pub(super) fn use_up(batch: &mut Batch, row: &Row<Link>, now: DateTime<Utc>) {
        LINKS.update(batch, row, &Link { used: Some(now), ..row.record.clone() });
    }
}

/// What a link's seal is about.
fn subject(link: &Link, ticket: Ticket) -> String {
    format!("{}/{ticket}/{}", link.purpose.name(), folded(&link.address))
}

/// The link that takes the place of the one before.
fn newer(
    before: Option<&Row<Link>>,
    purpose: LinkPurpose,
    address: &MailAddress,
    ticket: Ticket,
    now: DateTime<Utc>,
) -> Link {
    let mut replaced: Vec<Ticket> = Vec::new();
    if let Some(Row { record, .. }) = before {
        replaced.push(record.ticket);
        replaced.extend(record.before.iter().copied().filter(|old| *old != ticket));
        replaced.truncate(REPLACED);
    }
    Link {
        purpose,
        address: address.clone(),
        ticket,
        before: replaced,
        asked: now,
        until: now + WORKS,
        used: None,
    }
}

/// Forgets links that ran out long ago, `limit` at most; answers how many.
pub async fn forget(store: &Store, now: DateTime<Utc>, limit: usize) -> Result<usize, StoreError> {
    let index = LINKS.index_key(&UNTIL);
    let long_ago = Key::of(&moment(now - REMEMBERED));
    let range = KeyRange::under(&index).before(&index.clone().join(&long_ago));
    let old = LINKS.list_in(store, &range, limit, Direction::Forward).await?;
    let mut batch = Batch::new();
    for row in &old {
        LINKS.delete(&mut batch, row);
    }
    match store.commit(batch).await {
        Ok(_) => Ok(old.len()),
        // One of them was asked for again meanwhile.
        Err(CommitError::Conflict(_)) => Ok(0),
        Err(error) => Err(fault(error)),
    }
}
