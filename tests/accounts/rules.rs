//! Each rule once through the service: what is allowed is kept with its entry in the log, what is refused changes nothing.

use guidepost::domain::account::{
    AccessModel, AccountChange, By, ChangeKind, CompanyForm, ContactDetails, ContactId, Licence, LicenceId,
    ModelChoice, Needs, OrgId, Refusal, StandingKind,
};
use guidepost::domain::{Change, PersonId, ProductId, Username};
use guidepost::services::accounts::SignIn;
use guidepost::services::accounts::table::LICENCES;
use guidepost::services::people::PersonError;
use guidepost::store::{Batch, feed};

use super::world::{World, company, details, mail, refusal, set, start, toolbox};
use crate::store::on_each_engine;

#[test]
fn an_organisation_is_created_with_its_creator_as_administrator() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.person("Ann").await;
        let founding = World::founding(ann, "Ann");
        let founded = world.accounts.found(&founding, || 7, start()).await.unwrap();
        let account = &founded.account;
        assert_eq!(
            (account.organisation.id, account.organisation.model),
            (OrgId::draw(7), AccessModel::Open)
        );
        let creator = account.contact_of(ann).unwrap();
        assert!(creator.is_active() && creator.administrator && founded.added == Some(creator.id));
        let person = world.people.get(ann).await.unwrap().unwrap().record;
        assert_eq!(person.mail, Some(mail("Ann")), "they sign in with it");
        // Again under the same name nothing is created, even with another number.
        let again = world.accounts.found(&founding, || 8, start()).await.unwrap();
        assert!(again.again && again.account == *account && again.added == founded.added);
        // Somebody who draws a number that is taken draws again.
        let bo = world.person("Bo").await;
        let drawn = std::sync::atomic::AtomicU64::new(7);
        let draw = || drawn.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        let other = world.accounts.found(&World::founding(bo, "Bo"), draw, start()).await.unwrap();
        assert_eq!(other.account.organisation.id, OrgId::draw(8));
        // The address of a sign-in is one person's only.
        let cy = world.person("Cy").await;
        let taken = world.accounts.found(&World::founding(cy, "Ann"), || 9, start()).await;
        assert_eq!(refusal(taken), Refusal::MailTaken(None));
        assert_eq!(world.accounts.organisations(None, 10).await.unwrap().len(), 2);
        assert_eq!(world.accounts.account_of(ann).await.unwrap().len(), 1);
        world.assert_sound().await;
    });
}

