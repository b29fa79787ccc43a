//! What holds after any sequence of changes, by anybody.

use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

use super::*;

fn any_contact() -> impl Strategy<Value = ContactId> {
    (1..10_u64).prop_map(ContactId)
}

fn any_details() -> impl Strategy<Value = ContactDetails> {
    (0..8_u8, prop::option::of(0..3_u8)).prop_map(|(name, phone)| ContactDetails {
        phone: phone.map(|phone| format!("123 4{phone}")),
        ..details(&format!("n{name}"))
    })
}

/// A change out of a small world, so that the same things meet.
fn any_change() -> impl Strategy<Value = AccountChange> {
    let toolboxes =
        btree_set(prop::sample::select(vec!["licences", "downloads", "kitchen"]).prop_map(toolbox), 0..3);
    let licences = btree_set(prop::sample::select(vec!["LIC-1", "LIC-2", "LIC-3"]).prop_map(licence), 0..3);
    prop_oneof![
        2 => any_details().prop_map(AccountChange::AddContact),
        2 => (any_contact(), 100..112_u64)
            .prop_map(|(contact, person)| AccountChange::Join { contact, person: PersonId(person) }),
        1 => (0..2_u8).prop_map(|n| AccountChange::UpdateCompany(form(&format!("Acme {n}")))),
        1 => (any_contact(), any_details())
            .prop_map(|(contact, details)| AccountChange::UpdateContact { contact, details }),
        2 => any_contact().prop_map(AccountChange::RemoveContact),
        1 => btree_set(any_contact(), 0..5).prop_map(AccountChange::SetSecurityContacts),
        2 => (any_contact(), any::<bool>())
            .prop_map(|(contact, security)| AccountChange::MarkSecurityContact { contact, security }),
        2 => any_contact().prop_map(AccountChange::GrantAdministrator),
        3 => any_contact().prop_map(AccountChange::WithdrawAdministrator),
        2 => (any_contact(), toolboxes)
            .prop_map(|(contact, toolboxes)| AccountChange::RestrictToolboxes { contact, toolboxes }),
        1 => Just(AccountChange::ChooseModel(ModelChoice::Open)),
        2 => btree_set(any_contact(), 0..4)
            .prop_map(|administrators| AccountChange::ChooseModel(ModelChoice::Secure { administrators })),
        1 => (licences, any_contact())
            .prop_map(|(licences, contact)| AccountChange::AssignRenewals { licences, contact }),
    ]
}

/// Mostly administrators, so that much is done.
fn anybody() -> impl Strategy<Value = By> {
    prop_oneof![2 => Just(By::Contact(ANN)), 3 => any_contact().prop_map(By::Contact), 1 => Just(By::Operator)]
}

/// What is so of every account at every time.
fn is_valid(account: &Account) -> Result<(), TestCaseError> {
    prop_assert!(account.security_contacts().count() <= MOST_SECURITY_CONTACTS);
    prop_assert!(account.security_contacts().all(Contact::is_active));
    let fewest = account.organisation.model.fewest_administrators();
    prop_assert!(account.administrators().count() >= fewest, "{:?}", account.organisation.model);
    for contact in account.contacts.values() {
        let access = account.access(contact.id);
        let is_open = account.organisation.model == AccessModel::Open;
        let expected = contact.is_active() && (is_open || contact.administrator);
        prop_assert_eq!(access == Access::Unrestricted, expected);
        prop_assert!(!contact.administrator || contact.is_active() && contact.toolboxes.is_empty());
        prop_assert!(contact.person.is_some() || !contact.is_active());
        let same = |other: &&Contact| other.is_present() && other.mail == contact.mail;
        prop_assert!(!contact.is_present() || account.contacts.values().filter(same).count() == 1);
    }
    let is_fine = |id: ContactId| account.contacts.get(&id).is_some_and(Contact::is_active);
    prop_assert!(account.licences.values().all(|licence| licence.renewal.is_none_or(is_fine)));
    Ok(())
}

/// An account with everything that the log does not speak of taken out: times, and whose sign-in it is.
fn as_logged(account: &Account) -> Account {
    let mut account = account.clone();
    for contact in account.contacts.values_mut() {
        contact.person = None;
        contact.standing = at_start(contact.standing.kind());
    }
    account
}

fn at_start(kind: StandingKind) -> Standing {
    match kind {
        StandingKind::Invited => Standing::Invited { at: start() },
        StandingKind::Active => Standing::Active { since: start() },
        StandingKind::Removed => Standing::Removed { at: start() },
    }
}

/// What a log makes of an account: worked out here from the entry alone.
fn replayed(account: &Account, entry: &AuditEntry) -> Account {
    let mut account = account.clone();
    for difference in &entry.differences {
        match difference.clone() {
            Difference::Company { field: Field::CompanyName, value } => {
                account.organisation.company.name = value.after.unwrap();
            }
            Difference::Company { field, .. } => panic!("no change here touches {field:?}"),
            Difference::Model(pair) => account.organisation.model = pair.after.unwrap(),
            Difference::Renewal { licence, contact } => {
                account.licences.get_mut(&licence).unwrap().renewal = contact.after;
            }
            Difference::Contact { contact: id, fact } => {
                let new = || contact(id, "New", Standing::Invited { at: start() });
                let own = account.contacts.entry(id).or_insert_with(new);
                match fact {
                    ContactFact::Standing(pair) => own.standing = at_start(pair.after.unwrap()),
                    ContactFact::Name(pair) => own.name = pair.after.unwrap(),
                    ContactFact::Mail(pair) => own.mail = pair.after.unwrap(),
                    ContactFact::Phone(pair) => own.phone = pair.after,
                    ContactFact::Administrator(pair) => own.administrator = pair.after,
                    ContactFact::Toolboxes(pair) => own.toolboxes = pair.after,
                    ContactFact::Security(pair) => own.security = pair.after,
                }
            }
        }
    }
    account
}

