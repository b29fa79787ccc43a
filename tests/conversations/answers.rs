//! Questions, the next best answer, and more of them.

use chrono::TimeDelta;
use insta::assert_snapshot;

use super::World;

#[tokio::test]
async fn a_question_is_answered_by_the_passage_that_fits() {
    let mut world = World::new().await;
    world.say("how do i add someone to our account").await;
    world.press("Show the whole article").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn the_same_answer_on_a_narrow_screen() {
    let mut world = World::new().await.wide(60);
    world.say("how do i add someone to our account").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn the_same_answer_on_a_wide_screen() {
    let mut world = World::new().await.wide(100);
    world.say("how do i add someone to our account").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn not_what_i_need_goes_on_to_the_next_best_until_there_is_none() {
    let mut world = World::new().await;
    world.say("restrict a contact").await;
    world.press("Not what I need").await;
    world.say("not what I need").await;
    world.say("next").await;
    world.say("next").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn more_results_are_listed_by_title_and_can_be_opened() {
    let mut world = World::with(super::library::articles(), &["search.results=1"]).await;
    world.say("citrix cloud account password").await;
    world.press("More results").await;
    world.press("Change or reset your Citrix Cloud password").await;
    world.say("more").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn nothing_good_is_said_honestly() {
    let mut world = World::new().await;
    world.say("does the gateway support quantum routing of papers").await;
    world.press("Ask in other words").await;
    world.say("xyzzy").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_long_procedure_is_cut_and_says_where_it_goes_on() {
    let mut world = World::new().await;
    world.say("install the cloud connector on a server").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_button_shows_the_same_whenever_it_is_pressed() {
    let mut world = World::new().await;
    world.say("restrict a contact").await;
    let button = world.button("Not what I need");
    world.press_again(&button).await;
    let next = world.reply.clone();
    world.restart().await;
    world.wait(TimeDelta::days(400));
    world.press_again(&button).await;
    assert_eq!(world.reply, next, "pressed a year later, it does the same");
    assert!(world.transcript().contains("next best"));
}

#[tokio::test]
async fn a_long_question_works_as_long_as_it_is_remembered() {
    let mut world = World::new().await;
    world.say("I am the administrator of our account and have to restrict what one of the contacts can do there").await;
    let more = world.button("Not what I need");
    world.press_again(&more).await;
    world.is_now("bo");
    world.press_again(&more).await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_reply_is_json_with_meaning_and_comes_back_as_it_was() {
    let mut world = World::new().await;
    world.say("restrict a contact").await;
    let json = serde_json::to_string_pretty(&world.reply).unwrap();
    assert_eq!(serde_json::from_str::<guidepost::chat::Reply>(&json).unwrap(), world.reply);
    assert_snapshot!(json);
}