#[test]
fn every_change_is_kept_with_its_entry_and_told_to_the_feed() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.firm(&["Bo", "Cy"]).await;
        let (bo, cy) = (firm.id("Bo").await, firm.id("Cy").await);
        let licence = Licence {
            id: LicenceId::parse("LIC-1").unwrap(),
            org: firm.org,
            product: ProductId::parse("citrix-cloud").unwrap(),
            name: "Cloud".to_owned(),
            renewal: None,
            renews: None,
        };
        let mut batch = Batch::new();
        LICENCES.insert(&mut batch, &licence);
        world.store.commit(batch).await.unwrap();

        let dee = AccountChange::AddContact(details("Dee"));
        let dee = firm.by("Cy", dee).await.unwrap().added.unwrap();
        let renamed = ContactDetails { phone: Some("+41 31 000 00 00".to_owned()), ..details("Cyril") };
        let done = [
            AccountChange::UpdateCompany(CompanyForm { company: company("Acme AG"), partner_id: None }),
            AccountChange::UpdateContact { contact: cy, details: renamed },
            AccountChange::SetSecurityContacts(set([bo, cy])),
            AccountChange::MarkSecurityContact { contact: bo, security: false },
            AccountChange::AssignRenewals { licences: set([licence.id.clone()]), contact: cy },
            AccountChange::ChooseModel(ModelChoice::Secure {
                administrators: set([firm.id("Ann").await, bo]),
            }),
            AccountChange::RestrictToolboxes { contact: cy, toolboxes: set([toolbox("cases")]) },
            AccountChange::GrantAdministrator(cy),
            AccountChange::WithdrawAdministrator(bo),
            AccountChange::RemoveContact(dee),
            AccountChange::ChooseModel(ModelChoice::Open),
        ];
        for change in &done {
            let changed = firm.by("Ann", change.clone()).await.unwrap();
            assert!(!changed.again, "{change:?}");
        }
        let account = world.accounts.account(firm.org).await.unwrap().unwrap().account;
        assert_eq!(account.organisation.company, company("Acme AG"));
        let cyril = &account.contacts[&cy];
        assert!(cyril.security && cyril.administrator && cyril.mail == mail("Cyril"));
        assert!(!account.contacts[&bo].administrator && account.organisation.model == AccessModel::Open);
        assert_eq!(account.contacts[&dee].standing.kind(), StandingKind::Removed);
        assert_eq!(account.licences[&licence.id].renewal, Some(cy));

        let log = firm.log().await;
        let kinds: Vec<ChangeKind> = log.iter().map(|logged| logged.entry.kind).collect();
        let joined = [ChangeKind::Found, ChangeKind::AddContact, ChangeKind::Join, ChangeKind::AddContact];
        let joined = joined.into_iter().chain([ChangeKind::Join, ChangeKind::AddContact]);
        let expected: Vec<ChangeKind> = joined.chain(done.iter().map(AccountChange::kind)).collect();
        assert_eq!(kinds, expected);
        assert!(log.windows(2).all(|two| two[0].number < two[1].number));
        assert!(log.iter().all(|logged| !logged.entry.differences.is_empty() && logged.entry.at == start()));
        let told = feed::read(&world.store, 0, 1000).await.unwrap();
        let is_told = |entry: &guidepost::store::Json| matches!(entry.read(), Ok(Change::Account(org)) if org == firm.org);
        let told = told.iter().filter(|told| is_told(&told.entry)).count();
        assert_eq!(told, log.len());
        world.assert_sound().await;
    });
}

#[test]
fn what_the_rules_refuse_changes_nothing() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.secure(&["Cy", "Dee"]).await;
        let [ann, bo, cy] = [firm.id("Ann").await, firm.id("Bo").await, firm.id("Cy").await];
        let invited = firm.by("Ann", AccountChange::AddContact(details("Ivy"))).await.unwrap().added.unwrap();
        let before = world.dump().await;
        let needs = Needs::Administrator;
        for (name, change, expected) in [
            ("Cy", AccountChange::AddContact(details("Eve")), Refusal::NotAllowed { needs }),
            ("Cy", AccountChange::RemoveContact(bo), Refusal::NotAllowed { needs }),
            ("Ann", AccountChange::AddContact(details("BO")), Refusal::MailTaken(Some(bo))),
            (
                "Ann",
                AccountChange::UpdateContact { contact: cy, details: details("Dee") },
                Refusal::MailTaken(Some(firm.id("Dee").await)),
            ),
            ("Ann", AccountChange::RemoveContact(ContactId(999)), Refusal::UnknownContact(ContactId(999))),
            ("Ann", AccountChange::SetSecurityContacts(set([invited])), Refusal::NotActive(set([invited]))),
            ("Ann", AccountChange::WithdrawAdministrator(bo), Refusal::LastAdministrators { fewest: 2 }),
            ("Ann", AccountChange::GrantAdministrator(ann), Refusal::NothingChanges),
            (
                "Ann",
                AccountChange::RestrictToolboxes { contact: cy, toolboxes: set([toolbox("safe")]) },
                Refusal::UnknownToolboxes(set([toolbox("safe")])),
            ),
        ] {
            assert_eq!(refusal(firm.by(name, change.clone()).await), expected, "{change:?}");
        }
        let most = set([ann, bo, cy, firm.id("Dee").await]);
        let refused = refusal(firm.by("Ann", AccountChange::SetSecurityContacts(most)).await);
        assert_eq!(refused, Refusal::TooManySecurityContacts { most: 3, wished: 4 });
        let nowhere = firm.world.accounts.account(OrgId::draw(99)).await.unwrap();
        assert_eq!(nowhere, None);
        assert_eq!(world.dump().await, before);
    });
}

