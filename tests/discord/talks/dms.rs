//! Cases of people who are alone with the desk.

use serde_json::json;

use crate::discord::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_case_that_was_opened_in_direct_messages_has_no_thread_and_its_news_come_there() {
    let mut world = World::new().await;
    let (alice, bo, double) = (world.alice, world.bo, world.double.clone());
    let dm = double.dm(alice);
    world.asks("Alice", dm, "open a case").await;
    world.asks("Alice", dm, "The zebra printer is on fire").await;
    let offered = double.dms(alice).pop().unwrap();
    let opened = world.presses("Alice", &offered, "Something else").await;
    assert!(opened.words().contains("CASE-000001"), "{}", opened.words());

    let answer = json!({ "case": "1", "text": "Pour water on it." });
    double.slash(bo, world.staff, "answer", &answer).shown().await;
    let told = world.said(dm, "Pour water on it.").await;
    world.note("in the direct messages");
    world.show(&told);
    let replied = world.presses("Alice", &told, "Show the case").await;
    assert!(replied.words().contains("zebra"), "{}", replied.words());
    // The next case shows that nothing of this one became a thread.
    world.opens(alice, world.help, "Giraffe screens flicker").await;
    world.thread("CASE-000002").await;
    assert_eq!(double.threads(world.guild).len(), 1);
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_no_direct_messages_finds_the_news_where_they_look() {
    let mut world = World::new().await;
    let (alice, bo, double) = (world.alice, world.bo, world.double.clone());
    let dm = double.dm(alice);
    world.opens(alice, dm, "The zebra printer is on fire").await;
    double.closes_dms(alice);
    let answer = json!({ "case": "1", "text": "Pour water on it." });
    double.slash(bo, world.staff, "answer", &answer).shown().await;
    // The try has failed before the next thing is done.
    double
        .wait_until(|state| {
            let tried = state.log.entries.iter();
            tried.filter(|entry| !entry.succeeded() && entry.response["code"] == 50007).count() > 0
        })
        .await;
    let shown = world.commands("Alice", world.help, "case show", &json!({})).await;
    assert_eq!(shown.only_for, Some(alice));
    assert!(shown.words().contains("Pour water on it."), "{}", shown.words());
    double.opens_dms(alice);
    let answer = json!({ "case": "1", "text": "And sand." });
    double.slash(bo, world.staff, "answer", &answer).shown().await;
    let told = world.said(dm, "And sand.").await;
    world.note("in the direct messages");
    world.show(&told);
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}
