//! What is said, changed and taken back in the room of a case.

use chrono::TimeDelta;
use guidepost::domain::case::{MOST_TEXT, Standing, Verb};
use insta::assert_snapshot;

use super::guild::{ADA, BO, EVE, Guild, LOUNGE, ROOM};
use crate::store::on_each_engine;

#[test]
fn what_is_said_in_the_room_of_a_case_is_in_its_timeline() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        guild.overhears(ADA, ROOM, "It began on Monday.\n```\nmy cases\n```").await;
        // Whatever looks like a command is said to the others, too.
        guild.overhears(ADA, ROOM, "/close 1").await;
        guild.overhears(BO, ROOM, "Which version is it?").await;
        guild.overhears(ADA, ROOM, "7").await;
        guild.is_told(ADA, ROOM, "and to you: thanks").await;
        guild.receives(ADA, ROOM, "", &[("trace.log", b"0x80")]).await;
        guild.receives(BO, ROOM, "try this", &[("fix.txt", b"restart it")]).await;
        guild.receives(ADA, ROOM, "like this?", &[("run.exe", b"MZ")]).await;
        for empty in ["", " \n ", "\u{7}"] {
            guild.overhears(ADA, ROOM, empty).await;
        }
        assert_snapshot!("the_room_of_a_case", guild.transcript().await);
    });
}

#[test]
fn a_stranger_in_the_room_is_told_and_nothing_is_kept() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        let before = guild.kept().await;
        guild.overhears(EVE, ROOM, "me too, since Monday").await;
        guild.receives(EVE, ROOM, "", &[("trace.log", b"0x80")]).await;
        guild.overhears(EVE, ROOM, " ").await;
        assert_eq!(guild.kept().await, before);
        assert_snapshot!("a_stranger_in_the_room", guild.said());
    });
}

#[test]
fn a_turn_that_comes_twice_is_kept_once() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        for (who, text) in [(ADA, "still there"), (BO, "looking at it")] {
            let id = guild.overhears(who, ROOM, text).await;
            let before = guild.kept().await;
            guild.overhears_again(who, ROOM, text, &id).await;
            assert_eq!(guild.kept().await, before, "{text}");
        }
    });
}

#[test]
fn what_is_changed_and_taken_back_in_the_room_is_so_in_the_timeline() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        let ada = guild.overhears(ADA, ROOM, "It began on Munday.").await;
        let bo = guild.overhears(BO, ROOM, "Have you tried turning it off?").await;
        guild.edits(ADA, ROOM, &ada, Some("It began on Monday.")).await;
        guild.edits(ADA, ROOM, &ada, Some("It began on Monday.")).await;
        guild.edits(BO, ROOM, &bo, None).await;
        guild.edits(BO, ROOM, &bo, None).await;
        guild.edits(ADA, ROOM, &ada, Some(" ")).await;
        guild.edits(ADA, ROOM, &ada, Some(&"x".repeat(MOST_TEXT + 1))).await;
        assert_snapshot!("changed_and_taken_back", guild.transcript().await);
    });
}

#[test]
fn nobody_changes_what_somebody_else_said_and_nothing_that_was_not_said_here() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        let ada = guild.overhears(ADA, ROOM, "It began on Monday.").await;
        let bo = guild.overhears(BO, ROOM, "Which version?").await;
        let (before, known) = (guild.kept().await, guild.known().await);
        for (who, channel, of) in [
            (BO, ROOM, ada.as_str()),
            (ADA, ROOM, &bo),
            (EVE, ROOM, &ada),
            (ADA, LOUNGE, &ada),
            (ADA, ROOM, "discord-77"),
            (ADA, ROOM, ""),
        ] {
            for text in [Some("forged"), None] {
                guild.edits(who, channel, of, text).await;
            }
        }
        assert_eq!(guild.kept().await, before);
        assert_eq!(guild.known().await, known, "and nobody was made known by it");
        assert_eq!(guild.said().matches("(silence)").count(), 2 + 12, "{}", guild.said());
    });
}

#[test]
fn a_closed_case_is_opened_by_its_customer_until_its_time_is_over() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        let said = guild.overhears(ADA, ROOM, "It works now.").await;
        guild.does(ADA, Verb::Close { reason: None }).await;
        guild.overhears(BO, ROOM, "Glad to hear.").await;
        guild.edits(ADA, ROOM, &said, Some("It works now, thank you.")).await;
        assert_eq!(guild.kept().await.0.standing(), Standing::Closed);
        guild.overhears(ADA, ROOM, "It is back.").await;
        assert_eq!(guild.kept().await.0.standing(), Standing::Open);
        guild.does(ADA, Verb::Close { reason: None }).await;
        guild.wait(TimeDelta::days(400));
        guild.overhears(ADA, ROOM, "It is back again.").await;
        assert_snapshot!("a_closed_case", guild.transcript().await);
    });
}

#[test]
fn a_text_that_is_too_long_is_refused_with_a_sentence() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        let before = guild.kept().await;
        guild.overhears(ADA, ROOM, &"long ".repeat(MOST_TEXT / 4)).await;
        guild.receives(ADA, ROOM, &"long ".repeat(MOST_TEXT / 4), &[("a.txt", b"a")]).await;
        assert_eq!(guild.kept().await, before, "nothing of it, and not its file either");
        assert_snapshot!("too_long", guild.said());
    });
}
