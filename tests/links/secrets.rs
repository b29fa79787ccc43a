//! Nothing secret stays behind: not in the store, not in the mails of others, and all of it goes with its person.

use guidepost::domain::LinkPurpose;
use guidepost::services::privacy::{erase, export};
use guidepost::store::Entry;

use super::world::{GOOD, World, after, username};
use crate::accounts::world::{mail, start};
use crate::jobs::world::outbox;
use crate::store::on_each_engine;

fn holds(dump: &[Entry], secret: &str) -> bool {
    dump.iter().any(|entry| entry.key.to_string().contains(secret) || entry.value.as_str().contains(secret))
}

#[test]
fn no_token_and_no_password_is_in_the_store_or_in_a_mail_to_others() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.person("Ann").await;
        let invitation = world.invite("Bo", start()).await;
        let reset = world.token(LinkPurpose::Reset, &mail("Ann"), start()).await;
        let new = world.password(GOOD).await;
        let seals = [reset.text()[16..].to_owned(), invitation.text().rsplit('.').next().unwrap().to_owned()];
        for done in [false, true] {
            if done {
                world.behind.reset(&reset, &new, after(1)).await.unwrap();
                world
                    .behind
                    .accept_invitation(&invitation, Some(&username("bo.user")), &new, after(1))
                    .await
                    .unwrap();
                world.mails(after(1)).await;
            }
            let dump = world.accounts.dump().await;
            assert!(holds(&dump, "ann@example.org"), "this finds what is there");
            for secret in seals.iter().map(String::as_str).chain([GOOD, "quokka"]) {
                assert!(!holds(&dump, secret), "{secret}");
            }
        }
        let debug = format!("{reset:?} {invitation:?} {new:?}");
        assert_eq!(debug, "… … NewPassword { hash: …, unchecked: false }");
        let with = |secret: &str| {
            let mails = outbox(world.outbox.path()).into_values().map(|text| text.replace("=\r\n", ""));
            mails.filter(|text| text.contains(secret)).count()
        };
        assert_eq!(seals.each_ref().map(|seal| with(seal)), [1, 1], "each is in the one mail that brings it");
        assert_eq!(with("quokka"), 0);
    });
}

#[test]
fn links_are_handed_over_and_erased_with_their_person() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.person("Ann").await;
        world.ask(LinkPurpose::Reset, &mail("ann"), start()).await;
        world.ask(LinkPurpose::Reset, &mail("other"), start()).await;
        let own = export(&bench.store, &ann.to_string(), start(), &mut |_| {}).await.unwrap();
        assert_eq!(own.records["links"].len(), 1);
        assert_eq!(own.records["jobs"].len(), 1, "the mail that waits");
        let files = world.accounts.kept().files;
        erase(&bench.store, &files, &ann.to_string(), start(), &mut |_| {}).await.unwrap();
        let dump = world.accounts.dump().await;
        assert!(!holds(&dump, "ann@example.org") && holds(&dump, "other@example.org"));
        world.accounts.assert_sound().await;
    });
}