/// The log read backwards: what was before stands in it as well.
fn turned(entry: &AuditEntry) -> AuditEntry {
    fn turn<T>(pair: Pair<T>) -> Pair<T> {
        Pair { before: pair.after, after: pair.before }
    }
    let turned = entry.differences.iter().cloned().map(|difference| match difference {
        Difference::Company { field, value } => Difference::Company { field, value: turn(value) },
        Difference::Model(pair) => Difference::Model(turn(pair)),
        Difference::Renewal { licence, contact } => Difference::Renewal { licence, contact: turn(contact) },
        Difference::Contact { contact, fact } => {
            let fact = match fact {
                ContactFact::Standing(pair) => ContactFact::Standing(turn(pair)),
                ContactFact::Name(pair) => ContactFact::Name(turn(pair)),
                ContactFact::Mail(pair) => ContactFact::Mail(turn(pair)),
                ContactFact::Phone(pair) => ContactFact::Phone(turn(pair)),
                ContactFact::Administrator(pair) => ContactFact::Administrator(turn(pair)),
                ContactFact::Toolboxes(pair) => ContactFact::Toolboxes(turn(pair)),
                ContactFact::Security(pair) => ContactFact::Security(turn(pair)),
            };
            Difference::Contact { contact, fact }
        }
    });
    AuditEntry { differences: turned.collect(), ..entry.clone() }
}

/// What is so of one thing that was done.
fn is_sound(before: &Account, after: &Account, decision: &Decision, by: By) -> Result<(), TestCaseError> {
    prop_assert!(!decision.entry.differences.is_empty());
    prop_assert_eq!(as_logged(&replayed(before, &decision.entry)), as_logged(after));
    if decision.added.is_none() {
        prop_assert_eq!(as_logged(&replayed(after, &turned(&decision.entry))), as_logged(before));
    }
    for one in &decision.concerned {
        let old = before.contacts.get(&one.contact).map(|contact| &contact.mail);
        let new = after.contacts.get(&one.contact).map(|contact| &contact.mail);
        let expected = if one.told == Told::OldAddress { old } else { new };
        prop_assert_eq!(Some(&one.mail), expected);
        prop_assert!(by != By::Contact(one.contact) || old != new, "nobody is told what they did");
    }
    let json = serde_json::to_string(&decision.entry).unwrap();
    prop_assert_eq!(&serde_json::from_str::<AuditEntry>(&json).unwrap(), &decision.entry);
    for contact in after.contacts.values() {
        let json = serde_json::to_string(contact).unwrap();
        prop_assert_eq!(&serde_json::from_str::<Contact>(&json).unwrap(), contact);
    }
    Ok(())
}

proptest! {
    #[test]
    fn no_sequence_of_changes_reaches_an_invalid_account(
        is_secure in any::<bool>(),
        script in vec((any_change(), anybody()), 1..60),
    ) {
        let mut account = account(if is_secure { AccessModel::Secure } else { AccessModel::Open });
        is_valid(&account)?;
        for (change, by) in script {
            let before = account.clone();
            let decided = decide(&account, &change, by);
            prop_assert_eq!(&account, &before, "deciding does nothing");
            if let By::Contact(contact) = by
                && decided.is_ok()
            {
                let joins = matches!(change, AccountChange::Join { .. });
                let own = matches!(change, AccountChange::UpdateContact { contact: own, .. } if own == contact);
                let is_active = before.contacts.get(&contact).is_some_and(Contact::is_active);
                prop_assert!(joins || is_active && own || before.access(contact) == Access::Unrestricted);
            }
            let Ok(decision) = decided else { continue };
            let next = before.contacts.keys().next_back().map_or(1, |last| last.0 + 1);
            account = written(&before, decision.clone());
            is_sound(&before, &account, &decision.numbered(ContactId(next)), by)?;
            is_valid(&account)?;
            let again = decide(&account, &change, By::Operator);
            prop_assert!(again.is_err(), "{change:?} twice: {again:?}");
        }
    }

    /// Choosing Open and then Secure with the same administrators leaves them as they were, and takes only toolboxes away.
    #[test]
    fn open_and_secure_again_leaves_the_administrators(script in vec((any_change(), anybody()), 1..40)) {
        let mut account = account(AccessModel::Secure);
        for (change, by) in script {
            if let Ok(decision) = decide(&account, &change, by) {
                account = written(&account, decision);
            }
        }
        if account.organisation.model == AccessModel::Open {
            return Ok(());
        }
        let administrators = set(account.administrators().map(|contact| contact.id));
        let by = By::Contact(*administrators.first().unwrap());
        let open = after(&account, &AccountChange::ChooseModel(ModelChoice::Open), by);
        is_valid(&open)?;
        prop_assert_eq!(&open.contacts, &account.contacts);
        let choice = ModelChoice::Secure { administrators: administrators.clone() };
        let secure = after(&open, &AccountChange::ChooseModel(choice), by);
        is_valid(&secure)?;
        prop_assert_eq!(set(secure.administrators().map(|contact| contact.id)), administrators);
        prop_assert!(secure.contacts.values().all(|contact| contact.toolboxes.is_empty()));
    }
}
