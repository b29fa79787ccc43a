//! Help, thanks, and what is no question.

use insta::assert_snapshot;

use super::World;

#[tokio::test]
async fn help_shows_the_commands() {
    let mut world = World::new().await;
    world.say("help").await;
    let mut narrow = World::new().await.wide(40);
    narrow.say("help").await;
    assert_snapshot!(format!("{}{}", world.transcript(), narrow.transcript()));
}

#[tokio::test]
async fn small_talk_gets_a_short_sentence_or_nothing() {
    let mut world = World::new().await;
    for text in ["hi", "Thanks!", "ok", "", " \t ", "bye"] {
        world.say(text).await;
    }
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn what_can_not_be_done_says_what_can() {
    let mut world = World::new().await;
    for text in ["more", "next", "whole", "/ask", "/article", "/artikel 5", "/frobnicate"] {
        world.say(text).await;
    }
    world.press_id("v9:teleport:home").await;
    assert_snapshot!(world.transcript());
}
