//! What is done behind a link: once, by whoever it was sent to, and wholly.

use chrono::TimeDelta;
use guidepost::domain::account::{AccountChange, ContactDetails, StandingKind};
use guidepost::domain::{LinkPurpose, PersonId};
use guidepost::services::behind_links::{BehindLinks, NotDone, has_password};
use guidepost::services::links::{Dead, LinkToken};
use guidepost::services::people::key;
use guidepost::services::sign_in::CREDENTIALS;
use guidepost::store::Store;
use tokio::task::JoinSet;

use super::world::{GOOD, World, after, invited, username, wish};
use crate::accounts::world::{details, mail, start};
use crate::store::on_each_engine;

/// How many use a link at once.
const AT_ONCE: usize = 32;

/// What became of those who did the same at once: how many did it, and why the others did not.
async fn at_once<T: Send + 'static, F>(
    behind: &BehindLinks,
    make: impl Fn(BehindLinks, usize) -> F,
) -> (usize, Vec<String>)
where
    F: Future<Output = Result<T, NotDone>> + Send + 'static,
{
    let mut tasks = JoinSet::new();
    for at in 0..AT_ONCE {
        tasks.spawn(make(behind.clone(), at));
    }
    let (mut done, mut why) = (0, Vec::new());
    for result in tasks.join_all().await {
        match result {
            Ok(_) => done += 1,
            Err(error) => why.push(error.to_string()),
        }
    }
    why.sort();
    why.dedup();
    (done, why)
}

async fn epoch(store: &Store, person: PersonId) -> Option<u64> {
    CREDENTIALS.get(store, &key(person)).await.unwrap().map(|row| row.record.epoch)
}

#[test]
fn of_32_who_use_a_link_at_once_one_chooses_the_password() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.person("Ann").await;
        let token = world.token(LinkPurpose::Reset, &mail("Ann"), start()).await;
        let new = world.password(GOOD).await;
        let result = at_once(&world.behind, |behind, _| {
            let (token, new) = (token.clone(), new.clone());
            async move { behind.reset(&token, &new, after(1)).await }
        });
        assert_eq!(result.await, (1, vec![Dead::Used.to_string()]));
        assert_eq!(epoch(&bench.store, ann).await, Some(1), "the sessions ended once");
        let subjects: Vec<String> =
            world.mails(after(1)).await.into_iter().map(|mail| mail.subject).collect();
        assert_eq!(subjects, ["Your password for Guidepost was changed"]);
        world.accounts.assert_sound().await;
    });
}

#[test]
fn of_32_who_accept_an_invitation_at_once_one_joins() {
    on_each_engine(&async |bench| {
        for is_known in [false, true] {
            bench.empty().await;
            let world = World::on(&bench.store);
            let known = if is_known { Some(world.person("Bo").await) } else { None };
            let token = world.invite("Bo", start()).await;
            let new = world.password(GOOD).await;
            let result = at_once(&world.behind, |behind, at| {
                let (token, new) = (token.clone(), new.clone());
                let name = username(&format!("bo.{at}"));
                async move { behind.accept_invitation(&token, Some(&name), &new, after(1)).await }
            });
            assert_eq!(result.await, (1, vec![Dead::Used.to_string()]));
            let row = world.accounts.people.with_mail(&mail("Bo")).await.unwrap().unwrap();
            assert!(known.is_none_or(|known| known == row.record.id), "whoever has the address joined");
            assert_eq!(epoch(&bench.store, row.record.id).await, Some(1));
            let accounts = world.accounts.accounts.account_of(row.record.id).await.unwrap();
            let [account] = accounts.as_slice() else { panic!("{accounts:?}") };
            let contact = account.account.contact_of(row.record.id).unwrap();
            assert_eq!(contact.standing.kind(), StandingKind::Active);
            world.accounts.assert_sound().await;
        }
    });
}

