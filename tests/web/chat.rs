//! The chat page, without a script and as its script asks.

use chrono::TimeDelta;
use guidepost::domain::Identity;
use guidepost::services::chat_log::{self, CHAT_LOG};
use guidepost::store::{Direction, KeyRange};
use reqwest::header::{CONTENT_TYPE, COOKIE, ORIGIN};
use reqwest::multipart::{Form, Part};
use reqwest::{Client, StatusCode};

use super::world::{GOOD, World};
use crate::store::on_each_engine;

const VISITOR: &str = "__Host-visitor";
const QUESTION: &str = "how do I add a contact to our account?";

#[test]
fn a_question_is_answered_and_all_of_it_is_there_after_a_reload_and_in_a_second_tab() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/").await;
        assert_eq!((browser.status, browser.cookies().as_str()), (200, ""), "whoever only looks is nobody");
        assert!(
            browser.turns()[0].contains("answers questions from the help articles"),
            "{:?}",
            browser.turns()
        );
        browser.say(QUESTION).await;
        assert!(browser.path.starts_with("/#turn-"), "{}", browser.path);
        let turns = browser.turns();
        let [turn] = turns.as_slice() else { panic!("{turns:?}") };
        assert!(turn.contains(QUESTION) && turn.contains("CTX120355"), "{turn}");
        browser.press("Walk me through it").await;
        assert!(browser.text().contains("Walk me through it"), "what was pressed is told by its words");
        assert!(browser.html.contains("<progress max="), "{}", browser.html);
        let before = browser.turns();
        assert_eq!(before.len(), 2);
        assert_eq!(browser.open("/").await.turns(), before, "after a reload");
        let mut second = world.browser();
        second.plant(VISITOR, browser.cookie(VISITOR).unwrap());
        assert_eq!(second.open("/").await.turns(), before, "in a second tab");
        second.press("Start").await;
        assert_eq!(browser.open("/").await.turns().len(), 3, "both are one conversation");
    });
}

#[test]
fn a_case_is_opened_and_its_transcript_is_a_file_for_its_requester_alone() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        world.has_password("ann", GOOD).await;
        let mut ann = world.browser();
        ann.open("/sign-in").await;
        ann.submit("Sign in", &[("E-mail address or username", "ann@example.org"), ("Password", GOOD)]).await;
        ann.open("/").await;
        assert_eq!(ann.cookie(VISITOR), None);
        ann.say("open a case, the console shows error 0x80 since this morning").await;
        // Articles first, then the case.
        for _ in 0..4 {
            if ann.text().contains("CASE-000001 is open") {
                break;
            }
            let page = ann.html.clone();
            let wanted = [
                "Neither helps, open the case",
                "None of these helps, open the case",
                "Open the case",
                "Something else",
                "No more to add",
            ];
            let next =
                wanted.iter().find(|label| page.contains(*label)).unwrap_or_else(|| panic!("{}", ann.text()));
            ann.press(next).await;
        }
        ann.say("/transcript CASE-000001").await;
        let at = ann.html.find("/chat/files/").unwrap_or_else(|| panic!("{}", ann.text()));
        let path = ann.html[at..].split('"').next().unwrap().to_owned();
        ann.open(&path).await;
        assert_eq!(ann.status, 200);
        assert!(ann.html.contains("error 0x80"), "{}", ann.html);
        let saved = ann.headers.get("content-disposition").unwrap().to_str().unwrap();
        assert!(saved.starts_with("attachment; filename=\"CASE-000001"), "{saved}");
        let mut other = world.browser();
        other.open("/").await.say("hello").await;
        assert_eq!(other.open(&path).await.status, 404);
        assert_eq!(other.open("/chat/files/x/0").await.status, 404);
        // Whoever is not signed in any more has no chat of hers.
        ann.open("/account").await;
        ann.send("/sign-out", &[]).await;
        assert!(!ann.open("/").await.text().contains("0x80"), "{}", ann.text());
    });
}

#[test]
fn what_a_visitor_said_is_theirs_when_they_sign_in_and_nobodys_who_comes_after() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.has_password("ann", GOOD).await;
        let mut browser = world.browser();
        browser.open("/").await.say(QUESTION).await.press("Walk me through it").await;
        let before = browser.turns();
        let cookie = browser.cookie(VISITOR).unwrap().to_owned();
        browser.open("/sign-in").await;
        browser
            .submit("Sign in", &[("E-mail address or username", "ann@example.org"), ("Password", GOOD)])
            .await;
        assert_eq!((browser.path.as_str(), browser.cookie(VISITOR)), ("/account", None));
        assert_eq!(browser.open("/").await.turns(), before);
        browser.press("Start").await;
        assert!(browser.text().contains("step 1 of"), "the guide goes on: {}", browser.text());
        // Whoever kept the cookie is somebody new, and so is whoever sits here after she signed out.
        let mut other = world.browser();
        other.plant(VISITOR, &cookie);
        assert_eq!(other.open("/").await.turns().len(), 1);
        other.say("hello").await;
        browser.open("/account").await.submit("Sign out", &[]).await;
        assert!(!browser.open("/").await.text().contains(QUESTION), "{}", browser.text());
        let people = guidepost::services::people::People::new(world.links.store.clone());
        let identities = people.get(ann).await.unwrap().unwrap().record.identities;
        assert!(!identities.iter().any(|one| matches!(one, Identity::Web(_))), "{identities:?}");
    });
}

