//! Threads that the store knows nothing of: a case without one takes its own again, and a second one is archived.

use guidepost::domain::case::CaseNumber;
use guidepost::services::rooms::{self, ROOMS};
use guidepost::store::Batch;
use serde_json::json;

use crate::discord::double::{Fault, Gate, Id, State};
use crate::discord::world::World;

use super::hands::{assert_nothing_doubled, opens, until_archived, until_in};

/// Somebody has the case go on, and it is said in its thread.
async fn goes_on(world: &World, case: &str, thread: Id, text: &str) {
    let more = json!({ "case": case, "text": text });
    world.double.slash(world.alice, world.lobby, "case reply", &more).shown().await;
    world.said(thread, text).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_nothing_is_kept_of_is_taken_again() {
    let mut world = World::new().await;
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    let thread = world.thread(&case).await;
    world.said(thread, &format!("{case} · entry 1")).await;
    world.stop();
    // As after a backup of the moment before the thread was noted.
    let store = world.store().await;
    let row = rooms::of_case(&store, CaseNumber(1)).await.unwrap().unwrap();
    let mut batch = Batch::new();
    ROOMS.delete(&mut batch, &row);
    store.commit(batch).await.unwrap();
    store.close().await;
    world.start().await;
    // Before anything happens in the case: whoever belongs in its thread is added to it once more.
    let adding = format!("PUT /channels/{thread}/thread-members/{}", world.alice);
    world.double.carried_out(&adding, 2).await;
    goes_on(&world, &case, thread, "It does it again").await;
    world.stop();
    assert_eq!(world.double.threads(world.guild).len(), 1);
    let store = world.store().await;
    let again = rooms::of_case(&store, CaseNumber(1)).await.unwrap().unwrap();
    store.close().await;
    assert_eq!(again.record.thread, thread.0);
    assert_nothing_doubled(&world);
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_thread_of_a_case_is_archived() {
    let mut world = World::new().await;
    let double = world.double.clone();
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    let thread = world.thread(&case).await;
    world.said(thread, &format!("{case} · entry 1")).await;
    world.kill();
    let second = double.made_long_ago(world.cases, &format!("{case} Zorble wibbles"));
    let of_nobody = double.made_long_ago(world.cases, "CASE-000077 Quux fnords");
    let no_case = double.made_long_ago(world.cases, "Plans for the summer");
    world.start().await;
    until_archived(&double, second, true).await;
    until_archived(&double, of_nobody, true).await;
    goes_on(&world, &case, thread, "It does it again").await;
    world.stop();
    let is_archived = |id: Id| double.channel(id).thread.unwrap().archived;
    assert!(!is_archived(thread) && !is_archived(no_case));
    for other in [second, of_nobody, no_case] {
        assert!(double.messages(other).is_empty());
    }
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_threads_that_nothing_is_kept_of_one_is_left() {
    let mut world = World::new().await;
    let double = world.double.clone();
    let gate = Gate::default();
    double.fail("POST /channels/*/threads", 1, Fault::HeldAfter(gate.clone()));
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    gate.arrived(1).await;
    let first = world.thread(&case).await;
    world.kill();
    let second = double.made_long_ago(world.cases, &double.channel(first).name);
    world.start().await;
    let is_ours = |state: &State, id: Id| {
        state.channels[&id]
            .messages
            .values()
            .any(|message| message.words().contains(&format!("{case} · entry 1")))
    };
    let (ours, other) = double
        .find(|state| {
            let both = [(first, second), (second, first)];
            both.into_iter().find(|(one, _)| is_ours(state, *one))
        })
        .await;
    // Where the case took its thread after the threads were looked through, the other one goes the next time.
    world.stop();
    world.start().await;
    until_archived(&double, other, true).await;
    goes_on(&world, &case, ours, "It does it again").await;
    world.stop();
    assert!(!double.channel(ours).thread.unwrap().archived);
    assert!(double.messages(other).is_empty());
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thread_that_was_archived_before_it_was_noted_is_taken_up() {
    let mut world = World::new().await;
    let double = world.double.clone();
    let gate = Gate::default();
    double.fail("POST /channels/*/threads", 1, Fault::HeldAfter(gate.clone()));
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    gate.arrived(1).await;
    let thread = world.thread(&case).await;
    world.kill();
    double.archives(thread);
    world.start().await;
    world.said(thread, &format!("{case} · entry 1")).await;
    until_archived(&double, thread, false).await;
    until_in(&double, thread, world.alice, true).await;
    world.stop();
    assert_eq!(double.threads(world.guild).len(), 1);
    assert_nothing_doubled(&world);
    world.assert_clean();
}
