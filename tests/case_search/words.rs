//! What is found by which words and fields, in which order, and what is shown of it.

use guidepost::domain::case::Rating;
use guidepost::domain::case::{CaseNumber, Priority, QueueId, Score, Tag, Verb, Written};
use guidepost::domain::case_query::{FieldName, Note};
use guidepost::services::cases::{Ask, Draft};

use super::world::{World, draft, file, product, shown, written};

/// A desk with five cases of one customer, found by an agent.
async fn world() -> (World, guidepost::domain::Actor, guidepost::domain::Actor) {
    let mut world = World::new().await;
    let (ada, agent) = (world.customer("ada").await, world.agent().await);
    world.open(&ada, "The printer shows a blank page\nIt began on Monday.").await;
    world.open(&ada, "Café-Zugang: Straße wird nicht erkannt\nＦｕｌｌｗｉｄｔｈ letters, too.").await;
    let urgent = Draft {
        priority: Priority::Urgent,
        product: product("cloud"),
        ..draft("Signing in fails with 0x80070005")
    };
    world.open_with(&ada, urgent).await;
    let queue = Some(QueueId::parse("customer-service").unwrap());
    let with_file =
        Draft { files: vec![file("screenshot_2026.png")], queue, ..draft("An invoice is missing") };
    world.open_with(&ada, with_file).await;
    world.open(&ada, "How do I print on both sides of a page?").await;
    world.act(&agent, CaseNumber(4), Verb::Tag(Tag::parse("billing").unwrap())).await;
    world.act(&agent, CaseNumber(4), Verb::Take).await;
    world.act(&agent, CaseNumber(1), Verb::Answer(written("Is the toner empty?"))).await;
    world.act(&agent, CaseNumber(3), Verb::Solve(Some(written("The permission was missing.")))).await;
    world.act(&ada, CaseNumber(3), Verb::Rate(Rating { score: Score::new(5).unwrap(), comment: None })).await;
    (world, ada, agent)
}

#[tokio::test]
async fn words_are_found_whatever_their_spelling_and_ending() {
    let (world, ada, agent) = world().await;
    for (text, expected) in [
        ("blank page", vec![1]),
        ("BLANK pages", vec![1]),
        ("\"blank page\"", vec![1]),
        ("\"page blank\"", vec![]),
        ("page -blank", vec![5]),
        ("page -\"blank page\"", vec![5]),
        ("cafe strasse", vec![2]),
        ("CAFÉ STRASSE", vec![2]),
        ("fullwidth", vec![2]),
        ("sign", vec![3]),
        ("0x80070005", vec![3]),
        ("0x80070006", vec![]),
        ("the toner", vec![1]),
        ("screenshot", vec![4]),
        ("screenshot_2026.png", vec![4]),
        ("permissions", vec![3]),
        ("nothingofthekind", vec![]),
    ] {
        assert_eq!(world.numbers(&agent, text).await, expected, "{text}");
        assert_eq!(world.numbers(&ada, text).await, expected, "{text}");
    }
    // Without words the newest come first; with them the best, and the newer among equals.
    assert_eq!(world.numbers(&agent, "").await, [5, 4, 3, 2, 1]);
    assert_eq!(world.numbers(&agent, "page").await[0], 1);
}

#[tokio::test]
async fn fields_narrow_down() {
    let (world, _, agent) = world().await;
    for (text, expected) in [
        ("status:new", vec![5, 2]),
        ("status:waiting", vec![1]),
        ("status:waiting-on-customer", vec![1]),
        ("status:solved", vec![3]),
        ("status:new status:solved", vec![5, 3, 2]),
        ("-status:new", vec![4, 3, 1]),
        ("status:active page", vec![1, 5]),
        ("assignee:me", vec![4, 3, 1]),
        ("assignee:none", vec![5, 2]),
        ("requester:P-000001", vec![5, 4, 3, 2, 1]),
        ("requester:me", vec![]),
        ("tag:billing", vec![4]),
        ("-tag:billing status:active", vec![5, 2, 1]),
        ("queue:customer-service", vec![4]),
        ("product:cloud", vec![3]),
        ("priority:urgent", vec![3]),
        ("priority:<urgent", vec![5, 4, 2, 1]),
        ("has:file", vec![4]),
        ("is:rated", vec![3]),
        ("status:solved is:unrated", vec![]),
        ("created:today", vec![5, 4, 3, 2, 1]),
        ("created:>today", vec![]),
        ("created:2026-03-10..2026-03-10", vec![5, 4, 3, 2, 1]),
        ("updated:<2026-03-10", vec![]),
        ("created:2026-04..2026-03", vec![]),
        ("number:3", vec![3]),
        ("billing", vec![4]),
    ] {
        assert_eq!(world.numbers(&agent, text).await, expected, "{text}");
    }
}

#[tokio::test]
async fn a_number_in_any_spelling_finds_that_case_first() {
    let (mut world, ada, agent) = world().await;
    world.open(&ada, "As in CASE-000002 the street is wrong").await;
    for text in ["CASE-000002", "case 2", "#2", "2", "Case no. 2"] {
        assert_eq!(world.numbers(&agent, text).await.first(), Some(&2), "{text}");
    }
    assert_eq!(world.numbers(&agent, "CASE-000002").await, [2, 6]);
    assert_eq!(world.numbers(&agent, "CASE-000099").await, Vec::<u64>::new());
    assert_eq!(world.numbers(&agent, "case 3 status:new").await, Vec::<u64>::new());
}

