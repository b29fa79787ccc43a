//! A guide on Discord: begun from a public answer, shown to one person alone, and carried into a case.

use serde_json::json;

use crate::discord::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_guide_is_walked_through_alone_and_a_case_says_where_it_stopped() {
    let mut world = World::new().await;
    let (alice, help) = (world.alice, world.help);
    let double = world.double.clone();

    let asked = double.slash(alice, help, "ask", &json!({ "question": "how do i add a contact" }));
    let answer = world.tells("Alice: /ask how do i add a contact", &asked).await;
    let mut shown = answer;
    for label in ["Walk me through it", "Start", "Done, next", "I'm stuck"] {
        let pressed = double.press_labelled(alice, shown.id, label);
        shown = world.tells(&format!("Alice presses [{label}]"), &pressed).await;
        assert_eq!(shown.only_for, Some(alice), "a guide is for its person alone");
    }
    // Somebody else who presses the buttons of a message that others see gets a guide of their own.
    let begun = double.slash(world.bo, help, "guide", &json!({ "article": "how do i add a contact" }));
    world.tells("Bo: /guide how do i add a contact", &begun).await;

    let opening = double.press_labelled(alice, shown.id, "Open a case");
    world.note("Alice presses [Open a case]");
    world.show_modal(&opening.modal().await);
    let sent = double.submit(&opening, &[("text", "There is no such entry on my dashboard")]).await;
    let shown = world.tells("Alice: There is no such entry on my dashboard", &sent).await;
    let opened = if shown.words().contains("CASE-000001") {
        shown
    } else {
        let pressed = double.press_labelled(alice, shown.id, "It does not help, open the case");
        world.tells("Alice presses [It does not help, open the case]", &pressed).await
    };
    assert!(opened.words().contains("step 2 of"), "{}", opened.words());

    world.kill();
    world.start().await;
    let again = double.slash(alice, help, "continue", &json!({}));
    let shown = world.tells("Alice, after the desk died: /continue", &again).await;
    assert!(shown.words().contains("step 2 of"), "{}", shown.words());
    let listed = double.slash(alice, help, "guide", &json!({}));
    world.tells("Alice: /guide", &listed).await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}
