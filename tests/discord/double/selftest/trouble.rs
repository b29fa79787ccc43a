//! What goes wrong on the API.

use serenity::{
    Error,
    all::{CreateAllowedMentions, CreateMessage, Http, HttpError, Nonce},
};

use super::{
    super::{Fault, Id},
    basics::code,
    bot::World,
};

const SENDING: &str = "POST /channels/*/messages";

async fn send(http: &Http, channel: Id, nonce: &str) -> serenity::Result<serenity::all::Message> {
    let nonce = Nonce::String(nonce.to_owned());
    let message = CreateMessage::new().content("hello").allowed_mentions(CreateAllowedMentions::new());
    let message = message.nonce(nonce).enforce_nonce(true);
    serenity::all::ChannelId::from(channel.0).send_message(http, message).await
}

fn status<T: std::fmt::Debug>(outcome: serenity::Result<T>) -> u16 {
    match outcome {
        Err(Error::Http(HttpError::UnsuccessfulRequest(response))) => response.status_code.as_u16(),
        other => panic!("no refusal: {other:?}"),
    }
}

#[tokio::test]
async fn an_answer_is_lost_and_the_nonce_saves_the_message() {
    let world = World::new().await;
    world.double.fail(SENDING, 1, Fault::CutAfter);
    let lost = send(&world.bot.http, world.channel, "n1").await;
    assert!(matches!(lost, Err(Error::Http(HttpError::Request(_)))), "{lost:?}");
    assert_eq!(world.double.messages(world.channel).len(), 1, "it was carried out");
    let again = send(&world.bot.http, world.channel, "n1").await.unwrap();
    assert_eq!(again.id.get(), world.double.messages(world.channel)[0].id.0);
    assert_eq!(world.double.messages(world.channel).len(), 1);
    send(&world.bot.http, world.channel, "n2").await.unwrap();
    world.double.advance(std::time::Duration::from_secs(121));
    send(&world.bot.http, world.channel, "n1").await.unwrap();
    assert_eq!(world.double.messages(world.channel).len(), 3, "another nonce, and one that is forgotten");
    world.double.assert_clean();
}

#[tokio::test]
async fn a_request_that_broke_before_it_arrived_did_nothing() {
    let world = World::new().await;
    world.double.fail(SENDING, 1, Fault::CutBefore);
    assert!(send(&world.bot.http, world.channel, "n").await.is_err());
    assert!(world.double.messages(world.channel).is_empty());
    let entry = world.double.requests(SENDING).remove(0);
    assert_eq!((entry.status, entry.body["content"].as_str()), (None, Some("hello")));
    assert_eq!(world.double.faults_left(), 0);
}

#[tokio::test]
async fn refusals_come_as_often_as_they_were_ordered() {
    let world = World::new().await;
    world.double.fail(SENDING, 1, Fault::RateLimited { seconds: 1.5 });
    world.double.fail(SENDING, 1, Fault::GloballyRateLimited { seconds: 0.5 });
    for code in [500, 502, 503] {
        world.double.fail(SENDING, 1, Fault::Status(code));
    }
    for expected in [429, 429, 500, 502, 503] {
        assert_eq!(status(send(&world.bot.http, world.channel, "n").await), expected);
    }
    assert!(world.double.messages(world.channel).is_empty());
    let waits: Vec<_> =
        world.double.requests(SENDING).iter().map(|one| one.response["retry_after"].clone()).collect();
    assert_eq!(waits[..2], [1.5, 0.5]);
    send(&world.bot.http, world.channel, "n").await.unwrap();
    world.double.fail("POST /nowhere", 1, Fault::Status(500));
    world.double.heal();
    assert_eq!(world.double.faults_left(), 0);
    world.double.assert_clean();
}

#[tokio::test]
async fn a_refusal_may_come_although_it_was_carried_out() {
    let world = World::new().await;
    world.double.fail(SENDING, 1, Fault::StatusAfter(503));
    assert_eq!(status(send(&world.bot.http, world.channel, "n").await), 503);
    assert_eq!(world.double.messages(world.channel).len(), 1, "it was carried out all the same");
}

#[tokio::test]
async fn a_request_waits_at_the_gate_and_is_carried_out_then() {
    let world = World::new().await;
    let gate = world.double.hold(SENDING, 1);
    let (http, channel) = (std::sync::Arc::clone(&world.bot.http), world.channel);
    let sending = tokio::spawn(async move { send(&http, channel, "n").await });
    gate.arrived(1).await;
    assert!(world.double.messages(world.channel).is_empty());
    gate.release();
    sending.await.unwrap().unwrap();
    assert_eq!(world.double.messages(world.channel).len(), 1);

    let gate = super::super::Gate::default();
    world.double.fail(SENDING, 1, Fault::HeldAfter(gate.clone()));
    let http = std::sync::Arc::clone(&world.bot.http);
    let sending = tokio::spawn(async move { send(&http, channel, "m").await });
    world.double.carried_out(SENDING, 2).await;
    assert!(!sending.is_finished());
    gate.release();
    sending.await.unwrap().unwrap();
    world.double.assert_clean();
}

#[tokio::test]
async fn while_discord_is_away_nothing_is_answered() {
    let world = World::new().await;
    world.double.go_away();
    assert!(matches!(
        send(&world.bot.http, world.channel, "n").await,
        Err(Error::Http(HttpError::Request(_)))
    ));
    world.double.come_back(false);
    send(&world.bot.http, world.channel, "n").await.unwrap();
    assert_eq!(world.double.messages(world.channel).len(), 1);
}

#[tokio::test]
async fn rights_that_are_missing_are_named_as_discord_names_them() {
    let world = World::new().await;
    let (http, channel) = (&world.bot.http, world.channel);
    world.double.deny(channel, world.double.bot(), super::super::rights::SEND_MESSAGES);
    assert_eq!(code(send(http, channel, "n").await), 50013);
    world.double.hides(channel);
    assert_eq!(code(send(http, channel, "n").await), 50001);
    assert_eq!(code(send(http, Id(5), "n").await), 10003);
    let dm = serenity::all::UserId::from(world.alice.0).create_dm_channel(http).await.unwrap();
    send(http, Id(dm.id.get()), "n").await.unwrap();
    assert_eq!(world.double.dm_to(world.alice, 0).await.content, "hello");
    world.double.closes_dms(world.alice);
    assert_eq!(code(send(http, Id(dm.id.get()), "m").await), 50007);
    world.double.assert_clean();
}
