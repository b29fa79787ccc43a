//! Talking with the desk through the API, as at any other door.

use guidepost::store::{Direction, KeyRange};
use serde_json::{Value, json};

use super::client::{Answer, Program};
use crate::store::on_each_engine;
use crate::web::world::World;

async fn says(program: &Program, text: &str) -> Answer {
    program.post("/chat", &json!({ "input": { "text": text } })).await
}

/// The id of the choice with this text.
fn choice(answer: &Answer, label: &str) -> String {
    let choices = answer.json["reply"]["choices"].as_array().unwrap();
    let found = choices.iter().find(|choice| choice["label"] == label);
    found.unwrap_or_else(|| panic!("{label}: {}", answer.json))["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_program_asks_presses_and_opens_a_case_for_its_person() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.links.person("Ann").await;
        let program = Program::of(&world, ann).await;
        let answered = says(&program, "how do i add a contact").await;
        assert_eq!((answered.status, &answered.json["conversation"]), (200, &"default".into()));
        assert!(answered.json["reply"]["blocks"].to_string().contains("CTX120355"), "{}", answered.json);
        let pressed = program
            .post("/chat", &json!({ "input": { "press": choice(&answered, "That solved it") } }))
            .await;
        assert_eq!(pressed.status, 200);

        says(&program, "open a case, the printer in hall 4 prints only zebras").await;
        let mut last = says(&program, "skip").await;
        for _ in 0..3 {
            if last.json.to_string().contains("CASE-") {
                break;
            }
            last = says(&program, "skip").await;
        }
        let cases = program.get("/cases").await;
        assert_eq!(cases.json["cases"].as_array().unwrap().len(), 1, "{}: {}", cases.json, last.json);
        assert!(cases.json["cases"][0]["subject"].as_str().unwrap().contains("zebras"));
    });
}

#[test]
fn each_conversation_of_each_token_is_its_own() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.links.person("Ann").await;
        let (one, other) = (Program::of(&world, ann).await, Program::of(&world, ann).await);
        says(&one, "how do i add a contact").await;
        // "More" goes on with what was asked before, here.
        let goes_on = says(&one, "more").await;
        let elsewhere = says(&other, "more").await;
        let in_another =
            one.post("/chat", &json!({ "conversation": "b", "input": { "text": "more" } })).await;
        assert_eq!(in_another.json["conversation"], "b");
        assert_ne!(goes_on.json["reply"], elsewhere.json["reply"]);
        assert_eq!(elsewhere.json["reply"], in_another.json["reply"]);
    });
}

#[test]
fn hostile_turns_are_answered_and_passwords_are_not_kept() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.links.person("Ann").await;
        let program = Program::of(&world, ann).await;
        let long = "a".repeat(100_000);
        for text in ["", "\u{0}\u{1b}[31m", "/", "\u{202e}x", long.as_str(), "my password is Plant3d-zebra!"]
        {
            assert_eq!(says(&program, text).await.status, 200, "{text:.20}");
        }
        for id in ["", "v1:person", "v9:\u{0}", long.as_str()] {
            let pressed = program.post("/chat", &json!({ "input": { "press": id } })).await;
            assert_eq!(pressed.status, 200, "{id:.20}");
            let form = json!({ "id": id, "fields": [{ "name": id, "value": "Plant3d-zebra!" }] });
            assert_eq!(program.post("/chat", &json!({ "input": { "form": form } })).await.status, 200);
        }
        let too_long = "a".repeat(65);
        for name in ["", "a b", "a/b", "ä", too_long.as_str()] {
            let turn = json!({ "conversation": name, "input": { "text": "hello" } });
            let answer = program.post("/chat", &turn).await;
            assert_eq!(answer.problem(), (422, "body"), "{name}");
            assert!(answer.json["detail"].as_str().unwrap().contains("conversation"));
        }
        for turn in [
            json!({}),
            json!([]),
            json!({ "input": {} }),
            json!({ "input": { "text": 1 } }),
            json!({ "input": { "overheard": "x" } }),
            json!({ "input": { "command": "x" } }),
            json!({ "input": { "text": "a", "press": "b" } }),
            json!({ "input": { "text": "a" }, "who": { "desk": 1 } }),
        ] {
            let answer = program.post("/chat", &turn).await;
            assert_eq!(answer.problem(), (422, "body"), "{turn}: {}", answer.json);
        }
        let all = world.links.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
        assert!(!all.iter().any(|entry| entry.value.to_string().contains("Plant3d")));
        let _: Value = says(&program, "hello").await.json;
    });
}
