//! Servers: each set up by its own managers, and served where the operator says so.

use serde_json::{Value, json};

use crate::discord::double::rights::{MANAGE_GUILD, MANAGE_THREADS};
use crate::discord::double::{Id, Message};
use crate::discord::world::World;

/// The message of `/setup` with the list of a setting.
async fn setup(world: &World, by: Id, channel: Id, setting: &str) -> (Message, String) {
    let shown = world.double.slash(by, channel, "setup", &json!({}));
    let list = format!("v1:server:pick:{setting}");
    let message = match shown.shown().await {
        first if first.control(&list).is_some() => first,
        _ => shown.followup(0).await,
    };
    (message, list)
}

/// A manager chooses something for a server.
async fn chooses(world: &World, by: Id, channel: Id, setting: &str, picked: Id) -> Message {
    let (message, list) = setup(world, by, channel, setting).await;
    world.double.select(by, message.id, &list, &[&picked.to_string()]).shown().await
}

/// The numbers of channels and servers differ from run to run.
fn without_numbers(transcript: &str) -> String {
    regex::Regex::new(r"\d{17,}").unwrap().replace_all(transcript, "NUMBER").into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_set_up_by_who_manages_it_and_has_a_panel_for_everybody() {
    let mut world = World::new().await;
    let (alice, mona, lobby, double) = (world.alice, world.mona, world.lobby, world.double.clone());
    world.commands("Mona", lobby, "setup", &json!({})).await;
    let (message, list) = setup(&world, mona, lobby, "announcements").await;
    let picked = double.select(mona, message.id, &list, &[&world.help.to_string()]);
    world.tells("Mona picks a channel for announcements", &picked).await;
    // The list is still on her screen when she manages nothing any more.
    let (message, list) = setup(&world, mona, lobby, "help").await;
    double.joins(world.guild, mona, &[]);
    let refused = double.select(mona, message.id, &list, &[&lobby.to_string()]);
    let refused = world.tells("Mona, who manages nothing any more, picks a help channel", &refused).await;
    assert!(!refused.words().contains("Saved"), "{}", refused.words());
    double.says(alice, lobby, "how do I add a contact to our account?");
    world.asks("Alice", world.help, "how do I add a contact to our account?").await;
    assert!(world.written_in(lobby).is_empty(), "the help channel was changed");

    let managers = double.add_role(world.guild, "Again", MANAGE_GUILD);
    double.joins(world.guild, mona, &[managers]);
    let panel = world.commands("Mona", lobby, "panel", &json!({})).await;
    assert!(panel.only_for.is_none());
    let asked = double.press_labelled(alice, panel.id, "Ask");
    world.note("Alice presses [Ask]");
    world.show_modal(&asked.modal().await);
    let sent = double.submit(&asked, &[("question", "which security contacts can we have")]).await;
    world.tells("Alice: which security contacts can we have", &sent).await;
    let begun = double.press_labelled(alice, panel.id, "Open a case");
    world.note("Alice presses [Open a case]");
    world.show_modal(&begun.modal().await);
    let sent = double.submit(&begun, &[("text", "The zebra printer is on fire")]).await;
    let opened = world.presses_on(alice, &sent).await;
    world.show(&opened);
    for (name, who, sees) in [("Alice", alice, true), ("Bo", world.bo, false)] {
        let mine = world.presses(name, &panel, "My cases").await;
        assert_eq!(mine.only_for, Some(who));
        assert_eq!(mine.words().contains("zebra"), sees, "{}", mine.words());
    }
    assert_eq!(double.message(panel.id).unwrap().words(), panel.words(), "the panel stays as it is");
    insta::assert_snapshot!(without_numbers(&world.transcript()));
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_server_has_its_own_channels() {
    let mut world = World::bare().await;
    let double = world.double.clone();
    let beta = double.add_guild("Beta");
    let (help, cases) = (double.add_channel(beta, "help"), double.add_channel(beta, "cases"));
    let managers = double.add_role(beta, "Managers", MANAGE_GUILD);
    let max = double.add_member(beta, "Max", &[managers]);
    world.start().await;
    world.set_up().await;
    // Nobody has chosen anything for this one yet.
    double.says(max, help, "how do I add a contact to our account?");
    for (setting, channel) in [("help", help), ("cases", cases)] {
        chooses(&world, max, help, setting, channel).await;
    }
    assert!(world.written_in(help).is_empty());
    let said = double.says(max, help, "how do I add a contact to our account?");
    let answer = double.answer_after(help, said).await;
    assert!(answer.words().contains("CTX120355"), "{}", answer.words());

    world.opens(max, help, "The zebra printer is on fire").await;
    world.opens(world.alice, world.help, "Giraffe screens flicker").await;
    let first = double.thread_named(beta, "CASE-000001").await;
    let second = double.thread_named(world.guild, "CASE-000002").await;
    assert_eq!((first.parent, second.parent), (Some(cases), Some(world.cases)));
    assert!(double.may(max, first.id, crate::discord::double::rights::VIEW_CHANNEL));
    world.said(world.staff, "CASE-000002").await;
    for message in world.written_in(world.staff) {
        assert!(!message.words().contains("zebra"), "a case of Beta is announced at Acme");
    }
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn only_servers_that_the_operator_names_are_served() {
    let mut world = World::bare().await;
    let double = world.double.clone();
    let beta = double.add_guild("Beta");
    let channel = double.add_channel(beta, "help");
    let managers = double.add_role(beta, "Managers", MANAGE_GUILD);
    let max = double.add_member(beta, "Max", &[managers]);
    world.settings.push(format!("discord.guilds={}", world.guild));
    world.start().await;
    world.set_up().await;
    double.says_to_bot(max, channel, "how do I add a contact to our account?");
    let asked = double.slash(max, channel, "ask", &json!({ "question": "how do I add a contact" }));
    let refused = world.tells("Max, on a server that is not served: /ask", &asked).await;
    assert_eq!(refused.only_for, Some(max));
    let refused = double.slash(max, channel, "setup", &json!({}));
    world.tells("Max, on a server that is not served: /setup", &refused).await;
    world.asks("Alice", world.help, "how do I add a contact to our account?").await;
    assert!(world.written_in(channel).is_empty(), "{:#?}", world.written_in(channel));
    // Alone with the desk he is whoever he is.
    let dm = double.dm(max);
    let said = double.says(max, dm, "how do I add a contact to our account?");
    assert!(double.answer_after(dm, said).await.words().contains("CTX120355"));
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_makes_staff_only_on_a_server_that_the_operator_names() {
    for trusted in [true, false] {
        let mut world = World::bare().await;
        let double = world.double.clone();
        if trusted {
            world.settings.push(format!("discord.guilds={}", world.guild));
        }
        let support = double.add_role(world.guild, "Support", MANAGE_THREADS);
        let carol = double.add_member(world.guild, "Carol", &[support]);
        world.start().await;
        world.set_up().await;
        let queue = || double.slash(carol, world.staff, "queue", &json!({}));
        assert!(queue().shown().await.words().starts_with("Only the staff"));
        let saved = chooses(&world, world.mona, world.lobby, "roles", support).await;
        assert!(saved.words().contains("Saved."), "{}", saved.words());
        let shown = queue().shown().await;
        assert_eq!(shown.words().starts_with("Nothing waits"), trusted, "{}", shown.words());
        let helper = double.add_role(world.guild, "Helper", MANAGE_THREADS);
        double.joins(world.guild, carol, &[helper]);
        assert!(queue().shown().await.words().starts_with("Only the staff"));
        world.stop();
        world.assert_clean();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_role_on_a_server_that_is_named_no_longer_gives_no_right_from_the_start_on() {
    let mut world = World::bare().await;
    let double = world.double.clone();
    let beta = double.add_guild("Beta");
    world.settings.push(format!("discord.guilds={},{beta}", world.guild));
    let channel = double.add_channel(beta, "lobby");
    let managers = double.add_role(beta, "Managers", MANAGE_GUILD);
    let support = double.add_role(beta, "Support", MANAGE_THREADS);
    let max = double.add_member(beta, "Max", &[managers, support]);
    world.start().await;
    world.set_up().await;
    chooses(&world, max, channel, "roles", support).await;
    let shown = double.slash(max, channel, "queue", &json!({})).shown().await;
    assert!(shown.words().starts_with("Nothing waits"), "{}", shown.words());
    let staff = |world: &World| String::from_utf8(world.run(&["agent", "list"]).stdout).unwrap();
    assert!(staff(&world).contains("Max"), "{}", staff(&world));
    world.stop();
    world.settings = vec![format!("discord.guilds={}", world.guild)];
    world.start().await;
    assert!(!staff(&world).contains("Max"), "{}", staff(&world));
    assert!(staff(&world).contains("Bo"), "{}", staff(&world));
    world.stop();
    world.assert_clean();
}

/// What is chosen does not depend on what is typed by hand.
#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_manage_a_server_can_not_set_it_up_by_any_way() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    let body = json!({ "components": [{ "type": 1, "components": [
        { "type": 8, "custom_id": "v1:server:pick:staff", "channel_types": [0] } ] }],
        "content": "Choose", "allowed_mentions": { "parse": [] } });
    let forged = double.sent_long_ago(help, &body);
    let refused = double.select(alice, forged, "v1:server:pick:staff", &[&help.to_string()]);
    let refused = world.tells("Alice picks from a list that was left behind", &refused).await;
    assert_eq!(refused.only_for, Some(alice));
    let button: Value = json!({ "components": [{ "type": 1, "components": [
        { "type": 2, "style": 1, "label": "Post", "custom_id": "v1:server:panel" } ] }],
        "content": "Post", "allowed_mentions": { "parse": [] } });
    let forged = double.sent_long_ago(help, &button);
    let refused = double.press(alice, forged, "v1:server:panel");
    let refused = world.tells("Alice presses a button that was left behind", &refused).await;
    assert_eq!(refused.only_for, Some(alice));
    let dm = double.dm(alice);
    world.asks("Alice", dm, "/setup").await;
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}