#[test]
fn of_32_who_sign_up_behind_a_link_at_once_one_has_an_account() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let token = world.token(LinkPurpose::SignUp, &mail("Ann"), start()).await;
        let new = world.password(GOOD).await;
        let result = at_once(&world.behind, |behind, at| {
            let (token, new) = (token.clone(), new.clone());
            async move { behind.sign_up(&token, &wish(&format!("ann{at}")), &new, || at as u64, after(1)).await }
        });
        assert_eq!(result.await, (1, vec![Dead::Used.to_string()]));
        let ann = world.accounts.people.with_mail(&mail("Ann")).await.unwrap().unwrap().record;
        assert!(has_password(&bench.store, ann.id).await.unwrap());
        let accounts = world.accounts.accounts.organisations(None, 10).await.unwrap();
        assert_eq!(accounts.len(), 1);
        let known = world.accounts.accounts.account_of(ann.id).await.unwrap().remove(0).account;
        let contact = known.contact_of(ann.id).unwrap();
        assert!(contact.administrator && contact.is_active() && contact.mail == mail("Ann"));
        world.accounts.assert_sound().await;
    });
}

#[test]
fn a_dead_link_does_nothing_and_says_why() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.person("Ann").await;
        world.person("Bo").await;
        let new = world.password(GOOD).await;
        let old = world.token(LinkPurpose::Reset, &mail("Ann"), start()).await;
        let newer = world.token(LinkPurpose::Reset, &mail("Ann"), after(1)).await;
        let foreign = world.token(LinkPurpose::Reset, &mail("Bo"), after(1)).await;
        let other = world.token(LinkPurpose::SignUp, &mail("Cy"), after(1)).await;
        // Bo's seal under Ann's ticket, and one that was never made.
        let mixed = format!("{}{}", &newer.text()[..16], &foreign.text()[16..]);
        let forged = format!("{}{}", &newer.text()[..16], "A".repeat(43));
        let unmade = format!("{}{}", "f".repeat(16), &newer.text()[16..]);
        let parse = |text: &str| LinkToken::parse(text).unwrap();
        let before = world.accounts.dump().await;
        for (token, at, expected) in [
            (&old, after(2), Dead::Replaced),
            (&newer, after(31), Dead::Expired),
            (&other, after(2), Dead::Unknown),
            (&parse(&mixed), after(2), Dead::Unknown),
            (&parse(&forged), after(2), Dead::Unknown),
            (&parse(&unmade), after(2), Dead::Unknown),
        ] {
            let result = world.behind.reset(token, &new, at).await;
            assert!(
                matches!(&result, Err(NotDone::Dead(dead)) if *dead == expected),
                "{result:?} {expected:?}"
            );
        }
        assert_eq!(world.accounts.dump().await, before, "nothing was changed");
        // Looking uses nothing up: it works afterwards, to the last moment, and only once.
        for _ in 0..3 {
            assert_eq!(world.links().find(&newer, after(2)).await.unwrap().unwrap().address, mail("Ann"));
        }
        let last = after(31) - TimeDelta::seconds(1);
        world.behind.reset(&newer, &new, last).await.unwrap();
        let again = world.behind.reset(&newer, &new, last).await;
        assert!(matches!(again, Err(NotDone::Dead(Dead::Used))), "{again:?}");
        world.behind.reset(&foreign, &new, after(2)).await.unwrap();
    });
}

#[test]
fn a_link_is_for_whoever_has_the_address_when_it_is_used() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.person("Ann").await;
        let token = world.token(LinkPurpose::Reset, &mail("Ann"), start()).await;
        // The address is somebody else's by now.
        world.accounts.people.set_mail(ann, Some(mail("other"))).await.unwrap();
        let new = world.password(GOOD).await;
        let result = world.behind.reset(&token, &new, after(1)).await;
        assert!(matches!(result, Err(NotDone::Dead(Dead::Unknown))), "{result:?}");
        assert_eq!(epoch(&bench.store, ann).await, None);
    });
}

