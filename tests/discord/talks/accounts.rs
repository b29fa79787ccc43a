//! An account on Discord: a contact is added with a form, and a request approved with a button.

use guidepost::domain::account::{ChangeKind, OrgId, Ruling};
use guidepost::services::accounts::table::{LOG, REQUESTS};
use guidepost::store::Direction;
use serde_json::json;

use crate::discord::world::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_contact_is_added_with_a_form_and_a_request_approved_with_a_button() {
    let mut world = World::bare().await;
    let double = world.double.clone();
    let dan = double.add_member(world.guild, "Dan", &[]);
    let (alice, help) = (world.alice, world.help);
    world.has_demo(&[(alice, "ada@example.org"), (dan, "dan@example.org")]).await;
    world.start().await;
    world.set_up().await;

    let asked = double.slash(alice, help, "contacts add", &json!({}));
    world.note("Alice: /contacts add");
    world.show_modal(&asked.modal().await);
    let taken = [("name", "Zoe Zimmer"), ("mail", "ben@example.org"), ("phone", "")];
    let sent = double.submit(&asked, &taken).await;
    let shown = world.tells("Alice fills it in with an address that somebody has", &sent).await;
    assert_eq!(shown.only_for, Some(alice));
    let again = double.press_labelled(alice, shown.id, "Add a contact");
    world.note("Alice presses [Add a contact]");
    world.show_modal(&again.modal().await);
    let sent = double.submit(&again, &[("mail", "zoe@example.net")]).await;
    let shown = world.tells("Alice fills in another one", &sent).await;
    let confirmed = double.press_labelled(alice, shown.id, "Confirm");
    let done = world.tells("Alice presses [Confirm]", &confirmed).await;
    assert!(done.words().contains("Zoe Zimmer is on the account"), "{}", done.words());

    let asked = double.slash(dan, help, "contacts remove", &json!({ "who": "eve@example.org" }));
    let mut shown = world.tells("Dan: /contacts remove eve@example.org", &asked).await;
    for label in ["Send it as a request", "Send the request"] {
        let pressed = double.press_labelled(dan, shown.id, label);
        shown = world.tells(&format!("Dan presses [{label}]"), &pressed).await;
        assert_eq!(shown.only_for, Some(dan));
    }
    let listed = double.slash(alice, help, "contacts requests", &json!({}));
    let shown = world.tells("Alice: /contacts requests", &listed).await;
    let approved = double.press_labelled(alice, shown.id, "Approve");
    let done = world.tells("Alice presses [Approve]", &approved).await;
    assert!(done.words().contains("Request 1 is approved"), "{}", done.words());
    let again = double.press_labelled(alice, shown.id, "Approve");
    world.tells("Alice presses [Approve] again", &again).await;

    // What is private and typed where others read along is held.
    world.asks("Alice", help, "/contacts").await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    let store = world.store().await;
    let log = LOG.list(&store, None, 99, Direction::Forward).await.unwrap();
    let kinds: Vec<ChangeKind> = log.iter().rev().take(2).map(|row| row.record.entry.kind).collect();
    assert_eq!(kinds, [ChangeKind::RemoveContact, ChangeKind::AddContact]);
    let requests = REQUESTS.list(&store, None, 9, Direction::Forward).await.unwrap();
    let [request] = requests.as_slice() else { panic!("{requests:?}") };
    assert_eq!(request.record.org, OrgId::parse("10001000").unwrap());
    assert_eq!(request.record.verdict.as_ref().map(|verdict| &verdict.ruling), Some(&Ruling::Approved));
    store.close().await;
    world.assert_clean();
}
