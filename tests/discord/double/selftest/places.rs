//! Messages in channels, and threads.

use std::time::Duration;

use serenity::all::{
    AutoArchiveDuration, ChannelId, ChannelType, CreateAllowedMentions, CreateAttachment, CreateMessage,
    CreateThread, EditMessage, EditThread, Event, GetMessages, GuildId, Http, UserId,
};

use super::{
    super::{Id, rights},
    basics::code,
    bot::World,
};

fn silent(text: &str) -> CreateMessage {
    CreateMessage::new().content(text).allowed_mentions(CreateAllowedMentions::new())
}

async fn private(http: &Http, channel: Id, name: &str) -> serenity::Result<Id> {
    let thread = CreateThread::new(name).kind(ChannelType::PrivateThread).invitable(false);
    let thread = thread.auto_archive_duration(AutoArchiveDuration::OneWeek);
    Ok(Id(ChannelId::from(channel.0).create_thread(http, thread).await?.id.get()))
}

#[tokio::test]
async fn messages_are_listed_as_they_were_sent() {
    let world = World::new().await;
    let ids: Vec<Id> =
        (0..5).map(|n| world.double.says(world.alice, world.channel, &n.to_string())).collect();
    let list = async |query: GetMessages| {
        let messages = ChannelId::from(world.channel.0).messages(&world.bot.http, query).await.unwrap();
        messages.iter().map(|message| message.content.clone()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(list(GetMessages::new()).await, "4 3 2 1 0");
    assert_eq!(list(GetMessages::new().limit(2)).await, "4 3");
    assert_eq!(list(GetMessages::new().after(ids[0].0).limit(2)).await, "2 1", "those right after it");
    assert_eq!(list(GetMessages::new().before(ids[3].0).limit(2)).await, "2 1");
    world.double.assert_clean();
}

#[tokio::test]
async fn a_message_with_a_file_is_sent_changed_and_deleted() {
    let world = World::new().await;
    let (http, channel) = (&world.bot.http, ChannelId::from(world.channel.0));
    let file = CreateAttachment::bytes("bytes".as_bytes(), "a.txt");
    let mut message = channel.send_message(http, silent("see").add_file(file)).await.unwrap();
    assert_eq!(message.attachments[0].download().await.unwrap(), b"bytes");
    let edit = EditMessage::new().content("changed").allowed_mentions(CreateAllowedMentions::new());
    message.edit(http, edit).await.unwrap();
    let there = world.double.messages(world.channel);
    assert_eq!((there[0].content.as_str(), there[0].attachments.len()), ("changed", 1));
    let own = world.double.says(world.alice, world.channel, "mine");
    let edit = EditMessage::new().content("yours").allowed_mentions(CreateAllowedMentions::new());
    assert_eq!(code(channel.edit_message(http, own.0, edit).await), 50005);
    message.delete(http).await.unwrap();
    assert_eq!(world.double.messages(world.channel).len(), 1);
    world.double.assert_clean();
}

#[tokio::test]
async fn what_people_change_and_delete_is_told() {
    let world = World::new().await;
    let file: (&str, &str, &[u8]) = ("a.log", "text/plain", b"log");
    let first = world.double.sends(world.alice, world.channel, "first", &[file]);
    let bob = world.double.add_member(world.guild, "Bob", &[]);
    world.double.replies(bob, world.channel, first, "second");
    world.double.edits(first, "changed");
    world.double.deletes(first);
    let told = world.bot.next(|event| match event {
        Event::MessageCreate(event) => event.message.referenced_message.map(|answered| answered.content),
        _ => None,
    });
    assert_eq!(told.await, "first");
    let told = world.bot.next(|event| match event {
        Event::MessageUpdate(event) => event.content,
        _ => None,
    });
    assert_eq!(told.await, "changed");
    let told = world.bot.next(|event| match event {
        Event::MessageDelete(event) => Some(event.message_id.get()),
        _ => None,
    });
    assert_eq!(told.await, first.0);
    world.double.assert_clean();
}

#[tokio::test]
async fn a_private_thread_is_for_those_who_are_in_it() {
    let world = World::new().await;
    let (http, double) = (&world.bot.http, &world.double);
    let thread = private(http, world.channel, "000001 broken").await.unwrap();
    let bob = double.add_member(world.guild, "Bob", &[]);
    ChannelId::from(thread.0).add_thread_member(http, UserId::from(world.alice.0)).await.unwrap();
    assert_eq!(double.thread_members(thread), [double.bot(), world.alice]);
    double.says(world.alice, thread, "here I am");
    assert_eq!(double.visible_to(world.alice, thread).len(), 2, "with the word that she was added");
    assert!(double.visible_to(bob, thread).is_empty());
    let members = ChannelId::from(thread.0).get_thread_members(http).await.unwrap();
    assert_eq!(members.len(), 2);
    ChannelId::from(thread.0).remove_thread_member(http, UserId::from(world.alice.0)).await.unwrap();
    assert!(!double.may(world.alice, thread, rights::SEND_MESSAGES_IN_THREADS));
    let active = GuildId::from(world.guild.0).get_active_threads(http).await.unwrap();
    assert_eq!(active.threads[0].name, double.thread_named(world.guild, "000001").await.name);
    double.assert_clean();
}

#[tokio::test]
async fn an_archived_thread_opens_when_somebody_writes() {
    let world = World::new().await;
    let (http, double) = (&world.bot.http, &world.double);
    let thread = private(http, world.channel, "000001 broken").await.unwrap();
    let id = ChannelId::from(thread.0);
    id.edit_thread(http, EditThread::new().archived(true)).await.unwrap();
    let archived = || ChannelId::from(world.channel.0).get_archived_private_threads(http, None, None);
    assert_eq!(archived().await.unwrap().threads[0].name, "000001 broken");
    assert_eq!(code(id.edit_thread(http, EditThread::new().name("n")).await), 50083);
    assert_eq!(code(id.add_thread_member(http, UserId::from(world.alice.0)).await), 50083);
    id.send_message(http, silent("again")).await.unwrap();
    assert!(!double.channel(thread).thread.unwrap().archived);
    assert!(archived().await.unwrap().threads.is_empty());
    double.archives(thread);
    id.edit_thread(http, EditThread::new().archived(false).locked(true)).await.unwrap();
    let there = double.channel(thread).thread.unwrap();
    assert!(there.locked && !there.archived);
    double.assert_clean();
}

#[tokio::test]
async fn threads_are_refused_for_every_reason() {
    let world = World::new().await;
    let (http, double) = (&world.bot.http, &world.double);
    double.most_threads(world.guild, 1);
    let first = private(http, world.channel, "first").await.unwrap();
    assert_eq!(code(private(http, world.channel, "second").await), 160_006);
    double.archives(first);
    private(http, world.channel, "second").await.unwrap();
    let asked = double.says(world.alice, world.channel, "How?");
    let from = |name| {
        ChannelId::from(world.channel.0).create_thread_from_message(http, asked.0, CreateThread::new(name))
    };
    assert_eq!(code(from("third").await), 160_006);
    double.most_threads(world.guild, 9);
    assert_eq!(from("third").await.unwrap().id.get(), asked.0);
    assert_eq!(code(from("fourth").await), 160_004);
    double.refuses_private_threads(world.channel);
    assert_eq!(code(private(http, world.channel, "fifth").await), 50013);
    double.assert_clean();
}

#[tokio::test]
async fn a_thread_is_renamed_twice_in_ten_minutes() {
    let world = World::new().await;
    let http = &world.bot.http;
    let thread = private(http, world.channel, "0").await.unwrap();
    let rename = async |name: &str| {
        ChannelId::from(thread.0)
            .edit_thread(http, EditThread::new().name(name))
            .await
            .map(|thread| thread.name)
    };
    assert_eq!(rename("1").await.unwrap(), "1");
    world.double.advance(Duration::from_mins(4));
    assert_eq!(rename("2").await.unwrap(), "2");
    assert!(rename("3").await.is_err());
    let refused = world.double.requests("PATCH /channels/*").remove(2);
    assert_eq!((refused.status, refused.response["retry_after"].as_f64()), (Some(429), Some(360.0)));
    world.double.advance(Duration::from_mins(6));
    assert_eq!(rename("3").await.unwrap(), "3");
    world.double.assert_clean();
}

#[tokio::test]
async fn servers_and_their_people_are_asked_for() {
    let world = World::new().await;
    let (http, guild) = (&world.bot.http, GuildId::from(world.guild.0));
    let role = world.double.add_role(world.guild, "Support", rights::MANAGE_THREADS);
    world.double.joins(world.guild, world.alice, &[role]);
    assert_eq!(guild.to_partial_guild(http).await.unwrap().name, "Acme");
    assert_eq!(guild.channels(http).await.unwrap().len(), 1);
    assert_eq!(guild.roles(http).await.unwrap().len(), 3);
    assert_eq!(guild.member(http, world.alice.0).await.unwrap().roles[0].get(), role.0);
    assert_eq!(guild.member(http, world.double.bot().0).await.unwrap().roles.len(), 1);
    assert_eq!(code(guild.member(http, 5).await), 10007);
    assert_eq!(http.get_current_user().await.unwrap().name, "guidepost");
    assert_eq!(http.get_current_application_info().await.unwrap().name, "Guidepost");
    assert_eq!(http.get_bot_gateway().await.unwrap().shards, 1);
    world.double.assert_clean();
}
