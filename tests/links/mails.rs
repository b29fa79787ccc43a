//! What the mails say to whoever asked for a link.

use guidepost::domain::LinkPurpose;
use guidepost::domain::account::{AccountChange, WebAddress};
use guidepost::services::accounts::table::{ORGANISATIONS, org_key};
use guidepost::store::Batch;

use super::world::{GOOD, World, after, username, wish};
use crate::accounts::world::{Firm, details, mail, start};
use crate::store::on_each_engine;

/// From now on people of this account sign in with their company's credentials.
async fn signs_in_elsewhere(firm: &Firm) {
    let store = &firm.world.store;
    let row = ORGANISATIONS.get(store, &org_key(firm.org)).await.unwrap().unwrap();
    let mut organisation = row.record.clone();
    organisation.sign_in_url = WebAddress::parse("https://login.acme.example/start").ok();
    let mut batch = Batch::new();
    ORGANISATIONS.update(&mut batch, &row, &organisation);
    store.commit(batch).await.unwrap();
}

#[test]
fn mails_say_what_somebody_can_do_with_their_address() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let firm = world.accounts.firm(&["Bo"]).await;
        firm.by("Ann", AccountChange::AddContact(details("Dee"))).await.unwrap();
        let mut all: Vec<String> = world.mails(start()).await.iter().map(super::world::Read::shown).collect();
        let new = world.password(GOOD).await;
        let token = world.token(LinkPurpose::SignUp, &mail("Cy"), start()).await;
        world.behind.sign_up(&token, &wish("Cy"), &new, || 9, after(1)).await.unwrap();
        for name in ["nobody", "bo", "dee", "cy"] {
            for purpose in LinkPurpose::ALL {
                world.ask(purpose, &mail(name), after(2)).await;
                let mails = world.mails(after(2)).await;
                all.push(format!("{purpose:?} with the address of {name}"));
                all.extend(mails.iter().map(super::world::Read::shown));
            }
        }
        let reset = world.token(LinkPurpose::Reset, &mail("bo"), after(3)).await;
        world.behind.reset(&reset, &new, after(4)).await.unwrap();
        all.extend(world.mails(after(4)).await.iter().map(super::world::Read::shown));
        signs_in_elsewhere(&firm).await;
        world.ask(LinkPurpose::Reset, &mail("bo"), after(5)).await;
        all.extend(world.mails(after(5)).await.iter().map(super::world::Read::shown));
        // The same on every engine.
        insta::allow_duplicates! {
            insta::assert_snapshot!(all.join("\n=====\n"));
        }
    });
}

#[test]
fn a_mail_goes_to_the_address_as_its_owner_gave_it_and_not_after_a_newer_one_was_asked_for() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.person("Ann").await;
        let typed = guidepost::domain::MailAddress::parse("ANN@example.org").unwrap();
        world.ask(LinkPurpose::Reset, &typed, start()).await;
        world.ask(LinkPurpose::Reset, &typed, after(1)).await;
        let mails = world.mails(after(1)).await;
        assert_eq!(mails.iter().map(|mail| mail.to.as_str()).collect::<Vec<_>>(), ["ann@example.org"]);
        // What could not be sent in time is not sent any more.
        world.ask(LinkPurpose::Reset, &typed, after(2)).await;
        assert_eq!(world.mails(after(40)).await, []);
    });
}

#[test]
fn a_second_invitation_of_somebody_who_has_an_account_keeps_their_username() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let person = world.person("Bo").await;
        world.accounts.people.set_username(person, Some(username("bo.user"))).await.unwrap();
        let token = world.invite("Bo", start()).await;
        let (_, own) = world.behind.invitation(&token, start()).await.unwrap().unwrap();
        assert_eq!(own, Some(username("bo.user")));
        let new = world.password(GOOD).await;
        let accepted = world.behind.accept_invitation(&token, None, &new, start()).await.unwrap();
        assert_eq!(accepted.person, person);
        let row = world.accounts.people.get(person).await.unwrap().unwrap();
        assert_eq!(row.record.username, Some(username("bo.user")));
    });
}
