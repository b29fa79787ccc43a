//! Only an address that somebody proved as their own gets a code: what an account writes to can be changed by others.

use guidepost::chat::Ticket;
use guidepost::domain::account::{AccountChange, ContactDetails};
use guidepost::domain::{Identity, PersonId, Place, Platform, Privacy};
use guidepost::services::addresses::{Asked, Proves, Sent, send_code};

use crate::accounts::world::{World, details, mail, start};
use crate::jobs::world::{jobs, mailing, outbox, work_off};
use crate::store::on_each_engine;

#[test]
fn a_mail_has_a_code_for_whoever_signs_in_with_the_address_and_else_says_why_not() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let folder = tempfile::tempdir().unwrap();
        let firm = world.firm(&["Bo", "Cy"]).await;
        firm.by("Ann", AccountChange::AddContact(details("Dee"))).await.unwrap();
        let moved = ContactDetails { mail: mail("moved"), ..details("Cy") };
        let cy = firm.id("Cy").await;
        firm.by("Ann", AccountChange::UpdateContact { contact: cy, details: moved }).await.unwrap();
        let jobs = jobs(&world.store, mailing(&world.store, folder.path()));
        work_off(&jobs, start()).await;
        let before = outbox(folder.path());
        let chat = Identity::Discord(400);
        let place =
            Place { platform: Platform::Discord, conversation: "5".to_owned(), privacy: Privacy::Private };
        let expected = [
            ("Bo", "Your code is "),
            ("Cy", "Your code is "),
            ("moved", "but sign in with another address"),
            ("Dee", "Use the invitation first"),
            ("nobody", "Nobody signs in there with this address"),
        ];
        for (flow, (name, _)) in (1_u64..).zip(expected) {
            let to = mail(name);
            let asked = Asked {
                person: PersonId(99),
                flow: Ticket::new(flow),
                place: &place,
                proves: Proves::Link(&chat),
                to: &to,
                generation: 1,
            };
            assert_eq!(send_code(&world.store, asked, start()).await.unwrap(), Sent::OnItsWay);
        }
        work_off(&jobs, start()).await;
        let sent: Vec<String> = outbox(folder.path())
            .into_iter()
            .filter(|(name, _)| !before.contains_key(name))
            .map(|(_, text)| text.replace('\r', "").replace("=\n", ""))
            .collect();
        assert_eq!(sent.len(), expected.len());
        for (name, words) in expected {
            let to = format!("To: {}\n", mail(name));
            let letter = sent.iter().find(|text| text.contains(&to)).unwrap();
            assert!(letter.contains(words), "{letter}");
            assert!(letter.contains("Discord account with the number 400"), "{letter}");
            assert_eq!(letter.contains("is your code"), words.starts_with("Your code"), "{letter}");
        }
    });
}
