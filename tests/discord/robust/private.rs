//! What is for one pair of eyes stays so when it comes too late, and nothing that was lost is done by itself.

use std::time::Duration;

use guidepost::clock::ManualClock;
use serde_json::json;

use crate::discord::double::Options;
use crate::discord::world::World;

use super::hands::{QUESTION, answered, assert_answered_once, assert_kept_once, opens};

#[tokio::test(flavor = "multi_thread")]
async fn a_private_answer_that_comes_too_late_stays_private() {
    let options = Options { clock: ManualClock::at(guidepost::clock::now()).clock(), ..Options::default() };
    let mut world = World::set_up_at(options).await;
    let double = world.double.clone();
    for dms_are_closed in [false, true] {
        if dms_are_closed {
            double.closes_dms(world.alice);
        }
        let gate = double.hold("POST /interactions/**", 1);
        let asked = double.slash(world.alice, world.help, "case list", &json!({}));
        gate.arrived(1).await;
        double.advance(Duration::from_secs(4));
        gate.release();
        if dms_are_closed {
            let waits = world.said(world.help, "I have an answer for you").await;
            assert!(waits.only_for.is_none());
            let button = waits.controls().next().unwrap()["custom_id"].as_str().unwrap().to_owned();
            let shown = double.press(world.alice, waits.id, &button).shown().await;
            assert_eq!(shown.only_for, Some(world.alice));
            assert!(shown.words().contains("case"), "{}", shown.words());
        } else {
            let direct = double.dm_to(world.alice, 0).await;
            assert!(direct.words().contains("case"), "{}", direct.words());
            assert!(double.messages(world.help).is_empty(), "nothing of it is public");
        }
        assert!(!asked.is_answered());
    }
    assert_eq!(double.messages(world.help).len(), 1);
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_private_answer_whose_token_ran_out_stays_private() {
    let options = Options { clock: ManualClock::at(guidepost::clock::now()).clock(), ..Options::default() };
    let mut world = World::set_up_at(options).await;
    let double = world.double.clone();
    let case = opens(&world, world.alice, "Zorble wibbles").await;
    let mut told = Vec::new();
    for dms_are_closed in [false, true] {
        if dms_are_closed {
            double.closes_dms(world.alice);
        }
        // With a file to be fetched, the answer is put off.
        let file = double.gives(world.help, &("printer.log", "text/plain", b"printer 0x80"));
        let text = format!("Here is the log, {dms_are_closed}");
        let gate = double.hold("PATCH /webhooks/**", 1);
        let reply = json!({ "case": case, "text": text, "file": file.to_string() });
        let asked = double.slash(world.alice, world.help, "case reply", &reply);
        gate.arrived(1).await;
        double.advance(Duration::from_mins(16));
        gate.release();
        told.push(text);
        if dms_are_closed {
            let waits = world.said(world.help, "I have an answer for you").await;
            assert!(!waits.words().contains(&case), "{}", waits.words());
            let shown = double.press_labelled(world.alice, waits.id, "Show it to me").shown().await;
            assert_eq!(shown.only_for, Some(world.alice));
            assert!(shown.words().contains(&case), "{}", shown.words());
        } else {
            let direct = double.dm_to(world.alice, 0).await;
            assert!(direct.words().contains(&case), "{}", direct.words());
            assert!(double.messages(world.help).is_empty(), "nothing of it is public");
        }
        assert_eq!(asked.answer().await.kind, 5, "it was put off");
        assert!(asked.edits().is_empty() && asked.followups().is_empty());
    }
    assert_eq!((double.messages(world.help).len(), double.dms(world.alice).len()), (1, 1));
    world.stop();
    assert_kept_once(&world.events().await, &told);
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_press_that_was_lost_is_not_replayed_and_the_button_still_works() {
    let mut world = World::new().await;
    let double = world.double.clone();
    let answer = double.slash(world.alice, world.help, "ask", &json!({ "question": QUESTION })).shown().await;
    let long_ago = json!({ "content": "Welcome", "components": [{ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Show it", "custom_id": "v1:article:change-password" },
        { "type": 2, "style": 2, "label": "Next", "custom_id": "v1:next:1::taG93IGRvIGkgYWRkIHNvbWVvbmUgdG8gb3VyIGFjY291bnQ" },
    ] }], "allowed_mentions": { "parse": [] } });
    let long_ago = double.sent_long_ago(world.help, &long_ago);
    world.kill();
    let lost = double.press_labelled(world.alice, answer.id, "Not what I need");
    let also_lost = double.press_labelled(world.alice, long_ago, "Show it");
    world.start().await;
    let question = double.says(world.alice, world.help, QUESTION);
    answered(&double, &[question]).await;
    assert!(!lost.is_answered() && !also_lost.is_answered());
    double.press_labelled(world.alice, answer.id, "Not what I need").shown().await;
    for label in ["Show it", "Next"] {
        let shown = double.press_labelled(world.alice, long_ago, label).shown().await;
        assert!(!shown.words().is_empty(), "{label}");
    }
    world.stop();
    assert_answered_once(&double, &[question]);
    world.assert_clean();
}
