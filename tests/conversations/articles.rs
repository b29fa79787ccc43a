//! Articles by their number or name.

use guidepost::chat::Command;
use insta::assert_snapshot;

use super::World;

#[tokio::test]
async fn an_article_is_opened_by_its_number_in_any_spelling() {
    let mut world = World::new().await;
    world.say("ctx 120355").await;
    let first = world.reply.clone();
    for spelling in
        ["CTX-120355", "what does CTX120355 say?", "/article 120355", "article no. 120355", "120355"]
    {
        world.say(spelling).await;
        assert_eq!(world.reply.blocks.first(), first.blocks.first(), "{spelling}");
    }
    let mut world = World::new().await;
    world.say("ctx 120355").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn an_old_number_leads_to_the_article() {
    let mut world = World::new().await;
    world.say("KB10066").await;
    assert!(world.transcript().contains("Manage security contacts · CTX317965"), "{}", world.transcript());
}

#[tokio::test]
async fn an_unknown_number_is_told_with_what_numbers_look_like() {
    let mut world = World::new().await;
    world.say("ctx 999999").await;
    world.say("/article add contacts").await;
    world.press("Search for it").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_whole_article_is_shown_to_the_end() {
    let mut world = World::new().await.wide(60);
    world.say("/whole").await;
    let command = Command::Whole { name: Some("cloud-connector".to_owned()) };
    world.command(command.clone()).await;
    let mut wide = World::new().await.wide(100);
    wide.command(command).await;
    assert_snapshot!(format!("{}{}", world.transcript(), wide.transcript()));
}

#[tokio::test]
async fn two_numbers_are_a_question_about_both() {
    let mut world = World::new().await;
    world.say("CTX120355 or CTX130993?").await;
    let transcript = world.transcript();
    assert!(transcript.contains("Add contacts to a Citrix account · CTX120355"), "{transcript}");
    assert!(transcript.contains("Also: 2 CTX130993 Update contact restrictions"), "{transcript}");
}

#[tokio::test]
async fn a_button_of_an_article_that_is_gone_says_so() {
    let mut world = World::new().await;
    world.press_id("v1:article:CTX1").await;
    world.press_id("v1:whole:no-such-article").await;
    assert_snapshot!(world.transcript());
}
