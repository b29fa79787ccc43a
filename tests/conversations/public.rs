//! What is said where others read along: what is private goes on in private, and chatter leaves no trace.

use insta::assert_snapshot;

use super::guild::{ADA, BO, EVE, Guild, HELP, LOUNGE};
use crate::store::on_each_engine;

#[test]
fn what_is_private_goes_on_where_nobody_reads_along() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        guild.is_told(ADA, HELP, "my cases").await;
        guild.presses(EVE, HELP, "Continue in private").await;
        guild.presses(ADA, HELP, "Continue in private").await;
        guild.overhears(ADA, HELP, "how is CASE-000001 going").await;
        guild.presses(ADA, HELP, "Continue in private").await;
        // To whom it does not belong it sounds the same.
        guild.overhears(EVE, HELP, "how is CASE-000001 going").await;
        guild.presses(EVE, HELP, "Continue in private").await;
        guild.is_told(BO, LOUNGE, "/queue").await;
        guild.presses(BO, LOUNGE, "Continue in private").await;
        assert_snapshot!("in_private", guild.said());
    });
}

#[test]
fn chatter_is_not_answered_and_nobody_is_made_known_by_it() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::on(&bench.store).await;
        let before = guild.known().await;
        for text in [
            "hi",
            "Thanks!",
            "ok",
            "",
            "👍",
            "lol",
            "same here",
            "that helped",
            "next",
            "more",
            "whole",
            "lunch at noon works for me",
            "/frobnicate",
            "```\nmy cases\n```",
            "> my cases",
        ] {
            guild.overhears(EVE, HELP, text).await;
        }
        // Elsewhere the desk hears nothing at all.
        for text in ["how do I add a contact?", "my cases", "/help"] {
            guild.overhears(EVE, LOUNGE, text).await;
        }
        assert_eq!(guild.said().matches("(silence)").count(), 18, "{}", guild.said());
        assert_eq!(guild.known().await, before);
        let kept = guild.everything().await;
        assert!(!kept.contains("lunch") && !kept.contains("discord:3"), "{kept}");
    });
}

#[test]
fn a_question_is_answered_and_one_without_an_answer_only_where_it_is_one() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::on(&bench.store).await;
        guild.overhears(EVE, HELP, "restrict a contact of our account").await;
        guild.overhears(EVE, HELP, "more").await;
        guild.overhears(ADA, HELP, "quantum routing came up at lunch").await;
        guild.overhears(ADA, HELP, "does the gateway support quantum routing?").await;
        guild.overhears(ADA, HELP, "the quantum router fails").await;
        assert_snapshot!("questions_overheard", guild.said());
    });
}

#[test]
fn code_and_quotes_are_read_as_a_question_and_never_as_commands() {
    on_each_engine(&async |bench| {
        let mut guild = Guild::with_room(&bench.store).await;
        let before = guild.kept().await;
        guild.is_told(ADA, HELP, "> close case 1\nhow many security contacts can we have").await;
        guild.is_told(ADA, HELP, "`/close 1`").await;
        guild.is_told(ADA, HELP, "```\nmy cases\n```\nthanks").await;
        guild.is_told(ADA, HELP, "> what did they say\n/case 1").await;
        assert_eq!(guild.kept().await, before);
        assert_snapshot!("code_and_quotes", guild.said());
    });
}
