//! An account for tests, and what an older version wrote of one.

mod forms;
mod laws;
mod rules;
mod table;

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};

use crate::domain::{MailAddress, PersonId, ProductId};

use super::*;

const ANN: ContactId = ContactId(1);
const BO: ContactId = ContactId(2);
/// Restricted, a security contact, and who hears of a renewal.
const CY: ContactId = ContactId(3);
const DEE: ContactId = ContactId(4);
const INVITED: ContactId = ContactId(5);
const REMOVED: ContactId = ContactId(6);
const STRANGER: ContactId = ContactId(99);

fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_338_142, 0).unwrap()
}

fn mail(text: &str) -> MailAddress {
    MailAddress::parse(text).unwrap()
}

fn toolbox(id: &str) -> ToolboxId {
    ToolboxId::parse(id).unwrap()
}

fn toolboxes() -> Vec<Toolbox> {
    ["licences", "downloads", "cases"].map(|id| Toolbox { id: toolbox(id), name: id.to_owned() }).into()
}

fn licence(id: &str) -> LicenceId {
    LicenceId::parse(id).unwrap()
}

fn set<T: Ord>(all: impl IntoIterator<Item = T>) -> BTreeSet<T> {
    all.into_iter().collect()
}

fn details(name: &str) -> ContactDetails {
    let mail = mail(&format!("{}@example.org", name.to_lowercase()));
    ContactDetails { name: name.to_owned(), mail, phone: None }
}

fn company(name: &str) -> CompanyDetails {
    CompanyDetails { name: name.to_owned(), city: Some("Bern".to_owned()), ..CompanyDetails::default() }
}

fn form(name: &str) -> CompanyForm {
    CompanyForm { company: company(name), partner_id: None }
}

fn contact(id: ContactId, name: &str, standing: Standing) -> Contact {
    let ContactDetails { name, mail, phone } = details(name);
    Contact {
        id,
        org: OrgId::draw(0),
        name,
        mail,
        phone,
        person: (standing.kind() == StandingKind::Active).then_some(PersonId(id.0 + 100)),
        standing,
        administrator: false,
        toolboxes: BTreeSet::new(),
        security: false,
    }
}

/// Two administrators, a restricted contact, one without anything, one who was invited and one who is gone.
fn account(model: AccessModel) -> Account {
    let active = Standing::Active { since: start() };
    let organisation = Organisation {
        id: OrgId::draw(0),
        kind: OrgKind::Customer,
        company: company("Acme"),
        model,
        sign_in_url: None,
        created: start(),
    };
    let contacts = [
        Contact { administrator: true, ..contact(ANN, "Ann", active) },
        Contact { administrator: true, ..contact(BO, "Bo", active) },
        Contact { toolboxes: set([toolbox("licences")]), security: true, ..contact(CY, "Cy", active) },
        contact(DEE, "Dee", active),
        contact(INVITED, "Ivy", Standing::Invited { at: start() }),
        contact(REMOVED, "Ray", Standing::Removed { at: start() }),
    ];
    let licences = [("LIC-1", Some(CY)), ("LIC-2", None)].map(|(id, renewal)| Licence {
        id: licence(id),
        org: OrgId::draw(0),
        product: ProductId::parse("citrix-cloud").unwrap(),
        name: format!("Licence {id}"),
        renewal,
        renews: None,
    });
    Account::new(organisation, contacts, licences)
}

/// Decides with what these tests have configured.
fn decide(account: &Account, change: &AccountChange, by: By) -> Result<Decision, Refusal> {
    account.decide(change, by, &toolboxes(), start())
}

/// Does what was decided, as the service does it: the store gives the number.
fn written(account: &Account, decision: Decision) -> Account {
    let next = account.contacts.keys().next_back().map_or(1, |last| last.0 + 1);
    let decision = decision.numbered(ContactId(next));
    let mut after = account.clone();
    after.organisation = decision.organisation.unwrap_or(after.organisation);
    let contacts = decision.contacts.into_iter().chain(decision.added);
    after.contacts.extend(contacts.map(|contact| (contact.id, contact)));
    after.licences.extend(decision.licences.into_iter().map(|licence| (licence.id.clone(), licence)));
    after
}

fn after(account: &Account, change: &AccountChange, by: By) -> Account {
    written(account, decide(account, change, by).unwrap())
}

#[test]
fn what_an_older_version_wrote_is_read() {
    let organisation = r#"{"id": 12345678, "company": {"name": "Acme"}, "created": "2026-11-22T09:00:00Z"}"#;
    let organisation: Organisation = serde_json::from_str(organisation).unwrap();
    assert_eq!((organisation.model, &organisation.kind), (AccessModel::Open, &OrgKind::Customer));
    let contact = r#"{"id": 1, "org": 12345678, "name": "Ann", "mail": "ann@example.org",
        "standing": {"invited": {"at": "2026-11-22T09:00:00Z"}}}"#;
    let contact: Contact = serde_json::from_str(contact).unwrap();
    assert!(!contact.administrator && !contact.security && contact.toolboxes.is_empty());
    let licence = r#"{"id": "LIC-1", "org": 12345678, "product": "citrix-cloud", "name": "Cloud"}"#;
    let licence: Licence = serde_json::from_str(licence).unwrap();
    assert_eq!((licence.renewal, licence.renews), (None, None));
    let entry = r#"{"org": 12345678, "at": "2026-11-22T09:00:00Z", "by": {"contact": 1}, "kind": "grant-administrator",
        "differences": [{"contact": {"contact": 2, "fact": {"administrator": {"before": false, "after": true}}}}]}"#;
    assert_eq!(serde_json::from_str::<AuditEntry>(entry).unwrap().asked_by, None);
    let wish: AccountChange =
        serde_json::from_str(r#"{"choose-model": {"secure": {"administrators": [1, 2]}}}"#).unwrap();
    assert_eq!(wish, AccountChange::ChooseModel(ModelChoice::Secure { administrators: set([ANN, BO]) }));
    assert!(serde_json::from_str::<OrgId>("1234567").is_err());
}
