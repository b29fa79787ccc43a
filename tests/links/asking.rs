//! Asking for a link: the same whoever has the address, and only so often.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use guidepost::domain::{Digest, LinkPurpose};
use guidepost::services::limits::TooOften;
use guidepost::services::links::{self, LINKS};
use guidepost::store::{Asked, Direction, Entry};

use super::world::{World, after};
use crate::accounts::world::{mail, start};
use crate::store::on_each_engine;

/// What asking wrote: each key and value that is new or different, without what names the address.
fn written(before: &[Entry], now: &[Entry], address: &str) -> BTreeMap<String, String> {
    let before: BTreeMap<_, _> = before.iter().map(|entry| (&entry.key, entry)).collect();
    let new = now.iter().filter(|entry| before.get(&entry.key) != Some(entry));
    let digest = Digest::of(address);
    let plain = |text: &str| text.replace(address, "ADDRESS").replace(digest.as_str(), "DIGEST");
    new.map(|entry| (plain(&entry.key.to_string()), plain(entry.value.as_str()))).collect()
}

/// What the service reads is the same as well: it is handed no more than the address, and looks up the link of the address and the counts
/// of the address, the person and the place. Who has the address is looked up by the mail's executor alone, later and elsewhere.
#[test]
fn asking_does_the_same_whoever_has_the_address() {
    on_each_engine(&async |bench| {
        let mut all = Vec::new();
        for name in ["nobody", "person", "member", "invited"] {
            bench.empty().await;
            let world = World::on(&bench.store);
            world.person("person").await;
            let firm = world.accounts.firm(&["member"]).await;
            let add = guidepost::domain::account::AccountChange::AddContact(crate::accounts::world::details(
                "invited",
            ));
            firm.by("Ann", add).await.unwrap();
            world.mails(start()).await;
            let before = world.accounts.dump().await;
            let asked = world.store.asked();
            let answered = world.ask_as(&mail(name), None, "a terminal", after(1)).await;
            let of_store = asked_since(world.store.asked(), asked);
            let wrote = written(&before, &world.accounts.dump().await, mail(name).as_str());
            let mails = world.mails(after(1)).await;
            assert_eq!(mails.len(), 1, "{mails:?}");
            assert_eq!(mails[0].to, mail(name).as_str());
            all.push((answered, wrote, of_store));
        }
        let (first, others) = all.split_first().unwrap();
        assert_eq!(first.0, Ok(after(31)));
        assert!(first.1.len() >= 4, "{:?}", first.1);
        assert!(first.2.reads > 0 && first.2.commits == 1, "{:?}", first.2);
        for other in others {
            assert_eq!(other, first);
        }
    });
}

#[test]
fn a_person_an_address_and_a_place_have_limits_that_say_until_when() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let (ann, bo) = (world.person("Ann").await, world.person("Bo").await);
        for at in 0..5 {
            let asked = world.ask_as(&mail("Ann"), Some(ann), "home", after(at)).await;
            assert_eq!(asked, Ok(after(at + 30)));
        }
        let again = |minutes: i64| Err(TooOften { at: after(minutes) + TimeDelta::hours(24) });
        let before = world.accounts.dump().await;
        assert_eq!(world.ask_as(&mail("other"), Some(ann), "elsewhere", after(5)).await, again(0));
        assert_eq!(world.ask_as(&mail("ANN"), Some(bo), "elsewhere", after(5)).await, again(0));
        assert_eq!(world.accounts.dump().await, before, "what is too often counts nothing");
        for at in 5..20 {
            let asked = world.ask_as(&mail(&format!("x{at}")), None, "home", after(at)).await;
            assert_eq!(asked, Ok(after(at + 30)));
        }
        assert_eq!(world.ask_as(&mail("y"), None, "home", after(20)).await, again(0));
        // One of them no longer counts.
        let tomorrow = after(0) + TimeDelta::hours(24);
        world.ask_as(&mail("Ann"), Some(ann), "home", tomorrow).await.unwrap();
        assert_eq!(world.ask_as(&mail("Ann"), Some(ann), "home", tomorrow).await, again(1));
    });
}

#[test]
fn the_same_ticket_again_sends_nothing_again() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let (ticket, from, ann) = (world.ticket(), super::world::place("home"), mail("Ann"));
        for at in 0..20 {
            let ask = world.links().ask(LinkPurpose::Reset, &ann, None, &from, after(at), ticket);
            assert_eq!(ask.await.unwrap(), Ok(after(30)));
        }
        assert_eq!(world.mails(after(20)).await.len(), 1);
    });
}

#[test]
fn links_are_forgotten_a_week_after_they_ran_out() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.ask(LinkPurpose::Reset, &mail("Ann"), start()).await;
        world.ask(LinkPurpose::SignUp, &mail("Ann"), start() + TimeDelta::days(1)).await;
        let kept = async || LINKS.list(&bench.store, None, 10, Direction::Forward).await.unwrap().len();
        let forget = async |now| links::forget(&bench.store, now, 50).await.unwrap();
        let end = after(30) + TimeDelta::days(7);
        assert_eq!((forget(end - TimeDelta::seconds(1)).await, kept().await), (0, 2));
        assert_eq!((forget(end + TimeDelta::seconds(1)).await, kept().await), (1, 1));
        world.accounts.assert_sound().await;
    });
}

/// What a store was asked for in between.
fn asked_since(now: Asked, before: Asked) -> Asked {
    Asked {
        reads: now.reads - before.reads,
        keys: now.keys - before.keys,
        commits: now.commits - before.commits,
        writes: now.writes - before.writes,
    }
}
