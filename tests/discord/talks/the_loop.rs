//! Question, answer, not solved, case, thread, answer of staff, solved, rated.

use serde_json::json;

use crate::discord::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn from_a_question_to_a_rating() {
    let mut world = World::new().await;
    let (alice, bo, help) = (world.alice, world.bo, world.help);
    let double = world.double.clone();

    let asked = double.slash(alice, help, "ask", &json!({ "question": "how do i reset my password" }));
    let answer = world.tells("Alice: /ask how do i reset my password", &asked).await;
    assert!(answer.only_for.is_none(), "whoever asks in public is answered in public");

    let pressed = double.press_labelled(alice, answer.id, "Not what I need");
    world.tells("Alice presses [Not what I need]", &pressed).await;
    let opening = double.slash(alice, help, "case open", &json!({}));
    world.note("Alice: /case open");
    world.show_modal(&opening.modal().await);
    let text = "The console shows error 0x80 since this morning";
    let sent = double.submit(&opening, &[("text", text)]).await;
    let shown = world.tells(&format!("Alice: {text}"), &sent).await;
    assert_eq!(shown.only_for, Some(alice), "a case is for its requester alone");
    let pressed = double.press_labelled(alice, shown.id, "Something else");
    let shown = world.tells("Alice presses [Something else]", &pressed).await;
    assert!(shown.words().contains("CASE-000001"), "{}", shown.words());

    let thread = world.thread("CASE-000001").await;
    let opening = world.said(thread, "CASE-000001 · entry 1").await;
    world.note("in the thread");
    world.show(&opening);
    double
        .wait_until(|state| state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&alice))
        .await;
    let told = world.said(world.staff, "CASE-000001").await;
    world.note("in the staff channel");
    world.show(&told);

    let taken = double.press_labelled(bo, told.id, "Take it");
    world.tells("Bo presses [Take it]", &taken).await;
    double
        .wait_until(|state| state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&bo))
        .await;
    double.says(bo, thread, "Please restart the connector.");
    double.says(alice, thread, "That did it, thanks!");
    world.until_case_shows(bo, "1", "That did it, thanks!").await;
    let solving = double.slash(bo, thread, "solve", &json!({ "case": "1" }));
    world.note("Bo: /solve 1");
    world.show_modal(&solving.modal().await);
    let solved = double.submit(&solving, &[]).await;
    world.tells("Bo sends the form without a word", &solved).await;
    let end = world.said(thread, "is solved").await;
    world.note("in the thread");
    world.show(&end);
    let rating = double.press_labelled(alice, end.id, "Rate it");
    let rated = world.tells("Alice presses [Rate it]", &rating).await;
    let five = double.press_labelled(alice, rated.id, "Entirely");
    world.tells("Alice presses [Entirely]", &five).await;

    let shown = double.slash(alice, help, "case show", &json!({ "case": "CASE-000001" }));
    let shown = world.tells("Alice: /case show CASE-000001", &shown).await;
    for words in ["Please restart the connector.", "That did it, thanks!"] {
        assert!(shown.words().contains(words), "{words}: {}", shown.words());
    }
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}
