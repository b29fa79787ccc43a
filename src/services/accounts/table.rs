//! The tables of accounts: organisations, contacts, licences, the log, requests, and what was asked for once.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::domain::account::{
    AccountChange, AuditEntry, By, Contact, ContactId, Licence, LicenceId, OrgId, Organisation, Request,
    RequestId, WebAddress,
};
use crate::domain::{MailAddress, PersonId};
use crate::services::cases::table::person_key;
use crate::store::{Index, Key, Table};

/// The counter of changes. An entry of the log has its number, and so has the contact that the change added.
pub const COUNTER: &str = "account";
/// The counter of requests.
pub const REQUEST_COUNTER: &str = "account.request";
/// Digits of an Org ID in a key; none has more.
const ORG_WIDTH: usize = 8;
/// Digits of a number that a counter gave.
const WIDTH: usize = 6;

/// What every change of an account changes: so of two at once the second is a conflict, whatever either of them looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The organisation.
    pub org: OrgId,
    /// The last entry of its log.
    pub last: u64,
    /// The requests that wait, with who asks: what the limits are held against.
    #[serde(default)]
    pub open: BTreeMap<RequestId, ContactId>,
}

/// The heads of all accounts.
pub const HEADS: Table<Head> = Table::new("account.head", |head| org_key(head.org), &[]);

/// All organisations.
pub const ORGANISATIONS: Table<Organisation> = Table::new("account", |org| org_key(org.id), &[SIGN_IN]);

/// Organisations whose people sign in with their company's credentials, by where.
pub const SIGN_IN: Index<Organisation> = Index {
    name: "sign-in",
    unique: false,
    keys: |org| {
        org.sign_in_url.as_ref().and_then(WebAddress::host).map(|host| Key::of(&host)).into_iter().collect()
    },
};

/// All contacts, by organisation.
pub const CONTACTS: Table<Contact> =
    Table::new("account.contact", |contact| contact_key(contact.org, contact.id), &[MAIL, AT, PERSON]);

/// Who is on an account, by their address in lower case: no two have the same. Over the desk many may, because somebody can be a contact
/// of several organisations, and because a refusal would tell one company that another one's employee is known here. What is unique over
/// the desk is a person's own address; see `services::people`.
pub const MAIL: Index<Contact> = Index {
    name: "mail",
    unique: true,
    keys: |contact| {
        let key = contact.is_present().then(|| org_key(contact.org).text(&folded(&contact.mail)));
        key.into_iter().collect()
    },
};

/// All contacts by their address, over the desk, also those who were removed.
pub const AT: Index<Contact> =
    Index { name: "at", unique: false, keys: |contact| vec![Key::of(&folded(&contact.mail))] };

/// A person's contacts, also those who were removed.
pub const PERSON: Index<Contact> = Index {
    name: "person",
    unique: false,
    keys: |contact| contact.person.map(person_key).into_iter().collect(),
};

/// All licences, by organisation.
pub const LICENCES: Table<Licence> =
    Table::new("account.licence", |licence| licence_key(licence.org, &licence.id), &[NUMBER]);

/// Licences by number: one is held by one organisation.
pub const NUMBER: Index<Licence> =
    Index { name: "number", unique: true, keys: |licence| vec![Key::of(licence.id.as_str())] };

/// An entry of an account's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Logged {
    /// Its number.
    pub number: u64,
    /// What happened.
    pub entry: AuditEntry,
}

/// The logs of all accounts, each in order. A long entry is kept in parts, as any record is.
pub const LOG: Table<Logged> =
    Table::new("account.log", |logged| log_key(logged.entry.org, logged.number), &[]);

/// All requests, by organisation.
pub const REQUESTS: Table<Request> =
    Table::new("account.request", |request| request_key(request.org, request.id), &[ABOUT]);

/// Requests that wait, by the address of whom they would put or change: the person whose address it is can have it erased.
pub const ABOUT: Index<Request> = Index {
    name: "about",
    unique: false,
    keys: |request| {
        let mail = request.wish.as_ref().and_then(mail_in);
        mail.map(|mail| Key::of(&folded(mail))).into_iter().collect()
    },
};

/// Whose wish something was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Asker {
    /// Somebody who creates an organisation, or joins one.
    Person(PersonId),
    /// A contact.
    Contact(ContactId),
    /// The operator.
    Operator,
}

/// What somebody asked for under a name of their own, so that the same thing asked for again is not done again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Done {
    /// Who asked.
    pub by: Asker,
    /// Their name for it.
    pub once: String,
    /// When.
    pub at: DateTime<Utc>,
    /// The organisation.
    pub org: OrgId,
    /// What came of it: the entry of the log, or the request.
    pub number: u64,
}

/// All that was asked for once.
pub const DONE: Table<Done> = Table::new("account.once", |done| once_key(done.by, &done.once), &[]);

impl From<By> for Asker {
    fn from(by: By) -> Self {
        match by {
            By::Contact(contact) => Self::Contact(contact),
            By::Operator => Self::Operator,
        }
    }
}

/// The key of an organisation within its tables.
#[must_use]
pub fn org_key(org: OrgId) -> Key {
    Key::of_number(u64::from(u32::from(org)), ORG_WIDTH)
}

/// The key of a contact within the table.
#[must_use]
pub fn contact_key(org: OrgId, contact: ContactId) -> Key {
    org_key(org).number(contact.0, WIDTH)
}

pub(super) fn licence_key(org: OrgId, licence: &LicenceId) -> Key {
    org_key(org).text(licence.as_str())
}

/// The key of an entry of the log within the table.
#[must_use]
pub fn log_key(org: OrgId, number: u64) -> Key {
    org_key(org).number(number, WIDTH)
}

/// The key of a request within the table.
#[must_use]
pub fn request_key(org: OrgId, request: RequestId) -> Key {
    org_key(org).number(request.0, WIDTH)
}

/// What all keys begin with under which somebody asked for something.
pub(super) fn asker_key(by: Asker) -> Key {
    match by {
        Asker::Person(person) => Key::of("person").number(person.0, WIDTH),
        Asker::Contact(contact) => Key::of("contact").number(contact.0, WIDTH),
        Asker::Operator => Key::of("operator").number(0, WIDTH),
    }
}

pub(super) fn once_key(by: Asker, once: &str) -> Key {
    asker_key(by).text(once)
}

pub(super) fn folded(mail: &MailAddress) -> String {
    mail.as_str().to_lowercase()
}

/// The address that a change would give somebody.
pub(super) fn mail_in(change: &AccountChange) -> Option<&MailAddress> {
    match change {
        AccountChange::AddContact(details) | AccountChange::UpdateContact { details, .. } => {
            Some(&details.mail)
        }
        AccountChange::Join { .. }
        | AccountChange::UpdateCompany(_)
        | AccountChange::RemoveContact(_)
        | AccountChange::SetSecurityContacts(_)
        | AccountChange::MarkSecurityContact { .. }
        | AccountChange::GrantAdministrator(_)
        | AccountChange::WithdrawAdministrator(_)
        | AccountChange::RestrictToolboxes { .. }
        | AccountChange::ChooseModel(_)
        | AccountChange::AssignRenewals { .. } => None,
    }
}
