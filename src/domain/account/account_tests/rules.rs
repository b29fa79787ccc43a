//! The rules of the articles, each by itself.

use super::*;

use AccountChange::{
    AddContact, AssignRenewals, ChooseModel, GrantAdministrator, Join, MarkSecurityContact, RemoveContact,
    RestrictToolboxes, UpdateContact, WithdrawAdministrator,
};

fn secure(administrators: &[ContactId]) -> AccountChange {
    ChooseModel(ModelChoice::Secure { administrators: set(administrators.to_vec()) })
}

#[test]
fn a_new_organisation_has_its_creator_as_administrator_under_the_open_model() {
    let kind = OrgKind::Partner { partner_id: Some("P-7".to_owned()) };
    let profile = Profile { kind: kind.clone(), company: company("Acme"), creator: details("Ann") };
    let decision = Organisation::found(OrgId::draw(7), &profile, PersonId(3), start());
    let decision = decision.numbered(ContactId(41));
    let organisation = decision.organisation.unwrap();
    assert_eq!((organisation.model, &organisation.kind), (AccessModel::Open, &kind));
    let creator = decision.added.unwrap();
    assert_eq!(
        (creator.id, creator.person, creator.org),
        (ContactId(41), Some(PersonId(3)), organisation.id)
    );
    assert!(creator.is_active() && creator.administrator && !creator.security);
    assert_eq!((decision.entry.by, decision.entry.kind), (By::Contact(ContactId(41)), ChangeKind::Found));
    let fields = decision.entry.differences.iter().filter(|one| matches!(one, Difference::Company { .. }));
    assert_eq!(fields.count(), 3, "name, city and partner number");
    assert!(decision.concerned.is_empty(), "who does it knows it");
    let account = Account::new(organisation, [creator], []);
    assert_eq!(account.access(ContactId(41)), Access::Unrestricted);
}

#[test]
fn access_follows_from_model_standing_and_settings() {
    let nothing = || Access::Restricted(BTreeSet::new());
    let cys = Access::Restricted(set([toolbox("licences")]));
    for (who, open, secure) in [
        (ANN, Access::Unrestricted, Access::Unrestricted),
        (CY, Access::Unrestricted, cys),
        (DEE, Access::Unrestricted, nothing()),
        (INVITED, nothing(), nothing()),
        (REMOVED, nothing(), nothing()),
        (STRANGER, nothing(), nothing()),
    ] {
        assert_eq!(account(AccessModel::Open).access(who), open, "{who}");
        assert_eq!(account(AccessModel::Secure).access(who), secure, "{who}");
    }
    assert!(account(AccessModel::Secure).may_use(CY, &toolbox("licences")));
    assert!(!account(AccessModel::Secure).may_use(CY, &toolbox("cases")));
}

#[test]
fn a_new_contact_is_invited_joins_once_and_then_has_the_access_of_the_model() {
    let account = account(AccessModel::Open);
    let added = after(&account, &AddContact(details("New")), By::Contact(DEE));
    let new = ContactId(7);
    assert_eq!(added.contacts[&new].standing, Standing::Invited { at: start() });
    assert_eq!(added.access(new), Access::Restricted(BTreeSet::new()));
    let join = |person| Join { contact: new, person: PersonId(person) };
    assert_eq!(decide(&added, &join(101), By::Contact(new)), Err(Refusal::PersonTaken(ANN)));
    let joined = after(&added, &join(300), By::Contact(new));
    assert_eq!(joined.contact_of(PersonId(300)).map(|contact| contact.id), Some(new));
    assert_eq!(joined.access(new), Access::Unrestricted);
    assert_eq!(decide(&joined, &join(301), By::Contact(new)), Err(Refusal::Joined(new)));
    // Whoever left can come back, as another contact.
    let gone = after(&joined, &RemoveContact(new), By::Contact(ANN));
    let again = after(&gone, &AddContact(details("New")), By::Contact(ANN));
    assert!(!again.contacts[&new].is_present() && again.contacts[&ContactId(8)].is_present());
    after(&again, &Join { contact: ContactId(8), person: PersonId(300) }, By::Contact(ContactId(8)));
}

