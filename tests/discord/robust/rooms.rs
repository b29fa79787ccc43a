//! Rooms: made once however the program dies, mended at start, and done without where Discord allows none.

use serde_json::json;

use crate::discord::double::rights::{CREATE_PRIVATE_THREADS, VIEW_CHANNEL};
use crate::discord::double::{Fault, Gate};
use crate::discord::world::World;

use super::hands::{assert_nothing_doubled, opens, until_archived, until_in};

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_making_a_thread_and_noting_it_there_is_one_thread() {
    let mut world = World::new().await;
    let gate = Gate::default();
    world.double.fail("POST /channels/*/threads", 1, Fault::HeldAfter(gate.clone()));
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    gate.arrived(1).await;
    world.kill();
    world.start().await;
    let thread = world.thread(&case).await;
    world.said(thread, &format!("{case} · entry 1")).await;
    until_in(&world.double, thread, world.alice, true).await;
    world.stop();
    assert_eq!(world.double.threads(world.guild).len(), 1);
    assert_nothing_doubled(&world);
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_apart_while_the_desk_was_away_is_mended_when_it_comes() {
    let mut world = World::new().await;
    let double = world.double.clone();
    let going = opens(&world, world.alice, "Zorble wibbles").await;
    let over = opens(&world, world.alice, "Quux fnords hardly").await;
    let [lost, left_open] = [world.thread(&going).await, world.thread(&over).await];
    world.said(lost, &format!("{going} · entry 1")).await;
    world.said(left_open, &format!("{over} · entry 1")).await;
    double
        .slash(world.alice, world.lobby, "case close", &json!({ "case": over, "reason": "It works again" }))
        .shown()
        .await;
    until_archived(&double, left_open, true).await;
    world.kill();
    double.remove_channel(lost);
    double.change_channel(left_open, |channel| channel.thread.as_mut().unwrap().archived = false);
    world.start().await;
    let again = world.thread(&going).await;
    assert_ne!(again, lost);
    world.said(again, &format!("{going} · entry 1")).await;
    until_in(&double, again, world.alice, true).await;
    until_archived(&double, left_open, true).await;
    world.stop();
    assert_eq!(double.threads(world.guild).len(), 2);
    assert_nothing_doubled(&world);
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_thread_a_case_is_in_the_queue_until_it_can_have_one() {
    for way in 0..3 {
        let mut world = World::new().await;
        let double = world.double.clone();
        match way {
            0 => double.refuses_private_threads(world.cases),
            1 => double.most_threads(world.guild, 0),
            _ => double.remove_channel(world.cases),
        }
        let case = opens(&world, world.alice, "Zorble wibbles").await;
        world.said(world.staff, &case).await;
        let queue = double.slash(world.bo, world.staff, "queue", &json!({})).shown().await;
        assert!(queue.words().contains("Zorble"), "{}", queue.words());
        double.slash(world.bo, world.staff, "take", &json!({ "case": case })).shown().await;
        double.slash(world.bo, world.staff, "solve", &json!({ "case": case, "text": "Done" })).shown().await;
        let news = double.dm_to(world.alice, 0).await;
        assert!(news.words().contains(&case), "{}", news.words());
        assert!(double.threads(world.guild).is_empty());
        match way {
            0 => double.allow(world.cases, double.bot(), CREATE_PRIVATE_THREADS),
            1 => double.most_threads(world.guild, 1000),
            _ => world.choose("cases", world.lobby).await,
        }
        if way == 0 {
            world.stop();
            world.start().await;
        } else {
            let more = json!({ "case": case, "text": "It does it again" });
            double.slash(world.alice, world.lobby, "case reply", &more).shown().await;
        }
        let thread = world.thread(&case).await;
        world.said(thread, &format!("{case} · entry 1")).await;
        until_in(&world.double, thread, world.alice, true).await;
        world.stop();
        assert_nothing_doubled(&world);
        world.assert_clean();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_see_the_channel_of_the_cases_hears_of_theirs_directly() {
    let mut world = World::new().await;
    let double = world.double.clone();
    double.deny(world.cases, world.alice, VIEW_CHANNEL);
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    let thread = world.thread(&case).await;
    world.said(thread, &format!("{case} · entry 1")).await;
    double.slash(world.bo, world.staff, "take", &json!({ "case": case })).shown().await;
    double.slash(world.bo, world.staff, "solve", &json!({ "case": case, "text": "Done" })).shown().await;
    let news = double.dm_to(world.alice, 0).await;
    assert!(news.words().contains(&case), "{}", news.words());
    until_in(&double, thread, world.bo, true).await;
    world.stop();
    assert_eq!(double.threads(world.guild).len(), 1);
    assert_nothing_doubled(&world);
    world.assert_clean();
}
