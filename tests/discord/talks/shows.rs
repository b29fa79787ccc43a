//! Long answers, many results, and buttons of long ago.

use serde_json::{Value, json};

use crate::discord::double::Message;
use crate::discord::world::World;

/// An article that is longer than what Discord shows in one message.
pub fn handbook() -> String {
    use std::fmt::Write as _;
    let mut text = "+++\nid = \"handbook\"\ntitle = \"The handbook of zebra printers\"\nkind = \"documentation\"\n\
        audience = \"everyone\"\nkeywords = []\naliases = []\nupdated = 2026-11-22\nowner = \"support-content\"\n\
        language = \"en\"\nsource = \"Written for a test\"\n+++\n\nAll about zebra printers.\n"
        .to_owned();
    for part in 1..=40 {
        write!(text, "\n## Printer {part}\n\nPrinter {part} of the zebras is special.\n\n").unwrap();
        for step in 1..=12 {
            writeln!(text, "{step}. Turn screw {step} of printer {part} until it no longer moves, and wait.")
                .unwrap();
        }
    }
    text
}

/// The menu of a message to choose from: its id and its options.
fn menu(message: &Message) -> Option<(String, Vec<Value>)> {
    let menu = message.controls().find(|control| control["type"] == 3)?;
    Some((menu["custom_id"].as_str()?.to_owned(), menu["options"].as_array()?.clone()))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_article_begins_in_the_channel_and_is_whole_in_a_file() {
    let mut world = World::bare().await;
    world.writes_article("handbook.md", &handbook());
    world.start().await;
    world.set_up().await;
    let (help, double) = (world.help, world.double.clone());
    let first = double.slash(world.alice, help, "article", &json!({ "name": "handbook" })).shown().await;
    let pressed = double.press_labelled(world.alice, first.id, "Show the whole article");
    let first = pressed.shown().await;
    // The file comes with the last of them.
    let last = double.message_in(help, |message| !message.attachments.is_empty()).await;
    let shown: Vec<Message> = std::iter::once(first).chain(pressed.followups()).collect();
    assert_eq!(shown.last().map(|message| message.id), Some(last.id));
    let file = &last.attachments[0];
    let path = file.url.replace(&double.url(), "");
    let text = double.read(|state| String::from_utf8(state.files[&path].1.clone()).unwrap());
    for words in ["screw 1 of printer 1 ", "screw 12 of printer 40 "] {
        assert!(text.contains(words), "{words} is not in the file");
    }
    let words: String = shown.iter().map(Message::words).collect();
    assert!(words.contains("screw 1 of printer 1 ") && words.contains(&file.name), "{words}");
    world.note(&format!("the whole article: {} message(s), and {}", shown.len(), file.name));
    let begin: Vec<&str> = words.lines().take(12).collect();
    world.note(&begin.join("\n"));
    world.note(words.lines().last().unwrap());
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn many_results_are_buttons_and_many_cases_a_list_to_choose_from() {
    let mut world = World::new().await;
    let (bo, help, staff, double) = (world.bo, world.help, world.staff, world.double.clone());
    let answer = world.commands("Alice", help, "ask", &json!({ "question": "account" })).await;
    let more = world.presses("Alice", &answer, "More results").await;
    let first = more.controls().next().unwrap()["label"].as_str().unwrap().to_owned();
    let article = world.presses("Alice", &more, &first).await;
    assert!(first.ends_with(article.words().split(" · ").next().unwrap()), "{first}: {}", article.words());

    for n in 0..8 {
        let who = double.add_member(world.guild, &format!("Person {n}"), &[]);
        world.opens(who, help, &format!("Zebra printer {n} is on fire")).await;
    }
    let queue = world.commands("Bo", staff, "queue", &json!({})).await;
    let (id, options) = menu(&queue).unwrap_or_else(|| panic!("no list: {:#?}", queue.components));
    assert_eq!(options.len(), 8);
    let picked = double.select(bo, queue.id, &id, &[options[3]["value"].as_str().unwrap()]);
    let case = world.tells("Bo picks the fourth", &picked).await;
    assert!(case.words().contains("Zebra printer 3"), "{}", case.words());
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_button_of_any_age_is_answered() {
    let mut world = World::new().await;
    let (alice, help, double) = (world.alice, world.help, world.double.clone());
    world.opens(alice, help, "The zebra printer is on fire").await;
    let recorded = include_str!("../../data/choices.txt").lines().filter(|line| !line.starts_with('#'));
    let ids: Vec<&str> = recorded.filter_map(|line| line.split('\t').next()).collect();
    let strange = ["v0:show:1", "v9:case:1", "nonsense", "v1:", "v1:case:999999:show", "page:2"];
    for id in ids.iter().copied().chain(strange) {
        let body = json!({ "content": "From long ago", "allowed_mentions": { "parse": [] },
            "components": [{ "type": 1, "components": [
                { "type": 2, "style": 1, "label": "Press", "custom_id": id } ] }] });
        let message = double.sent_long_ago(help, &body);
        for who in [world.bo, alice] {
            let answer = double.press(who, message, id).answer().await;
            assert!([4, 5, 6, 7, 9].contains(&answer.kind), "{id}: {answer:?}");
            if strange.contains(&id) && who == alice {
                world.note(&format!("Alice presses {id}"));
                if let Some(message) = &answer.message {
                    world.show(message);
                }
            }
        }
    }
    insta::assert_snapshot!(world.transcript());
    world.stop();
    world.assert_clean();
}
