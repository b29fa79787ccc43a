//! Who may change an account: requests of those who may not, two at once, rights that were lost, strangers, and where others read along.

use guidepost::chat::{Input, Request};
use guidepost::domain::account::{ChangeKind, Procedure, RequestId, Ruling};
use guidepost::domain::{Identity, Person, Place, Platform, Privacy};
use guidepost::services::people::PEOPLE;
use insta::assert_snapshot;

use super::accounts::{org, world};

#[tokio::test]
async fn whoever_lacks_the_right_sends_a_request_that_is_approved_or_refused() {
    let mut world = world().await;
    world.is_now("dan");
    world.say("add a contact").await;
    world.press("Send it as a request").await;
    for said in ["Zoe Zimmer", "zoe@example.net", "+1 555 010 0099"] {
        world.say(said).await;
    }
    world.press("Send the request").await;
    world.assert_mailed(&["ada", "ben"]).await;
    assert!(world.mails().iter().any(|mail| mail.contains("/contacts requests")));
    world.say("make dan an administrator").await;
    world.press("Send it as a request").await;
    world.press("Send the request").await;
    world.assert_mailed(&["ada", "ben"]).await;
    world.say("/contacts requests").await;
    assert!(!world.reply.choices.iter().any(|choice| choice.label.starts_with("Approve")));
    world.is_now("ben");
    world.say("/contacts").await;
    assert!(world.said("2 requests wait for an administrator."), "{}", world.transcript());
    world.press("Requests (2)").await;
    let (approve, refuse) = (world.button("Approve request 1"), world.button("Refuse request 2"));
    world.press_again(&approve).await;
    world.assert_done("Ben", ChangeKind::AddContact, &["dan", "zoe"]).await;
    let asked_by = world.account_log().await.pop().unwrap().entry.asked_by;
    assert_eq!(asked_by, Some(world.contact("Dan").await));
    let log = world.account_log().await;
    world.press_again(&refuse).await;
    world.say("Two are enough for now").await;
    world.assert_mailed(&["dan"]).await;
    world.is_now("ada");
    world.press_again(&approve).await;
    assert!(world.said("Ben Boss approved request 1 already"), "{}", world.transcript());
    world.press_again(&refuse).await;
    assert!(world.said("refused (\"Two are enough for now\")"), "{}", world.transcript());
    world.is_now("cleo");
    world.press_again(&approve).await;
    assert!(world.said("Only an administrator"), "{}", world.transcript());
    assert_eq!(world.account_log().await, log, "nobody decides twice, and nobody without the right");
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn of_two_administrators_at_once_the_second_sees_what_the_first_did() {
    let mut world = world().await;
    for said in ["/contacts edit cleo", "Cleo Clay", "keep the rest"] {
        world.say(said).await;
    }
    let confirm = world.button("Confirm");
    world.is_now("ben");
    for said in ["/contacts edit cleo", "keep", "cleo.cases@example.org", "keep the rest", "confirm"] {
        world.say(said).await;
    }
    world.assert_done("Ben", ChangeKind::UpdateContact, &["cleo", "cleo.cases"]).await;
    world.is_now("ada");
    world.press_again(&confirm).await;
    assert!(
        world.said("Nothing was changed yet, because somebody changed the same"),
        "{}",
        world.transcript()
    );
    assert_ne!(world.button("Confirm"), confirm);
    world.press_again(&confirm).await;
    assert!(!world.said("Done"), "the button of before confirms nothing: {}", world.transcript());
    world.press("Confirm").await;
    world.assert_done("Ada", ChangeKind::UpdateContact, &["cleo.cases"]).await;
    let account = world.accounts().account(org()).await.unwrap().unwrap().account;
    let cleo = account.contacts.values().find(|contact| contact.name == "Cleo Clay").unwrap();
    assert_eq!(cleo.mail.as_str(), "cleo.cases@example.org", "what the first one did stays");
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn the_right_is_looked_at_again_when_it_is_confirmed() {
    let mut world = world().await;
    world.is_now("ben");
    for said in ["/contacts restrict cleo", "administrator", "confirm"] {
        world.say(said).await;
    }
    for said in ["/contacts add", "Zoe", "zoe@example.net", "-"] {
        world.say(said).await;
    }
    let confirm = world.button("Confirm");
    world.is_now("ada");
    for said in ["/contacts restrict ben", "no administrator any more", "confirm"] {
        world.say(said).await;
    }
    let log = world.account_log().await;
    world.is_now("ben");
    world.press_again(&confirm).await;
    assert!(world.said("Only an administrator of the account can do this"), "{}", world.transcript());
    world.press("Send it as a request").await;
    world.press("Send the request").await;
    assert!(world.said("Request 1 is sent"), "what was filled in is kept: {}", world.transcript());
    assert_eq!(world.account_log().await, log);
}

#[tokio::test]
async fn strangers_are_told_how_to_become_known_and_learn_nothing() {
    let mut world = world().await;
    world.is_now("mallory");
    world.say("/contacts").await;
    world.say("/contacts remove eve").await;
    world.say("add a contact").await;
    world.press("Do it here").await;
    world.say("/account create").await;
    for id in [
        "v1:account:10001000:contacts:0",
        "v1:account:10001000:log",
        "v1:account:10001000:requests:0",
        "v1:account:10001000:approve:1",
        "v1:account:10001000:do:rights",
        "v1:account:99999999:show",
    ] {
        world.press_id(id).await;
        assert!(world.said("There is nothing for you here"), "{id}: {}", world.transcript());
    }
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn too_many_requests_wait_with_what_was_said() {
    let mut world = world().await;
    world.is_now("dan");
    for n in 0..4 {
        for said in
            ["/contacts add", "send it", &format!("Zoe {n}"), &format!("z{n}@example.net"), "-", "confirm"]
        {
            world.say(said).await;
        }
    }
    assert!(world.said("3 of your requests wait already."), "{}", world.transcript());
    let dan = world.contact("Ada").await;
    world.accounts().refuse(dan, org(), RequestId(1), None, world.clock.now()).await.unwrap();
    world.press("Try again").await;
    world.press("Send the request").await;
    assert!(world.said("Request 4 is sent."), "{}", world.transcript());
}

/// What is private and typed where others read along is held.
#[tokio::test]
async fn where_others_read_along_nothing_of_an_account_is_said() {
    let world = world().await;
    let ada = world.person("ada").await;
    let who = Identity::Discord(4711);
    let key = guidepost::services::people::key(ada);
    let row = PEOPLE.get(&world.kept.store, &key).await.unwrap().unwrap();
    let mut batch = guidepost::store::Batch::new();
    PEOPLE.update(&mut batch, &row, &Person { identities: vec![who.clone()], ..row.record.clone() });
    world.kept.store.commit(batch).await.unwrap();
    let place = |privacy| Place { platform: Platform::Discord, conversation: "7".to_owned(), privacy };
    for text in ["/contacts", "add a contact", "requests", "make dan an administrator", "my account"] {
        let said = Request::new(who.clone(), place(Privacy::Public), Input::Text(text.to_owned()));
        let reply = world.desk.handle(&said).await;
        let json = serde_json::to_string(&reply).unwrap();
        assert!(!json.contains("Example") && !json.contains("Dan"), "{text}: {json}");
        let [choice] = reply.choices.as_slice() else { panic!("{text}: {json}") };
        let press = Request::new(who.clone(), place(Privacy::Private), Input::Press(choice.id.clone()));
        let json = serde_json::to_string(&world.desk.handle(&press).await).unwrap();
        assert!(!json.contains("know you"), "{text}: {json}");
    }
}

#[tokio::test]
async fn the_verdict_of_a_request_is_kept_with_its_reason() {
    let mut world = world().await;
    world.is_now("dan");
    for said in ["/contacts remove eve", "send it", "confirm"] {
        world.say(said).await;
    }
    world.is_now("ada");
    world.press_id("v1:account:10001000:refuse:1").await;
    world.press("Refuse it without a reason").await;
    let ada = world.contact("Ada").await;
    let again = world.accounts().refuse(ada, org(), RequestId(1), None, world.clock.now()).await;
    let Err(guidepost::services::accounts::AccountError::Decided(request)) = again else { panic!() };
    assert_eq!(request.verdict.unwrap().ruling, Ruling::Refused { reason: None });
    assert_eq!(request.kind, Procedure::RemoveContact.kind());
}
