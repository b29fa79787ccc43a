//! Who may ask: tokens that count, for what they are for.

use chrono::TimeDelta;
use guidepost::services::tokens::{Scope, TokenName, Tokens};
use reqwest::Method;
use reqwest::header::{AUTHORIZATION, COOKIE};
use serde_json::json;

use super::client::{Program, token};
use crate::store::on_each_engine;
use crate::web::world::{GOOD, World};

#[test]
fn only_a_token_that_counts_opens_anything() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.links.person("Ann").await;
        let until = world.clock.now() + TimeDelta::hours(1);
        let secret = token(&world, ann, &[Scope::CasesRead], Some(until)).await;
        let good = Program::with(&world, &secret.expose());
        assert_eq!(good.get("/cases").await.status, 200);

        let missing = Program::nobody(&world).get("/cases").await;
        assert_eq!(missing.problem(), (401, "no-token"));
        assert_eq!(missing.header("www-authenticate"), "Bearer realm=\"guidepost\"");
        let wrong = format!("{}x", *secret.expose());
        let other = guidepost::services::tokens::TokenSecret::new([7; 32]);
        for text in ["", "x", "guidepost_", wrong.as_str(), other.expose().as_str(), "ä"] {
            let answer = Program::with(&world, text).get("/cases").await;
            assert_eq!(answer.status, 401, "{text}");
            assert!(answer.header("www-authenticate").starts_with("Bearer"), "{text}");
        }
        for header in ["Basic YTpi", "Bearer", "bearer\u{9}x", &format!("Token {}", *secret.expose())] {
            let request =
                Program::nobody(&world).request(Method::GET, "/cases").header(AUTHORIZATION, header);
            assert_eq!(Program::nobody(&world).send("get", "/cases", request).await.status, 401, "{header}");
        }

        // For what it is not for.
        let forbidden = good.post("/cases", &json!({ "description": "It fails." })).await;
        assert_eq!(forbidden.problem(), (403, "scope"));
        assert_eq!(
            forbidden.header("www-authenticate"),
            "Bearer realm=\"guidepost\", error=\"insufficient_scope\", scope=\"cases-write\""
        );
        for path in ["/accounts", "/accounts/10001000"] {
            assert_eq!(good.get(path).await.problem(), (403, "scope"));
        }
        let turn = json!({ "input": { "text": "hello" } });
        assert_eq!(good.post("/chat", &turn).await.problem(), (403, "scope"));

        world.later(TimeDelta::hours(1));
        assert_eq!(good.get("/cases").await.problem(), (401, "token-run-out"));
    });
}

#[test]
fn a_token_that_was_removed_and_one_of_somebody_erased_are_worth_nothing() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.links.person("Ann").await;
        let program = Program::of(&world, ann).await;
        let tokens = Tokens::new(world.links.store.clone());
        assert_eq!(program.get("/cases").await.status, 200);
        let name = tokens.list().await.unwrap()[0].token.name.to_string();
        tokens.remove(&TokenName::parse(&name).unwrap()).await.unwrap();
        assert_eq!(program.get("/cases").await.problem(), (401, "unknown-token"));
        assert_eq!(
            program.get("/cases").await.header("www-authenticate"),
            "Bearer realm=\"guidepost\", error=\"invalid_token\""
        );
    });
}

#[test]
fn a_browser_s_cookie_is_nobody_to_the_api() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("ann", GOOD).await;
        let mut browser = world.browser();
        browser.open("/sign-in").await;
        browser
            .submit("Sign in", &[("E-mail address or username", "ann@example.org"), ("Password", GOOD)])
            .await;
        let session = browser.cookie("__Host-session").unwrap().to_owned();
        let nobody = Program::nobody(&world);
        let cookie = format!("session={session}; __Host-session={session}");
        let request = nobody.request(Method::GET, "/cases").header(COOKIE, &cookie);
        assert_eq!(nobody.send("get", "/cases", request).await.problem(), (401, "no-token"));
        // Nor does a session's token pass for one of the API.
        assert_eq!(Program::with(&world, &session).get("/cases").await.problem(), (401, "unknown-token"));
        // What leads a browser here from elsewhere matters no more than a program that says nothing of it.
        let request = nobody.request(Method::POST, "/chat").header("origin", "https://evil.example");
        let request = request.header(COOKIE, cookie).json(&json!({ "input": { "text": "hello" } }));
        let answer = nobody.send("post", "/chat", request).await;
        assert_eq!(answer.problem(), (401, "no-token"));
        assert!(!answer.headers.keys().any(|name| name.as_str().starts_with("access-control")));
    });
}