#[test]
fn the_last_two_administrators_stay_under_the_secure_model() {
    let account = account(AccessModel::Secure);
    let last = Err(Refusal::LastAdministrators { fewest: 2 });
    let restrict = RestrictToolboxes { contact: BO, toolboxes: set([toolbox("cases")]) };
    let taken_away = [RemoveContact(BO), WithdrawAdministrator(BO), restrict];
    for change in &taken_away {
        assert_eq!(decide(&account, change, By::Contact(ANN)), last, "{change:?}");
        assert_eq!(decide(&account, change, By::Contact(BO)), last, "{change:?}");
        assert_eq!(decide(&account, change, By::Operator), last, "{change:?}");
    }
    let three = after(&account, &GrantAdministrator(CY), By::Contact(ANN));
    for change in &taken_away {
        let two = after(&three, change, By::Contact(ANN));
        assert_eq!(two.administrators().map(|contact| contact.id).collect::<Vec<_>>(), [ANN, CY]);
        assert_eq!(decide(&two, &WithdrawAdministrator(CY), By::Contact(ANN)), last);
    }
    // Whoever was one has no toolbox before somebody gives them some.
    let withdrawn = after(&three, &WithdrawAdministrator(CY), By::Contact(ANN));
    assert_eq!(withdrawn.access(CY), Access::Restricted(BTreeSet::new()));
    let open = after(&account, &ChooseModel(ModelChoice::Open), By::Contact(ANN));
    let one = after(&open, &WithdrawAdministrator(BO), By::Contact(DEE));
    let last = Err(Refusal::LastAdministrators { fewest: 1 });
    assert_eq!(decide(&one, &RemoveContact(ANN), By::Contact(DEE)), last);
}

#[test]
fn somebody_who_can_sign_in_is_always_left() {
    let mut account = account(AccessModel::Open);
    account.contacts.retain(|id, _| [DEE, INVITED].contains(id));
    assert_eq!(decide(&account, &RemoveContact(DEE), By::Contact(DEE)), Err(Refusal::LastContact));
    assert!(decide(&account, &RemoveContact(INVITED), By::Contact(DEE)).is_ok());
}

#[test]
fn secure_begins_without_toolboxes_and_open_keeps_what_was_set() {
    let account = account(AccessModel::Secure);
    let open = after(&account, &ChooseModel(ModelChoice::Open), By::Contact(ANN));
    assert_eq!(open.contacts, account.contacts);
    let again = after(&open, &secure(&[ANN, BO]), By::Contact(DEE));
    assert_eq!(again.access(CY), Access::Restricted(BTreeSet::new()));
    assert_eq!(again.access(DEE), Access::Restricted(BTreeSet::new()), "also who chose it");
    assert_eq!(again.access(ANN), Access::Unrestricted);
    for (administrators, expected) in [
        (vec![], Refusal::NeedsTwoAdministrators { have: 0 }),
        (vec![ANN], Refusal::NeedsTwoAdministrators { have: 1 }),
        (vec![ANN, BO, INVITED], Refusal::NotActive(set([INVITED]))),
        (vec![ANN, BO, STRANGER], Refusal::UnknownContact(STRANGER)),
    ] {
        assert_eq!(decide(&open, &secure(&administrators), By::Contact(ANN)), Err(expected));
    }
    assert_eq!(decide(&again, &secure(&[ANN, BO, CY]), By::Contact(ANN)), Err(Refusal::NothingChanges));
}

#[test]
fn three_security_contacts_are_the_most() {
    let mark = |contact| MarkSecurityContact { contact, security: true };
    let mut account = account(AccessModel::Secure);
    for contact in [ANN, BO] {
        account = after(&account, &mark(contact), By::Contact(ANN));
    }
    let full = Err(Refusal::TooManySecurityContacts { most: 3, wished: 4 });
    assert_eq!(decide(&account, &mark(DEE), By::Contact(ANN)), full);
    assert_eq!(decide(&account, &mark(INVITED), By::Contact(ANN)), Err(Refusal::NotActive(set([INVITED]))));
    // Whoever leaves makes room.
    let account = after(&account, &RemoveContact(CY), By::Contact(ANN));
    let account = after(&account, &mark(DEE), By::Contact(ANN));
    assert_eq!(account.security_contacts().count(), MOST_SECURITY_CONTACTS);
}

