//! The table of single-use links.

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Serialize};

use crate::chat::Ticket;
use crate::domain::{Digest, LinkPurpose, MailAddress};
use crate::store::{Index, Key, Table};

/// The latest link for an address. It is kept whether or not anybody here has the address: asking must not tell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What it is for.
    pub purpose: LinkPurpose,
    /// The address as it was typed.
    pub address: MailAddress,
    /// Its name. The token in a mail is derived from it and the desk key, and never kept.
    pub ticket: Ticket,
    /// The names of those before it, which it replaced.
    #[serde(default)]
    pub before: Vec<Ticket>,
    /// When it was asked for.
    pub asked: DateTime<Utc>,
    /// Until when it works.
    pub until: DateTime<Utc>,
    /// When it was used, where it was.
    #[serde(default)]
    pub used: Option<DateTime<Utc>>,
}

/// The latest links, one for each address and purpose.
pub const LINKS: Table<Link> =
    Table::new("link", |link| key_of(link.purpose, &link.address), &[TICKET, UNTIL]);

/// Links by their own name and by those that they replaced: so a link that was replaced is told from one that never was.
pub const TICKET: Index<Link> = Index {
    name: "ticket",
    unique: true,
    keys: |link| {
        std::iter::once(&link.ticket).chain(&link.before).map(|ticket| ticket_key(*ticket)).collect()
    },
};

/// Links by when they run out.
pub const UNTIL: Index<Link> =
    Index { name: "until", unique: false, keys: |link| vec![Key::of(&moment(link.until))] };

/// The key of the link for an address, in any case of its letters.
#[must_use]
pub fn key_of(purpose: LinkPurpose, address: &MailAddress) -> Key {
    Key::of(purpose.name()).text(Digest::of(&folded(address)).as_str())
}

pub(super) fn ticket_key(ticket: Ticket) -> Key {
    Key::of(&ticket.to_string())
}

pub(super) fn folded(address: &MailAddress) -> String {
    address.as_str().to_lowercase()
}

pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}
