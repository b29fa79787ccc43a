//! Being walked through an article: on and back, stuck, away for days, somewhere else, and after the article was edited.

use chrono::TimeDelta;
use guidepost::domain::{Block, Span};

use super::World;
use super::library;

#[tokio::test]
async fn an_answer_leads_through_its_steps_and_a_question_in_the_middle_does_not_lose_the_place() {
    let mut world = World::new().await;
    world.say("how do i add someone to our account").await;
    world.press("Walk me through it").await;
    world.press("Start").await;
    world.say("done").await;
    world.say("how many security contacts can we have").await;
    world.say("back").await;
    world.say("next").await;
    world.press("Done, next").await;
    world.say("ok").await;
    world.say("ok").await;
    world.say("yes").await;
    world.say("continue").await;
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn whoever_is_stuck_sees_what_explains_it_and_opens_a_case_that_carries_where() {
    let mut world = World::with(library::articles(), &["cases.cooldown_s=0"]).await;
    world.hire("bo").await;
    world.say("/guide CTX120355").await;
    world.say("start").await;
    world.say("next").await;
    world.say("I'm stuck").await;
    world.press("Open a case").await;
    world.say("There is no such entry on my dashboard").await;
    while !world.said("is open.") {
        let label = super::world::offered(&world.reply)
            .into_iter()
            .map(|(label, _)| label)
            .find(|label| label.contains("open the case") || label == "Something else")
            .unwrap();
        world.press(&label).await;
    }
    let cases = world.cases().await;
    assert_eq!(cases.len(), 1);
    world.say("continue").await;
    world.is_now("bo");
    world.say("/case 1").await;
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_place_is_kept_for_days_and_found_again_elsewhere_and_in_an_edited_article() {
    let mut world = World::new().await;
    world.say("walk me through adding a contact").await;
    world.say("start").await;
    world.say("next").await;
    world.press("Stop here").await;
    world.wait(TimeDelta::days(9));
    world.restart().await;
    world.moves_to("elsewhere");
    world.say("continue").await;
    let mut articles = library::articles();
    let article = articles.iter_mut().find(|article| article.about.id.as_str() == "CTX120355").unwrap();
    let steps =
        article.passages.iter_mut().flat_map(|passage| &mut passage.blocks).find_map(|block| match block {
            Block::Steps { steps, .. } => Some(steps),
            _ => None,
        });
    let steps = steps.unwrap();
    let mut first = steps[0].clone();
    first.blocks = vec![Block::Paragraph(vec![Span::Plain("Have your Org ID at hand.".to_owned())])];
    steps.insert(0, first);
    world.edits(articles.clone()).await;
    world.say("next").await;
    world.say("next").await;
    articles.retain(|article| article.about.id.as_str() != "CTX120355");
    world.edits(articles).await;
    world.say("next").await;
    insta::assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn guides_are_listed_and_begun_once() {
    let mut world = World::new().await;
    world.say("get started").await;
    world.say("/guide citrix account").await;
    world.say("/guide CTX120355").await;
    world.say("next").await;
    world.say("next").await;
    world.say("/guide CTX120355").await;
    world.press("Start over").await;
    world.say("/guide nothing of the kind anywhere").await;
    world.say("/guide tech-zone-reference-architectures").await;
    insta::assert_snapshot!(world.transcript());
}
