//! The whole policy at each sign-in, the six months, and who gets in at all.

use chrono::{DateTime, Months, TimeDelta, Utc};
use guidepost::config::SignIn as Settings;
use guidepost::domain::password::Unmet;
use guidepost::services::privacy;
use guidepost::services::sign_in::{PrepareError, Reason, SignInError};

use super::world::{GOOD, OTHER, World, mail, minutes, settings, start};
use crate::store::on_each_engine;

fn stopped<T: std::fmt::Debug>(result: Result<T, SignInError>) -> Vec<Reason> {
    match result {
        Err(SignInError::Stopped { reasons, .. }) => reasons,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_reason_stops_a_sign_in_and_all_are_named_at_once() {
    on_each_engine(&async |bench| {
        use Unmet::{ControlCharacter, NoNumber, NoSymbol, NoUpperCase, TooLong, TooShort, Word};
        let world = World::on(&bench.store);
        let ann = world.person("ann").await;
        let months = |months: u32| start() - Months::new(months);
        let long = format!("Xq7!{}", "x".repeat(125));
        for (number, (password, last, unmet)) in (1..).zip([
            (GOOD, months(6), vec![]),
            ("Xq7!vTz", months(0), vec![TooShort]),
            (long.as_str(), months(0), vec![TooLong]),
            ("Xq!!vTzz", months(0), vec![NoNumber]),
            ("xq7!vtz9", months(0), vec![NoUpperCase]),
            ("Xq7&vTz9", months(0), vec![NoSymbol]),
            ("Xq7!\tvTz9", months(0), vec![ControlCharacter]),
            ("P@$$w0rd1!", months(0), vec![Word]),
            ("", months(0), vec![TooShort, NoNumber, NoUpperCase, NoSymbol]),
            ("house", months(7), vec![TooShort, NoNumber, NoUpperCase, NoSymbol, Word]),
            (GOOD, months(7), vec![]),
        ]) {
            world.plant(ann, password, last).await;
            let mut expected: Vec<Reason> = unmet.into_iter().map(Reason::Unmet).collect();
            if last < months(6) {
                expected.push(Reason::LongSince { last });
            }
            let result = world.sign_in("ann@example.org", password, number, start()).await;
            if expected.is_empty() {
                assert_eq!(result.unwrap().person, ann, "{password}");
                assert_eq!(world.credential(ann).await.last_sign_in, Some(start()));
                world.sign_ins.end_all(ann, start()).await.unwrap();
                continue;
            }
            assert_eq!(stopped(result), expected, "{password}");
            assert_eq!(world.credential(ann).await.last_sign_in, Some(last), "it was none");
            assert_eq!(world.sign_ins.sessions(ann, start()).await.unwrap(), []);
            // Whoever does not know the password is told nothing of it.
            let wrong = world.sign_in("ann@example.org", "Xq7!vTz8", number, start()).await;
            assert!(matches!(wrong, Err(SignInError::Wrong)), "{wrong:?}");
        }
        world.assert_sound().await;
    });
}

#[test]
fn six_months_count_from_the_last_sign_in_or_the_password_whichever_is_later() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let time = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let made = time("2026-08-31T10:00:00Z");
        let ann = world.with_password("ann", GOOD, made).await;
        let (last_moment, too_late) = (time("2027-02-28T10:00:00Z"), time("2027-02-28T10:00:01Z"));
        let reasons = stopped(world.sign_in("ann.user", GOOD, 1, too_late).await);
        assert_eq!(reasons, [Reason::LongSince { last: made }]);
        world.sign_in("ann.user", GOOD, 1, last_moment).await.unwrap();
        // From then on it counts anew.
        world.sign_in("ann.user", GOOD, 1, time("2027-08-28T10:00:00Z")).await.unwrap();
        let late = time("2028-03-01T00:00:00Z");
        assert_eq!(stopped(world.sign_in("ann.user", GOOD, 1, late).await).len(), 1);
        world.set(ann, OTHER, late).await.unwrap();
        world.sign_in("ann.user", OTHER, 1, late + TimeDelta::minutes(1)).await.unwrap();
    });
}

