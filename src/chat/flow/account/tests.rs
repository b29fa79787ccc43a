//! Every procedure comes to its change, by buttons and by words; can be gone back from; and never confirms what was not seen.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::DateTime;

use super::list::seek;
use super::*;
use crate::chat::flow::{Given, NotTaken, Pick};
use crate::domain::account::{
    Account, AccountChange, CompanyDetails, Contact, Licence, LicenceId, Organisation, Standing, Toolbox,
    Wrong,
};
use crate::domain::{Handle, MailAddress, PersonId, ProductId};

fn org() -> OrgId {
    OrgId::draw(7)
}

fn contact(id: u64, name: &str) -> Contact {
    let first = name.split(' ').next().unwrap().to_lowercase();
    Contact {
        id: ContactId(id),
        org: org(),
        name: name.to_owned(),
        mail: MailAddress::parse(&format!("{first}{id}@example.org")).unwrap(),
        phone: (id == 1).then(|| "+1 555 010 0001".to_owned()),
        person: Some(PersonId(id)),
        standing: Standing::Active { since: DateTime::UNIX_EPOCH },
        administrator: id <= 2,
        toolboxes: BTreeSet::new(),
        security: id == 1,
    }
}

fn account(model: AccessModel, contacts: Vec<Contact>) -> Account {
    let company = CompanyDetails {
        name: "Acme".to_owned(),
        street: Some("1 Road".to_owned()),
        city: Some("Bern".to_owned()),
        country: Some("Switzerland".to_owned()),
        ..CompanyDetails::default()
    };
    let (kind, created) = (OrgKind::Customer, DateTime::UNIX_EPOCH);
    let organisation = Organisation { id: org(), kind, company, model, sign_in_url: None, created };
    let licence = |id: &str| Licence {
        id: LicenceId::parse(id).unwrap(),
        org: org(),
        product: ProductId::parse("cloud").unwrap(),
        name: format!("Cloud {id}"),
        renewal: Some(ContactId(1)),
        renews: None,
    };
    Account::new(organisation, contacts, [licence("LIC-1"), licence("LIC-2")])
}

fn people() -> Vec<Contact> {
    let mut all = vec![contact(1, "Ada Admin"), contact(2, "Ben Boss"), contact(3, "Cleo Cases")];
    all.extend([contact(4, "Dan Downloads"), contact(5, "Cleo Clay")]);
    all
}

fn sight(account: Account, me: u64) -> Sight {
    let toolboxes = ["cases: Support cases", "downloads: Downloads"];
    Sight {
        account: Some(Arc::new(account)),
        seen: 17,
        toolboxes: toolboxes.map(|text| Toolbox::parse(text).unwrap()).to_vec(),
        me: Some(ContactId(me)),
        creator: Some(Creator {
            name: Some("Zoe".to_owned()),
            mail: MailAddress::parse("zoe@example.net").unwrap(),
        }),
    }
}

pub(super) fn draft(procedure: Procedure, model: AccessModel, me: u64) -> AccountDraft {
    let org = (procedure != Procedure::CreateAccount).then(org);
    AccountDraft { sight: sight(account(model, people()), me), ..AccountDraft::new(procedure, org) }
}

fn say(draft: &mut AccountDraft, text: &str) -> Result<(), NotTaken> {
    draft.give(&Given::Text(text.to_owned()))
}

/// The steps that are gone through, and what they come to.
fn through(draft: &mut AccountDraft, says: &[&str]) -> String {
    let mut steps = Vec::new();
    for text in says {
        let step = draft.step().name().into_owned();
        if steps.last() != Some(&step) {
            steps.push(step);
        }
        say(draft, text).unwrap_or_else(|why| panic!("{text}: {why:?}"));
    }
    let confirm = draft.step().name().into_owned();
    assert!(confirm.starts_with('c') && confirm.len() <= 8, "{confirm}");
    steps.join(" ")
}

