//! Numbers for whoever looks after machines: for this machine, or with a token for them, and of nobody.

use guidepost::services::tokens::Scope;
use reqwest::{Client, StatusCode};
use serde_json::json;

use super::client::{Program, token};
use crate::store::on_each_engine;
use crate::web::world::World;

#[test]
fn numbers_are_told_here_or_by_a_token_for_them_and_tell_of_nobody() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.links.person("Ann").await;
        let program = Program::of(&world, ann).await;
        program.post("/cases", &json!({ "description": "It prints zebras." })).await;
        for path in ["/cases/1", "/cases/2", "/cases/zebra", "/nothing/zebra"] {
            program.get(path).await;
        }
        let client = Client::new();
        let url = format!("http://{}/metrics", world.at);
        let here = client.get(&url).send().await.unwrap();
        assert_eq!(here.status(), StatusCode::OK);
        let text = here.text().await.unwrap();
        for line in [
            "guidepost_http_requests_total{route=\"/api/v1/cases/{number}\",status=\"4xx\"} 2",
            "guidepost_http_requests_total{route=\"/api/v1/cases/{number}\",status=\"2xx\"} 1",
            "guidepost_http_request_seconds_count{route=\"/api/v1/cases\"} 1",
            "guidepost_cases_waiting{queue=\"technical-support\"} 1",
            "guidepost_jobs{state=\"dead\"} 0",
        ] {
            assert!(text.lines().any(|own| own == line), "{line}: {text}");
        }
        assert!(!text.to_lowercase().contains("zebra") && !text.contains("Ann"), "{text}");

        // Somebody behind a proxy that nobody trusts is not this machine.
        let passed_on = || client.get(&url).header("x-forwarded-for", "198.51.100.1");
        assert_eq!(passed_on().send().await.unwrap().status(), StatusCode::FORBIDDEN);
        let metrics = token(&world, ann, &[Scope::Metrics], None).await;
        let other = token(&world, ann, &[Scope::Chat], None).await;
        for (token, expected) in [(metrics, StatusCode::OK), (other, StatusCode::FORBIDDEN)] {
            let asked = passed_on().bearer_auth(token.expose().as_str());
            assert_eq!(asked.send().await.unwrap().status(), expected);
        }
    });
}
