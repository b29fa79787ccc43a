//! Slash commands as a platform hands them in, and what is offered while somebody types.

use std::fmt::Write;

use chrono::TimeDelta;
use guidepost::chat::commands::slash::{self, Kind};
use guidepost::chat::{ReplyBlock, Request};
use guidepost::domain::case::QueueId;
use guidepost::domain::{Channel, Identity, PersonId, Privacy, Upload};
use guidepost::services::people::PEOPLE;
use guidepost::store::Direction;
use insta::assert_snapshot;

use super::{World, library};

async fn labels(world: &World, kind: Kind, typed: &str) -> Vec<String> {
    world.offers(kind, typed).await.into_iter().map(|offer| offer.label).collect()
}

#[tokio::test]
async fn a_case_is_opened_with_its_product_and_queue() {
    let mut world = World::with(library::articles(), &["cases.cooldown_s=0"]).await;
    world.slash("case open", &[("text", "nothing works"), ("product", "my account")]).await;
    world.slash("case open", &[("queue", "customer-service"), ("product", "Citrix Cloud")]).await;
    world.say("The bill is wrong.").await;
    world.slash("case open", &[("text", "the printer smokes"), ("product", "quantum router")]).await;
    world.press("Something else").await;
    world.slash("case open", &[("text", "lost"), ("queue", "billing")]).await;
    world.slash("case open", &[]).await;
    world.slash("case open", &[]).await;
    let opened =
        world.cases().await.into_iter().map(|case| (case.product.map(|id| id.to_string()), case.queue));
    let queue = |name| QueueId::parse(name).unwrap();
    assert_eq!(
        opened.collect::<Vec<_>>(),
        [
            (Some("citrix-account".to_owned()), queue("customer-service")),
            (Some("citrix-cloud".to_owned()), queue("customer-service")),
            (None, queue("technical-support")),
        ]
    );
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_file_that_came_with_the_wish_waits_a_day_for_the_case() {
    for days in [0, 2] {
        let mut world = World::with(library::articles(), &["cases.cooldown_s=0"]).await;
        let file = Upload { name: "smoke.png".to_owned(), bytes: b"\x89PNG\r\n\x1a\n".to_vec() };
        let given = [("text", "the printer smokes"), ("product", "quantum router")];
        world.slash_with("case open", &given, vec![file]).await;
        world.kept.files.collect(world.clock.now() + TimeDelta::days(days), 10).await.unwrap();
        world.press("Something else").await;
        let files: Vec<u32> = world.cases().await.into_iter().map(|case| case.files).collect();
        assert_eq!(files, [u32::from(days == 0)]);
        let words: Vec<&str> = world.transcript().split_whitespace().collect();
        let (said, is_gone) = (words.join(" "), days > 0);
        assert_eq!(said.contains("what you wrote with 1 file."), !is_gone, "{said}");
        assert_eq!(said.contains("\"smoke.png\" is missing in it. Add it again."), is_gone, "{said}");
    }
}

#[tokio::test]
async fn help_on_discord_names_what_can_be_used_there() {
    let world = World::new().await;
    let place = Channel { server: None, id: 5 }.place(Privacy::Private);
    let mut said = String::new();
    for input in [slash::input(&["help"], &[]), slash::input(&["case", "rate"], &[])] {
        let reply = world.desk.handle(&Request::new(Identity::Discord(7), place.clone(), input)).await;
        for block in reply.blocks {
            match block {
                ReplyBlock::Commands(commands) => {
                    for command in commands {
                        assert_eq!(command.usage, command.example);
                        writeln!(said, "{} - {}", command.usage, command.about).unwrap();
                    }
                }
                block => writeln!(said, "{block:?}").unwrap(),
            }
        }
    }
    assert_snapshot!(said);
}

#[tokio::test]
async fn what_can_not_be_meant_is_said() {
    let mut world = World::new().await;
    world.slash("case reply", &[("case", "my printer"), ("text", "hello")]).await;
    world.slash("case rate", &[("case", "1"), ("score", "9")]).await;
    world.slash("cases list", &[]).await;
    world.slash("take", &[("case", "1")]).await;
    assert_snapshot!(world.transcript());
}

#[tokio::test]
async fn a_title_that_is_offered_answers_with_its_article() {
    let mut world = World::new().await;
    for article in library::articles() {
        let about = article.about;
        let offers = world.offers(Kind::Question, &about.title).await;
        assert_eq!(offers[0].label, about.title);
        world.slash("ask", &[("question", &offers[0].value)]).await;
        let said = serde_json::to_string(&world.reply.blocks[0]).unwrap();
        assert!(said.contains(&format!("\"{}\"", about.id)), "{}: {said}", about.title);
        let offers = world.offers(Kind::Article, &about.title).await;
        assert_eq!(offers[0].value, about.id.as_str());
        world.slash("article", &[("name", &offers[0].value)]).await;
        assert!(serde_json::to_string(&world.reply).unwrap().contains(&about.title), "{}", about.title);
    }
}

#[tokio::test]
async fn only_ones_own_cases_are_offered() {
    let mut world = World::with(library::articles(), &["cases.cooldown_s=0"]).await;
    world.hire("bo").await;
    for (who, text) in
        [("ada", "The printer smokes"), ("ada", "Signing in fails"), ("eve", "My printer is slow")]
    {
        world.is_now(who);
        world.slash("case open", &[("text", text)]).await;
        world.press("Something else").await;
    }
    world.is_now("ada");
    let (first, second) = ("CASE-000001 · The printer smokes", "CASE-000002 · Signing in fails");
    let third = "CASE-000003 · My printer is slow";
    for (typed, expected) in [
        ("", [second, first].as_slice()),
        ("PRINTER", &[first]),
        ("2", &[second]),
        ("CASE-000001", &[first]),
        ("#1", &[first]),
        ("case 1", &[first]),
        ("3", &[]),
        ("case", &[second, first]),
        ("nothing", &[]),
        (first, &[first]),
    ] {
        assert_eq!(labels(&world, Kind::Case, typed).await, expected, "{typed}");
    }
    world.is_now("bo");
    world.slash("take", &[("case", "2")]).await;
    assert_eq!(labels(&world, Kind::Case, "").await, [second, first, third]);
    assert_eq!(labels(&world, Kind::Case, "printer").await, [first, third]);
    let offer = world.offers(Kind::Case, "signing").await.remove(0);
    assert_eq!((offer.label.as_str(), offer.value.as_str()), (second, "CASE-000002"));
    world.slash("solve", &[("case", "2"), ("text", "it works again")]).await;
    assert_eq!(labels(&world, Kind::Case, "2").await, [second], "staff name any case by its number");
    world.is_now("eve");
    assert_eq!(labels(&world, Kind::Case, "").await, [third]);
    assert_eq!(labels(&world, Kind::Agent, "").await, [""; 0]);
    world.is_now("bo");
    assert_eq!(labels(&world, Kind::Agent, "").await.len(), 1);
    assert_eq!(labels(&world, Kind::Agent, "BO").await, ["bo · P-000001"]);
}

#[tokio::test]
async fn products_countries_and_queues_are_offered() {
    let world = World::new().await;
    for (kind, typed, expected) in [
        (Kind::Product, "", ["Citrix Cloud", "Citrix account"].as_slice()),
        (Kind::Product, "CITRIX-C", &["Citrix Cloud"]),
        (Kind::Product, "x", &[]),
        (Kind::Country, "germ", &["Germany"]),
        (Kind::Queue, "", &["technical-support", "customer-service"]),
        (Kind::Queue, "cust", &["customer-service"]),
        (Kind::Score, "5", &[]),
        (Kind::Member, "5", &[]),
    ] {
        assert_eq!(labels(&world, kind, typed).await, expected, "{kind:?} {typed}");
    }
}

#[tokio::test]
async fn whatever_is_typed_is_offered_little_or_nothing_and_nobody_is_made_known() {
    let mut world = World::new().await;
    world.slash("case open", &[("text", &"wide \u{1F469}\u{200d}\u{1F4BB} words ".repeat(9))]).await;
    world.press("Something else").await;
    let people = async || PEOPLE.list(&world.kept.store, None, 100, Direction::Forward).await.unwrap().len();
    let before = people().await;
    let long = "a".repeat(100_000);
    let somebody = [Identity::Discord(7), Identity::Desk(PersonId(99)), Identity::Console("ada".to_owned())];
    for who in &somebody {
        for kind in [
            Kind::Question,
            Kind::Article,
            Kind::Product,
            Kind::Case,
            Kind::Country,
            Kind::Queue,
            Kind::Agent,
            Kind::File,
        ] {
            for typed in ["", " ", "\u{0}\u{1b}[2J", "%_*?()[]{}\\", "é👩\u{200d}💻", "a", "e", "case", &long]
            {
                let offers = world.desk.complete(who, kind, typed).await;
                assert!(offers.len() <= 25);
                for offer in offers {
                    for text in [offer.label, offer.value] {
                        assert!((1..=100).contains(&text.chars().count()), "{text}");
                    }
                }
            }
        }
    }
    assert_eq!(people().await, before);
    // Trouble is no error for somebody who types.
    world.kept.store.close().await;
    for kind in [Kind::Case, Kind::Agent] {
        assert_eq!(world.desk.complete(&somebody[2], kind, "").await, []);
    }
}