#[test]
fn a_taken_username_is_said_and_the_link_works_still() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let other = world.person("Other").await;
        world.accounts.people.set_username(other, Some(username("ann.user"))).await.unwrap();
        let new = world.password(GOOD).await;
        let token = world.token(LinkPurpose::SignUp, &mail("Eve"), start()).await;
        let refused = world.behind.sign_up(&token, &wish("ann"), &new, || 1, after(1)).await;
        assert!(matches!(refused, Err(NotDone::UsernameTaken)), "{refused:?}");
        world.behind.sign_up(&token, &wish("Ann2"), &new, || 1, after(1)).await.unwrap();
        world.mails(after(1)).await;
        let invitation = world.invite("Bo", start()).await;
        let refused =
            world.behind.accept_invitation(&invitation, Some(&username("ANN.user")), &new, after(1)).await;
        assert!(matches!(refused, Err(NotDone::UsernameTaken)), "{refused:?}");
        let none = world.behind.accept_invitation(&invitation, None, &new, after(1)).await;
        assert!(matches!(none, Err(NotDone::NoUsername)), "{none:?}");
        world
            .behind
            .accept_invitation(&invitation, Some(&username("bo.user")), &new, after(1))
            .await
            .unwrap();
        // Whoever has an account signs up for none behind an earlier link.
        let bo = world.accounts.people.with_mail(&mail("Bo")).await.unwrap().unwrap().record;
        world.ask(LinkPurpose::SignUp, &mail("Bo"), after(2)).await;
        let link = world.links().of_address(LinkPurpose::SignUp, &mail("Bo")).await.unwrap().unwrap();
        let token = world.links().token(&link);
        let has = world.behind.sign_up(&token, &wish("Bo2"), &new, || 2, after(3)).await;
        assert!(matches!(has, Err(NotDone::HasAccount)), "{has:?}");
        assert_eq!(epoch(&bench.store, bo.id).await, Some(1));
        world.accounts.assert_sound().await;
    });
}

#[test]
fn an_invitation_is_dead_after_two_weeks_when_withdrawn_and_when_a_later_one_was_sent() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let first = world.invite("Bo", start()).await;
        let firm = world.accounts.firm(&[]).await;
        let bo = firm.id("Bo").await;
        let why = async |token, at| world.behind.invitation(token, at).await.unwrap().unwrap_err();
        let end = start() + TimeDelta::days(14);
        assert!(world.behind.invitation(&first, end - TimeDelta::seconds(1)).await.unwrap().is_ok());
        assert_eq!(why(&first, end).await, Dead::Expired);
        // To another address, and back to the first: each time a later one is sent.
        let moved = |address: &str| AccountChange::UpdateContact {
            contact: bo,
            details: ContactDetails { mail: mail(address), ..details("Bo") },
        };
        firm.by("Ann", moved("bo2")).await.unwrap();
        let second = invited(&world.link(start()).await);
        assert_eq!(why(&first, start()).await, Dead::Replaced);
        firm.by("Ann", moved("bo")).await.unwrap();
        let third = invited(&world.link(start()).await);
        let new = world.password(GOOD).await;
        for dead in [&first, &second] {
            let name = username("bo.user");
            let result = world.behind.accept_invitation(dead, Some(&name), &new, start()).await;
            assert!(matches!(result, Err(NotDone::Dead(Dead::Replaced))), "{result:?}");
        }
        let late = world.behind.accept_invitation(&third, Some(&username("bo.user")), &new, end).await;
        assert!(matches!(late, Err(NotDone::Dead(Dead::Expired))), "{late:?}");
        // Asked for again later, the same invitation comes with a link that works then, and the old one stays dead.
        world.ask(LinkPurpose::Reset, &mail("bo"), end).await;
        let again = invited(&world.link(end).await);
        assert_eq!(why(&third, end).await, Dead::Expired);
        world.behind.accept_invitation(&again, Some(&username("bo.user")), &new, end).await.unwrap();
        assert_eq!(why(&again, end).await, Dead::Used);
        let cy = firm.by("Ann", AccountChange::AddContact(details("Cy"))).await.unwrap().added.unwrap();
        let fourth = invited(&world.link(start()).await);
        firm.by("Ann", AccountChange::RemoveContact(cy)).await.unwrap();
        assert_eq!(why(&fourth, start()).await, Dead::Unknown);
    });
}
