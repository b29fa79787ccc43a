//! Logins, and what becomes of them when connections break.

use serde_json::json;
use serenity::{Error, all::GatewayIntents, gateway::GatewayError};

use super::{
    super::{Double, Options, PRIVILEGED},
    bot::{Bot, World, http},
};

/// How many connections the gateway has.
fn connections(double: &Double) -> usize {
    double.read(|state| state.gateway.connections.len())
}

#[tokio::test]
async fn what_was_missed_while_the_connection_was_broken_is_told_afterwards() {
    let world = World::new().await;
    world.double.says(world.alice, world.channel, "before");
    assert_eq!(world.bot.message().await, "before");
    world.double.go_away();
    world.double.wait_until(|state| state.gateway.connections.is_empty()).await;
    world.double.says(world.alice, world.channel, "meanwhile");
    world.double.come_back(false);
    assert_eq!(world.bot.message().await, "meanwhile");
    world.bot.resumed().await;
    assert_eq!((world.double.resumes(), world.double.identifies().len()), (1, 1));
    world.double.says(world.alice, world.channel, "after");
    assert_eq!(world.bot.message().await, "after");
    world.double.assert_clean();
}

#[tokio::test]
async fn a_client_comes_back_when_it_is_asked_to() {
    let world = World::new().await;
    world.double.reconnect();
    world.bot.resumed().await;
    world.double.cut();
    world.bot.resumed().await;
    world.double.close(4000);
    world.bot.resumed().await;
    assert_eq!((world.double.resumes(), world.double.identifies().len()), (3, 1));
    assert_eq!(connections(&world.double), 1);
}

#[tokio::test]
async fn an_invalid_session_is_resumed_or_begun_anew_as_it_says() {
    let world = World::new().await;
    world.double.invalidate(true);
    world.bot.resumed().await;
    world.double.invalidate(false);
    world.bot.logged_in().await;
    assert_eq!((world.double.resumes(), world.double.identifies().len()), (1, 2));
    world.double.says(world.alice, world.channel, "heard");
    assert_eq!(world.bot.message().await, "heard");
}

#[tokio::test]
async fn a_session_that_is_forgotten_can_not_be_resumed() {
    let world = World::new().await;
    world.double.go_away();
    world.double.wait_until(|state| state.gateway.connections.is_empty()).await;
    world.double.says(world.alice, world.channel, "lost");
    world.double.come_back(true);
    world.bot.logged_in().await;
    assert_eq!(world.double.resumes(), 0);
    assert_eq!(world.double.read(|state| state.gateway.refused_resumes), 1);
    world.double.says(world.alice, world.channel, "heard");
    assert_eq!(world.bot.message().await, "heard");
}

#[tokio::test]
async fn a_client_whose_heartbeat_is_not_answered_logs_in_anew() {
    let world = World::with(Options { heartbeat: 100, ..Options::default() }).await;
    world.double.wait_until(|state| state.gateway.heartbeats > 1).await;
    world.double.silence(true);
    world.double.wait_until(|state| state.gateway.connections.is_empty()).await;
    world.double.silence(false);
    world.bot.logged_in().await;
    assert_eq!((world.double.resumes(), world.double.identifies().len()), (0, 2));
}

#[tokio::test]
async fn an_event_that_gets_lost_is_not_told_later_either() {
    let world = World::new().await;
    world.double.lose("MESSAGE_CREATE", 1);
    world.double.says(world.alice, world.channel, "lost");
    world.double.says(world.alice, world.channel, "heard");
    assert_eq!(world.bot.message().await, "heard");
    assert_eq!(world.double.messages(world.channel).len(), 2);
}

#[tokio::test]
async fn a_wrong_token_and_intents_that_are_off_are_refused() {
    let double = Double::start(Options { intents: 0, ..Options::default() }).await;
    let end = |mut bot: Bot| async move {
        let end = tokio::time::timeout(super::bot::GIVEN_UP, &mut bot.client).await;
        match end.expect("the client goes on").unwrap() {
            Err(Error::Gateway(error)) => error,
            other => panic!("no refusal: {other:?}"),
        }
    };
    let mut wrong = http(&double);
    let bot = Bot::with(&double, wrong, GatewayIntents::all()).await;
    assert!(matches!(end(bot).await, GatewayError::DisallowedGatewayIntents));
    let bot = Bot::with(&double, http(&double), GatewayIntents::non_privileged()).await;
    bot.logged_in().await;
    wrong = serenity::all::HttpBuilder::new("MTAw.no.token")
        .proxy(double.url())
        .ratelimiter_disabled(true)
        .build();
    let refused = wrong.get_current_user().await;
    assert_eq!(super::basics::code(refused), 0, "401, with no code of its own");
    assert_eq!(double.log().last().unwrap().status, Some(401));
    double.change(|state| "MTAw.other.token".clone_into(&mut state.token));
    double.close(4000);
    assert!(matches!(end(bot).await, GatewayError::InvalidAuthentication));
}

#[tokio::test]
async fn without_the_intent_a_bot_reads_only_what_is_said_to_it() {
    let double = Double::start(Options { intents: 0, ..Options::default() }).await;
    let guild = double.add_guild("Acme");
    let channel = double.add_channel(guild, "help");
    let alice = double.add_member(guild, "Alice", &[]);
    let bot = Bot::with(&double, http(&double), GatewayIntents::non_privileged()).await;
    bot.logged_in().await;
    double.says(alice, channel, "to nobody");
    double.says_to_bot(alice, channel, "to the bot");
    double.says(alice, double.dm(alice), "in private");
    assert_eq!(bot.message().await, "");
    assert!(bot.message().await.ends_with("to the bot"));
    assert_eq!(bot.message().await, "in private");
    assert_eq!(double.identifies()[0].intents & PRIVILEGED, 0);
    assert_eq!(double.identifies()[0].shard, json!([0, 1]));
    double.assert_clean();
}