#[tokio::test]
async fn a_word_that_no_case_has_is_read_as_one_that_some_have() {
    let (world, ada, agent) = world().await;
    for who in [&ada, &agent] {
        assert_eq!(world.numbers(who, "pirnter").await, [1]);
        let read = vec!["printer".to_owned()];
        assert_eq!(world.notes(who, "pirnter").await, [Note::ReadAs { typed: "pirnter".to_owned(), read }]);
        assert_eq!(world.numbers(who, "scrennshit").await, [4], "two letters of ten");
        // Short words and numbers are meant as they are.
        assert_eq!(world.numbers(who, "prt").await, Vec::<u64>::new());
        assert_eq!(world.numbers(who, "ton").await, Vec::<u64>::new());
        assert_eq!(world.numbers(who, "0x80070004").await, Vec::<u64>::new());
    }
}

#[tokio::test]
async fn cases_with_some_of_the_words_are_better_than_none() {
    let (world, _, agent) = world().await;
    let found = world.find(&agent, "invoice toner").await;
    assert_eq!((found.total, found.notes), (2, vec![Note::NotAll]));
    assert_eq!(world.notes(&agent, "blank page").await, []);
}

#[tokio::test]
async fn what_is_not_understood_is_told_and_the_rest_is_searched() {
    let (world, _, agent) = world().await;
    let found = world.find(&agent, "page statsu:new created:tomorow").await;
    assert_eq!(
        found.notes[0],
        Note::UnknownField { typed: "statsu".to_owned(), meant: Some(FieldName::Status) }
    );
    assert_eq!(found.notes[1], Note::UnknownTime { field: FieldName::Created, typed: "tomorow".to_owned() });
    assert!(found.hits.iter().any(|hit| hit.case.number.0 == 1));
}

#[tokio::test]
async fn the_piece_that_matched_is_shown() {
    let (mut world, ada, agent) = world().await;
    let message = format!(
        "{} then the Toners ran out. {}",
        "Many words before it. ".repeat(20),
        "And after. ".repeat(20)
    );
    world.act(&ada, CaseNumber(1), Verb::Reply(written(&message))).await;
    let hit = world.find(&ada, "printer ran toner").await.hits.remove(0);
    assert_eq!(shown(&hit.subject), "The [printer] shows a blank page");
    let piece = shown(&hit.piece);
    assert!(piece.contains("the [Toners] [ran] out."), "{piece}");
    assert!(!hit.is_noted);
    world.act(&agent, CaseNumber(1), Verb::Note(written("A refund is out of the question."))).await;
    let hit = world.find(&agent, "refund").await.hits.remove(0);
    assert_eq!((shown(&hit.piece).as_str(), hit.is_noted), ("A [refund] is out of the question.", true));
}

#[tokio::test]
async fn among_equals_the_newer_and_open_come_first() {
    let mut world = World::new().await;
    let (ada, agent) = (world.customer("ada").await, world.agent().await);
    for _ in 0..3 {
        world.open(&ada, "The gateway restarts").await;
    }
    assert_eq!(world.numbers(&agent, "gateway").await, [3, 2, 1]);
    world.act(&agent, CaseNumber(3), Verb::Close { reason: None }).await;
    assert_eq!(world.numbers(&agent, "gateway").await, [2, 1, 3]);
}

/// Somebody writes in the room of the case, in a turn with this name.
fn in_room(verb: fn(Written) -> Verb, text: &str, source: &str) -> Ask {
    Ask::from(verb(written(text).said_in(Some(source))))
}

#[tokio::test]
async fn the_words_that_are_found_are_those_that_hold_now() {
    let (mut world, ada, agent) = world().await;
    let case = CaseNumber(5);
    world.act_with(&ada, case, in_room(Verb::Reply, "The feeder of unit sevenseven broke", "one")).await;
    world.act_with(&agent, case, in_room(Verb::Note, "Sell them a stapler", "two")).await;
    assert_eq!(world.numbers(&ada, "sevenseven").await, [5]);
    world.correct(&ada, "one", case, Some("The feeder jams")).await;
    world.correct(&agent, "two", case, Some("Lend them a trolley")).await;
    let found = async |world: &World, who, word| !world.numbers(who, word).await.is_empty();
    for (word, for_ada, for_agent) in [
        ("sevenseven", false, false),
        ("feeder", true, true),
        ("stapler", false, false),
        ("trolley", false, true),
    ] {
        let each = (found(&world, &ada, word).await, found(&world, &agent, word).await);
        assert_eq!(each, (for_ada, for_agent), "{word}");
    }
    // The piece that is shown is one that holds, though what was corrected has the word, too.
    assert_eq!(shown(&world.find(&ada, "feeder").await.hits[0].piece), "The [feeder] jams");
    world.correct(&ada, "one", case, None).await;
    world.correct(&agent, "two", case, None).await;
    for word in ["sevenseven", "feeder", "stapler", "trolley"] {
        assert!(!found(&world, &agent, word).await, "{word}");
    }
    world.search.rebuild(&mut |_| {}).await.unwrap();
    assert!(!found(&world, &agent, "feeder").await, "an index that is built anew finds the same");
    assert!(found(&world, &agent, "sides").await);
}

#[tokio::test]
async fn files_in_notes_are_staffs_alone() {
    let (mut world, ada, agent) = world().await;
    let ask = Ask { files: vec![file("ledger.txt")], ..Ask::from(Verb::Note(written("see the file"))) };
    world.act_with(&agent, CaseNumber(5), ask).await;
    assert_eq!(world.numbers(&agent, "ledger").await, [5]);
    assert_eq!(world.numbers(&agent, "has:file").await, [5, 4]);
    assert_eq!(world.numbers(&ada, "ledger").await, Vec::<u64>::new());
    assert_eq!(world.numbers(&ada, "has:file").await, [4]);
}
