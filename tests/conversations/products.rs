//! Choosing a product.

use insta::assert_snapshot;

use super::{World, library};

#[tokio::test]
async fn a_product_is_chosen_and_given_up_again() {
    let mut world = World::new().await;
    world.say("/product").await;
    world.press("Citrix Cloud").await;
    world.say("products").await;
    world.say("add a contact").await;
    world.press("Search all products").await;
    world.say("product all").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn an_unknown_product_is_told_with_what_may_have_been_meant() {
    let mut world = World::new().await;
    world.say("/product citrix-clod").await;
    world.say("/product quantum router").await;
    world.press_id("v1:product:netscaler").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_question_that_names_another_product_is_about_that_one() {
    let mut world = World::with(library::articles(), &["desk.product=citrix-cloud"]).await;
    world.say("in My Account, who can restrict a contact").await;
    assert!(world.transcript().contains("CTX130993"), "{}", world.transcript());
}