#[test]
fn a_new_password_meets_every_rule_or_all_unmet_are_named() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.person("ann").await;
        match world.set(ann, "house", start()).await {
            Err(PrepareError::Unacceptable { unmet }) => assert_eq!(
                unmet.into_iter().collect::<Vec<_>>(),
                [Unmet::TooShort, Unmet::NoNumber, Unmet::NoUpperCase, Unmet::NoSymbol, Unmet::Word]
            ),
            other => panic!("{other:?}"),
        }
        assert!(matches!(world.sign_in("ann.user", "house", 1, start()).await, Err(SignInError::Wrong)));
        world.set(ann, GOOD, start()).await.unwrap();
        world.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
    });
}

#[test]
fn one_signs_in_by_address_or_username_in_any_case_and_by_nothing_else() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        let ann = world.with_password("ann", GOOD, start()).await;
        for name in ["ann@example.org", " ANN@Example.ORG ", "ann.user", "Ann.USER"] {
            assert_eq!(world.sign_in(name, GOOD, 1, start()).await.unwrap().person, ann, "{name}");
        }
        let number = ann.to_string();
        for name in ["ann", "console:ann", &number, "1", "", "annuser", "ann@example.com", "?", "a/b"] {
            let result = world.sign_in(name, GOOD, 2, start()).await;
            assert!(matches!(result, Err(SignInError::Wrong)), "{name}: {result:?}");
        }
        // Spaces at the ends are part of a password, and so is case.
        for password in ["xq7!vTz9", " Xq7!vTz9", "Xq7!vTz9 ", "", "Xq7!vTz"] {
            let result = world.sign_in("ann.user", password, 3, start()).await;
            assert!(matches!(result, Err(SignInError::Wrong)), "{password}: {result:?}");
        }
    });
}

#[test]
fn who_has_no_password_or_was_erased_gets_not_in() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.person("bo").await;
        assert!(matches!(world.sign_in("bo.user", "", 1, start()).await, Err(SignInError::Wrong)));
        let ann = world.with_password("ann", GOOD, start()).await;
        let signed_in = world.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        let files = world.kept().files;
        let mut erasure =
            privacy::Erasure::begin(&world.store, &files, &ann.to_string(), start()).await.unwrap();
        // After the first step the person is marked, and everything else of them is still there.
        assert!(erasure.step(&mut |_| {}).await.unwrap());
        assert!(world.people.with_mail(&mail("ann")).await.unwrap().is_some());
        assert_eq!(world.whose(&signed_in.token, start()).await, None);
        assert!(matches!(world.sign_in("ann.user", GOOD, 1, start()).await, Err(SignInError::Wrong)));
    });
}

#[test]
fn a_hash_of_another_cost_is_made_anew_at_the_next_sign_in() {
    on_each_engine(&async |bench| {
        let old = World::on(&bench.store);
        let ann = old.with_password("ann", GOOD, start()).await;
        let first = old.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        let new = World::with(&bench.store, &Settings { memory_kib: 128, ..settings() });
        let kept = async || serde_json::to_string(&old.credential(ann).await.hash).unwrap();
        assert!(kept().await.contains("m=64,t=1,p=1"));
        assert!(matches!(new.sign_in("ann.user", OTHER, 1, start()).await, Err(SignInError::Wrong)));
        assert!(kept().await.contains("m=64,t=1,p=1"), "only who knows the password changes its hash");
        new.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        let dated = kept().await;
        assert!(dated.contains("m=128,t=1,p=1"), "{dated}");
        new.sign_in("ann.user", GOOD, 1, minutes(1)).await.unwrap();
        assert_eq!(kept().await, dated, "once");
        assert_eq!(new.whose(&first.token, minutes(1)).await, Some(ann), "sessions go on");
    });
}
