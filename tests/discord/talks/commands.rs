//! Commands, one after the other, as customers and as staff.

use serde_json::json;

use crate::discord::double::Act;
use crate::discord::world::World;

/// Shows what was offered while somebody typed.
async fn offers(world: &mut World, what: &str, typing: &Act) -> Vec<(String, serde_json::Value)> {
    let choices = typing.choices().await;
    world.note(what);
    for (name, value) in &choices {
        world.note(&format!("  {name} = {}", value.as_str().unwrap_or_default()));
    }
    choices
}

#[tokio::test(flavor = "multi_thread")]
async fn articles_are_found_by_commands_that_help_while_one_types() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    let typing = double.types(alice, help, "ask", &json!({ "question": "add cont" }), "question");
    let offered = offers(&mut world, "Alice types /ask add cont", &typing).await;
    assert!(!offered.is_empty());
    let typing = double.types(alice, help, "ask", &json!({ "question": "x", "product": "cloud" }), "product");
    let products = offers(&mut world, "Alice types /ask x product:cloud", &typing).await;
    let typing = double.types(alice, help, "article", &json!({ "name": "CTX12" }), "name");
    let articles = offers(&mut world, "Alice types /article CTX12", &typing).await;
    assert!(articles.iter().any(|(_, value)| value == "CTX120355"), "{articles:?}");

    let given = json!({ "question": "create an account", "product": products[0].1 });
    world.commands("Alice", help, "ask", &given).await;
    let picked = world.commands("Alice", help, "ask", &json!({ "question": offered[0].1 })).await;
    assert!(!picked.words().is_empty());
    let whole = world.commands("Alice", help, "article", &json!({ "name": "CTX120355" })).await;
    assert!(whole.words().contains("CTX120355"), "{}", whole.words());
    world.commands("Alice", help, "article", &json!({ "name": "CTX999999" })).await;
    // Whether somebody answers there now depends on the hour.
    let phone = double.slash(alice, help, "phone", &json!({ "country": "DE" })).shown().await;
    assert!(phone.words().contains("+49 30 23125 142"), "{}", phone.words());
    world.commands("Alice", help, "help", &json!({})).await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_customer_does_all_with_their_case_by_commands() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    let given = json!({ "text": "Zebra printers are gone from the list", "product": "citrix-cloud",
        "queue": "customer-service" });
    let asked = double.slash(alice, help, "case open", &given);
    world.note("Alice: /case open text, product and queue");
    let opened = world.presses_on(alice, &asked).await;
    world.show(&opened);
    assert_eq!(opened.only_for, Some(alice));
    world.commands("Alice", help, "case show", &json!({})).await;
    let shown = double.slash(world.bo, world.staff, "case show", &json!({ "case": "1" })).shown().await;
    assert!(shown.words().contains("queue customer-service"), "{}", shown.words());
    assert!(shown.words().contains("product citrix-cloud"), "{}", shown.words());

    let asked = double.slash(alice, help, "case open", &json!({}));
    world.note("Alice: /case open");
    world.show_modal(&asked.modal().await);
    let sent = double.submit(&asked, &[("text", "Giraffe screens flicker")]).await;
    let second = world.presses_on(alice, &sent).await;
    world.note("Alice: Giraffe screens flicker");
    world.show(&second);
    assert!(second.words().contains("CASE-000002"), "{}", second.words());

    world.commands("Alice", help, "case list", &json!({})).await;
    // What was just said is found a moment later.
    let find = json!({ "words": "giraffe" });
    while !double.slash(alice, help, "case list", &find).shown().await.words().contains("CASE-000002") {}
    world.commands("Alice", help, "case list", &find).await;
    let typing = double.types(alice, help, "case show", &json!({ "case": "gir" }), "case");
    offers(&mut world, "Alice types /case show gir", &typing).await;
    let typing = double.types(world.mona, help, "case show", &json!({ "case": "gir" }), "case");
    assert!(typing.choices().await.is_empty(), "somebody else's cases are offered");

    let case = json!({ "case": "CASE-000001", "text": "It is only on floor three." });
    world.commands("Alice", help, "case reply", &case).await;
    let bytes: &[u8] = b"printer 0x80\n";
    let file = double.gives(help, &("printers.log", "text/plain", bytes));
    let case = json!({ "case": "1", "text": "And here is the log.", "file": file.to_string() });
    world.commands("Alice", help, "case reply", &case).await;
    let asked = double.slash(alice, help, "case reply", &json!({ "case": "1" }));
    world.note("Alice: /case reply 1");
    world.show_modal(&asked.modal().await);
    let sent = double.submit(&asked, &[("text", "It is back by itself.")]).await;
    world.tells("Alice: It is back by itself.", &sent).await;

    world.commands("Bo", world.staff, "note", &json!({ "case": "1", "text": "Knows too much." })).await;
    let told = world.commands("Alice", help, "case transcript", &json!({ "case": "1" })).await;
    let path = told.attachments[0].url.replace(&double.url(), "");
    let text = double.read(|state| String::from_utf8(state.files[&path].1.clone()).unwrap());
    assert!(text.contains("It is only on floor three.") && text.contains("printers.log"), "{text}");
    assert!(!text.contains("Knows too much"), "the customer's copy holds a note: {text}");

    let closed = json!({ "case": "1", "reason": "It works again" });
    world.commands("Alice", help, "case close", &closed).await;
    world.commands("Alice", help, "case show", &json!({ "case": "1" })).await;
    world.commands("Alice", help, "case show", &json!({ "case": "four" })).await;
    world.commands("Mona", help, "case show", &json!({ "case": "1" })).await;
    world.commands("Alice", help, "notify", &json!({})).await;
    world.commands("Alice", help, "notify", &json!({ "when": "never" })).await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_work_off_the_queue_and_customers_can_not() {
    let mut world = World::new().await;
    let (alice, help, staff) = (world.alice, world.help, world.staff);
    // The commands are offered to whoever manages threads; Alice may, and is nobody's agent.
    let helper = world.double.add_role(world.guild, "Helper", crate::discord::double::rights::MANAGE_THREADS);
    world.double.joins(world.guild, alice, &[helper]);
    world.opens(alice, help, "Zebra printers are gone from the list").await;
    world.commands("Bo", staff, "queue", &json!({})).await;
    world.commands("Bo", staff, "take", &json!({ "case": "1" })).await;
    world.commands("Bo", staff, "note", &json!({ "case": "1", "text": "Known since Monday." })).await;
    world.commands("Bo", staff, "answer", &json!({ "case": "1", "text": "Which floor is it?" })).await;
    world.commands("Bo", staff, "mine", &json!({})).await;
    let options = json!({ "case": "1", "text": "The driver is there again." });
    world.commands("Bo", staff, "solve", &options).await;
    world.commands("Bo", staff, "queue", &json!({})).await;
    for (command, options) in [
        ("queue", json!({})),
        ("take", json!({ "case": "1" })),
        ("note", json!({ "case": "1", "text": "I note" })),
        ("answer", json!({ "case": "1", "text": "I answer" })),
        ("solve", json!({ "case": "1", "text": "I solve" })),
    ] {
        let refused = world.commands("Alice", help, command, &options).await;
        assert_eq!(refused.only_for, Some(alice));
    }
    let shown = world.commands("Alice", help, "case show", &json!({ "case": "1" })).await;
    assert!(!shown.words().contains("I note") && !shown.words().contains("Known since Monday"));
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_is_opened_with_a_file() {
    let mut world = World::bare().await;
    world.settings.push("cases.max_file_mb=1".to_owned());
    world.start().await;
    world.set_up().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    let png: &[u8] = b"\x89PNG\r\n\x1a\n";
    let large = vec![b'x'; 1_100_000];
    for (name, kind, bytes) in
        [("log.txt", "text/plain", large.as_slice()), ("setup.exe", "application/x", b"MZ")]
    {
        let file = double.gives(help, &(name, kind, bytes));
        let given = json!({ "text": "The zebra printer is on fire", "file": file.to_string() });
        let refused = double.slash(alice, help, "case open", &given);
        let refused = world.tells(&format!("Alice: /case open text, and {name}"), &refused).await;
        assert!(!refused.words().contains("CASE-"), "{}", refused.words());
    }
    let file = double.gives(help, &("fire.png", "image/png", png));
    let given = json!({ "text": "The zebra printer is on fire", "file": file.to_string() });
    let asked = double.slash(alice, help, "case open", &given);
    world.note("Alice: /case open text, and fire.png");
    let opened = world.presses_on(alice, &asked).await;
    world.show(&opened);
    world.commands("Alice", help, "case show", &json!({ "case": "1" })).await;
    assert!(world.kept_files().contains(&png.to_vec()));
    // The same matter once more, with another file: it goes into the case that is open.
    let file = double.gives(help, &("more.txt", "text/plain", b"It smokes"));
    let given = json!({ "text": "The zebra printer is on fire", "file": file.to_string() });
    let again = double.slash(alice, help, "case open", &given);
    let similar = world.tells("Alice: /case open text, and more.txt", &again).await;
    world.presses("Alice", &similar, "Add it to CASE-000001").await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}
