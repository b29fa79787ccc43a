//! Staff open a case for somebody.

use guidepost::chat::commands::slash::Menu;
use guidepost::domain::Identity;
use insta::assert_snapshot;

use super::World;

const FOR_PERSON: &str = "Open a case for this person";

fn ada(text: Option<&str>) -> Menu {
    let person = Identity::Console("ada".to_owned());
    Menu { text: text.map(str::to_owned), person, called: None, is_person: true }
}

#[tokio::test]
async fn an_agent_opens_a_case_from_somebodys_message() {
    let mut world = World::new().await;
    world.hire("bo").await;
    world.say("how many security contacts can we have").await;
    world.is_now("bo");
    world.menu(FOR_PERSON, &ada(Some("the console shows error 0x80 since this morning"))).await;
    world.say("how many security contacts can we have").await;
    world.press("Something else").await;
    world.press("Show the case").await;
    world.is_now("ada");
    world.news().await;
    world.press("Show the case").await;
    world.say("/reply 1 it is gone by now").await;
    world.is_now("bo");
    world.say("my cases").await;
    world.say("/transcript 1").await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn without_words_the_agent_is_asked() {
    let mut world = World::new().await;
    world.hire("bo").await;
    world.is_now("bo");
    world.menu(FOR_PERSON, &ada(None)).await;
    world.say("cancel").await;
    world.menu(FOR_PERSON, &Menu { is_person: false, ..ada(None) }).await;
    world.menu(FOR_PERSON, &ada(None)).await;
    world.say("The console shows nothing at all.").await;
    world.press("Back").await;
    world.restart().await;
    world.say("The console of Citrix Cloud shows nothing at all.").await;
    let case = world.cases().await.remove(0);
    assert_eq!(case.product.unwrap().as_str(), "citrix-cloud");
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn it_is_for_staff_until_the_end() {
    let mut world = World::new().await;
    world.hire("bo").await;
    world.is_now("eve");
    world.menu(FOR_PERSON, &ada(Some("it hangs"))).await;
    world.is_now("bo");
    world.menu(FOR_PERSON, &ada(Some("it hangs"))).await;
    let button = world.button("Something else");
    let people = guidepost::services::people::People::new(world.kept.store.clone());
    let bo = people.remove_staff("bo@example.org").await.unwrap();
    let pressed = guidepost::chat::Request::new(
        Identity::Desk(bo.person.id),
        world.place(),
        guidepost::chat::Input::Press(button),
    );
    let reply = world.desk.handle(&pressed).await;
    assert!(serde_json::to_string(&reply).unwrap().contains("Only"), "{reply:?}");
    assert_eq!(world.cases().await, []);
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn for_oneself_it_is_a_case_like_any_other() {
    let mut world = World::new().await;
    world.hire("bo").await;
    world.is_now("bo");
    let people = guidepost::services::people::People::new(world.kept.store.clone());
    let bo = people.named("bo@example.org").await.unwrap().unwrap().record.id;
    let menu = Menu { person: Identity::Desk(bo), ..ada(Some("my screen is black")) };
    world.menu(FOR_PERSON, &menu).await;
    world.press("Something else").await;
    let case = world.cases().await.remove(0);
    assert_eq!(case.requester, bo);
    assert!(world.said("Support has what you wrote"), "{}", world.transcript());
}
