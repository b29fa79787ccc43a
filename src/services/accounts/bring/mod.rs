//! What the operator brings in: organisations with contacts and licences, from a file or as the demonstration.
//!
//! It adds what is not there yet, and brings licences up to date, which nobody else makes. What people have changed on an account since is
//! left as it is; so brought in again, nothing changes, and nobody who was taken off an account comes back.

mod carry_out;
mod demo;
mod plan;
mod read;
mod reader;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::domain::account::{
    AccessModel, CompanyDetails, ContactDetails, LicenceId, OrgId, OrgKind, ToolboxId, WebAddress,
};
use crate::domain::{MailAddress, ProductId};

pub use demo::demo;
pub use read::{FileFault, Format, read};

/// The most licences of an account, so that taking off whoever has all of them fits into one batch of the store.
pub const MOST_LICENCES: usize = 250;

/// An organisation as the operator wants it to be there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// Its number.
    pub id: OrgId,
    /// Whether it buys or sells.
    pub kind: OrgKind,
    /// What is known about the company.
    pub company: CompanyDetails,
    /// Who may use what.
    pub model: AccessModel,
    /// Where its people sign in with their company credentials.
    pub sign_in_url: Option<WebAddress>,
    /// Its contacts.
    pub contacts: Vec<WantedContact>,
    /// Its licences.
    pub licences: Vec<WantedLicence>,
}

/// A contact of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedContact {
    /// Who.
    pub details: ContactDetails,
    /// Whether the operator vouches that the address is theirs: then they are active at once, and are sent nothing.
    pub active: bool,
    /// Whether they are an administrator.
    pub administrator: bool,
    /// Whether they are a security contact.
    pub security: bool,
    /// The toolboxes that they may use under the Secure model.
    pub toolboxes: BTreeSet<ToolboxId>,
}

/// A licence of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WantedLicence {
    /// Its number.
    pub id: LicenceId,
    /// What it is for.
    pub product: ProductId,
    /// What people read.
    pub name: String,
    /// The address of the contact for its renewal, where the licence is new.
    pub renewal: Option<MailAddress>,
    /// When it is to be renewed.
    pub renews: Option<NaiveDate>,
}

/// How many contacts, or licences, go in one piece: a request to a running desk has at most 64 KiB.
const PIECE: usize = 30;

impl Wanted {
    /// The same in pieces that are brought in one after the other: first the contacts, then the licences that name them.
    #[must_use]
    pub fn pieces(&self) -> Vec<Self> {
        let empty = Self { contacts: Vec::new(), licences: Vec::new(), ..self.clone() };
        let contacts =
            self.contacts.chunks(PIECE).map(|some| Self { contacts: some.to_vec(), ..empty.clone() });
        let licences =
            self.licences.chunks(PIECE).map(|some| Self { licences: some.to_vec(), ..empty.clone() });
        let pieces: Vec<Self> = contacts.chain(licences).collect();
        if pieces.is_empty() { vec![empty] } else { pieces }
    }
}

/// What came of one organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Brought {
    /// Its number.
    pub id: OrgId,
    /// What it is called.
    pub name: String,
    /// Whether it was created.
    pub created: bool,
    /// The addresses of the contacts that were added.
    pub contacts: Vec<MailAddress>,
    /// The licences that were added or brought up to date.
    pub licences: Vec<LicenceId>,
}

impl Brought {
    /// What came of two pieces of the same organisation.
    pub fn add(&mut self, other: Self) {
        self.created |= other.created;
        self.contacts.extend(other.contacts);
        self.licences.extend(other.licences);
    }

    /// Whether all was there already.
    #[must_use]
    pub fn is_unchanged(&self) -> bool {
        !self.created && self.contacts.is_empty() && self.licences.is_empty()
    }
}

/// Why an organisation can't be brought in as it is wanted. Nothing of any organisation was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[expect(missing_docs, reason = "the messages say what each is")]
pub enum Unfit {
    #[error("organisation {org} would have {count} security contacts, and {most} is the most")]
    SecurityContacts { org: OrgId, count: usize, most: usize },
    #[error("organisation {org} would have {count} contacts, and {most} is the most")]
    Contacts { org: OrgId, count: usize, most: usize },
    #[error("organisation {org} would have {count} licences, and {most} is the most")]
    Licences { org: OrgId, count: usize, most: usize },
    #[error("licence {licence} of organisation {org} is held by organisation {by} already")]
    LicenceTaken { org: OrgId, licence: LicenceId, by: OrgId },
    #[error(
        "organisation {org} is there under the name {name}: write that into the file if it is the same one, else choose another number"
    )]
    OtherOrganisation { org: OrgId, name: String },
}

/// All that is unfit; never empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}; nothing was changed", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct AllUnfit(pub Vec<Unfit>);

/// Why nothing was brought in, or not all of it.
#[derive(Debug, thiserror::Error)]
pub enum BringError {
    /// It does not fit to what is there.
    #[error(transparent)]
    Unfit(#[from] AllUnfit),
    /// The store.
    #[error(transparent)]
    Store(#[from] crate::store::StoreError),
}
