//! Requests to Discord fail in every way there is: nothing is lost, and nothing done twice.

use serde_json::json;

use crate::discord::double::Fault;

use super::hands::{QUESTION, answered, assert_answered_once, assert_nothing_doubled, opening, opens};
use super::talk::Talk;
use crate::discord::world::World;

/// Every way in which one request can fail that passes.
fn faults() -> Vec<Fault> {
    vec![
        Fault::RateLimited { seconds: 0.2 },
        Fault::GloballyRateLimited { seconds: 0.2 },
        Fault::Status(500),
        Fault::Status(502),
        Fault::Status(503),
        Fault::CutBefore,
        Fault::CutAfter,
        Fault::StatusAfter(502),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_does_not_get_through_is_posted_once() {
    let mut talk = Talk::begin().await;
    for (n, fault) in faults().into_iter().enumerate() {
        talk.world.double.fail("POST /channels/*/messages", 2, fault);
        talk.write(&format!("while messages fail in way {n}"));
        talk.handled().await;
        assert_eq!(talk.world.double.faults_left(), 0);
    }
    talk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_is_answered_however_often_that_fails() {
    let mut talk = Talk::begin().await;
    // A request is tried four times. What got there and was not heard of is not posted again, and the rest is not given up.
    talk.world.double.fail("POST /channels/*/messages", 3, Fault::CutAfter);
    talk.world.double.fail("* /channels/*/messages", 27, Fault::Status(503));
    talk.write("while messages fail");
    talk.world.double.wait_until(|state| state.faults.left() == 0).await;
    talk.handled().await;
    talk.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interaction_whose_answer_does_not_get_through_is_answered_once() {
    let mut world = World::new().await;
    let double = world.double.clone();
    for fault in faults() {
        double.fail("POST /interactions/**", 1, fault);
        let asked = double.slash(world.alice, world.lobby, "ask", &json!({ "question": QUESTION }));
        asked.shown().await;
        assert_eq!(double.faults_left(), 0);
    }
    let cases = faults().len();
    for (n, fault) in faults().into_iter().enumerate() {
        let who = double.add_member(world.guild, &format!("Visitor {n}"), &[]);
        double.fail("POST /interactions/**", 1, fault);
        let opened = double.slash(who, world.lobby, "case open", &opening(&format!("Zorble{n} wibbles")));
        assert!(opened.shown().await.words().contains(&format!("CASE-{:06}", n + 1)));
    }
    let last = double.says(world.alice, world.help, QUESTION);
    answered(&double, &[last]).await;
    world.stop();
    assert_eq!(double.messages(world.lobby).len(), cases, "each public answer is there once");
    assert!(double.dms(world.alice).is_empty(), "nothing had to go another way");
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_room_whose_making_fails_anywhere_is_made_once() {
    let mut world = World::new().await;
    let double = world.double.clone();
    let mut questions = Vec::new();
    let routes =
        ["POST /channels/*/threads", "PUT /channels/*/thread-members/*", "POST /channels/*/messages"];
    for (n, (fault, route)) in
        faults().into_iter().flat_map(|fault| routes.map(|route| (fault.clone(), route))).enumerate()
    {
        let who = double.add_member(world.guild, &format!("Visitor {n}"), &[]);
        double.fail(route, 1, fault);
        let case = opens(&world, who, &format!("Zorble{n} wibbles")).await;
        let thread = world.thread(&case).await;
        world.said(thread, &format!("{case} · entry 1")).await;
        double
            .wait_until(|state| state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&who))
            .await;
        assert_eq!(double.faults_left(), 0, "{route}");
        double.heal();
        questions.push(double.says(who, world.help, QUESTION));
    }
    answered(&double, &questions).await;
    world.stop();
    assert_answered_once(&double, &questions);
    assert_eq!(double.threads(world.guild).len(), faults().len() * routes.len());
    assert_nothing_doubled(&world);
    world.assert_clean();
}