#[test]
fn licences_of_somebody_who_left_wait_for_another_contact() {
    let account = account(AccessModel::Secure);
    let removed = decide(&account, &RemoveContact(CY), By::Contact(ANN)).unwrap();
    let renewal = Pair { before: Some(CY), after: None };
    let expected = Difference::Renewal { licence: licence("LIC-1"), contact: renewal };
    assert!(removed.entry.differences.contains(&expected));
    let after_removal = written(&account, removed);
    let assign = AssignRenewals { licences: set(["LIC-1", "LIC-2"].map(licence)), contact: DEE };
    let assigned = after(&after_removal, &assign, By::Contact(ANN));
    assert!(assigned.licences.values().all(|licence| licence.renewal == Some(DEE)));
}

#[test]
fn only_a_partner_has_a_partner_number() {
    let form = CompanyForm { partner_id: Some("P-7".to_owned()), ..form("Acme") };
    let change = AccountChange::UpdateCompany(form);
    let customer = account(AccessModel::Open);
    assert_eq!(decide(&customer, &change, By::Contact(ANN)), Err(Refusal::NothingChanges));
    let mut partner = customer;
    partner.organisation.kind = OrgKind::Partner { partner_id: None };
    let changed = after(&partner, &change, By::Contact(ANN));
    assert_eq!(changed.organisation.kind.partner_id(), Some("P-7"));
}

#[test]
fn everybody_corrects_what_is_known_about_themselves_and_the_old_address_hears_of_it() {
    let account = account(AccessModel::Secure);
    let moved = ContactDetails { mail: mail("d@example.org"), ..details("Dee") };
    let own = UpdateContact { contact: DEE, details: moved };
    let decision = decide(&account, &own, By::Contact(DEE)).unwrap();
    let told: Vec<_> = decision.concerned.iter().map(|one| (one.mail.as_str(), one.told)).collect();
    assert_eq!(told, [("d@example.org", Told::Change), ("dee@example.org", Told::OldAddress)]);
    assert_eq!(written(&account, decision).access(DEE), account.access(DEE), "it gives no right");
    let needs = Err(Refusal::NotAllowed { needs: Needs::Administrator });
    assert_eq!(decide(&account, &own, By::Contact(CY)), needs);
    let other_case = UpdateContact { contact: DEE, details: details("ANN") };
    assert_eq!(decide(&account, &other_case, By::Contact(DEE)), Err(Refusal::MailTaken(Some(ANN))));
    // A mail that went astray is sent anew, and nobody else is told whose it was.
    let mended = UpdateContact { contact: INVITED, details: details("Iva") };
    let decision = decide(&account, &mended, By::Contact(ANN)).unwrap();
    let told: Vec<_> = decision.concerned.iter().map(|one| (one.mail.as_str(), one.told)).collect();
    assert_eq!(told, [("iva@example.org", Told::Invitation)]);
}

#[test]
fn an_account_has_room_for_so_many_contacts() {
    let mut full = account(AccessModel::Open);
    for id in 1_000.. {
        if full.contacts.values().filter(|contact| contact.is_present()).count() == MOST_CONTACTS {
            break;
        }
        let standing = Standing::Invited { at: start() };
        full.contacts.insert(ContactId(id), contact(ContactId(id), &format!("c{id}"), standing));
    }
    let add = AddContact(details("New"));
    assert_eq!(decide(&full, &add, By::Operator), Err(Refusal::Full { most: MOST_CONTACTS }));
    let room = after(&full, &RemoveContact(INVITED), By::Operator);
    assert!(decide(&room, &add, By::Operator).is_ok());
}

#[test]
fn the_log_forgets_a_person_and_keeps_what_was_done() {
    let account = account(AccessModel::Open);
    let details = ContactDetails { phone: Some("123 45".to_owned()), ..details("New") };
    let decision = decide(&account, &AddContact(details), By::Contact(ANN)).unwrap();
    let entry = decision.asked_by(DEE).numbered(ContactId(7)).entry;
    assert_eq!((entry.by, entry.asked_by), (By::Contact(ANN), Some(DEE)));
    let json = |entry: &AuditEntry| serde_json::to_string(entry).unwrap();
    assert!(["New", "new@example.org", "123 45"].iter().all(|word| json(&entry).contains(word)));
    assert_eq!(entry.clone().without_words_of(DEE), entry);
    let erased = entry.without_words_of(ContactId(7));
    assert!(!["New", "new@", "123 45"].iter().any(|word| json(&erased).contains(word)), "{erased:?}");
    assert_eq!(erased.differences.len(), 4, "standing, name, mail and telephone number");
}
