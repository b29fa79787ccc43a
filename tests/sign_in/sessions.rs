//! Sessions: how long they last, how they are listed and ended, and that they survive what they should.

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::clock;
use guidepost::config::SignIn as Settings;
use guidepost::domain::password::Password;
use guidepost::services::sign_in::{Caller, SESSIONS, SessionToken, end_all_in, forget_sessions};
use guidepost::store::{Batch, Direction, Key};

use super::world::{GOOD, OTHER, World, at, minutes, settings, start};
use crate::store::on_each_engine;

fn hours(hours: i64) -> DateTime<Utc> {
    start() + TimeDelta::hours(hours)
}

#[test]
fn a_session_lasts_while_it_is_used_but_not_for_ever() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let signed_in = async || world.sign_in("ann.user", GOOD, 1, start()).await.unwrap().token;
        let (unused, used) = (signed_in().await, signed_in().await);
        let second = TimeDelta::seconds(1);
        // Used every 23 hours it goes on, for two weeks.
        for day in 1..=14 {
            assert_eq!(world.whose(&used, hours(23 * day)).await, Some(ann), "{day}");
        }
        assert_eq!(world.whose(&used, hours(336) - second).await, Some(ann));
        assert_eq!(world.whose(&used, hours(336)).await, None);
        assert_eq!(world.whose(&unused, hours(24)).await, None);
        assert_eq!(world.whose(&unused, hours(24) - second).await, Some(ann));
        // Lifetimes that are shortened hold for what is there.
        let short =
            World::with(&bench.store, &Settings { session_idle_h: 1, session_most_h: 2, ..settings() });
        let token = signed_in().await;
        assert_eq!(short.whose(&token, minutes(60)).await, None);
        assert_eq!(short.whose(&token, minutes(59)).await, Some(ann));
        assert_eq!(short.whose(&token, minutes(110)).await, Some(ann));
        assert_eq!(short.whose(&token, minutes(120)).await, None);
    });
}

#[test]
fn that_it_is_used_is_noted_every_five_minutes() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.with_password("ann", GOOD, start()).await;
        let token = world.sign_in("ann.user", GOOD, 1, start()).await.unwrap().token;
        let before = world.store.asked().commits;
        for second in 0..1200 {
            world.sign_ins.session(&token, start() + TimeDelta::seconds(second)).await.unwrap().unwrap();
        }
        assert_eq!(world.store.asked().commits - before, 3);
        let (session, _) = world.sign_ins.session(&token, minutes(21)).await.unwrap().unwrap();
        assert_eq!(
            (session.begun, session.seen, session.until),
            (start(), minutes(21), minutes(21 + 24 * 60))
        );
        world.assert_sound().await;
    });
}

#[test]
fn sessions_are_listed_and_ended_one_by_one_or_all_at_once() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let bo = world.with_password("bo", GOOD, start()).await;
        let mut tokens = Vec::new();
        for number in 0..4 {
            tokens.push(world.sign_in("ann.user", GOOD, 1, minutes(number)).await.unwrap().token);
        }
        let bos = world.sign_in("bo.user", GOOD, 1, start()).await.unwrap().token;
        let listed = world.sign_ins.sessions(ann, minutes(5)).await.unwrap();
        let begun: Vec<_> = listed.iter().map(|session| session.begun).collect();
        assert_eq!(begun, [minutes(3), minutes(2), minutes(1), minutes(0)]);
        assert_eq!(listed[0].from, at(1).agent);

        assert!(!world.sign_ins.end_one(bo, &listed[0].id).await.unwrap(), "it is another's");
        assert_eq!(world.whose(&tokens[3], minutes(5)).await, Some(ann));
        assert!(world.sign_ins.end_one(ann, &listed[0].id).await.unwrap());
        assert!(!world.sign_ins.end_one(ann, &listed[0].id).await.unwrap(), "it is over");
        world.sign_ins.end(&tokens[2]).await.unwrap();
        world.sign_ins.end(&tokens[2]).await.unwrap();
        let left: Vec<_> = tokens.iter().map(|token| world.whose(token, minutes(5))).collect();
        let mut counted = Vec::new();
        for one in left {
            counted.push(one.await);
        }
        assert_eq!(counted, [Some(ann), Some(ann), None, None]);

        assert_eq!(world.sign_ins.end_all(ann, minutes(5)).await.unwrap(), 2);
        assert_eq!(world.whose(&tokens[0], minutes(5)).await, None);
        assert_eq!(world.sign_ins.end_all(ann, minutes(5)).await.unwrap(), 0);
        let again = world.sign_in("ann.user", GOOD, 1, minutes(5)).await.unwrap().token;
        assert_eq!(world.whose(&again, minutes(5)).await, Some(ann));
        let mut batch = Batch::new();
        end_all_in(&world.store, &mut batch, ann).await.unwrap();
        world.store.commit(batch).await.unwrap();
        assert_eq!(world.whose(&again, minutes(5)).await, None);
        assert_eq!(world.whose(&bos, minutes(5)).await, Some(bo), "others stay signed in");
        // Who never had a password has nothing to end.
        let visitor = world.person("visitor").await;
        assert_eq!(world.sign_ins.end_all(visitor, start()).await.unwrap(), 0);
        world.assert_sound().await;
    });
}

