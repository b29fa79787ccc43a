//! "Was this helpful?": kept once for each reader, without passwords, and not without end.

use chrono::TimeDelta;
use guidepost::services::opinions::{self, By, OPINIONS, Opinion};
use guidepost::services::privacy::{Holding, erase, export};
use guidepost::store::{Batch, Direction};
use reqwest::{Client, StatusCode};

use crate::conversations::library;
use crate::store::on_each_engine;
use crate::web::world::{GOOD, World};

const PATH: &str = "/a/CTX120355/helpful";

async fn said(world: &World) -> Vec<(bool, Option<String>)> {
    let all = opinions::of(&world.links.store, &library::id("CTX120355"), 100).await.unwrap();
    all.into_iter().map(|opinion| (opinion.helpful, opinion.reason)).collect()
}

#[test]
fn the_last_word_of_a_reader_counts_once_and_survives() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut reader = world.browser();
        reader.open("/a/CTX120355").await;
        assert!(reader.text().contains("Was this helpful?"));
        reader.send(PATH, &[("helpful", "yes"), ("reason", "")]).await;
        assert_eq!((reader.status, reader.title().as_str()), (200, "Good to hear"));
        assert_eq!(said(&world).await, [(true, None)]);
        reader.send(PATH, &[("helpful", "no"), ("reason", " Step 3 is\u{0} gone. ")]).await;
        assert_eq!((reader.status, reader.title().as_str()), (200, "It is noted"));
        assert_eq!(said(&world).await, [(false, Some("Step 3 is gone.".to_owned()))]);
        reader.follow("Back to the article").await;
        assert_eq!(reader.title(), "Add contacts to a Citrix account");
        // Another one, and somebody who is signed in.
        let other = Client::new().post(format!("http://{}{PATH}", world.at)).header("user-agent", "Other");
        let form = ("content-type", "application/x-www-form-urlencoded");
        let other = other.header(form.0, form.1).body("helpful=yes&reason=").send().await.unwrap();
        assert_eq!(other.status(), StatusCode::OK);
        let ann = world.has_password("Ann", GOOD).await;
        let mut signed_in = world.browser();
        signed_in.open("/sign-in").await;
        signed_in
            .submit("Sign in", &[("E-mail address or username", "ann@example.org"), ("Password", GOOD)])
            .await;
        signed_in.send(PATH, &[("helpful", "yes"), ("reason", "quokka")]).await;
        world.later(TimeDelta::minutes(1));
        signed_in.send("/a/ctx-120355/helpful", &[("helpful", "no"), ("reason", "quokka")]).await;
        assert_eq!(said(&world).await.len(), 3);
        let all = OPINIONS.list(&bench.store, None, 10, Direction::Forward).await.unwrap();
        assert!(all.iter().any(|row| row.record.by == By::Person(ann) && !row.record.helpful));
        assert!(
            !serde_json::to_string(&all.iter().map(|row| &row.record).collect::<Vec<_>>())
                .unwrap()
                .contains("127.0.0.1")
        );
        // It is theirs: handed over, and erased with them.
        let now = world.clock.now();
        let handed = export(&bench.store, "ann@example.org", now, &mut |_| {}).await.unwrap();
        assert_eq!(handed.records[Holding::Opinions.name()].len(), 1);
        drop(world);
        bench.reopen().await;
        assert_eq!(OPINIONS.list(&bench.store, None, 10, Direction::Forward).await.unwrap().len(), 3);
    });
}

#[test]
fn passwords_are_taken_out_of_what_is_said_and_long_reasons_are_cut() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut reader = world.browser();
        reader
            .send(PATH, &[("helpful", "no"), ("reason", "my password is Xq7!vTz9-quokka and it fails")])
            .await;
        assert!(reader.text().contains("What looked like a password was taken out"), "{}", reader.text());
        let kept = said(&world).await[0].1.clone().unwrap();
        assert!(!kept.contains("Xq7!vTz9") && kept.contains("it fails"), "{kept}");
        let long = "ü ".repeat(5_000);
        reader.send(PATH, &[("helpful", "no"), ("reason", &long)]).await;
        assert!(said(&world).await[0].1.as_ref().unwrap().chars().count() <= 500);
    });
}

#[test]
fn what_is_no_opinion_changes_nothing_and_one_place_does_not_say_everything() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let mut reader = world.browser();
        for form in [&[("helpful", "perhaps")][..], &[], &[("reason", "x")]] {
            reader.send(PATH, form).await;
            assert_eq!(reader.status, 400, "{form:?}");
        }
        reader.send("/a/CTX999999/helpful", &[("helpful", "yes")]).await;
        assert_eq!(reader.status, 404);
        let evil =
            Client::new().post(format!("http://{}{PATH}", world.at)).header("origin", "https://evil.example");
        let evil = evil.header("content-type", "application/x-www-form-urlencoded").body("helpful=yes");
        assert_eq!(evil.send().await.unwrap().status(), StatusCode::FORBIDDEN);
        assert_eq!(OPINIONS.list(&bench.store, None, 10, Direction::Forward).await.unwrap().len(), 0);
        for _ in 0..60 {
            reader.send(PATH, &[("helpful", "yes")]).await;
            assert_eq!(reader.status, 200);
        }
        reader.send(PATH, &[("helpful", "no")]).await;
        assert_eq!((reader.status, reader.title().as_str()), (429, "That was not noted"));
        assert_eq!(said(&world).await, [(true, None)]);
        world.later(TimeDelta::hours(1));
        reader.send(PATH, &[("helpful", "no")]).await;
        assert_eq!(reader.status, 200);
    });
}

#[test]
fn opinions_are_forgotten_after_two_years_and_with_their_person() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store).await;
        let ann = world.has_password("Ann", GOOD).await;
        let now = world.clock.now();
        let opinion = |by: By, days: i64| Opinion {
            by,
            article: library::id("CTX120355"),
            helpful: false,
            reason: Some("quokka".to_owned()),
            at: now - TimeDelta::days(days),
        };
        let mut batch = Batch::new();
        OPINIONS.insert(&mut batch, &opinion(By::Unknown("old".to_owned()), 731));
        OPINIONS.insert(&mut batch, &opinion(By::Unknown("new".to_owned()), 729));
        OPINIONS.insert(&mut batch, &opinion(By::Person(ann), 1));
        bench.store.commit(batch).await.unwrap();
        assert_eq!(opinions::forget(&bench.store, now, 10).await.unwrap(), 1);
        let files = crate::cases::world::Desk::new(&bench.store).files;
        erase(&bench.store, &files, "ann@example.org", now, &mut |_| {}).await.unwrap();
        let left = OPINIONS.list(&bench.store, None, 10, Direction::Forward).await.unwrap();
        let left: Vec<By> = left.into_iter().map(|row| row.record.by).collect();
        assert_eq!(left, [By::Unknown("new".to_owned())]);
    });
}
