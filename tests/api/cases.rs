//! Cases as programs see them: those of their person, and for staff everybody's.

use std::collections::BTreeSet;

use guidepost::domain::{Actor, PersonId};
use guidepost::services::people::{NewStaff, People};
use serde_json::{Value, json};

use super::client::Program;
use crate::cases::world::{Desk, draft, start};
use crate::links::world::World as Links;
use crate::store::on_each_engine;
use crate::web::world::World;

pub async fn agent(links: &Links, name: &str) -> PersonId {
    let address = crate::accounts::world::mail(name);
    let people = People::new(links.store.clone());
    people.add_staff(&NewStaff::Mail(address), Some(name), start()).await.unwrap().id
}

fn numbers(page: &Value) -> Vec<String> {
    let cases = page["cases"].as_array().unwrap();
    cases.iter().map(|case| case["number"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_case_is_opened_answered_closed_and_opened_again() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = Program::of(&world, world.links.person("Ann").await).await;
        let bo = Program::of(&world, agent(&world.links, "Bo").await).await;
        let eve = Program::of(&world, world.links.person("Eve").await).await;
        let opened = ann
            .post("/cases", &json!({ "description": "It prints zebras.\nMy password is Plant3d-zebra!", "priority": "high", "product": "citrix-account" }))
            .await;
        assert_eq!((opened.status, opened.header("location")), (201, "/api/v1/cases/CASE-000001"));
        let case = &opened.json["case"];
        assert_eq!((&case["status"], &case["priority"]), (&"new".into(), &"high".into()));
        assert!(case["staff"].is_null() && !opened.json.to_string().contains("Plant3d"), "{}", opened.json);
        let for_staff = bo.get("/cases/1").await;
        assert_eq!(for_staff.json["case"]["staff"]["queue"], "customer-service");

        let path = "/cases/CASE-000001";
        for (path, body) in [("/cases/1/messages", json!({ "text": "mine?" })), ("/cases/1/close", json!({}))]
        {
            assert_eq!(eve.post(path, &body).await.problem(), (404, "not-found"), "{path}");
        }
        assert_eq!(
            eve.get(path).await.json,
            eve.get("/cases/99").await.json,
            "nobody learns that it is there"
        );
        assert_eq!(eve.post("/cases/1/reopen", &json!({})).await.problem(), (404, "not-found"));

        let answered = bo.post("/cases/1/messages", &json!({ "text": "Please restart it." })).await;
        assert_eq!(answered.json["case"]["status"], "waiting-on-customer", "{}", answered.json);
        bo.post("/cases/1/messages", &json!({ "text": "A known zebra.", "internal": true })).await;
        let seen = ann.get(path).await;
        assert!(!seen.json.to_string().contains("known zebra"));
        assert!(bo.get(path).await.json.to_string().contains("known zebra"));
        let refused = ann.post("/cases/1/messages", &json!({ "text": "psst", "internal": true })).await;
        assert_eq!(refused.problem(), (409, "case"));
        let replied = ann.post("/cases/1/messages", &json!({ "text": "It helped." })).await;
        assert!(replied.json["events"].as_array().unwrap().iter().any(|event| event["text"] == "It helped."));

        let closed = ann.post("/cases/1/close", &json!({ "reason": "Solved." })).await;
        assert_eq!(closed.json["case"]["status"], "closed");
        assert_eq!(ann.post("/cases/1/reopen", &json!({})).await.problem(), (409, "case"));
        assert_eq!(bo.post("/cases/1/reopen", &json!({})).await.json["case"]["status"], "open");
        assert_eq!(bo.get("/cases?of=all&status=open").await.json["cases"][0]["number"], "CASE-000001");
        assert_eq!(bo.get("/cases").await.json["cases"], json!([]), "none is the agent's own");
        assert_eq!(eve.get("/cases?of=all").await.json["cases"], json!([]));
    });
}

#[test]
fn pages_over_many_cases_hold_while_others_open_more() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let many = Desk::with(&bench.store, |rules| rules.most_active = 1_000);
        let ann = world.links.person("Ann").await;
        let eve = world.links.person("Eve").await;
        let actor = |id| Actor::of(&guidepost::domain::Person::new(id, start()));
        for number in 0..250 {
            let whose = if number % 5 == 0 { eve } else { ann };
            let wish = draft(&format!("It fails {number}."));
            many.cases.open(&actor(whose), &wish, &number.to_string(), start()).await.unwrap();
        }
        let customer = Program::of(&world, ann).await;
        let staff = Program::of(&world, agent(&world.links, "Bo").await).await;
        for (program, filter, expected) in [
            (&customer, "", 200),
            (&customer, "&of=all", 200),
            (&staff, "&of=all", 250),
            (&staff, "&of=all&status=closed", 0),
        ] {
            let (mut seen, mut next, mut pages) = (Vec::new(), String::new(), 0);
            loop {
                let page = program.get(&format!("/cases?limit=37{filter}{next}")).await;
                seen.extend(numbers(&page.json));
                pages += 1;
                // What comes in between is newer than all of it.
                many.cases
                    .open(&actor(eve), &draft("Meanwhile."), &format!("{filter} {pages} {expected}"), start())
                    .await
                    .unwrap();
                let Some(cursor) = page.json["next"].as_str() else { break };
                next = format!("&cursor={cursor}");
            }
            let all: BTreeSet<&String> = seen.iter().collect();
            assert_eq!(all.len(), seen.len(), "none comes twice");
            let first: Vec<&String> = seen.iter().filter(|number| number.as_str() <= "CASE-000250").collect();
            assert_eq!(first.len(), expected, "{filter}");
            assert!(seen.is_sorted_by(|one, other| one > other), "the newest first");
        }
    });
}
