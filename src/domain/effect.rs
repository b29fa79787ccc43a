//! Effects: what the desk does outside of itself, as facts. They are kept with the change that causes them and carried out afterwards.
//!
//! An effect holds no rendered text and no secret: the words and links are made when it is carried out.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::account::{ContactId, OrgId, RequestId, RequestNews, Told};
use super::case::CaseNumber;
use super::{Identity, LinkPurpose, MailAddress, PersonId};

/// Everything that the desk does outside of itself. What was kept by an older version must stay readable: a variant is never
/// renamed, and a new field has a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// A mail to one person.
    Mail(Mail),
    /// Something on Discord.
    Discord(Post),
}

/// What the desk does on Discord by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Post {
    /// Brings what is seen of a case there up to an event of its timeline: its thread, else a direct message to whom it concerns.
    Case {
        /// The case.
        case: CaseNumber,
        /// The event.
        event: u32,
    },
    /// Tells somebody in a direct message what happened to them, and to no case.
    Own {
        /// To whom.
        person: PersonId,
        /// When it happened.
        at: DateTime<Utc>,
    },
    /// Takes somebody who was erased off the thread of a case. Only here their account is still known, until it is done.
    Leave {
        /// The thread.
        thread: u64,
        /// Their account.
        account: u64,
    },
}

/// Every mail that the desk sends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mail {
    /// An operator wants to see that mail arrives.
    Test {
        /// Whom it is sent to.
        to: MailAddress,
        /// When it was asked for.
        asked_at: DateTime<Utc>,
    },
    /// A code that proves an address.
    AddressCode {
        /// The address.
        to: MailAddress,
        /// What the code is about; the code is derived from it.
        subject: String,
        /// Which code it is.
        generation: u8,
        /// When it was asked for.
        at: DateTime<Utc>,
    },
    /// The answer to whoever asked for a link by typing an address: the link, or why there is none. Whose address it is is looked up only
    /// when it is sent, so that asking is the same whoever has it.
    Link {
        /// The address as it was typed.
        to: MailAddress,
        /// What the link is for.
        purpose: LinkPurpose,
        /// When it was asked for.
        at: DateTime<Utc>,
    },
    /// Somebody's password is another one now.
    PasswordChanged {
        /// Whose.
        person: PersonId,
        /// When it was changed.
        at: DateTime<Utc>,
    },
    /// A code that links a chat to whoever has an address. Whether anybody has it is only looked up when it is sent.
    LinkCode {
        /// The address.
        to: MailAddress,
        /// The chat that wants to be linked.
        chat: Identity,
        /// What the code is about; the code is derived from it.
        subject: String,
        /// Which code it is.
        generation: u8,
        /// When it was asked for.
        at: DateTime<Utc>,
    },
    /// A chat was linked to somebody, or is no more.
    Linked {
        /// Who.
        person: PersonId,
        /// The chat.
        identity: Identity,
        /// Whether it is linked from now on.
        linked: bool,
        /// When.
        at: DateTime<Utc>,
    },
    /// Something happened to a case of somebody's, and they may not have seen it.
    CaseNews {
        /// To whom it is sent, if they still want it and have not seen it.
        person: PersonId,
        /// The case.
        case: CaseNumber,
        /// The event in its timeline.
        event: u32,
        /// When it happened.
        at: DateTime<Utc>,
    },
    /// Something was changed on an account, and one of its contacts is concerned. The address and the words are in the contact's record
    /// and in the log.
    Account {
        /// The organisation.
        org: OrgId,
        /// To whom it is sent.
        contact: ContactId,
        /// The entry of the log.
        entry: u64,
        /// What for.
        told: Told,
        /// When it was changed.
        at: DateTime<Utc>,
    },
    /// News of a request to an account's administrators.
    AccountRequest {
        /// The organisation.
        org: OrgId,
        /// To whom it is sent.
        contact: ContactId,
        /// The request.
        request: RequestId,
        /// What for.
        news: RequestNews,
        /// When it happened.
        at: DateTime<Utc>,
    },
}

impl Mail {
    /// The date it carries: when its cause happened, so that every try makes the same mail.
    #[must_use]
    pub fn dated(&self) -> DateTime<Utc> {
        match self {
            Self::Test { asked_at, .. } => *asked_at,
            Self::CaseNews { at, .. }
            | Self::AddressCode { at, .. }
            | Self::Link { at, .. }
            | Self::PasswordChanged { at, .. }
            | Self::LinkCode { at, .. }
            | Self::Linked { at, .. }
            | Self::Account { at, .. }
            | Self::AccountRequest { at, .. } => *at,
        }
    }
}
