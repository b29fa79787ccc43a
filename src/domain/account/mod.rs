//! Accounts: an organisation, the contacts who act for it, and what each of them may do.
//!
//! [`Account::decide`] makes a [`Decision`] of an [`AccountChange`]: the new state of what changed, the entry of the log, and who is to
//! hear of it. Nothing else changes an account, but the operator's import.

#[cfg(test)]
mod account_tests;
mod audit;
mod basis;
mod change;
mod contact;
mod decide;
mod decision;
mod field;
pub mod form;
mod licence;
mod org_id;
mod organisation;
mod procedure;
mod record;
mod refusal;
mod request;
mod rights;
mod toolbox;
mod web_address;

pub use audit::{AuditEntry, ContactFact, Difference, Pair, differences};
pub use change::{AccountChange, By, ChangeKind, ModelChoice, Needs};
pub use contact::{Contact, ContactDetails, ContactId, Standing, StandingKind};
pub use decide::{MOST_CONTACTS, MOST_SECURITY_CONTACTS};
pub use decision::{Concerned, Decision, Told};
pub use field::Field;
pub use form::{CompanyForm, Fault, Faults, Profile, Wrong};
pub use licence::{Licence, LicenceId};
pub use org_id::{NoOrgId, OrgId};
pub use organisation::{AccessModel, CompanyDetails, OrgKind, Organisation};
pub use procedure::Procedure;
pub use record::{Access, Account};
pub use refusal::Refusal;
pub use request::{Request, RequestId, RequestNews, Ruling, Verdict};
pub use toolbox::{NoToolbox, Toolbox, ToolboxId};
pub use web_address::{NoWebAddress, WebAddress};
