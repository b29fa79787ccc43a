//! Searching articles and reading them, without a token.

use std::collections::BTreeSet;

use super::client::Program;
use crate::store::on_each_engine;
use crate::web::world::World;

#[test]
fn articles_are_found_suggested_and_read() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let program = Program::nobody(&world);
        let found = program.get("/search?q=how%20do%20i%20add%20a%20contact&limit=3").await;
        assert_eq!(found.status, 200);
        assert_eq!(found.json["confident"], true, "{}", found.json);
        let first = &found.json["results"][0];
        assert_eq!(first["article"]["id"], "CTX120355");
        assert!(!first["passage"]["blocks"].as_array().unwrap().is_empty());
        assert!(found.json["results"].as_array().unwrap().len() <= 3);
        let corrected = program.get("/search?q=how%20to%20add%20a%20contcat").await;
        assert_eq!(corrected.json["corrections"][0]["typed"], "contcat", "{}", corrected.json);

        let suggested = program.get("/suggest?q=pass&limit=2").await;
        assert!(!suggested.json["suggestions"].as_array().unwrap().is_empty(), "{}", suggested.json);
        let article = program.get("/articles/ctx120355").await;
        assert_eq!((article.status, &article.json["article"]["id"]), (200, &"CTX120355".into()));
        assert!(!article.json["passages"].as_array().unwrap().is_empty());
        for nothing in ["/articles/CTX9", "/articles/..%2f..", "/articles/%00", "/articles/%ff"] {
            assert_eq!(program.get(nothing).await.problem(), (404, "not-found"), "{nothing}");
        }
        assert_eq!(program.get("/search?q=contact&product=none").await.problem(), (404, "product"));
        let of_product = program.get("/search?q=contact&product=Citrix%20account").await;
        assert!(of_product.json["results"].as_array().unwrap().iter().all(|result| {
            let product = &result["article"]["product"];
            product.is_null() || product == "citrix-account"
        }));
    });
}

#[test]
fn a_list_goes_on_where_its_cursor_says() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let program = Program::nobody(&world);
        let (mut seen, mut path) = (Vec::new(), "/articles?limit=2".to_owned());
        loop {
            let page = program.get(&path).await;
            let articles = page.json["articles"].as_array().unwrap().clone();
            assert!((1..=2).contains(&articles.len()));
            seen.extend(articles.iter().map(|article| article["id"].as_str().unwrap().to_owned()));
            let Some(next) = page.json["next"].as_str() else { break };
            path = format!("/articles?limit=2&cursor={next}");
        }
        let all: BTreeSet<String> = seen.iter().cloned().collect();
        let expected: BTreeSet<String> =
            crate::conversations::library::articles().iter().map(|one| one.about.id.to_string()).collect();
        assert_eq!((seen.len(), all), (expected.len(), expected));
    });
}

#[test]
fn what_is_no_query_is_told_by_its_name() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let program = Program::nobody(&world);
        let long = format!("/search?q={}", "a".repeat(4001));
        for (path, named) in [
            ("/search", "q"),
            ("/search?q=", "q"),
            (long.as_str(), "q"),
            ("/search?q=a&limit=0", "limit"),
            ("/search?q=a&limit=21", "limit"),
            ("/search?q=a&limit=-1", "limit"),
            ("/search?q=a&limit=x", "limit"),
            ("/search?q=a&q=b", "q"),
            ("/search?q=a&colour=red", "colour"),
            ("/articles?limit=101", "limit"),
        ] {
            let answer = program.get(path).await;
            assert_eq!(answer.problem(), (400, "query"), "{path}");
            assert!(answer.json["detail"].as_str().unwrap().contains(named), "{path}: {}", answer.json);
        }
        for cursor in ["x", "YTE6", "YzE6MQ", "%00", "🦀"] {
            let answer = program.get(&format!("/articles?cursor={cursor}")).await;
            assert_eq!(answer.problem(), (404, "cursor"), "{cursor}");
        }
    });
}
