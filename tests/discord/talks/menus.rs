//! The menus of messages and of people.

use crate::discord::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn menus_begin_with_what_somebody_else_wrote() {
    let mut world = World::new().await;
    let (alice, bo, lobby, double) = (world.alice, world.bo, world.lobby, world.double.clone());
    let said = double.says(alice, lobby, "I want to add a contact to our account, and nothing happens");

    let found = double.menu(bo, "Find an article for this", said);
    let found = world.tells("Bo on Alice's message: Find an article for this", &found).await;
    assert!(found.words().contains("CTX120355"), "{}", found.words());

    let strange = double.says(alice, lobby, "Zebra printers vanish at noon");
    let begun = double.menu(alice, "Open a case from this", strange);
    world.note("Alice on her message: Open a case from this");
    let opened = world.presses_on(alice, &begun).await;
    world.show(&opened);
    assert_eq!(opened.only_for, Some(alice));
    assert!(opened.words().contains("CASE-000001"), "{}", opened.words());

    let carol = double.add_member(world.guild, "Carol", &[]);
    let hers = double.says(carol, lobby, "Giraffe screens flicker since today");
    let begun = double.menu(bo, "Open a case for this person", hers);
    world.note("Bo on Carol's message: Open a case for this person");
    let opened = world.presses_on(bo, &begun).await;
    world.show(&opened);
    assert!(opened.words().contains("CASE-000002"), "{}", opened.words());
    let thread = world.thread("CASE-000002").await;
    double
        .wait_until(|state| state.channels[&thread].thread.as_ref().unwrap().members.contains_key(&carol))
        .await;
    let opening = world.said(thread, "CASE-000002 · entry 1").await;
    world.note("in the thread");
    world.show(&opening);

    let begun = double.user_menu(bo, lobby, "Open a case for this person", alice);
    world.note("Bo on Alice: Open a case for this person");
    world.show_modal(&begun.modal().await);
    let sent = double.submit(&begun, &[("text", "Called: her okapi badge is lost")]).await;
    let opened = world.presses_on(bo, &sent).await;
    world.show(&opened);
    assert!(opened.words().contains("CASE-000003"), "{}", opened.words());

    // On the bot itself, and by somebody who is offered it without being an agent.
    let itself = double.user_menu(bo, lobby, "Open a case for this person", double.bot());
    world.tells("Bo on the bot: Open a case for this person", &itself).await;
    let manages = double.add_role(world.guild, "Helper", crate::discord::double::rights::MANAGE_THREADS);
    double.joins(world.guild, alice, &[manages]);
    let refused = double.user_menu(alice, lobby, "Open a case for this person", carol);
    let refused = world.tells("Alice on Carol: Open a case for this person", &refused).await;
    assert!(!refused.words().contains("CASE-"), "{}", refused.words());
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}
