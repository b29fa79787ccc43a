//! Nobody's search tells of what they may not see: held by searching the same in a world where only their own cases exist.

use guidepost::domain::Actor;
use guidepost::domain::case::{CaseNumber, Tag, Verb};
use guidepost::domain::case_query::{FieldName, Note};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;

use super::world::{World, written};

#[tokio::test]
async fn a_customer_finds_only_cases_of_theirs() {
    let mut world = World::new().await;
    let (ada, bob, agent) = (world.customer("ada").await, world.customer("bob").await, world.agent().await);
    world.open(&ada, "The zeppelin is late").await;
    world.open(&bob, "The zeppelin is early").await;
    assert_eq!(world.numbers(&ada, "zeppelin").await, [1]);
    assert_eq!(world.numbers(&bob, "zeppelin").await, [2]);
    assert_eq!(world.numbers(&agent, "zeppelin").await, [2, 1]);
    for text in ["CASE-000002", "2", "number:2", "early", "-late", "requester:none"] {
        assert_eq!(world.numbers(&ada, text).await, Vec::<u64>::new(), "{text}");
    }
    // Who follows a case finds it, until they no longer do.
    world.act(&agent, CaseNumber(2), Verb::Follow(ada.person())).await;
    assert_eq!(world.numbers(&ada, "zeppelin").await, [2, 1]);
    assert_eq!(world.numbers(&ada, "zeppelin requester:me").await, [1]);
    world.act(&agent, CaseNumber(2), Verb::Unfollow(ada.person())).await;
    // Even before the index has heard of it.
    let found = world.search.search(&ada, "zeppelin", 20, world.now).await.unwrap();
    assert_eq!((found.hits.len(), found.total), (1, 1));
    assert_eq!(world.numbers(&ada, "zeppelin").await, [1]);
}

#[tokio::test]
async fn whoever_no_longer_works_for_the_desk_finds_what_a_customer_finds() {
    let mut world = World::new().await;
    let (ada, agent) = (world.customer("ada").await, world.agent().await);
    world.open(&ada, "The zeppelin is late").await;
    assert_eq!(world.numbers(&agent, "zeppelin").await, [1]);
    world.people.remove_staff("agent@example.org").await.unwrap();
    let was_agent = Actor::of(&world.people.get(agent.person()).await.unwrap().unwrap().record);
    assert_eq!(world.numbers(&was_agent, "zeppelin").await, Vec::<u64>::new());
}

#[tokio::test]
async fn notes_tags_and_queues_are_found_by_staff_alone() {
    let mut world = World::new().await;
    let (ada, agent) = (world.customer("ada").await, world.agent().await);
    let case = world.open(&ada, "The zeppelin is late").await;
    world.act(&agent, case, Verb::Note(written("A quarrelsome customer"))).await;
    world.act(&agent, case, Verb::Tag(Tag::parse("difficult").unwrap())).await;
    for text in ["quarrelsome", "\"quarrelsome customer\"", "difficult", "tag:difficult"] {
        assert_eq!(world.numbers(&agent, text).await, [1], "{text}");
    }
    // Neither the words, nor words near them, nor leaving them out tells a customer anything.
    for text in ["quarrelsome", "\"quarrelsome customer\"", "difficult", "quarelsome", "dificult"] {
        let found = world.find(&ada, text).await;
        assert_eq!((found.total, found.notes), (0, vec![]), "{text}");
    }
    assert_eq!(world.numbers(&ada, "zeppelin -quarrelsome -difficult").await, [1]);
    for (text, field) in [
        ("zeppelin tag:difficult", FieldName::Tag),
        ("zeppelin -tag:difficult", FieldName::Tag),
        ("zeppelin queue:customer-service", FieldName::Queue),
        ("zeppelin assignee:P-000002", FieldName::Assignee),
    ] {
        let found = world.find(&ada, text).await;
        assert_eq!((found.total, found.notes), (1, vec![Note::OnlyStaff(field)]), "{text}");
    }
}

/// Words near each other, so that corrections have something to go by.
const WORDS: &[&str] = &[
    "printer", "printed", "pointer", "painter", "gateway", "getaway", "toner", "tuner", "screen", "scream",
    "0x81", "0x82",
];

/// What a world holds.
#[derive(Debug, Clone)]
struct Plot {
    mine: Vec<String>,
    others: Vec<String>,
    /// Notes in cases of mine.
    notes: Vec<String>,
}

/// The world of a plot, or the same without what is not mine to read.
async fn world(plot: &Plot, with_others: bool) -> World {
    let mut world = World::new().await;
    let (ada, bob, agent) = (world.customer("ada").await, world.customer("bob").await, world.agent().await);
    for text in &plot.mine {
        world.open(&ada, text).await;
    }
    let later = world.now + chrono::TimeDelta::days(1);
    for text in plot.others.iter().filter(|_| with_others) {
        world.open(&bob, text).await;
    }
    world.now = later;
    for (at, text) in plot.notes.iter().enumerate() {
        let case = CaseNumber((at % plot.mine.len()) as u64 + 1);
        let text = if with_others { text } else { "remark" };
        world.act(&agent, case, Verb::Note(written(text))).await;
    }
    world
}

#[test]
fn what_a_customer_is_answered_does_not_depend_on_other_peoples_cases_and_notes() {
    let text = || prop::collection::vec(prop::sample::select(WORDS), 1..6).prop_map(|words| words.join(" "));
    let typed = prop::sample::select(vec![
        "printer",
        "pritner",
        "paintr",
        "gatewya",
        "tner",
        "tonner",
        "screem",
        "scraem",
        "-toner",
        "remark",
        "\"printer toner\"",
        "status:new",
        "0x83",
        "has:file",
    ]);
    let query = prop::collection::vec(typed, 1..4).prop_map(|words| words.join(" "));
    let plot = (
        prop::collection::vec(text(), 1..5),
        prop::collection::vec(text(), 1..6),
        prop::collection::vec(text(), 0..6),
    );
    let plot = plot.prop_map(|(mine, others, notes)| Plot { mine, others, notes });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let config = ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() };
    let answers = |plot: &Plot, with_others: bool, queries: &[String]| {
        runtime.block_on(async {
            let world = world(plot, with_others).await;
            let ada = world.customer("ada").await;
            let mut answers = Vec::new();
            for query in queries {
                let found = world.find(&ada, query).await;
                let hits: Vec<_> = found
                    .hits
                    .iter()
                    .map(|hit| (hit.case.number, &hit.subject, &hit.piece, hit.is_noted))
                    .collect();
                answers.push(format!("{query}: {} {:?} {hits:?}", found.total, found.notes));
            }
            answers
        })
    };
    TestRunner::new(config)
        .run(&(plot, prop::collection::vec(query, 1..10)), |(plot, queries)| {
            prop_assert_eq!(answers(&plot, false, &queries), answers(&plot, true, &queries));
            Ok(())
        })
        .unwrap();
}
