//! Requests: who can send them, how many, and that each is decided once.

use guidepost::domain::account::{
    AccountChange, ChangeKind, CompanyForm, ContactId, Needs, Refusal, RequestId, Ruling,
};
use guidepost::services::accounts::{AccountError, Ask, MOST_OF_ONE, MOST_OPEN, Sent};

use super::world::{Firm, World, company, details, mail, refusal, start};
use crate::store::on_each_engine;

impl Firm {
    async fn ask(&self, name: &str, change: AccountChange, once: &str) -> Result<Sent, AccountError> {
        let person = self.world.person(name).await;
        let ask = Ask { change, seen: self.seen().await, once: once.to_owned() };
        self.world.accounts.ask(person, self.org, &ask, start()).await
    }

    async fn asked(&self, name: &str, new: &str) -> RequestId {
        self.ask(name, AccountChange::AddContact(details(new)), new).await.unwrap().request.id
    }
}

fn rename() -> AccountChange {
    AccountChange::UpdateCompany(CompanyForm { company: company("Acme AG"), partner_id: None })
}

#[test]
fn a_request_is_approved_and_logged_with_who_asked() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.secure(&["Cy"]).await;
        let (bo, cy) = (firm.id("Bo").await, firm.id("Cy").await);
        let sent = firm.ask("Cy", AccountChange::AddContact(details("Dee")), "flow").await.unwrap();
        assert_eq!((sent.request.by, sent.administrators), (cy, 2));
        assert_eq!(firm.ask("Cy", rename(), "flow").await.unwrap(), sent, "the same wish is one request");
        assert_eq!(world.accounts.requests(firm.org).await.unwrap(), std::slice::from_ref(&sent.request));
        let id = sent.request.id;
        let stranger = world.accounts.approve(cy, firm.org, id, start()).await;
        assert_eq!(refusal(stranger), Refusal::NotAllowed { needs: Needs::Administrator });
        let nothing = world.accounts.approve(bo, firm.org, RequestId(99), start()).await;
        assert!(matches!(nothing, Err(AccountError::UnknownRequest)));

        let changed = world.accounts.approve(bo, firm.org, id, start()).await.unwrap();
        assert_eq!(changed.account.contact_at(&mail("Dee")).map(|contact| contact.id), changed.added);
        let log = firm.log().await;
        let last = &log.last().unwrap().entry;
        assert_eq!((last.kind, last.asked_by), (ChangeKind::AddContact, Some(cy)));
        assert_eq!(last.by, guidepost::domain::account::By::Contact(bo));
        assert_eq!(world.accounts.requests(firm.org).await.unwrap(), []);
        let again = world.accounts.approve(bo, firm.org, id, start()).await;
        let Err(AccountError::Decided(request)) = again else { panic!("{again:?}") };
        let verdict = request.verdict.unwrap();
        assert_eq!((verdict.by, verdict.ruling, request.wish), (bo, Ruling::Approved, None));
        world.assert_sound().await;
    });
}

#[test]
fn who_can_do_it_or_could_not_even_as_an_administrator_sends_no_request() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.secure(&["Cy"]).await;
        let (bo, cy) = (firm.id("Bo").await, firm.id("Cy").await);
        let before = world.dump().await;
        let own = AccountChange::UpdateContact { contact: cy, details: details("Cyril") };
        assert!(matches!(firm.ask("Cy", own, "1").await, Err(AccountError::Allowed(Needs::ActiveContact))));
        let administrator = firm.ask("Ann", rename(), "2").await;
        assert!(matches!(administrator, Err(AccountError::Allowed(Needs::Administrator))));
        let taken = firm.ask("Cy", AccountChange::AddContact(details("Bo")), "3").await;
        assert_eq!(refusal(taken), Refusal::MailTaken(Some(bo)));
        let same = firm.ask("Cy", AccountChange::GrantAdministrator(bo), "4").await;
        assert_eq!(refusal(same), Refusal::NothingChanges);
        assert_eq!(world.dump().await, before);
        let stranger = firm.ask("Zoe", rename(), "5").await;
        assert_eq!(refusal(stranger), Refusal::NotAllowed { needs: Needs::ActiveContact });
    });
}

