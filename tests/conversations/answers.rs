//! Questions, the next best answer, and more of them.

use insta::assert_snapshot;

use super::World;

#[tokio::test]
async fn a_question_is_answered_by_the_passage_that_fits() {
    let mut world = World::new();
    world.say("how do i add someone to our account").await;
    world.press("Show the whole article").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn the_same_answer_on_a_narrow_screen() {
    let mut world = World::new().wide(60);
    world.say("how do i add someone to our account").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn the_same_answer_on_a_wide_screen() {
    let mut world = World::new().wide(100);
    world.say("how do i add someone to our account").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn not_what_i_need_goes_on_to_the_next_best_until_there_is_none() {
    let mut world = World::new();
    world.say("restrict a contact").await;
    world.press("Not what I need").await;
    world.say("not what I need").await;
    world.say("next").await;
    world.say("next").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn more_results_are_listed_by_title_and_can_be_opened() {
    let mut world = World::with(super::library::articles(), &["search.results=1"]);
    world.say("citrix cloud account password").await;
    world.press("More results").await;
    world.press("Change or reset your Citrix Cloud password").await;
    world.say("more").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn nothing_good_is_said_honestly() {
    let mut world = World::new();
    world.say("does the gateway support quantum routing of papers").await;
    world.press("Ask in other words").await;
    world.say("xyzzy").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_long_procedure_is_cut_and_says_where_it_goes_on() {
    let mut world = World::new();
    world.say("install the cloud connector on a server").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn buttons_of_a_short_question_outlive_the_conversation() {
    let mut world = World::new();
    world.say("restrict a contact").await;
    let before = world.reply.clone();
    world.memory = guidepost::chat::Memory::default();
    world.press("Not what I need").await;
    let next = world.reply.clone();
    world.memory = guidepost::chat::Memory::default();
    world.reply = before;
    world.press("Not what I need").await;
    assert_eq!(world.reply, next, "pressed twice, it does the same");
    assert!(world.transcript().contains("next best"));
}

#[tokio::test]
async fn a_long_question_works_as_long_as_it_is_remembered() {
    let mut world = World::new();
    world.say("I am the administrator of our account and have to restrict what one of the contacts can do there").await;
    let reply = world.reply.clone();
    world.press("Not what I need").await;
    world.memory = guidepost::chat::Memory::default();
    world.reply = reply;
    world.press("Not what I need").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_reply_is_json_with_meaning_and_comes_back_as_it_was() {
    let mut world = World::new();
    world.say("restrict a contact").await;
    let json = serde_json::to_string_pretty(&world.reply).unwrap();
    assert_eq!(serde_json::from_str::<guidepost::chat::Reply>(&json).unwrap(), world.reply);
    assert_snapshot!(json);
}
