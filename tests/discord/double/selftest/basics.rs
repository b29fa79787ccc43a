//! A login, and what is done with interactions.

use std::time::Duration;

use serde_json::json;
use serenity::all::{
    CreateAllowedMentions, CreateInteractionResponse, CreateInteractionResponseFollowup,
    EditInteractionResponse, Event, HttpError,
};

use super::bot::{World, pong, says};

/// Discord's code for a refusal.
pub fn code<T: std::fmt::Debug>(outcome: serenity::Result<T>) -> isize {
    match outcome {
        Err(serenity::Error::Http(HttpError::UnsuccessfulRequest(response))) => response.error.code,
        other => panic!("no refusal: {other:?}"),
    }
}

#[tokio::test]
async fn a_client_logs_in_and_hears_of_its_servers() {
    let world = World::new().await;
    let guild = world.bot.next(|event| match event {
        Event::GuildCreate(event) => Some(event.guild),
        _ => None,
    });
    let guild = guild.await;
    assert_eq!(guild.name, "Acme");
    assert_eq!(guild.members.len(), 3, "the owner, the bot and Alice");
    assert_eq!(guild.channels.len(), 1);
    assert_eq!(world.double.identifies().len(), 1);
    assert_eq!(world.double.commands(None).len(), 5);
    world.double.assert_clean();
}

#[tokio::test]
async fn a_command_is_answered_once() {
    let world = World::new().await;
    let (act, command) = world.ping().await;
    command.create_response(&world.bot.http, pong()).await.unwrap();
    assert_eq!(act.shown().await.content, "pong");
    assert_eq!(code(command.create_response(&world.bot.http, pong()).await), 40060);
    world.double.assert_clean();
}

#[tokio::test]
async fn the_first_answer_has_three_seconds_and_the_rest_a_quarter_of_an_hour() {
    let world = World::new().await;
    let (_, late) = world.ping().await;
    world.double.advance(Duration::from_millis(3001));
    assert_eq!(code(late.create_response(&world.bot.http, pong()).await), 10062);

    let (act, command) = world.ping().await;
    world.double.advance(Duration::from_secs(3));
    let thinking = CreateInteractionResponse::Defer(says("").ephemeral(true));
    command.create_response(&world.bot.http, thinking).await.unwrap();
    assert!(act.answer().await.message.unwrap().is_loading());
    let edit =
        || EditInteractionResponse::new().content("done").allowed_mentions(CreateAllowedMentions::new());
    command.edit_response(&world.bot.http, edit()).await.unwrap();
    let shown = act.shown().await;
    assert_eq!((shown.content.as_str(), shown.only_for), ("done", Some(world.alice)));
    world.double.advance(Duration::from_mins(15));
    assert_eq!(code(command.edit_response(&world.bot.http, edit()).await), 50027);
    world.double.assert_clean();
}

#[tokio::test]
async fn what_is_for_one_person_is_seen_by_nobody_else() {
    let world = World::new().await;
    let bob = world.double.add_member(world.guild, "Bob", &[]);
    let (act, command) = world.ping().await;
    let private = CreateInteractionResponse::Message(says("for you").ephemeral(true));
    command.create_response(&world.bot.http, private).await.unwrap();
    let more = CreateInteractionResponseFollowup::new()
        .content("for all")
        .allowed_mentions(CreateAllowedMentions::new());
    command.create_followup(&world.bot.http, more).await.unwrap();
    act.followup(0).await;
    let seen = |user| {
        let messages = world.double.visible_to(user, world.channel);
        messages.iter().map(|message| message.content.clone()).collect::<Vec<_>>()
    };
    assert_eq!(seen(world.alice), ["for you", "for all"]);
    assert_eq!(seen(bob), ["for all"]);
    let id = act.shown().await.id.0;
    assert_eq!(code(world.bot.http.get_message(world.channel.0.into(), id.into()).await), 10008);
    world.double.assert_clean();
}

#[tokio::test]
async fn what_was_typed_is_told_while_it_is_typed() {
    let world = World::new().await;
    let act =
        world.double.types(world.alice, world.channel, "ask", &json!({ "question": "how" }), "question");
    let serenity::all::Interaction::Autocomplete(typing) = world.bot.interaction().await else {
        panic!("none")
    };
    assert_eq!(typing.data.autocomplete().unwrap().value, "how");
    let choices = serenity::all::CreateAutocompleteResponse::new().add_string_choice("How to …", "CTX1");
    typing.create_response(&world.bot.http, CreateInteractionResponse::Autocomplete(choices)).await.unwrap();
    assert_eq!(act.choices().await, [("How to …".to_owned(), json!("CTX1"))]);
    world.double.assert_clean();
}