#[test]
fn so_many_requests_wait_and_no_more() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let names: Vec<String> = (0..7).map(|n| format!("Guest{n}")).collect();
        let firm = world.secure(&names.iter().map(String::as_str).collect::<Vec<_>>()).await;
        let mut asking = Vec::new();
        for name in &names {
            for n in 0..5 {
                let (firm, name, new) = (firm.clone(), name.clone(), format!("{name}-{n}"));
                asking.push(tokio::spawn(async move {
                    firm.ask(&name, AccountChange::AddContact(details(&new)), &new).await.map_err(|error| {
                        assert!(matches!(error, AccountError::TooManyRequests { .. }), "{error:?}");
                    })
                }));
            }
        }
        let mut sent = 0;
        for one in asking {
            sent += usize::from(one.await.unwrap().is_ok());
        }
        let open = world.accounts.requests(firm.org).await.unwrap();
        assert_eq!((sent, open.len()), (MOST_OPEN, MOST_OPEN));
        for name in &names {
            let id = firm.id(name).await;
            assert!(open.iter().filter(|request| request.by == id).count() <= MOST_OF_ONE);
        }
        // One that is decided makes room.
        let bo = firm.id("Bo").await;
        let first = &open[0];
        world.accounts.refuse(bo, firm.org, first.id, None, start()).await.unwrap();
        let asker = firm.world.accounts.account(firm.org).await.unwrap().unwrap().account;
        let name = asker.contacts[&first.by].name.clone();
        firm.asked(&name, "room").await;
        world.assert_sound().await;
    });
}

#[test]
fn a_request_is_decided_once_by_however_many_at_once() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.secure(&["Cy"]).await;
        let request = firm.asked("Cy", "Dee").await;
        let mut deciding = Vec::new();
        for n in 0..32 {
            let admin: ContactId = firm.id(if n % 2 == 0 { "Ann" } else { "Bo" }).await;
            let (accounts, org) = (world.accounts.clone(), firm.org);
            deciding.push(tokio::spawn(async move {
                if n % 4 < 2 {
                    accounts.approve(admin, org, request, start()).await.map(|_| ())
                } else {
                    accounts.refuse(admin, org, request, Some("no"), start()).await.map(|_| ())
                }
            }));
        }
        let mut decided = 0;
        for one in deciding {
            match one.await.unwrap() {
                Ok(()) => decided += 1,
                Err(error) => assert!(matches!(error, AccountError::Decided(_)), "{error:?}"),
            }
        }
        assert_eq!(decided, 1);
        let added = world.accounts.contacts_at(&mail("Dee")).await.unwrap().len();
        let log = firm.log().await;
        let approved = log.iter().filter(|logged| logged.entry.asked_by.is_some()).count();
        assert_eq!(added, approved);
        world.assert_sound().await;
    });
}

#[test]
fn what_can_no_longer_be_is_not_approved_and_waits_for_a_refusal() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.secure(&["Cy"]).await;
        let bo = firm.id("Bo").await;
        let dee = firm.asked("Cy", "Dee").await;
        let company = firm.ask("Cy", rename(), "rename").await.unwrap().request.id;
        let taken = firm.by("Ann", AccountChange::AddContact(details("Dee"))).await.unwrap().added;
        let other = CompanyForm { company: super::world::company("Acme Ltd"), partner_id: None };
        firm.by("Ann", AccountChange::UpdateCompany(other)).await.unwrap();
        let late = world.accounts.approve(bo, firm.org, dee, start()).await;
        assert_eq!(refusal(late), Refusal::MailTaken(taken));
        let late = world.accounts.approve(bo, firm.org, company, start()).await;
        assert!(matches!(late, Err(AccountError::Overtaken { meanwhile }) if meanwhile.len() == 1));
        assert_eq!(world.accounts.requests(firm.org).await.unwrap().len(), 2);
        for request in [dee, company] {
            world.accounts.refuse(bo, firm.org, request, Some(" is\nso already "), start()).await.unwrap();
        }
        // Whoever was taken off the account asks for nothing any more.
        let eve = firm.asked("Cy", "Eve").await;
        let cy = firm.id("Cy").await;
        firm.by("Ann", AccountChange::RemoveContact(cy)).await.unwrap();
        let gone = world.accounts.approve(bo, firm.org, eve, start()).await;
        assert_eq!(refusal(gone), Refusal::UnknownContact(cy));
        world.assert_sound().await;
    });
}
