//! Threads that are archived: Discord lets nobody into them and nobody out until they are taken up.

use serde_json::json;

use crate::discord::double::Id;
use crate::discord::double::rights::VIEW_CHANNEL;
use crate::discord::world::World;

use super::hands::{assert_nothing_doubled, opens, until_archived, until_in};

/// A desk with a case and its thread.
async fn with_case() -> (World, String, Id) {
    let world = World::new().await;
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    let thread = world.thread(&case).await;
    world.said(thread, &format!("{case} · entry 1")).await;
    (world, case, thread)
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_a_case_comes_into_the_thread_that_discord_archived() {
    let (mut world, case, thread) = with_case().await;
    // As Discord does after a week without a word.
    world.double.archives(thread);
    world.double.slash(world.bo, world.lobby, "take", &json!({ "case": case })).shown().await;
    until_in(&world.double, thread, world.bo, true).await;
    until_archived(&world.double, thread, false).await;
    world.said(thread, &format!("{case} · entry 2")).await;
    world.stop();
    assert_nothing_doubled(&world);
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_no_longer_follows_a_closed_case_leaves_its_thread() {
    let (mut world, case, thread) = with_case().await;
    let double = world.double.clone();
    let carol = double.add_member(world.guild, "Carol", &[]);
    let who = json!({ "case": case, "who": carol.to_string() });
    double.slash(world.bo, world.staff, "manage follow", &who).shown().await;
    until_in(&double, thread, carol, true).await;
    let close = json!({ "case": case, "reason": "It works again" });
    double.slash(world.alice, world.lobby, "case close", &close).shown().await;
    until_archived(&double, thread, true).await;
    double.slash(world.bo, world.staff, "manage unfollow", &who).shown().await;
    until_in(&double, thread, carol, false).await;
    until_archived(&double, thread, true).await;
    world.stop();
    assert!(!double.may(carol, thread, VIEW_CHANNEL), "she still reads what is said about the case");
    assert_nothing_doubled(&world);
    world.assert_clean();
}
