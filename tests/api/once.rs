//! What is sent again under the same key is done once, however many send it at once.

use std::collections::BTreeSet;

use serde_json::json;
use tokio::task::JoinSet;

use super::client::Program;
use crate::store::on_each_engine;
use crate::web::world::World;

#[test]
fn of_many_requests_under_one_key_one_opens_a_case_and_all_get_it() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.links.person("Ann").await;
        let program = Program::of(&world, ann).await;
        let sent = (0..32).map(|_| {
            let program = program.clone();
            async move {
                let body = json!({ "subject": "Zebras", "description": "It prints zebras." });
                program.post_once("/cases", "order-1", &body).await
            }
        });
        let answers = sent.collect::<JoinSet<_>>().join_all().await;
        let made = answers.iter().filter(|answer| answer.status == 201).count();
        assert_eq!(made, 1, "one opened it");
        assert!(answers.iter().all(|answer| [200, 201].contains(&answer.status)));
        let numbers: BTreeSet<String> =
            answers.iter().map(|answer| answer.json["case"]["number"].to_string()).collect();
        assert_eq!(numbers.len(), 1);
        assert_eq!(program.get("/cases").await.json["cases"].as_array().unwrap().len(), 1);

        for body in [
            json!({ "subject": "Zebras", "description": "It prints lions." }),
            json!({ "description": "It prints zebras." }),
            json!({ "subject": "Zebras", "description": "It prints zebras.", "priority": "low" }),
            json!({ "subject": "Zebras", "description": "It prints zebras.", "product": "citrix-cloud" }),
        ] {
            let reused = program.post_once("/cases", "order-1", &body).await;
            assert_eq!(reused.problem(), (422, "key-reused"), "{body}");
        }
        // Another person's key of the same name is another key, and so is another token's of the same person no other.
        let other = Program::of(&world, world.links.person("Eve").await).await;
        let body = json!({ "description": "It prints lions." });
        assert_eq!(other.post_once("/cases", "order-1", &body).await.status, 201);
        let again = Program::of(&world, ann).await;
        let same = json!({ "subject": "Zebras", "description": "It prints zebras." });
        assert_eq!(again.post_once("/cases", "order-1", &same).await.status, 200);
        assert_eq!(program.post("/cases", &same).await.status, 201, "without a key it is another wish");
    });
}

#[test]
fn a_message_under_a_key_is_written_once_and_the_key_is_for_nothing_else() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let program = Program::of(&world, world.links.person("Ann").await).await;
        program.post("/cases", &json!({ "description": "It prints zebras." })).await;
        for _ in 0..3 {
            let written = program.post_once("/cases/1/messages", "m-1", &json!({ "text": "Still." })).await;
            assert_eq!(written.status, 200);
            let texts = written.json["events"].to_string();
            assert_eq!(texts.matches("\"Still.\"").count(), 1, "{texts}");
        }
        let other = program.post_once("/cases/1/messages", "m-1", &json!({ "text": "Other." })).await;
        assert_eq!(other.problem(), (422, "key-reused"));
        let long = "k".repeat(201);
        for key in ["", long.as_str(), "\u{e9}"] {
            let answer = program.post_once("/cases", key, &json!({ "description": "It fails." })).await;
            assert_eq!(answer.problem(), (400, "key"), "{key}");
        }
    });
}
