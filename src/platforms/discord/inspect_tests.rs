//! What is found on a server, change by change from one on which all is well.

use std::collections::{BTreeMap, BTreeSet};

use serenity::all::Permissions;

use crate::chat::ServerSetting;
use crate::services::servers::Server;

use super::finding::Finding;
use super::inspect::{Channel, Reached, Seen, chosen_channels, inspect};
use super::permissions::bits;
use super::rights::{Holder, OF_A_MEMBER, OF_A_ROLE, Overwrite, Role};

const SERVER: u64 = 1;
const BOT: u64 = 50;
const BOT_ROLE: u64 = 2;
const STAFF_ROLE: u64 = 3;
const HELP: u64 = 10;
const CASES: u64 = 11;
const FORUM: u64 = 12;
const STAFF: u64 = 13;
const NEWS: u64 = 14;

/// All is chosen, and nothing is amiss.
fn well() -> (Seen, Server) {
    let customers = Permissions::VIEW_CHANNEL | Permissions::SEND_MESSAGES_IN_THREADS;
    let role = |id, name: &str, permissions| Role { id, name: name.to_owned(), permissions };
    let channel = |(id, name): (u64, &str)| {
        let channel = Channel { id, kind: 0, name: Some(name.to_owned()), overwrites: Vec::new() };
        (id, Reached::Seen(channel))
    };
    let channels = [(HELP, "help"), (CASES, "cases"), (FORUM, "forum"), (STAFF, "desk"), (NEWS, "news")];
    let seen = Seen {
        server: SERVER,
        roles: vec![
            role(SERVER, "@everyone", customers.bits()),
            role(BOT_ROLE, "Guidepost", bits()),
            role(STAFF_ROLE, "Support", Permissions::MANAGE_THREADS.bits()),
        ],
        bot: Holder { user: Some(BOT), roles: BTreeSet::from([BOT_ROLE]), is_owner: false },
        channels: channels.map(channel).into(),
    };
    let chosen = Server {
        id: SERVER,
        help: BTreeSet::from([HELP]),
        cases: Some(CASES),
        forum: Some(FORUM),
        staff: Some(STAFF),
        announcements: Some(NEWS),
        roles: BTreeSet::from([STAFF_ROLE]),
    };
    (seen, chosen)
}

fn channel(seen: &mut Seen, id: u64) -> &mut Channel {
    match seen.channels.get_mut(&id) {
        Some(Reached::Seen(channel)) => channel,
        Some(Reached::Hidden | Reached::Gone) | None => panic!("there is no channel {id}"),
    }
}

fn deny(seen: &mut Seen, id: u64, whom: u64, what: Permissions) {
    let kind = if whom == BOT { OF_A_MEMBER } else { OF_A_ROLE };
    let overwrite = Overwrite { id: whom, kind, allow: 0, deny: what.bits() };
    channel(seen, id).overwrites.push(overwrite);
}

