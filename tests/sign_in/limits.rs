//! How often it can be tried: by name, by network address, and by both.

use std::net::IpAddr;

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::clock;
use guidepost::domain::password::Password;
use guidepost::services::sign_in::{Caller, SignInError};

use super::world::{GOOD, OTHER, World, minutes, start};
use crate::store::on_each_engine;

async fn wrong(world: &World, name: &str, from: u8, now: DateTime<Utc>, times: usize) {
    for time in 0..times {
        let result = world.sign_in(name, OTHER, from, now).await;
        assert!(matches!(result, Err(SignInError::Wrong)), "{name} {from} {time}: {result:?}");
    }
}

async fn refused_until(world: &World, name: &str, from: u8, now: DateTime<Utc>) -> DateTime<Utc> {
    match world.sign_in(name, GOOD, from, now).await {
        Err(SignInError::TooOften { at }) => at,
        other => panic!("{name} {from}: {other:?}"),
    }
}

#[test]
fn a_name_is_tried_so_often_from_one_place_and_its_owner_gets_in_from_another() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        for (from, name) in (1..).zip(["ann.user", "nobody", "?", "nobody@example.org"]) {
            wrong(&world, name, from, start(), 10).await;
            wrong(&world, name, from, minutes(5), 10).await;
            assert_eq!(refused_until(&world, name, from, minutes(6)).await, minutes(15), "{name}");
            // A try that was refused does not count.
            assert_eq!(refused_until(&world, name, from, minutes(7)).await, minutes(15), "{name}");
        }
        assert_eq!(world.sign_in("ann.user", GOOD, 2, minutes(6)).await.unwrap().person, ann);
        assert_eq!(world.sign_in("ANN.user", GOOD, 1, minutes(15)).await.unwrap().person, ann);
        // It was said to be possible then, and not a second before.
        wrong(&world, "ann.user", 1, minutes(15), 9).await;
        let just_before = minutes(20) - TimeDelta::seconds(1);
        assert_eq!(refused_until(&world, "ann.user", 1, just_before).await, minutes(20));
    });
}

#[test]
fn a_network_address_is_held_to_its_own_limit_and_a_success_does_not_reset_it() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        let bo = world.with_password("bo", GOOD, start()).await;
        for guess in 0..59 {
            wrong(&world, &format!("guess{guess}"), 1, start(), 1).await;
        }
        // Neither does it count: many share one address.
        for _ in 0..5 {
            assert_eq!(world.sign_in("ann.user", GOOD, 1, minutes(1)).await.unwrap().person, ann);
        }
        wrong(&world, "guess60", 1, minutes(2), 1).await;
        assert_eq!(refused_until(&world, "bo.user", 1, minutes(3)).await, minutes(15));
        assert_eq!(world.sign_in("bo.user", GOOD, 2, minutes(3)).await.unwrap().person, bo);
    });
}

#[test]
fn a_name_that_is_tried_from_everywhere_is_closed_for_a_quarter_of_an_hour() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        for from in 1..=5 {
            wrong(&world, "ann.user", from, start(), 20).await;
        }
        assert_eq!(refused_until(&world, "ann.user", 6, minutes(1)).await, minutes(15));
        assert_eq!(world.sign_in("ann.user", GOOD, 6, minutes(15)).await.unwrap().person, ann);
    });
}

#[test]
fn right_ones_count_too_where_one_name_comes_from_one_place() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.with_password("ann", GOOD, start()).await;
        for _ in 0..20 {
            world.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        }
        assert_eq!(refused_until(&world, "ann.user", 1, minutes(1)).await, minutes(15));
    });
}

#[test]
fn a_household_has_half_of_an_ipv6_address_to_itself_and_is_one() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let mut refused = 0;
        for last in 0_u16..25 {
            let network: IpAddr = format!("2001:db8:1:2::{last:x}").parse().unwrap();
            let caller = Caller { network, agent: String::new() };
            let token = clock::secret().unwrap();
            let typed = Password::typed(OTHER);
            let result = world.sign_ins.sign_in("ann", typed, &caller, start(), token).await;
            refused += u32::from(matches!(result, Err(SignInError::TooOften { .. })));
        }
        assert_eq!(refused, 5);
    });
}
