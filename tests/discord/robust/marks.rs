//! A post whose answer was lost is found again by its mark when Discord has forgotten its nonce.

use std::time::Duration;

use guidepost::clock::ManualClock;
use serde_json::json;

use crate::discord::double::{Fault, Gate, Id, Options};
use crate::discord::world::World;

use super::hands::{assert_kept_once, assert_nothing_doubled, opens};

/// After this a nonce is forgotten.
const FORGOTTEN: Duration = Duration::from_mins(3);
/// More than Discord lists unless it is asked for all hundred.
const WRITTEN_ON: usize = 60;

/// A desk at a Discord whose time is moved by hand.
async fn world() -> World {
    let clock = ManualClock::at(guidepost::clock::now()).clock();
    World::set_up_at(Options { clock, ..Options::default() }).await
}

/// How often the bot asked for an event of the first case to be posted, and how often it is there.
fn asked_and_there(world: &World, thread: Id, event: u32) -> (usize, usize) {
    let nonce = format!("c1-{event}-0");
    let asked = world.double.requests(&format!("POST /channels/{thread}/messages"));
    let asked = asked.iter().filter(|request| request.body["nonce"] == *nonce).count();
    let there = world.double.messages(thread);
    (asked, there.iter().filter(|message| message.nonce.as_ref() == Some(&json!(nonce))).count())
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_before_the_answer_came_it_does_not_post_again() {
    let mut world = world().await;
    let double = world.double.clone();
    let made = Gate::default();
    double.fail("POST /channels/*/threads", 1, Fault::HeldAfter(made.clone()));
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    made.arrived(1).await;
    let thread = world.thread(&case).await;
    let posted = Gate::default();
    double.fail(&format!("POST /channels/{thread}/messages"), 1, Fault::HeldAfter(posted.clone()));
    made.release();
    posted.arrived(1).await;
    world.kill();
    double.advance(FORGOTTEN);
    world.start().await;
    // What comes after it is posted after it.
    double.slash(world.bo, world.lobby, "take", &json!({ "case": case })).shown().await;
    let answer = json!({ "case": case, "text": "Which floor is it?" });
    double.slash(world.bo, world.lobby, "answer", &answer).shown().await;
    world.said(thread, "Which floor is it?").await;
    world.stop();
    assert_eq!(asked_and_there(&world, thread, 1), (1, 1));
    assert_nothing_doubled(&world);
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_try_finds_it_among_what_was_written_since() {
    let mut world = world().await;
    let double = world.double.clone();
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    let thread = world.thread(&case).await;
    double.slash(world.bo, world.lobby, "take", &json!({ "case": case })).shown().await;
    let posting = format!("POST /channels/{thread}/messages");
    world.said(thread, &format!("{case} · entry 2")).await;
    double.fail(&posting, 1, Fault::CutAfter);
    // All further requests of this try.
    double.fail(&posting, 3, Fault::Status(503));
    let answer = json!({ "case": case, "text": "Which floor is it?" });
    double.slash(world.bo, world.lobby, "answer", &answer).shown().await;
    double.wait_until(|state| state.faults.left() == 0).await;
    double.advance(FORGOTTEN);
    let told: Vec<String> = (0..WRITTEN_ON).map(|n| format!("It is floor {n}")).collect();
    for text in &told {
        double.says(world.alice, thread, text);
    }
    world.until_case_shows(world.alice, &case, told.last().unwrap()).await;
    let answer = json!({ "case": case, "text": "And which room?" });
    double.slash(world.bo, world.lobby, "answer", &answer).shown().await;
    world.said(thread, "And which room?").await;
    world.stop();
    let said = double.messages(thread);
    let event = said.iter().find(|message| message.words().contains("Which floor is it?")).unwrap();
    let event = event.nonce.as_ref().unwrap().as_str().unwrap().split('-').nth(1).unwrap().parse().unwrap();
    assert_eq!(asked_and_there(&world, thread, event), (4, 1));
    assert_nothing_doubled(&world);
    assert_kept_once(&world.events().await, &told);
    world.assert_clean();
}
