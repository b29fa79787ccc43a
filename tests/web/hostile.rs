//! What comes from elsewhere, is too large, is not whole, or wants to be somebody else.

use reqwest::header::{CONTENT_SECURITY_POLICY, HOST, ORIGIN};
use reqwest::{Client, StatusCode};

use super::world::{GOOD, World};
use crate::store::on_each_engine;

const PAGES: [&str; 7] =
    ["/sign-in", "/sign-up", "/sign-up/finish", "/password", "/password/new", "/invitation", "/nothing"];

#[test]
fn forms_of_other_sites_and_names_of_others_are_turned_away() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let client = Client::new();
        let url = |path: &str| format!("http://{}{path}", world.at);
        let send = |name: &'static str, value: &'static str| {
            client.post(url("/password")).header(name, value).body("mail=ann%40example.org")
        };
        let form = "application/x-www-form-urlencoded";
        for (name, value) in [
            ("origin", "https://evil.example"),
            ("origin", "null"),
            ("origin", "https://desk.example.org.evil.example"),
            ("origin", "http://desk.example.org"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            let answer = send(name, value).header("content-type", form).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::FORBIDDEN, "{name}: {value}");
        }
        let own = send(ORIGIN.as_str(), "https://desk.example.org").header("content-type", form);
        let own = own.header(HOST, "desk.example.org").send().await.unwrap();
        assert_eq!(own.status(), StatusCode::OK);
        for host in ["evil.example", "desk.example.org:81", "desk.example.org.evil.example", ""] {
            let answer = client.get(url("/sign-in")).header(HOST, host).send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::MISDIRECTED_REQUEST, "{host}");
        }
        let mails = world.links.mails(world.clock.now()).await;
        assert_eq!(mails.len(), 1, "only the form of our own did something");
    });
}

#[test]
fn every_answer_keeps_a_browser_to_what_pages_need() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        for path in PAGES {
            browser.open(path).await;
            let policy = browser.headers.get(CONTENT_SECURITY_POLICY).unwrap().to_str().unwrap();
            assert!(
                policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"),
                "{path}: {policy}"
            );
            assert!(policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
            for (name, value) in [
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "same-origin"),
                ("cache-control", "no-store"),
                ("x-frame-options", "DENY"),
            ] {
                assert_eq!(browser.headers.get(name).unwrap(), value, "{path}");
            }
            // The only script is a file of our own.
            assert_eq!(browser.html.matches("<script").count(), 1, "{path}");
            assert!(browser.html.contains("<script src=\"/desk."), "{path}");
        }
        for before in ["rel=\"stylesheet\" href=\"", "<script src=\""] {
            let path = browser.html.split(before).nth(1).unwrap().split('"').next().unwrap().to_owned();
            let mut other = world.browser();
            other.open(&path).await;
            assert_eq!(other.status, 200, "{path}");
            assert!(other.headers.get("cache-control").unwrap().to_str().unwrap().contains("immutable"));
        }
    });
}

#[test]
fn what_is_too_large_or_not_whole_changes_nothing() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("Ann", GOOD).await;
        let before = world.links.accounts.dump().await;
        let mut browser = world.browser();
        let huge = "x".repeat(70_000);
        browser.send("/sign-in", &[("name", "ann@example.org"), ("password", &huge)]).await;
        assert_eq!((browser.status, browser.title().as_str()), (400, "That could not be taken"));
        for path in [
            "/sign-in",
            "/password",
            "/sign-up",
            "/sign-up/case",
            "/password/new",
            "/invitation",
            "/sign-up/finish",
        ] {
            let answer =
                Client::new().post(format!("http://{}{path}", world.at)).body("{}").send().await.unwrap();
            assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{path}");
        }
        for path in ["/password/..%2f..%2fetc", "/invitation/%00", "/sign-up/%F0%9F%92%A9", "/password/a;b=c"]
        {
            browser.open(path).await;
            assert_eq!((browser.status, browser.title().contains("does not work")), (410, true), "{path}");
        }
        assert_eq!(world.links.accounts.dump().await, before);
    });
}

#[test]
fn a_forged_or_foreign_session_is_nobodys() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("Ann", GOOD).await;
        let mut ann = world.browser();
        ann.open("/sign-in").await;
        ann.submit("Sign in", &[("E-mail address or username", "ann@example.org"), ("Password", GOOD)]).await;
        let token = ann.cookie("__Host-session").unwrap().to_owned();
        let mut other = world.browser();
        let flipped: String = token.chars().rev().collect();
        for forged in ["", "x", &"A".repeat(43), &flipped, "\u{0}", &"x".repeat(5_000)] {
            let forged: String = forged.chars().filter(|c| !c.is_control()).collect();
            other.plant("__Host-session", &forged);
            other.open("/account").await;
            assert_eq!(other.path, "/sign-in", "{forged}");
        }
        // Whoever signs in gets a session of their own, whatever cookie was planted before.
        other.plant("__Host-session", &"A".repeat(43));
        other
            .submit("Sign in", &[("E-mail address or username", "ann@example.org"), ("Password", GOOD)])
            .await;
        assert_eq!(other.path, "/account");
        assert_ne!(other.cookie("__Host-session").unwrap(), "A".repeat(43));
        // Nobody ends somebody else's session by its name.
        world.has_password("Bo", GOOD).await;
        let (_, form) = other.form("Sign out there", &[]);
        let id = form.iter().find(|(name, _)| name == "id").unwrap().1.clone();
        let mut bo = world.browser();
        bo.open("/sign-in").await;
        bo.submit("Sign in", &[("E-mail address or username", "bo@example.org"), ("Password", GOOD)]).await;
        bo.send("/account/end", &[("id", &id)]).await;
        ann.open("/account").await;
        assert_eq!(ann.path, "/account");
    });
}
