//! Mails about accounts: who gets which, once, and what it says.

use std::collections::BTreeMap;

use guidepost::domain::account::{AccountChange, By, ContactDetails, ModelChoice};
use guidepost::services::accounts::Ask;

use super::world::{Firm, World, details, mail, set, start};
use crate::jobs::world::{jobs, mailing, outbox, work_off};
use crate::store::on_each_engine;

/// Carries out what is due, and gives the mails that are new: by whom they are to, the subjects and the texts.
async fn sent(firm: &Firm, folder: &std::path::Path) -> BTreeMap<String, Vec<String>> {
    let before = outbox(folder);
    work_off(&jobs(&firm.world.store, mailing(&firm.world.store, folder)), start()).await;
    let mut new: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in outbox(folder) {
        if !before.contains_key(&name) {
            let text = text.replace('\r', "");
            let to = text.lines().find_map(|line| line.strip_prefix("To: ")).unwrap().to_owned();
            let subject = text.lines().find(|line| line.starts_with("Subject: ")).unwrap().to_owned();
            let (_, body) = text.split_once("\n\n").unwrap();
            new.entry(to).or_default().push(format!("{subject}\n\n{body}"));
        }
    }
    new
}

fn whom(mails: &BTreeMap<String, Vec<String>>) -> Vec<(&str, usize)> {
    mails.iter().map(|(to, mails)| (to.split('@').next().unwrap(), mails.len())).collect()
}

#[test]
fn those_concerned_get_one_mail_each() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let folder = tempfile::tempdir().unwrap();
        let firm = world.firm(&["Bo", "Cy"]).await;
        sent(&firm, folder.path()).await;
        let [ann, bo, cy] = [firm.id("Ann").await, firm.id("Bo").await, firm.id("Cy").await];
        let moved = ContactDetails { mail: mail("moved"), ..details("Cy") };
        for (change, expected) in [
            (AccountChange::AddContact(details("Dee")), vec![("dee", 1)]),
            (AccountChange::UpdateContact { contact: cy, details: moved }, vec![("cy", 1), ("moved", 1)]),
            (AccountChange::GrantAdministrator(bo), vec![("bo", 1)]),
            (AccountChange::SetSecurityContacts(set([ann, bo, cy])), vec![("bo", 1), ("moved", 1)]),
            (
                AccountChange::ChooseModel(ModelChoice::Secure { administrators: set([ann, bo]) }),
                vec![("bo", 1), ("moved", 1)],
            ),
            (AccountChange::RemoveContact(cy), vec![("moved", 1)]),
        ] {
            let seen = firm.seen().await;
            let ask = Ask { change, seen, once: seen.to_string() };
            world.accounts.change(By::Contact(ann), firm.org, &ask, start()).await.unwrap();
            // The same wish again sends nothing again.
            world.accounts.change(By::Contact(ann), firm.org, &ask, start()).await.unwrap();
            assert_eq!(whom(&sent(&firm, folder.path()).await), expected, "{:?}", ask.change);
            assert_eq!(whom(&sent(&firm, folder.path()).await), []);
        }
    });
}

#[test]
fn an_invitation_goes_to_the_address_that_is_known_now() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let folder = tempfile::tempdir().unwrap();
        let firm = world.firm(&[]).await;
        let dee = firm.by("Ann", AccountChange::AddContact(details("Dee"))).await.unwrap().added.unwrap();
        let details = ContactDetails { mail: mail("right"), ..details("Dee") };
        firm.by("Ann", AccountChange::UpdateContact { contact: dee, details }).await.unwrap();
        // Both were asked for; only the later one is sent, once, where it belongs.
        assert_eq!(whom(&sent(&firm, folder.path()).await), [("right", 1)]);
    });
}

#[test]
fn mails_say_what_happened_in_plain_words() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let folder = tempfile::tempdir().unwrap();
        let firm = world.firm(&["Bo", "Cy"]).await;
        sent(&firm, folder.path()).await;
        let [ann, bo, cy] = [firm.id("Ann").await, firm.id("Bo").await, firm.id("Cy").await];
        let moved = ContactDetails {
            mail: mail("moved"),
            name: "Cyril".to_owned(),
            phone: Some("+41 31 000 00 00".to_owned()),
        };
        firm.by("Ann", AccountChange::AddContact(details("Dee"))).await.unwrap();
        firm.by("Ann", AccountChange::UpdateContact { contact: cy, details: moved }).await.unwrap();
        let secure = ModelChoice::Secure { administrators: set([ann, bo]) };
        firm.by("Ann", AccountChange::ChooseModel(secure)).await.unwrap();
        let ask = Ask {
            change: AccountChange::AddContact(details("Eve")),
            seen: firm.seen().await,
            once: "ask".to_owned(),
        };
        let person = world.person("Cy").await;
        let first = world.accounts.ask(person, firm.org, &ask, start()).await.unwrap().request;
        let mut all = sent(&firm, folder.path()).await;
        world.accounts.refuse(bo, firm.org, first.id, Some("Eve has left"), start()).await.unwrap();
        for (to, mails) in sent(&firm, folder.path()).await {
            all.entry(to).or_default().extend(mails);
        }
        let read: Vec<String> = all
            .into_iter()
            .flat_map(|(to, mails)| mails.into_iter().map(move |mail| format!("To: {to}\n{mail}")))
            .collect();
        // The same on every engine.
        insta::allow_duplicates! {
            insta::assert_snapshot!(read.join("\n=====\n"));
        }
    });
}