/// What is found after a change, a line each, those that need a person with a `!`.
fn found(change: impl FnOnce(&mut Seen, &mut Server)) -> String {
    let (mut seen, mut chosen) = well();
    change(&mut seen, &mut chosen);
    let line = |finding: &Finding| {
        let mark = if finding.needs_a_person() { "!" } else { "-" };
        format!("{mark} {finding}\n  {}", finding.remedy())
    };
    inspect(&seen, &chosen, true).iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn nothing_is_found_where_all_is_well() {
    assert_eq!(found(|_, _| ()), "");
    // And whatever a channel says, to an owner or an administrator.
    let unbound = |seen: &mut Seen| {
        for id in [HELP, CASES, FORUM, STAFF, NEWS] {
            deny(seen, id, BOT_ROLE, Permissions::all());
        }
    };
    assert_eq!(
        found(|seen, _| {
            unbound(seen);
            seen.bot.is_owner = true;
        }),
        ""
    );
    insta::assert_snapshot!(found(|seen, _| {
        unbound(seen);
        seen.roles[1].permissions |= Permissions::ADMINISTRATOR.bits();
    }), @r#"
    - The bot is an administrator there, which it need not be
      At Discord, under Server Settings, Roles, turn "Administrator" off for the bot's role, and open the invite link once more.
    "#);
}

#[test]
fn each_permission_that_is_missing_in_a_channel_is_told_with_what_it_means() {
    insta::assert_snapshot!(found(|seen, _| {
        deny(seen, CASES, BOT, Permissions::CREATE_PRIVATE_THREADS);
    }), @r#"
    ! In #cases the bot may not Create Private Threads: cases get no thread until it may
      At Discord, in the settings of #cases under Permissions, add the bot and allow "Create Private Threads".
    "#);
    let all = |id| {
        let lines = found(|seen, _| deny(seen, id, BOT, Permissions::all()));
        lines.lines().filter(|line| line.starts_with('!')).collect::<Vec<_>>().join("\n")
    };
    let everywhere = [HELP, CASES, FORUM, STAFF, NEWS].map(all).join("\n");
    insta::assert_snapshot!(everywhere, @"
    ! In #help the bot may not View Channels: questions there are not heard until it may
    ! In #help the bot may not Send Messages: questions there get no answer until it may
    ! In #help the bot may not Read Message History: questions there get no answer until it may
    ! In #help the bot may not Attach Files: answers with a file do not get there until it may
    ! In #help the bot may not Embed Links: articles are not shown there until it may
    ! In #cases the bot may not View Channels: cases get no thread until it may
    ! In #cases the bot may not Send Messages in Threads: nothing is said in the threads of cases until it may
    ! In #cases the bot may not Create Private Threads: cases get no thread until it may
    ! In #cases the bot may not Manage Threads: threads of closed cases are not archived, nor found again until it may
    ! In #cases the bot may not Read Message History: what is written there while the desk is away is never read until it may
    ! In #cases the bot may not Attach Files: answers with a file do not get there until it may
    ! In #cases the bot may not Embed Links: articles and cases are not shown there until it may
    ! In #forum the bot may not View Channels: nothing there is heard until it may
    ! In #desk the bot may not View Channels: nobody is told there of new cases until it may
    ! In #desk the bot may not Send Messages: nobody is told there of new cases until it may
    ! In #desk the bot may not Embed Links: new cases are not shown there until it may
    ! In #news the bot may not View Channels: nothing is announced there until it may
    ! In #news the bot may not Send Messages: nothing is announced there until it may
    ! In #news the bot may not Embed Links: announcements are not shown there until it may
    ");
}

#[test]
fn a_channel_or_role_that_is_gone_hidden_or_of_the_wrong_kind_is_told() {
    insta::assert_snapshot!(found(|seen, _| {
        seen.channels.insert(HELP, Reached::Gone);
        seen.channels.insert(CASES, Reached::Hidden);
        seen.channels.remove(&NEWS);
        seen.roles.pop();
    }), @r#"
    ! The channel 10, which was chosen for help, is gone
      Somebody who may manage the server types /setup there and chooses another one.
    ! In the channel 11 the bot may not View Channels: cases get no thread until it may
      At Discord, in the settings of the channel 11 under Permissions, add the bot and allow "View Channels".
    ! The channel 14, which was chosen for announcements, is gone
      Somebody who may manage the server types /setup there and chooses another one.
    ! The role 3, which was chosen for staff, is gone
      Somebody who may manage the server types /setup there and chooses another one.
    "#);
    insta::assert_snapshot!(found(|seen, _| channel(seen, CASES).kind = 5), @"
    ! Discord makes private threads only in ordinary text channels, which #cases is not: cases get none
      Somebody who may manage the server types /setup there and chooses an ordinary text channel for cases.
    ");
}

#[test]
fn staff_need_to_see_and_use_the_threads_of_cases() {
    insta::assert_snapshot!(found(|seen, _| {
        deny(seen, CASES, STAFF_ROLE, Permissions::all());
    }), @r#"
    ! In #cases the role Support may not View Channels: they see no threads of cases until it may
      At Discord, in the settings of #cases under Permissions, add the role Support and allow "View Channels".
    ! In #cases the role Support may not Manage Threads: they see only the threads that they were added to until it may
      At Discord, in the settings of #cases under Permissions, add the role Support and allow "Manage Threads".
    ! In #cases the role Support may not Send Messages in Threads: they can't answer in the threads of cases until it may
      At Discord, in the settings of #cases under Permissions, add the role Support and allow "Send Messages in Threads".
    "#);
    // Their own role may give back what everybody lost.
    assert_eq!(
        found(|seen, _| {
            let all = Permissions::all().bits();
            let back = Overwrite { id: STAFF_ROLE, kind: OF_A_ROLE, allow: all, deny: 0 };
            channel(seen, CASES).overwrites.push(back);
            seen.roles[2].permissions = 0;
        }),
        ""
    );
}

#[test]
fn what_may_be_meant_so_is_only_noted() {
    insta::assert_snapshot!(found(|seen, _| {
        deny(seen, CASES, SERVER, Permissions::VIEW_CHANNEL);
        for role in [BOT_ROLE, STAFF_ROLE] {
            let overwrite = Overwrite { id: role, kind: OF_A_ROLE, allow: bits(), deny: 0 };
            channel(seen, CASES).overwrites.push(overwrite);
        }
    }), @"
    - In #cases not everybody may View Channels: who may not can't use the thread of their case
      Unless your customers may by another role, allow it for @everyone in the settings of that channel, under Permissions; the threads stay private.
    ");
    insta::assert_snapshot!(found(|seen, chosen| {
        (*chosen, seen.channels) = (Server::new(SERVER), BTreeMap::new());
        seen.roles[1].permissions = 0;
    }), @"
    - Outside the chosen channels the bot may not Send Messages, Read Message History, Attach Files, Embed Links: who mentions it there gets no full answer
      Unless it is meant so, open the invite link once more and choose that server.
    - Nothing was chosen there yet: the desk answers commands, direct messages and whoever mentions it, and cases get no threads
      Somebody who may manage the server types /setup there, and /panel where people look for help.
    ");
    insta::assert_snapshot!(found(|_, chosen| chosen.cases = None), @"
    - No channel was chosen for cases: they are worked on in the queue, without threads
      Somebody who may manage the server types /setup there and chooses one.
    ");
    let (seen, chosen) = well();
    let untrusted = inspect(&seen, &chosen, false);
    assert_eq!(untrusted.len(), 1);
    assert!(!untrusted[0].needs_a_person());
    insta::assert_snapshot!(format!("{}\n{}", untrusted[0], untrusted[0].remedy()), @r#"
    The chosen roles make nobody staff, because the settings do not name this server
    To let its managers say by roles who is staff, add "1" to the setting discord.guilds. Once it names servers, only these are served.
    "#);
}

#[test]
fn each_chosen_channel_is_looked_at_once() {
    let (_, mut chosen) = well();
    chosen.help = BTreeSet::from([HELP, CASES, 20]);
    assert_eq!(chosen_channels(&chosen), BTreeSet::from([HELP, CASES, FORUM, STAFF, NEWS, 20]));
    let (seen, _) = well();
    let names: Vec<String> =
        seen.named(ServerSetting::Help, &chosen).iter().map(super::finding::Named::channel).collect();
    assert_eq!(names, ["#help", "#cases", "the channel 20"]);
    assert_eq!(seen.named(ServerSetting::Roles, &chosen)[0].title(), "Support");
}
