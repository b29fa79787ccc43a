//! What accounts hold about one person is handed over, and erased, and the accounts go on.

use guidepost::domain::account::{AccountChange, By, ContactDetails};
use guidepost::services::accounts::Ask;
use guidepost::services::accounts::table::HEADS;
use guidepost::services::privacy::{erase, export};
use guidepost::store::Direction;

use super::world::{Firm, World, details, mail, start};
use crate::store::on_each_engine;

/// What is in everything that is known of the person, and in nothing else.
const MARK: &str = "quokka";

/// Two accounts with something of the same person wherever there can be: as a contact, in logs, in requests of their own and of others.
async fn tell(world: &World) -> Firm {
    let firm = world.secure(&[MARK, "Cy"]).await;
    let id = firm.id(MARK).await;
    let phone = ContactDetails { phone: Some("+41 31 555 12 34".to_owned()), ..details(MARK) };
    firm.by("Ann", AccountChange::UpdateContact { contact: id, details: phone }).await.unwrap();
    let ask = async |name: &str, change: AccountChange| {
        let ask = Ask { change, seen: firm.seen().await, once: "flow".to_owned() };
        world.accounts.ask(world.person(name).await, firm.org, &ask, start()).await.unwrap()
    };
    ask(MARK, AccountChange::AddContact(details("Eve"))).await;
    let moved = ContactDetails { mail: mail(&format!("{MARK}.2")), ..details(MARK) };
    ask("Cy", AccountChange::UpdateContact { contact: id, details: moved }).await;

    let zoe = world.person("Zoe").await;
    let other = world.accounts.found(&World::founding(zoe, "Zoe"), || 8, start()).await.unwrap();
    let other_org = other.account.organisation.id;
    let add = AccountChange::AddContact(ContactDetails { name: format!("The {MARK}"), ..details(MARK) });
    let ask = Ask { change: add, seen: 99, once: "add".to_owned() };
    world.accounts.change(By::Contact(other.added.unwrap()), other_org, &ask, start()).await.unwrap();
    firm
}

async fn with_mark(world: &World) -> Vec<String> {
    let all = world.dump().await.into_iter().map(|entry| format!("{}: {}", entry.key, entry.value));
    all.filter(|text| text.to_lowercase().contains(MARK) || text.contains("555 12 34")).collect()
}

#[test]
fn all_that_accounts_hold_of_a_person_is_handed_over() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        tell(&world).await;
        let who = world.person(MARK).await.to_string();
        let export = export(&world.store, &who, start(), &mut |_| {}).await.unwrap();
        let text = serde_json::to_string(&export.records["accounts"]).unwrap();
        for expected in ["The quokka", "+41 31 555 12 34", "quokka.2@example.org", "add-contact"] {
            assert!(text.contains(expected), "{expected}: {text}");
        }
        assert!(!text.contains("\"Cy\"") && !text.contains("bo@example.org"), "{text}");
    });
}

#[test]
fn nothing_of_an_erased_person_is_left_on_accounts_and_they_go_on() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = tell(&world).await;
        let person = world.person(MARK).await;
        let entries = firm.log().await.len();
        assert!(with_mark(&world).await.len() > 8);
        erase(&world.store, &world.kept().files, &person.to_string(), start(), &mut |_| {}).await.unwrap();
        assert_eq!(with_mark(&world).await, Vec::<String>::new());
        let log = firm.log().await;
        assert_eq!(log.len(), entries, "what was done, when and by whom stays");
        let account = world.accounts.account(firm.org).await.unwrap().unwrap().account;
        assert!(account.contact_of(person).is_none() && account.contacts.len() == 3);
        for head in HEADS.list(&world.store, None, 10, Direction::Forward).await.unwrap() {
            assert!(head.record.open.is_empty());
        }
        firm.by("Ann", AccountChange::AddContact(details("Flo"))).await.unwrap();
        world.assert_sound().await;
    });
}
