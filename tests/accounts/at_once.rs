//! Several who change an account at once, and the same wish more than once.

use guidepost::domain::account::{
    AccountChange, By, CompanyForm, ContactDetails, ModelChoice, Refusal, StandingKind,
};
use guidepost::services::accounts::{AccountError, SignIn};

use super::world::{Firm, World, company, details, mail, refusal, set, start};
use crate::store::on_each_engine;

fn rename(name: &str) -> AccountChange {
    AccountChange::UpdateCompany(CompanyForm { company: company(name), partner_id: None })
}

/// Both made their forms from the account as it is now; the first one is kept.
async fn two(
    firm: &Firm,
    [first, second]: [&str; 2],
    changes: [AccountChange; 2],
) -> Result<u64, AccountError> {
    let seen = firm.seen().await;
    let [one, other] = changes;
    let (first, second) = (By::Contact(firm.id(first).await), By::Contact(firm.id(second).await));
    let kept = firm.wish(first, one, seen, &format!("one {seen}"), start()).await.unwrap();
    let result = firm.wish(second, other, seen, &format!("other {seen}"), start()).await;
    if let Err(AccountError::Overtaken { meanwhile }) = &result {
        assert_eq!(meanwhile.iter().map(|logged| logged.number).collect::<Vec<_>>(), [kept.entry]);
        assert_eq!(meanwhile[0].entry.by, first);
    }
    result.map(|changed| changed.entry)
}

#[test]
fn of_two_administrators_at_once_the_second_is_told_in_either_order() {
    on_each_engine(&async |bench| {
        for order in [["Ann", "Bo"], ["Bo", "Ann"]] {
            let world = World::on(&bench.store);
            let firm = world.firm(&["Bo", "Cy", "Dee"]).await;
            let [bo, cy, dee] = [firm.id("Bo").await, firm.id("Cy").await, firm.id("Dee").await];
            let phone = |name: &str, phone: &str| AccountChange::UpdateContact {
                contact: cy,
                details: ContactDetails { phone: Some(phone.to_owned()), ..details(name) },
            };
            let overtaken = [
                [rename("Acme One"), rename("Acme Two")],
                [phone("Cy", "11111"), phone("Cy", "22222")],
                [
                    AccountChange::SetSecurityContacts(set([cy])),
                    AccountChange::SetSecurityContacts(set([dee])),
                ],
                [AccountChange::GrantAdministrator(cy), AccountChange::RemoveContact(cy)],
                [AccountChange::GrantAdministrator(bo), AccountChange::WithdrawAdministrator(bo)],
            ];
            for changes in overtaken {
                let told = two(&firm, order, changes.clone()).await;
                assert!(matches!(told, Err(AccountError::Overtaken { .. })), "{changes:?} {told:?}");
                // Who was told sees the account as it is, and decides anew.
                let [_, other] = changes;
                firm.by(order[1], other).await.unwrap();
            }
            world.assert_sound().await;
            bench.empty().await;
        }
    });
}

#[test]
fn who_changes_something_else_notices_nothing() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.firm(&["Bo", "Cy", "Dee"]).await;
        let [ann, cy, dee] = [firm.id("Ann").await, firm.id("Cy").await, firm.id("Dee").await];
        for changes in [
            [rename("Acme One"), AccountChange::AddContact(details("Eve"))],
            [AccountChange::AddContact(details("Flo")), AccountChange::AddContact(details("Gus"))],
            [AccountChange::RemoveContact(dee), rename("Acme Three")],
            [
                AccountChange::UpdateContact { contact: cy, details: details("Cyril") },
                AccountChange::MarkSecurityContact { contact: cy, security: true },
            ],
            [
                AccountChange::MarkSecurityContact { contact: ann, security: true },
                AccountChange::GrantAdministrator(cy),
            ],
        ] {
            two(&firm, ["Ann", "Bo"], changes).await.unwrap();
        }
        // What the rules see anew is refused by the rules.
        let seen = firm.seen().await;
        let (bo, add) = (By::Contact(firm.id("Bo").await), AccountChange::AddContact(details("Hal")));
        let hal = firm.wish(By::Contact(ann), add.clone(), seen, "a", start()).await.unwrap().added;
        assert_eq!(refusal(firm.wish(bo, add, seen, "b", start()).await), Refusal::MailTaken(hal));
        world.assert_sound().await;
    });
}

