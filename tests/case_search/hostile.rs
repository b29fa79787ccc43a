//! Whatever somebody types, and whatever was written into a case: an answer, and no harm.

use guidepost::domain::case::{MOST_TEXT, Verb};
use guidepost::domain::case_query::{MOST_CHARACTERS, Note};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::world::{World, written};

#[tokio::test]
async fn a_megabyte_is_cut_and_said_so() {
    let mut world = World::new().await;
    let (ada, agent) = (world.customer("ada").await, world.agent().await);
    world.open(&ada, "The zeppelin is late").await;
    for text in [
        "x".repeat(1_000_000),
        "zeppelin ".repeat(120_000),
        "\"".repeat(1_000_000),
        "status:".repeat(150_000),
        "-tag:a ".repeat(150_000),
        "é\u{301}".repeat(300_000),
        "created:>2026-01-01 ".repeat(50_000),
    ] {
        for who in [&ada, &agent] {
            let found = world.find(who, &text).await;
            let first: String = text.chars().take(20).collect();
            assert_eq!(found.notes.first(), Some(&Note::CutAt { characters: MOST_CHARACTERS }), "{first}");
        }
    }
}

#[tokio::test]
async fn many_unknown_words_are_answered_too() {
    let mut world = World::new().await;
    let ada = world.customer("ada").await;
    world.open(&ada, "The zeppelin is late").await;
    let text: Vec<String> = (0..40)
        .map(|at| format!("zepelin{}", "abcdefghijklmnopqrstuvwxyz".chars().nth(at % 26).unwrap()))
        .collect();
    let found = world.find(&ada, &text.join(" ")).await;
    assert_eq!(found.notes.iter().filter(|note| matches!(note, Note::Only { .. })).count(), 1);
}

#[tokio::test]
async fn the_longest_texts_are_found_and_quoted() {
    let mut world = World::new().await;
    let ada = world.customer("ada").await;
    let wall = format!("{} needle", "x".repeat(MOST_TEXT - 7));
    let case = world.open(&ada, &wall).await;
    world.act(&ada, case, Verb::Reply(written(&"\u{202A}a\u{301}".repeat(MOST_TEXT / 2)))).await;
    world.act(&ada, case, Verb::Reply(written(&"a ".repeat(MOST_TEXT / 2)))).await;
    let found = world.find(&ada, "needle").await;
    assert_eq!(found.total, 1);
    let piece: usize = found.hits[0].piece.iter().map(|span| span.text().chars().count()).sum();
    assert!(piece < 700, "{piece}");
}

#[test]
fn every_text_is_answered() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (world, ada, agent) = runtime.block_on(async {
        let mut world = World::new().await;
        let (ada, agent) = (world.customer("ada").await, world.agent().await);
        world.open(&ada, "The zeppelin is late").await;
        world.open(&agent, "Der Straßenbahn-Fahrplan 日本語 fehlt").await;
        world.search.catch_up().await.unwrap();
        (world, ada, agent)
    });
    let piece = prop::sample::select(vec![
        "zeppelin",
        "-",
        "\"",
        ":",
        "status:",
        "open",
        " ",
        "created:",
        ">",
        "..",
        "2026-01-01",
        "CASE-000001",
        "the",
        "Straße",
        "日本語",
        "\u{0}",
        "\u{202E}",
        "-zeppelin",
        "priority:>",
        "low",
        "AND",
        "(",
        ")",
        "*",
        "~",
        "^",
        "[",
        "zepelin",
        "7d",
    ]);
    let written = prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat());
    let text = prop_oneof![any::<String>(), written];
    let config = ProptestConfig { failure_persistence: None, ..ProptestConfig::default() };
    TestRunner::new(config)
        .run(&text, |text| {
            for (who, most) in [(&ada, 1), (&agent, 2)] {
                let found = runtime.block_on(world.search.search(who, &text, 20, world.now)).unwrap();
                prop_assert!(found.total <= most && found.hits.len() == found.total, "{text:?}");
            }
            Ok(())
        })
        .unwrap();
}