#[test]
fn each_procedure_asks_for_what_is_missing_and_comes_to_its_change() {
    let open = AccessModel::Open;
    for (procedure, model, says, steps, change) in [
        (
            Procedure::AddContact,
            open,
            ["Zoe Zimmer", "zoe@example.org", "-"].as_slice(),
            "f0 f1 f2",
            r#"{"add-contact":{"name":"Zoe Zimmer","mail":"zoe@example.org","phone":null}}"#,
        ),
        (
            Procedure::Contact,
            open,
            &["ada", "keep", "ada@example.net", "keep the rest"],
            "contact f0 f1 f2",
            r#"{"update-contact":{"contact":1,"details":{"name":"Ada Admin","mail":"ada@example.net","phone":"+1 555 010 0001"}}}"#,
        ),
        (
            Procedure::SecurityContacts,
            open,
            &["ben, dan", "ada", "that's all"],
            "contacts",
            r#"{"set-security-contacts":[2,4]}"#,
        ),
        (
            Procedure::Rights,
            AccessModel::Secure,
            &["Dan Downloads", "only some toolboxes", "support cases", "done"],
            "contact right toolbox",
            r#"{"restrict-toolboxes":{"contact":4,"toolboxes":["cases"]}}"#,
        ),
        (
            Procedure::Rights,
            open,
            &["dan4@example.org", "administrator"],
            "contact right",
            r#"{"grant-administrator":4}"#,
        ),
        (Procedure::Model, AccessModel::Secure, &["open"], "model", r#"{"choose-model":"open"}"#),
        (
            Procedure::Model,
            open,
            &["secure", "done"],
            "model contacts",
            r#"{"choose-model":{"secure":{"administrators":[1,2]}}}"#,
        ),
        (
            Procedure::Renewals,
            open,
            &["lic-1 and lic-2", "done", "ben"],
            "licences contact",
            r#"{"assign-renewals":{"licences":["LIC-1","LIC-2"],"contact":2}}"#,
        ),
        (Procedure::RemoveContact, open, &["dan"], "contact", r#"{"remove-contact":4}"#),
    ] {
        let mut draft = draft(procedure, model, 1);
        assert_eq!(through(&mut draft, says), steps, "{procedure:?}");
        assert_eq!(serde_json::to_string(&draft.change()).unwrap(), change);
        assert!(draft.decision(DateTime::UNIX_EPOCH).unwrap().is_ok(), "{procedure:?}");
        say(&mut draft, "yes").unwrap();
        assert_eq!(draft.step(), Step::Ready);
    }
}

#[test]
fn a_new_account_has_its_profile_with_the_address_that_was_proved() {
    let mut draft = draft(Procedure::CreateAccount, AccessModel::Open, 1);
    let says = [
        "partner",
        "Acme AG",
        "2 Road",
        "Bern",
        "-",
        "Switzerland",
        "-",
        "-",
        "P-7",
        "keep",
        "+41 31 000 00",
    ];
    through(&mut draft, &says);
    let profile = draft.profile().unwrap();
    assert_eq!(profile.kind.partner_id(), Some("P-7"));
    assert_eq!((profile.creator.name.as_str(), profile.creator.mail.as_str()), ("Zoe", "zoe@example.net"));
    assert_eq!(profile.company.postcode, None);
}

#[test]
fn whoever_lacks_the_right_is_asked_first_whether_to_send_a_request() {
    for procedure in Procedure::ALL {
        let mut draft = draft(procedure, AccessModel::Secure, 3);
        match procedure {
            Procedure::CreateAccount => continue,
            // One's own are one's own to change.
            Procedure::Contact => {
                assert_eq!(draft.asks(), Asks::Contact);
                let mut own = draft.clone();
                say(&mut own, "cleo cases").unwrap();
                assert!(matches!(own.asks(), Asks::Form(_)));
                say(&mut draft, "dan").unwrap();
            }
            Procedure::AddContact
            | Procedure::Company
            | Procedure::SecurityContacts
            | Procedure::Rights
            | Procedure::Model
            | Procedure::Renewals
            | Procedure::RemoveContact => {}
        }
        assert_eq!(draft.asks(), Asks::Request, "{procedure:?}");
        say(&mut draft, "send it").unwrap();
        assert_ne!(draft.asks(), Asks::Request);
        assert!(draft.back());
        assert_eq!(draft.asks(), Asks::Request);
    }
}

#[test]
fn a_form_is_filled_in_at_once_and_all_that_is_missing_is_named_together() {
    let mut draft = draft(Procedure::AddContact, AccessModel::Open, 1);
    let field = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let empty = vec![field("name", " "), field("mail", ""), field("phone", "call me")];
    let Err(NotTaken::Form(faults)) = draft.give(&Given::Fields(empty)) else { panic!() };
    let named: Vec<(Field, Wrong)> = faults.0.iter().map(|fault| (fault.field, fault.why)).collect();
    let expected =
        [(Field::Name, Wrong::Missing), (Field::Mail, Wrong::Missing), (Field::Phone, Wrong::NoPhoneNumber)];
    assert_eq!(named, expected);
    assert_eq!(draft.text_of(Field::Phone), "call me", "what was typed stands in the field");
    let better = vec![field("name", "Zoe"), field("mail", "zoe"), field("phone", "+1 555 010")];
    assert!(draft.give(&Given::Fields(better)).is_err());
    assert_eq!(draft.asks(), Asks::Form(vec![Field::Mail]), "only what is wrong is asked for again");
    say(&mut draft, "zoe@example.org").unwrap();
    assert!(matches!(draft.asks(), Asks::Confirm(_)));
    let nothing = draft.give(&Given::Fields(vec![field("colour", "blue")]));
    assert_eq!(nothing, Err(NotTaken::NoAnswer));
}

#[test]
fn a_long_form_is_handed_in_in_parts() {
    let mut draft = draft(Procedure::Company, AccessModel::Open, 1);
    let Asks::Form(fields) = draft.asks() else { panic!() };
    let part = |draft: &AccountDraft, fields: &[Field]| {
        let field = |field: &Field| (field.key().to_owned(), draft.text_of(*field));
        Given::Fields(fields.iter().map(field).collect())
    };
    draft.give(&part(&draft.clone(), &fields[..5])).unwrap();
    assert_eq!(draft.asks(), Asks::Form(fields[5..].to_vec()));
    draft.give(&part(&draft.clone(), &fields[5..])).unwrap();
    let nothing = draft.decision(DateTime::UNIX_EPOCH).unwrap();
    assert_eq!(nothing, Err(Refusal::NothingChanges), "what stood there is kept");
}

#[test]
fn what_is_kept_follows_the_account_and_what_was_typed_does_not() {
    let mut draft = draft(Procedure::Contact, AccessModel::Open, 1);
    through(&mut draft, &["ada", "Ada Adams", "keep the rest"]);
    let confirmed = draft.step().name().into_owned();
    let mut people = people();
    people[0].phone = Some("+1 555 999".to_owned());
    draft.rebase(Sight { seen: 18, ..sight(account(AccessModel::Open, people), 1) });
    let Some(AccountChange::UpdateContact { details, .. }) = draft.change() else { panic!() };
    assert_eq!((details.name.as_str(), details.phone.as_deref()), ("Ada Adams", Some("+1 555 999")));
    assert_ne!(draft.step().name(), confirmed, "the button of before confirms nothing any more");
}

#[test]
fn a_button_pressed_twice_is_pressed_once() {
    let mut draft = draft(Procedure::SecurityContacts, AccessModel::Open, 1);
    let ben = Given::Pick(Pick::With(Handle::from(ContactId(2))));
    draft.give(&ben).unwrap();
    let once = draft.clone();
    draft.give(&ben).unwrap();
    assert_eq!(draft, once);
    let gone = Given::Pick(Pick::With(Handle::from(ContactId(99))));
    assert_eq!(draft.give(&gone), Err(NotTaken::NoAnswer), "nobody is chosen who is not on the list");
}

#[test]
fn names_are_found_as_people_say_them() {
    let items = list::contacts(&account(AccessModel::Open, people()), |_| true);
    for (typed, expected) in [
        ("ada", "Ada Admin"),
        ("ADMIN", "Ada Admin"),
        ("dan4@example.org", "Dan Downloads"),
        ("4", "Dan Downloads"),
        ("cleo", "several"),
        ("cleo cl", "Cleo Clay"),
        ("leo", "nothing"),
        ("", "nothing"),
        ("how many can we have", "nothing"),
    ] {
        let found = match seek(&items, typed) {
            Sought::One(item) => item.name,
            Sought::Several => "several".to_owned(),
            Sought::Nothing => "nothing".to_owned(),
        };
        assert_eq!(found, expected, "{typed}");
    }
    let mut draft = draft(Procedure::RemoveContact, AccessModel::Open, 1);
    say(&mut draft, "cleo").unwrap();
    assert_eq!(draft.listed().len(), 2);
    say(&mut draft, "cleo clay").unwrap();
    assert_eq!(draft.contact, Some(ContactId(5)));
    assert_eq!(say(&mut draft.clone(), "what happens then"), Err(NotTaken::NoAnswer));
}

#[test]
fn an_address_that_nobody_has_is_no_question() {
    let mut draft = draft(Procedure::RemoveContact, AccessModel::Open, 1);
    assert_eq!(say(&mut draft, "x@example.org"), Err(NotTaken::Nobody("x@example.org".to_owned())));
}

#[test]
fn a_refusal_asks_again_for_what_mends_it() {
    let mut draft = draft(Procedure::AddContact, AccessModel::Open, 1);
    through(&mut draft, &["Zoe", "ada1@example.org", "-"]);
    let refusal = draft.decision(DateTime::UNIX_EPOCH).unwrap().unwrap_err();
    assert_eq!(refusal, Refusal::MailTaken(Some(ContactId(1))));
    assert!(draft.mend(&refusal));
    assert_eq!(draft.asks(), Asks::Form(vec![Field::Mail]));
    assert!(!draft.mend(&Refusal::Full { most: 250 }));
    // Whom it is about was said with the wish: there is nothing to ask again.
    let mut named = self::draft(Procedure::RemoveContact, AccessModel::Open, 1);
    assert!(matches!(named.begins_about("ada"), Sought::One(_)));
    assert!(!named.mend(&Refusal::LastContact));
}

#[test]
fn a_list_of_250_is_shown_in_parts() {
    let many: Vec<Contact> = (1..=250).map(|id| contact(id, &format!("Person {id:03}"))).collect();
    let mut draft = draft(Procedure::RemoveContact, AccessModel::Open, 1);
    draft.sight = sight(account(AccessModel::Open, many), 1);
    assert_eq!(draft.items().len(), 250);
    say(&mut draft, "person 01").unwrap();
    assert_eq!(draft.listed().len(), 10);
    draft.give(&Given::Pick(Pick::All)).unwrap();
    draft.give(&Given::Pick(Pick::From(PAGE))).unwrap();
    assert_eq!((draft.from, draft.listed().len()), (PAGE, 250));
}