#[test]
fn exactly_one_of_32_at_once_gets_an_address() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.firm(&["Bo"]).await;
        let (by, seen) =
            ([By::Contact(firm.id("Ann").await), By::Contact(firm.id("Bo").await)], firm.seen().await);
        let adding: Vec<_> = (0..32)
            .map(|n| {
                let (firm, by) = (firm.clone(), by[n % 2]);
                let name = if n % 3 == 0 { "NEW" } else { "new" };
                let details = ContactDetails { name: format!("New {n}"), ..details(name) };
                let change = AccountChange::AddContact(details);
                tokio::spawn(async move { firm.wish(by, change, seen, &n.to_string(), start()).await })
            })
            .collect();
        let mut added = 0;
        for one in adding {
            match one.await.unwrap() {
                Ok(changed) => added += u32::from(changed.added.is_some()),
                refused => assert!(matches!(refusal(refused), Refusal::MailTaken(Some(_)))),
            }
        }
        assert_eq!(added, 1);
        assert_eq!(world.accounts.contacts_at(&mail("new")).await.unwrap().len(), 1);
        world.assert_sound().await;
    });
}

#[test]
fn the_last_two_administrators_stay_when_both_go_at_once() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.secure(&["Cy"]).await;
        firm.by("Ann", AccountChange::GrantAdministrator(firm.id("Cy").await)).await.unwrap();
        let seen = firm.seen().await;
        let mut leaving = Vec::new();
        for name in ["Ann", "Bo", "Cy"] {
            let (firm, own) = (firm.clone(), firm.id(name).await);
            let change = AccountChange::WithdrawAdministrator(own);
            leaving.push(tokio::spawn(async move {
                firm.wish(By::Contact(own), change, seen, "leave", start()).await
            }));
        }
        let mut left = 0;
        for one in leaving {
            match one.await.unwrap() {
                Ok(_) => left += 1,
                refused => assert_eq!(refusal(refused), Refusal::LastAdministrators { fewest: 2 }),
            }
        }
        assert_eq!(left, 1);
        let account = world.accounts.account(firm.org).await.unwrap().unwrap().account;
        assert_eq!(account.administrators().count(), 2);
        let open = AccountChange::ChooseModel(ModelChoice::Open);
        firm.wish(By::Operator, open, firm.seen().await, "open", start()).await.unwrap();
    });
}

#[test]
fn the_same_wish_is_carried_out_once_however_often_it_comes() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.firm(&["Bo"]).await;
        let (ann, seen) = (By::Contact(firm.id("Ann").await), firm.seen().await);
        let wish = |name: &'static str| {
            let firm = firm.clone();
            tokio::spawn(async move {
                let add = AccountChange::AddContact(details(name));
                firm.wish(ann, add, seen, "the flow", start()).await.unwrap()
            })
        };
        let all: Vec<_> = (0..16).map(|_| wish("Cy")).collect();
        let mut entries = std::collections::BTreeSet::new();
        let mut first = 0;
        for one in all {
            let changed = one.await.unwrap();
            first += u32::from(!changed.again);
            assert_eq!(changed.added.map(|contact| contact.0), Some(changed.entry));
            entries.insert(changed.entry);
        }
        assert_eq!((first, entries.len()), (1, 1));
        // Whatever it says now: the name of the wish is what counts.
        assert!(wish("Dee").await.unwrap().again);
        // Another one's wish of the same name is another wish.
        let bo = By::Contact(firm.id("Bo").await);
        let add = AccountChange::AddContact(details("Dee"));
        assert!(!firm.wish(bo, add, seen, "the flow", start()).await.unwrap().again);

        let later = start() + chrono::TimeDelta::days(31);
        let forgotten = guidepost::services::accounts::forget_done(&world.store, later, 10).await.unwrap();
        assert!(forgotten > 3, "{forgotten}");
        world.assert_sound().await;
    });
}

#[test]
fn an_invitation_works_once_for_32_at_once() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.firm(&[]).await;
        let contact = firm.by("Ann", AccountChange::AddContact(details("Cy"))).await.unwrap().added.unwrap();
        let mut joining = Vec::new();
        for n in 0..32 {
            let person = world.person(&format!("Guest{n}")).await;
            let (accounts, org) = (world.accounts.clone(), firm.org);
            joining.push(tokio::spawn(async move {
                accounts.join((org, contact), person, &SignIn::default(), "join", start()).await
            }));
        }
        let mut joined = 0;
        for one in joining {
            match one.await.unwrap() {
                Ok(_) => joined += 1,
                refused => assert_eq!(refusal(refused), Refusal::Joined(contact)),
            }
        }
        assert_eq!(joined, 1);
        assert_eq!(firm.contact("Cy").await.standing.kind(), StandingKind::Active);
        world.assert_sound().await;
    });
}
