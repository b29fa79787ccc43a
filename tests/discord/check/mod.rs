//! `guidepost discord check`, the real program: what it finds at Discord, and what it says where it does not get there.

mod world;

use std::io::Write;
use std::sync::{Arc, Mutex};

use guidepost::chat::ServerSetting::Announcements;
use guidepost::clock::ManualClock;
use guidepost::config::Secret;
use guidepost::platforms::discord::{Door, Parents, client, connect};
use guidepost::replies::Locale;
use rustix::process::Signal;
use serde_json::Value;
use tracing::subscriber::set_default;

use crate::console::desk_of;
use crate::keeping::program::{Serving, text};

use super::double::{ChannelKind, Fault, Id, MESSAGE_CONTENT, Options, PRIVILEGED, rights};
use world::{World, choose};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_token_it_says_how_to_get_one() {
    let mut world = World::new().await;
    world.environment.remove("GUIDEPOST_DISCORD_TOKEN");
    insta::assert_snapshot!(world.prints(1).await, @r#"
    Needs a person: GUIDEPOST_DISCORD_TOKEN is not set, so the desk is not on Discord.
      Make a bot at https://discord.com/developers/applications: New Application; then under Bot turn on "Message Content Intent" and choose Reset Token. Put the token into the environment as GUIDEPOST_DISCORD_TOKEN, and run this again.
    One finding needs a person.
    "#);
    world.set("GUIDEPOST_DISCORD_TOKEN", "");
    let json = world.prints_json(1).await;
    assert_eq!((&json["bot"], &json["findings"][0]["finding"]), (&Value::Null, &"no_token".into()));
    assert!(world.double.log().is_empty(), "it asked Discord without a token");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_is_on_no_server_yet_gets_its_link() {
    let world = World::new().await;
    insta::assert_snapshot!(world.prints(1).await, @"
    Bot     guidepost (application 1573986395750400000)
    Intent  Message Content is on
    Invite  https://discord.com/oauth2/authorize?client_id=1573986395750400000&permissions=360777370624&scope=bot+applications.commands
            It asks for these permissions, and for no other (not Administrator, not Mention Everyone):
            - View Channels: to see the channels that are chosen for it
            - Send Messages: to answer questions, and tell staff of new cases
            - Send Messages in Threads: to write in the threads of cases, and add people to them
            - Create Private Threads: to make the thread of a case, which only those see whom the case concerns
            - Manage Threads: to archive the threads of closed cases and take them up again
            - Read Message History: to answer to a message, and read what was written while the desk was away
            - Attach Files: to send transcripts, and answers too long for messages
            - Embed Links: to show articles and cases as cards
    Needs a person: The bot is on no server yet.
      Open the invite link in a browser, choose a server that you manage, and type /setup there while the desk runs.
    One finding needs a person.
    ");
    world.double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_where_nothing_was_chosen_is_no_trouble() {
    let world = World::new().await;
    world.double.add_guild("Acme");
    insta::assert_snapshot!(of_servers(&world.prints(0).await), @"
    Server  Acme (1573986395750400002), where roles do not count
    Note: Nothing was chosen there yet: the desk answers commands, direct messages and whoever mentions it, and cases get no threads.
      Somebody who may manage the server types /setup there, and /panel where people look for help.
    Nothing needs a person.
    ");
    assert!(!world.folder.path().join("data").exists(), "a question made a store");
    world.double.assert_clean();
}

/// What is said of servers.
fn of_servers(out: &str) -> &str {
    &out[out.find("\nServer").unwrap() + 1..]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_needs_a_person_where_all_is_as_it_has_to_be() {
    let mut world = World::new().await;
    let acme = world.set_up("Acme").await;
    world.set("GUIDEPOST_DISCORD_GUILDS", &acme.guild.to_string());
    insta::assert_snapshot!(of_servers(&world.prints(0).await), @"
    Server  Acme (1573986395750400002), where roles count
            help: #help; cases: #cases; staff: #desk; roles: Support
    Nothing needs a person.
    ");
    let json = world.prints_json(0).await;
    let [bot, server] = [&json["bot"], &json["servers"][0]];
    assert_eq!(bot["account"]["id"], world.double.bot().to_string());
    assert_eq!(
        (&bot["message_content"], &bot["permissions"][0]["name"]),
        (&true.into(), &"View Channels".into())
    );
    assert_eq!((&server["is_served"], &server["roles_count"]), (&true.into(), &true.into()));
    assert_eq!(server["chosen"]["cases"][0]["name"], "cases");
    assert_eq!(server["chosen"]["roles"][0]["id"], acme.support.to_string());
    assert_eq!((&server["findings"], &json["findings"]), (&serde_json::json!([]), &serde_json::json!([])));
    world.double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_missing_is_told_with_what_it_means_and_what_to_do() {
    let world = World::new().await;
    let acme = world.set_up("Acme \u{1b}[31mred").await;
    let double = &world.double;
    double.refuses_private_threads(acme.cases);
    double.deny(acme.help, double.bot_role(acme.guild), rights::SEND_MESSAGES | rights::EMBED_LINKS);
    double.hides(acme.desk);
    double.change_role(acme.guild, acme.support, |role| role.permissions = 0);
    let kept = world.kept().await;
    let news = double.add_channel_of(acme.guild, "news", ChannelKind::Announcement, None);
    choose(&kept, acme.guild, Announcements, news).await;
    kept.store.close().await;
    double.remove_channel(news);
    insta::assert_snapshot!(of_servers(&world.prints(1).await), @r#"
    Server  Acme �[31mred (1573986395750400002), where roles do not count
            help: #help; cases: #cases; staff: the channel 1573986395750400006; announcements: the channel 1573986395750400008; roles: Support
    Needs a person: In #help the bot may not Send Messages: questions there get no answer until it may.
      At Discord, in the settings of #help under Permissions, add the bot and allow "Send Messages".
    Needs a person: In #help the bot may not Embed Links: articles are not shown there until it may.
      At Discord, in the settings of #help under Permissions, add the bot and allow "Embed Links".
    Needs a person: In #cases the bot may not Create Private Threads: cases get no thread until it may.
      At Discord, in the settings of #cases under Permissions, add the bot and allow "Create Private Threads".
    Needs a person: In the channel 1573986395750400006 the bot may not View Channels: nobody is told there of new cases until it may.
      At Discord, in the settings of the channel 1573986395750400006 under Permissions, add the bot and allow "View Channels".
    Needs a person: The channel 1573986395750400008, which was chosen for announcements, is gone.
      Somebody who may manage the server types /setup there and chooses another one.
    Needs a person: In #cases the role Support may not Manage Threads: they see only the threads that they were added to until it may.
      At Discord, in the settings of #cases under Permissions, add the role Support and allow "Manage Threads".
    Note: The chosen roles make nobody staff, because the settings do not name this server.
      To let its managers say by roles who is staff, add "1573986395750400002" to the setting discord.guilds. Once it names servers, only these are served.
    6 findings need a person.
    "#);

    let json = world.prints_json(1).await;
    let findings = json["servers"][0]["findings"].as_array().unwrap();
    let kinds: Vec<&str> = findings.iter().map(|one| one["finding"].as_str().unwrap()).collect();
    let expected = ["lacks", "lacks", "lacks", "lacks", "channel_gone", "staff_lacks", "roles_do_not_count"];
    assert_eq!(kinds, expected);
    let thread = findings.iter().find(|one| one["permission"] == "Create Private Threads").unwrap();
    assert_eq!((&thread["chosen_for"], &thread["needs_a_person"]), (&"cases".into(), &true.into()));
    assert_eq!(
        thread["message"],
        "In #cases the bot may not Create Private Threads: cases get no thread until it may"
    );
    assert!(thread["remedy"].as_str().unwrap().contains("allow \"Create Private Threads\""), "{thread}");
    double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn servers_are_held_against_those_that_the_settings_name() {
    let mut world = World::new().await;
    let acme = world.set_up("Acme").await;
    let left = world.set_up("Left").await;
    world.double.remove_bot(left.guild);
    world.double.add_guild("Other");
    world.set("GUIDEPOST_DISCORD_GUILDS", &format!("{},1234", acme.guild));
    let out = world.prints(1).await;
    let told: Vec<&str> = out.lines().skip_while(|line| !line.starts_with("Needs")).collect();
    insta::assert_snapshot!(told.join("\n"), @"
    Needs a person: The bot is not on the server 1234, which the setting discord.guilds names.
      Open the invite link and choose that server, or take 1234 out of the setting discord.guilds.
    Note: The server 1573986395750400009 was set up once, and the bot is no longer on it.
      Open the invite link and choose that server if the desk is to work there again.
    Server  Acme (1573986395750400002), where roles count
            help: #help; cases: #cases; staff: #desk; roles: Support
    Server  Other (1573986395750400016), which is not served: the setting discord.guilds does not name it
    One finding needs a person.
    ");
    // Once it names none, all are served; the roles of none count.
    world.environment.remove("GUIDEPOST_DISCORD_GUILDS");
    let json = world.prints_json(0).await;
    let servers = json["servers"].as_array().unwrap();
    assert!(servers.iter().all(|one| one["is_served"] == true && one["roles_count"] == false), "{json}");
    let notes = |server: &Value| -> Vec<String> {
        let findings = server["findings"].as_array().unwrap().iter();
        findings.map(|one| one["finding"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(
        (notes(&servers[0]), notes(&servers[1])),
        (vec!["roles_do_not_count".to_owned()], vec!["nothing_chosen".to_owned()])
    );
    assert_eq!(notes(&json), ["left"]);
    world.double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_on_many_servers_is_asked_for_all_of_them() {
    let mut world = World::new().await;
    let all: Vec<Id> = (0..401).map(|number| world.double.add_guild(&format!("Server {number}"))).collect();
    world.set("GUIDEPOST_DISCORD_GUILDS", &all[400].to_string());
    let json = world.prints_json(0).await;
    let servers = json["servers"].as_array().unwrap();
    let ids: Vec<&str> = servers.iter().map(|one| one["server"]["id"].as_str().unwrap()).collect();
    assert_eq!(ids, all.iter().map(ToString::to_string).collect::<Vec<_>>());
    assert_eq!(servers[400]["is_served"], true);
    world.double.assert_clean();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_running_desk_tells_what_was_chosen() {
    let world = World::new().await;
    world.set_up("Acme").await;
    let folder = world.folder.path().to_owned();
    let desk = tokio::task::spawn_blocking(move || Serving::start(&folder)).await.unwrap();
    let out = world.prints(0).await;
    assert!(out.contains("help: #help; cases: #cases; staff: #desk; roles: Support"), "{out}");
    assert_eq!(desk.stop(Signal::TERM), Some(0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_wrong_token_and_a_missing_intent_are_told_with_what_to_do() {
    let intents = PRIVILEGED & !MESSAGE_CONTENT;
    let mut world = World::with(Options { intents, ..Options::default() }).await;
    world.double.add_guild("Acme");
    let out = world.prints(1).await;
    let told: Vec<&str> = out.lines().filter(|line| line.contains("ntent")).collect();
    insta::assert_snapshot!(told.join("\n"), @r#"
    Intent  Message Content is off
      Turn on "Message Content Intent" at https://discord.com/developers/applications (Bot, Privileged Gateway Intents), and start the desk again.
    "#);
    assert!(out.contains("Server  Acme"), "the rest is looked at all the same: {out}");
    world.set("GUIDEPOST_DISCORD_TOKEN", "MTIzNDU2.made.up");
    insta::assert_snapshot!(world.prints(1).await, @"
    Needs a person: Discord does not take the token in GUIDEPOST_DISCORD_TOKEN.
      Make a new one at https://discord.com/developers/applications (Bot, Reset Token), put it there, and start the desk again.
    One finding needs a person.
    ");
    // No token at all, and nothing that a header takes.
    world.set("GUIDEPOST_DISCORD_TOKEN", "two\nlines");
    assert!(world.prints(1).await.contains("Discord does not take the token"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn where_discord_is_not_reached_it_says_what_to_look_at() {
    let mut world = World::new().await;
    let mut told = Vec::new();
    world.double.fail("GET /users/@me", 1, Fault::Status(503));
    told.push(world.prints(1).await);
    world.double.fail("GET /users/@me", 1, Fault::CutBefore);
    told.push(world.prints(1).await);
    let url = world.double.url();
    world.set("GUIDEPOST_DISCORD_API_BASE", &format!("{url}/elsewhere"));
    told.push(world.prints(1).await);
    insta::assert_snapshot!(told.join("\n").replace(&url, "http://127.0.0.1:PORT"), @"
    Needs a person: Discord has trouble of its own (status 503).
      It may pass: see https://discordstatus.com. A running desk tries again by itself.
    One finding needs a person.

    Needs a person: Nothing answers at http://127.0.0.1:PORT.
      That address is from the setting discord.api_base: see whether something runs there, or leave the setting empty for Discord itself. A running desk tries again by itself.
    One finding needs a person.

    Needs a person: What answers at http://127.0.0.1:PORT/elsewhere is not Discord's API: Discord refused it: 404: Not Found (status 404, code 0).
      That address is from the setting discord.api_base: correct it, or leave it empty for Discord itself, and start the desk again.
    One finding needs a person.
    ");
    // A trouble in the middle is told where it was met.
    world.set("GUIDEPOST_DISCORD_API_BASE", &url);
    world.set_up("Acme").await;
    world.double.fail("GET /guilds/*/roles", 10, Fault::Status(500));
    let out = world.prints(1).await;
    assert!(
        out.contains("Needs a person: What the bot may do there is not known: Discord has trouble"),
        "{out}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_log_level_shows_the_token() {
    let mut world = World::new().await;
    world.set_up("Acme").await;
    world.set("GUIDEPOST_LOG_LEVEL", "trace");
    // It holds the token against all that is said.
    assert_eq!(world.check(&[]).await.code, Some(0));
}

/// Where log lines of a test go.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_door_warns_of_each_permission_that_is_missing() {
    let world = World::new().await;
    let acme = world.set_up("Acme").await;
    let double = &world.double;
    let kept = world.kept().await;
    let connection = connect(client(&Secret::new(double.token()), &double.url())).await.ok().unwrap();
    let clock = ManualClock::at(double.read(crate::discord::double::State::now)).clock();
    let mut door = Door {
        parents: Parents::default(),
        desk: desk_of(&kept, &clock),
        store: kept.store.clone(),
        api: connection.api,
        me: connection.me,
        servers: Arc::new([]),
        locale: Locale::English,
        clock,
    };
    let lines = Lines::default();
    let writer = lines.clone();
    let log = tracing_subscriber::fmt().with_ansi(false).without_time().with_writer(move || writer.clone());
    let _logging = set_default(log.with_max_level(tracing::Level::WARN).finish());
    let told = || text(&std::mem::take(&mut *lines.0.lock().unwrap()));
    door.check_permissions().await;
    assert_eq!(told(), "");
    double.refuses_private_threads(acme.cases);
    double.deny(acme.desk, double.bot(), rights::SEND_MESSAGES | rights::MENTION_EVERYONE);
    door.check_permissions().await;
    insta::assert_snapshot!(told().replace(&acme.guild.to_string(), "SERVER"), @"
    WARN guidepost::platforms::discord::check: `guidepost discord check` tells what to do server=SERVER finding=In #cases the bot may not Create Private Threads: cases get no thread until it may
    WARN guidepost::platforms::discord::check: `guidepost discord check` tells what to do server=SERVER finding=In #desk the bot may not Send Messages: nobody is told there of new cases until it may
    ");
    // Not of a server that it does not serve.
    door.servers = Arc::new([1]);
    door.check_permissions().await;
    assert_eq!(told(), "");
    kept.store.close().await;
    double.assert_clean();
}