#[test]
fn usernames_and_addresses_of_sign_ins_are_unique_over_the_desk() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.firm(&["Bo"]).await;
        let contact = firm.by("Ann", AccountChange::AddContact(details("Cy"))).await.unwrap().added.unwrap();
        let (cy, name) = (world.person("Cy").await, |text: &str| Some(Username::parse(text).unwrap()));
        let join = async |person: PersonId, username: &str, once: &str| {
            let sign_in = SignIn { username: name(username) };
            world.accounts.join((firm.org, contact), person, &sign_in, once, start()).await
        };
        let before = world.dump().await;
        assert_eq!(refusal(join(cy, "BO.USER", "1").await), Refusal::UsernameTaken);
        world.people.set_mail(world.person("Dee").await, Some(mail("Cy"))).await.unwrap();
        assert_eq!(refusal(join(cy, "cyl", "2").await), Refusal::MailTaken(None));
        world.people.set_mail(world.person("Dee").await, None).await.unwrap();
        join(cy, "Cy.Lee", "3").await.unwrap();
        assert!(join(cy, "Cy.Lee", "3").await.unwrap().again);
        let dee = world.person("Dee").await;
        assert_eq!(
            refusal(join(dee, "dee", "4").await),
            Refusal::Joined(contact),
            "an invitation works once"
        );
        let person = world.people.with_username(&Username::parse("cy.lee").unwrap()).await.unwrap().unwrap();
        assert_eq!((person.record.id, person.record.mail), (cy, Some(mail("Cy"))));
        assert_ne!(world.dump().await, before);

        let taken = world.people.set_username(dee, name("CY.LEE")).await;
        assert!(matches!(taken, Err(PersonError::UsernameTaken)), "{taken:?}");
        world.people.set_username(cy, name("other")).await.unwrap();
        world.people.set_username(dee, name("CY.LEE")).await.unwrap();
        world.assert_sound().await;
    });
}

#[test]
fn a_person_is_a_contact_of_several_organisations_under_one_address() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.firm(&[]).await;
        let zoe = world.person("Zoe").await;
        let other = world.accounts.found(&World::founding(zoe, "Zoe"), || 8, start()).await.unwrap();
        let (org, owner) = (other.account.organisation.id, By::Contact(other.added.unwrap()));
        let other = super::world::Firm { world: world.clone(), org };
        let add = AccountChange::AddContact(details("Ann"));
        let contact = other.wish(owner, add, 99, "add", start()).await.unwrap().added.unwrap();
        let ann = world.person("Ann").await;
        let none = SignIn::default();
        world.accounts.join((org, contact), ann, &none, "join", start()).await.unwrap();
        let accounts = world.accounts.account_of(ann).await.unwrap();
        assert_eq!(
            accounts.iter().map(|known| known.account.organisation.id).collect::<Vec<_>>(),
            [firm.org, org]
        );
        assert_eq!(world.accounts.contacts_at(&mail("ANN")).await.unwrap().len(), 2);
        // Whoever was taken off frees their address there.
        other.wish(owner, AccountChange::RemoveContact(contact), 99, "remove", start()).await.unwrap();
        assert_eq!(world.accounts.contacts_at(&mail("Ann")).await.unwrap().len(), 1);
        let again = other.wish(owner, AccountChange::AddContact(details("Ann")), 99, "again", start()).await;
        assert!(again.is_ok_and(|changed| changed.added.is_some()));
        world.assert_sound().await;
    });
}