#[test]
fn no_password_is_shown_again_or_kept() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/").await.press("Reset password").await;
        browser.say("Planted-7-secret!").await;
        assert!(browser.turns()[1].contains("(what you typed here is not kept)"), "{:?}", browser.turns());
        browser.say("cancel").await.say("my password is Planted-8-secret!").await;
        assert!(!browser.html.contains("Planted-"), "{}", browser.html);
        let all = world.links.store.scan(&KeyRange::all(), usize::MAX, Direction::Forward).await.unwrap();
        assert!(all.iter().all(|entry| !format!("{entry:?}").contains("Planted-")));
    });
}

#[test]
fn what_is_typed_is_no_markup_and_what_is_no_form_is_turned_away() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/").await.say("<script>alert(1)</script> <img src=x onerror=alert(1)>").await;
        assert!(
            !browser.html.contains("<script>alert") && !browser.html.contains("<img"),
            "{}",
            browser.html
        );
        let before = browser.turns();
        for text in ["", "   \n "] {
            assert_eq!(browser.say(text).await.turns(), before, "nothing was said");
        }
        let long = "long ".repeat(60_000);
        assert_eq!(browser.say(&long).await.status, 200);
        assert_eq!(browser.send("/", &[("press", "v1:no-such:thing"), ("text", "x")]).await.status, 200);
        assert_eq!(browser.send("/", &[("form", "v9"), ("field.a", "b")]).await.status, 200);
        assert_eq!(browser.send("/", &[("other", "x")]).await.status, 400);
        let post = |media: &'static str, body: &'static str| {
            let request = Client::new().post(format!("http://{}/", world.at)).body(body);
            request.header(CONTENT_TYPE, media).header(ORIGIN, format!("http://{}", world.at)).send()
        };
        for (media, body) in [
            ("text/plain", "text=hi"),
            ("application/json", "{}"),
            ("multipart/form-data", "x"),
            ("multipart/form-data; boundary=x", "--x\r\nnonsense"),
        ] {
            assert_eq!(post(media, body).await.unwrap().status(), StatusCode::BAD_REQUEST, "{media}");
        }
        // A cookie that we never gave out is nobody's chat.
        let mut forged = world.browser();
        forged.plant(VISITOR, "nobody");
        assert_eq!(forged.open("/").await.turns().len(), 1);
        assert_eq!(forged.open("/chat/events").await.status, 404);
    });
}

#[test]
fn files_come_with_a_turn_and_what_is_too_large_is_told() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/").await.say("hello").await;
        let send = async |parts: Vec<(&'static str, usize)>| {
            let mut form = Form::new().text("text", "");
            for (name, size) in parts {
                form = form.part("file", Part::bytes(vec![b'x'; size]).file_name(name));
            }
            let answer = Client::new()
                .post(format!("http://{}/", world.at))
                .header(COOKIE, browser.cookies())
                .header("x-turn-only", "1")
                .multipart(form)
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), StatusCode::OK);
            answer.text().await.unwrap()
        };
        let turn = send(vec![("log.txt", 2_000)]).await;
        assert!(!turn.contains("<html") && turn.contains("log.txt"), "{turn}");
        let turn = send(vec![("huge.txt", 30_000_000)]).await;
        assert!(turn.contains("huge.txt"), "{turn}");
    });
}

#[test]
fn an_open_page_hears_of_what_is_said_in_another_and_ends_with_the_desk() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/").await.say("hello").await;
        let answer = Client::new()
            .get(format!("http://{}/chat/events", world.at))
            .header(COOKIE, browser.cookies())
            .send()
            .await
            .unwrap();
        assert_eq!(answer.headers()[CONTENT_TYPE], "text/event-stream");
        browser.say(QUESTION).await;
        let (mut answer, mut heard) = (answer, String::new());
        while !heard.contains("CTX120355") {
            heard += &String::from_utf8_lossy(&answer.chunk().await.unwrap().expect("it goes on"));
        }
        assert!(heard.contains("how do I add a contact"), "{heard}");
        let (closed, rest) = tokio::join!(world.close(), async {
            while let Some(chunk) = answer.chunk().await.unwrap() {
                heard += &String::from_utf8_lossy(&chunk);
            }
        });
        ((), ()) = (closed, rest);
    });
}

#[test]
fn a_turn_is_forgotten_after_a_week() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/").await.say("hello").await;
        world.later(TimeDelta::days(6));
        browser.say("hello again").await;
        let store = &world.links.store;
        let now = world.clock.now();
        assert_eq!(chat_log::forget(store, now, 10).await.unwrap(), 0);
        assert_eq!(chat_log::forget(store, now + TimeDelta::days(2), 10).await.unwrap(), 1);
        let left = CHAT_LOG.list(store, None, 10, Direction::Forward).await.unwrap();
        assert_eq!(left.len(), 1);
        assert_eq!(browser.open("/").await.turns().len(), 1);
        let people = guidepost::services::people::People::new(store.clone());
        let person = people.get(left[0].record.person).await.unwrap().unwrap().record;
        assert!(matches!(person.identities.as_slice(), [Identity::Web(_)]), "{person:?}");
        let cookie = browser.cookie(VISITOR).unwrap();
        assert!(!format!("{person:?}").contains(cookie), "the store doesn't know the cookie");
    });
}

#[test]
fn articles_are_offered_while_somebody_types() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut browser = world.browser();
        browser.open("/chat/suggest?q=add%20cont").await;
        assert!(
            browser.html.contains("CTX120355") && browser.html.contains("role=\"option\""),
            "{}",
            browser.html
        );
        for hostile in ["/chat/suggest", "/chat/suggest?q=", "/chat/suggest?q=%00%ff%3Cb%3E&q=x"] {
            let browser = browser.open(hostile).await;
            assert!(browser.status == 200 || browser.status == 400, "{hostile}: {}", browser.status);
        }
    });
}
