//! Reading forms: what is taken, and all that is wrong at once.

use proptest::prelude::*;

use super::form::{Typed, company, contact, profile};
use super::*;

fn typed(fields: &[(&str, &str)]) -> Typed {
    fields.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

fn faults<T: std::fmt::Debug>(read: Result<T, Faults>) -> Vec<(&'static str, Wrong)> {
    read.unwrap_err().0.into_iter().map(|fault| (fault.field.key(), fault.why)).collect()
}

const PARTNER: OrgKind = OrgKind::Partner { partner_id: None };

#[test]
fn a_form_is_read_and_tidied() {
    let read = contact(&typed(&[
        ("name", "  Ada\u{200B} \n Lovelace "),
        ("mail", " Ada@Example.org"),
        ("phone", "+44 (20) 7946-0000 ext. 12"),
        ("administrator", "yes"),
    ]));
    let expected = ContactDetails {
        name: "Ada Lovelace".to_owned(),
        mail: mail("Ada@example.org"),
        phone: Some("+44 (20) 7946-0000 ext. 12".to_owned()),
    };
    assert_eq!(read, Ok(expected));
    let fields = [
        ("name", "Ann"),
        ("mail", "ann@example.org"),
        ("company", "Acme"),
        ("street", "Main St 1"),
        ("city", "Bern"),
        ("country", "Switzerland"),
        ("website", "acme.example"),
        ("partner-id", "P-7"),
    ];
    let read = profile(&PARTNER, &typed(&fields)).unwrap();
    assert_eq!(read.kind.partner_id(), Some("P-7"));
    assert_eq!(read.company.website.as_ref().map(WebAddress::as_str), Some("https://acme.example/"));
    assert_eq!(read.creator, details("Ann"));
    let customer = profile(&OrgKind::Customer, &typed(&fields)).unwrap();
    assert_eq!(customer.kind, OrgKind::Customer, "customers are not asked for a partner number");
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_in_order() {
    use Wrong::{Missing, NoMailAddress, NoPartnerId, NoPhoneNumber, NoWebAddress, TooLong};
    assert_eq!(faults(contact(&Typed::new())), [("name", Missing), ("mail", Missing)]);
    let all = profile(&PARTNER, &Typed::new());
    let missing = ["name", "mail", "company", "street", "city", "country"].map(|key| (key, Missing));
    assert_eq!(faults(all), missing);
    let long = "x".repeat(121);
    let read = company(
        &PARTNER,
        &typed(&[
            ("company", &long),
            ("street", "\u{200B} "),
            ("city", "Bern"),
            ("country", "CH"),
            ("company-phone", "call me"),
            ("website", "not a website"),
            ("partner-id", "P 7"),
        ]),
    );
    let expected = [
        ("company", TooLong { most: 120 }),
        ("street", Missing),
        ("company-phone", NoPhoneNumber),
        ("website", NoWebAddress),
        ("partner-id", NoPartnerId),
    ];
    assert_eq!(faults(read), expected);
    let read = contact(&typed(&[("name", "Ann"), ("mail", "ann at example")]));
    assert_eq!(faults(read), [("mail", NoMailAddress)]);
    let read = contact(&typed(&[("name", "Ann"), ("mail", &format!("{}@example.org", "a".repeat(70)))]));
    assert_eq!(faults(read), [("mail", TooLong { most: 254 })]);
}

#[test]
fn telephone_numbers_are_what_people_write() {
    for (phone, expected) in [
        ("+49 30 23125-142", true),
        ("(030) 123.45", true),
        ("0800/123 456", true),
        ("+1 202 555 0142 x12", true),
        ("+1 202 555 0142 ext. 5", true),
        ("1234", false),
        ("123456789012345678901", false),
        ("12+34567", false),
        ("030 12345 ext", false),
        ("030 12345 or 6", false),
        ("none", false),
    ] {
        let read = contact(&typed(&[("name", "Ann"), ("mail", "ann@example.org"), ("phone", phone)]));
        assert_eq!(read.is_ok(), expected, "{phone}");
    }
}

proptest! {
    /// Whatever is typed: a form is taken exactly when nothing is wrong, what was taken is within its limits, and is taken again.
    #[test]
    fn what_was_taken_is_taken_as_it_is(values in prop::collection::vec(prop::option::of(any::<String>()), 11)) {
        let typed: Typed = Field::ALL.into_iter().zip(values)
            .filter_map(|(field, value)| Some((field.key().to_owned(), value?)))
            .collect();
        match profile(&PARTNER, &typed) {
            Err(Faults(faults)) => {
                prop_assert!(!faults.is_empty());
                let fields: Vec<Field> = faults.iter().map(|fault| fault.field).collect();
                let mut once = fields.clone();
                once.sort_unstable();
                once.dedup();
                prop_assert_eq!(fields, once, "each once, in order");
            }
            Ok(read) => prop_assert!(read.creator.name.chars().count() <= Field::Name.most()),
        }
        if let Ok(read) = company(&PARTNER, &typed) {
            let organisation = Organisation {
                kind: OrgKind::Partner { partner_id: read.partner_id.clone() },
                company: read.company.clone(),
                ..account(AccessModel::Open).organisation
            };
            let again: Typed = Field::of_company(&PARTNER).iter()
                .filter_map(|field| Some((field.key().to_owned(), organisation.field(*field)?.to_owned())))
                .collect();
            prop_assert_eq!(company(&PARTNER, &again), Ok(read));
        }
    }
}
