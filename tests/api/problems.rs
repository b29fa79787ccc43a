//! What goes wrong is told as a problem, whatever it is.

use std::num::NonZeroU32;

use chrono::TimeDelta;
use reqwest::Method;
use reqwest::header::{ALLOW, CONTENT_TYPE, HOST};
use serde_json::json;

use super::client::Program;
use crate::sign_in::world::settings;
use crate::store::on_each_engine;
use crate::web::world::World;

#[test]
fn whatever_can_t_be_done_is_a_problem() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let program = Program::of(&world, world.links.person("Ann").await).await;
        for path in ["", "/", "/nothing", "/cases/1/nothing", "/cases/x", "/cases/0", "/cases/%ff"] {
            assert_eq!(program.get(path).await.problem(), (404, "not-found"), "{path}");
        }
        for (method, path, allowed) in [
            (Method::DELETE, "/cases", "GET"),
            (Method::PUT, "/chat", "POST"),
            (Method::POST, "/search", "GET"),
            (Method::PATCH, "/cases/1/close", "POST"),
        ] {
            let answer = program.send(method.as_str(), path, program.request(method.clone(), path)).await;
            assert_eq!(answer.problem(), (405, "method"), "{method} {path}");
            assert!(answer.headers[ALLOW].to_str().unwrap().contains(allowed), "{method} {path}");
        }
        let post = |media: Option<&str>, body: Vec<u8>| {
            let request = program.request(Method::POST, "/cases").body(body);
            match media {
                Some(media) => request.header(CONTENT_TYPE, media),
                None => request,
            }
        };
        let large = format!("{{\"description\":\"{}\"}}", "a".repeat(1024 * 1024));
        for (media, body, expected) in [
            (None, b"{}".to_vec(), (415, "media-type")),
            (Some("text/plain"), b"{}".to_vec(), (415, "media-type")),
            (Some("application/json"), b"{".to_vec(), (400, "no-json")),
            (Some("application/json"), b"\xff\xfe".to_vec(), (400, "no-json")),
            (Some("application/json"), Vec::new(), (400, "no-json")),
            (Some("application/json"), large.into_bytes(), (413, "too-large")),
            (Some("application/json"), b"{}".to_vec(), (422, "body")),
            (Some("application/json"), b"null".to_vec(), (422, "body")),
        ] {
            let answer = program.send("post", "/cases", post(media, body)).await;
            assert_eq!(answer.problem(), expected, "{media:?}: {}", answer.json);
        }
        let unknown = program.post("/cases", &json!({ "description": "It fails.", "queue": "x" })).await;
        assert_eq!(unknown.problem(), (422, "body"));
        assert!(unknown.json["detail"].as_str().unwrap().contains("queue"), "{}", unknown.json);
        let product = json!({ "description": "It fails.", "product": "none" });
        assert_eq!(program.post("/cases", &product).await.problem(), (404, "product"));
        for text in ["", " \n", "\u{0}", &"a".repeat(10_001)] {
            let answer = program.post("/cases", &json!({ "description": text })).await;
            assert_eq!(answer.problem(), (422, "text"), "{text:.10}");
        }
        for number in 0..10 {
            let body = json!({ "description": format!("It fails {number}.") });
            assert_eq!(program.post("/cases", &body).await.status, 201);
        }
        let full = program.post("/cases", &json!({ "description": "Once more." })).await;
        assert_eq!(full.problem(), (409, "too-many-cases"));
        let elsewhere = program.request(Method::GET, "/search?q=a").header(HOST, "evil.example");
        assert_eq!(program.send("get", "/search", elsewhere).await.problem(), (421, "host"));
    });
}

#[test]
fn whoever_asks_too_often_is_told_when_to_come_back() {
    on_each_engine(&async |bench| {
        let world = World::limited(&bench.store, &settings(), NonZeroU32::new(5)).await;
        let program = Program::nobody(&world);
        for _ in 0..5 {
            assert_eq!(program.get("/suggest?q=a").await.status, 200);
        }
        let slow = program.get("/suggest?q=a").await;
        assert_eq!((slow.problem(), slow.header("retry-after")), ((429, "too-often"), "12"));
        assert_eq!(program.get("/cases").await.status, 429, "before a token is looked up");
        world.later(TimeDelta::seconds(12));
        assert_eq!(program.get("/suggest?q=a").await.status, 200);
    });
}