#[test]
fn a_new_password_ends_all_sessions_in_the_same_batch() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let token = world.sign_in("ann.user", GOOD, 1, start()).await.unwrap().token;
        let new = world.sign_ins.prepare(Password::typed(OTHER), &[], start()).await.unwrap();
        let mut batch = Batch::new();
        world.sign_ins.put(&mut batch, ann, &new, start()).await.unwrap();
        assert_eq!(world.whose(&token, start()).await, Some(ann), "nothing happens before the batch");
        // Something else of the batch is not as expected: nothing happens at all.
        let mut refused = batch.clone();
        refused.expect_absent(Key::of("person").number(ann.0, 6));
        world.store.commit(refused).await.unwrap_err();
        assert_eq!(world.whose(&token, start()).await, Some(ann));
        world.store.commit(batch.clone()).await.unwrap();
        assert_eq!(world.whose(&token, start()).await, None);
        // Once only.
        world.store.commit(batch).await.unwrap_err();
        world.sign_in("ann.user", OTHER, 1, start()).await.unwrap();
    });
}

#[test]
fn what_a_browser_says_of_itself_is_one_short_line() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        for agent in ["", "Fire\u{202E}fox\r\n\u{1b}[31m 145", &"é".repeat(5000)] {
            let caller = Caller { agent: agent.to_owned(), ..at(1) };
            let token = clock::secret().unwrap();
            let typed = Password::typed(GOOD);
            world.sign_ins.sign_in("ann.user", typed, &caller, start(), token).await.unwrap();
        }
        let mut from: Vec<_> =
            world.sign_ins.sessions(ann, start()).await.unwrap().into_iter().map(|one| one.from).collect();
        from.sort_unstable();
        assert_eq!(from, [String::new(), "Firefox [31m 145".to_owned(), "é".repeat(160)]);
    });
}

#[test]
fn a_made_up_token_is_nobodys_and_neither_is_a_sessions_name() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let token = world.sign_in("ann.user", GOOD, 1, start()).await.unwrap().token;
        let name = world.sign_ins.sessions(ann, start()).await.unwrap().remove(0).id;
        for other in [SessionToken::new([0; 32]), SessionToken::parse(name.as_str()).unwrap()] {
            assert_eq!(world.whose(&other, start()).await, None);
        }
        let read = SessionToken::parse(&token.expose()).unwrap();
        assert_eq!(world.whose(&read, start()).await, Some(ann));
    });
}

#[test]
fn the_hundred_and_first_session_ends_the_one_used_least_lately() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let mut tokens = Vec::new();
        for number in 0..101 {
            tokens.push(world.sign_in("ann.user", GOOD, number, minutes(number.into())).await.unwrap().token);
            if number == 90 {
                // The first is still in use.
                assert_eq!(world.whose(&tokens[0], minutes(91)).await, Some(ann));
            }
        }
        assert_eq!(world.sign_ins.sessions(ann, minutes(101)).await.unwrap().len(), 100);
        assert_eq!(world.whose(&tokens[0], minutes(101)).await, Some(ann));
        assert_eq!(world.whose(&tokens[1], minutes(101)).await, None);
        world.assert_sound().await;
    });
}

#[test]
fn sessions_survive_a_restart_and_are_forgotten_when_they_are_over() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let mut tokens = Vec::new();
        for number in 0..7 {
            tokens.push(world.sign_in("ann.user", GOOD, 1, hours(number)).await.unwrap().token);
        }
        bench.reopen().await;
        let world = World::on(&bench.store);
        assert_eq!(world.whose(&tokens[6], hours(7)).await, Some(ann));
        let left = async || SESSIONS.list(&world.store, None, 100, Direction::Forward).await.unwrap().len();
        assert_eq!(forget_sessions(&world.store, hours(23), 100).await.unwrap(), 0);
        assert_eq!(forget_sessions(&world.store, hours(26), 2).await.unwrap(), 2);
        assert_eq!(left().await, 5);
        assert_eq!(forget_sessions(&world.store, hours(26) + TimeDelta::seconds(1), 2).await.unwrap(), 1);
        assert_eq!(world.whose(&tokens[6], hours(27)).await, Some(ann));
        assert_eq!(forget_sessions(&world.store, hours(400), 100).await.unwrap(), 4);
        assert_eq!(left().await, 0);
        world.assert_sound().await;
    });
}
