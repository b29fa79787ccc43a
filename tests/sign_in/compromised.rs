//! Passwords that became known elsewhere: asked for without telling them, and what becomes of one when nobody answers.

use std::fs;

use guidepost::config::{SignIn as Settings, WhenUnknown};
use guidepost::domain::password::{Fingerprint, Password, Unmet};
use guidepost::services::sign_in::{PrepareError, Reason, SignInError};

use super::databases::{Manner, Ranges, line};
use super::world::{GOOD, OTHER, World, minutes, settings, start};
use crate::store::on_each_engine;

fn asking(ranges: &Ranges) -> Settings {
    Settings { compromised: Some(ranges.url()), ..settings() }
}

fn unmet(result: Result<(), PrepareError>) -> Vec<Unmet> {
    match result {
        Err(PrepareError::Unacceptable { unmet }) => unmet.into_iter().collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn five_characters_of_the_hash_are_sent_and_nothing_else() {
    on_each_engine(&async |bench| {
        let ranges = Ranges::start(Manner::Says(line(OTHER, 3))).await;
        let world = World::with(&bench.store, &asking(&ranges));
        let ann = world.with_password("ann", GOOD, start()).await;
        world.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        let print = Fingerprint::of(&Password::typed(GOOD));
        let asked = ranges.asked();
        assert_eq!(asked.len(), 2, "once when it is made, once when it is used");
        for request in &asked {
            let path = request.split(' ').nth(1).unwrap();
            assert_eq!(path, format!("/range/{}", print.prefix()));
            assert_eq!(path.len(), "/range/".len() + 5);
            assert!(request.to_lowercase().contains("\r\nadd-padding: true\r\n"), "{request}");
            for secret in [print.suffix(), &print.suffix().to_lowercase(), GOOD, "ann", "cookie"] {
                assert!(!request.contains(secret), "{secret}: {request}");
            }
        }
        assert_eq!(unmet(world.set(ann, OTHER, start()).await), [Unmet::Compromised]);
    });
}

#[test]
fn a_compromised_password_is_not_taken_and_stops_the_next_sign_in() {
    on_each_engine(&async |bench| {
        // A line of padding has the count 0, whatever its hash.
        let ranges = Ranges::start(Manner::Says(line(GOOD, 0))).await;
        let world = World::with(&bench.store, &asking(&ranges));
        let ann = world.with_password("ann", GOOD, start()).await;
        assert!(!world.credential(ann).await.unchecked);
        world.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        ranges.set(Manner::Says(line(GOOD, 1)));
        match world.sign_in("ann.user", GOOD, 1, minutes(1)).await {
            Err(SignInError::Stopped { person, reasons }) => {
                assert_eq!((person, reasons), (ann, vec![Reason::Unmet(Unmet::Compromised)]));
            }
            other => panic!("{other:?}"),
        }
        // Together with what else is unmet.
        ranges.set(Manner::Says(line("house", 7)));
        let all = unmet(world.set(ann, "house", start()).await);
        assert_eq!((all.len(), all.last()), (6, Some(&Unmet::Compromised)));
        world.set(ann, OTHER, minutes(2)).await.unwrap();
        world.sign_in("ann.user", OTHER, 1, minutes(2)).await.unwrap();
    });
}

#[test]
fn when_nobody_answers_it_is_as_the_settings_say_and_asked_again_the_next_time() {
    on_each_engine(&async |bench| {
        let ranges = Ranges::start(Manner::Silent).await;
        let world = World::with(&bench.store, &asking(&ranges));
        let strict =
            World::with(&bench.store, &Settings { when_unknown: WhenUnknown::Refuse, ..asking(&ranges) });
        let elsewhere = Ranges::start(Manner::Says(line(GOOD, 9))).await;
        let ann = world.person("ann").await;
        for (from, manner) in (1..).zip([
            Manner::Silent,
            Manner::BreaksOff,
            Manner::Huge,
            Manner::Elsewhere(elsewhere.url()),
            Manner::Answers("503 Service Unavailable", "later".to_owned()),
            Manner::Answers("429 Too Many Requests", String::new()),
            Manner::Answers("404 Not Found", String::new()),
            Manner::Answers("200 OK", String::new()),
            Manner::Answers("200 OK", "<html>Please accept our terms.</html>".to_owned()),
            Manner::Answers("200 OK", format!("{}\r\n{}", line(OTHER, 3), &line(OTHER, 3)[..20])),
        ]) {
            ranges.set(manner.clone());
            assert!(
                matches!(strict.set(ann, GOOD, start()).await, Err(PrepareError::Unchecked)),
                "{manner:?}"
            );
            world.set(ann, GOOD, start()).await.unwrap();
            assert!(world.credential(ann).await.unchecked, "{manner:?}");
            let refused = strict.sign_in("ann.user", GOOD, from, start()).await;
            assert!(matches!(refused, Err(SignInError::Unchecked)), "{manner:?} {refused:?}");
            world.sign_in("ann.user", GOOD, from, start()).await.unwrap();
            assert!(world.credential(ann).await.unchecked, "{manner:?}");
            // As soon as it answers again, what it says counts.
            ranges.set(Manner::Says(line(GOOD, 2)));
            let stopped = world.sign_in("ann.user", GOOD, from, start()).await;
            assert!(matches!(stopped, Err(SignInError::Stopped { .. })), "{manner:?} {stopped:?}");
            ranges.set(Manner::Says(line(OTHER, 2)));
            strict.sign_in("ann.user", GOOD, from, start()).await.unwrap();
            assert!(!world.credential(ann).await.unchecked, "{manner:?}");
        }
        assert_eq!(elsewhere.asked(), Vec::<String>::new(), "the characters go nowhere else");
        let gone = Settings { compromised: Some("http://127.0.0.1:1/".to_owned()), ..settings() };
        World::with(&bench.store, &gone).set(ann, GOOD, start()).await.unwrap();
        assert!(world.credential(ann).await.unchecked, "nobody is there");
    });
}

#[test]
fn a_local_file_answers_without_a_network() {
    on_each_engine(&async |bench| {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("hashes.txt");
        let keep = |passwords: &[&str]| {
            let whole = |text: &&str| Fingerprint::of(&Password::typed(text)).whole().to_owned();
            let mut lines: Vec<String> = passwords.iter().map(whole).collect();
            lines.extend(
                (0..200).map(|n| Fingerprint::of(&Password::typed(&n.to_string())).whole().to_owned()),
            );
            lines.sort_unstable();
            fs::write(&file, lines.join(":12\r\n") + ":12\r\n").unwrap();
        };
        keep(&[OTHER]);
        let offline = Settings {
            compromised_file: Some(file.clone()),
            when_unknown: WhenUnknown::Refuse,
            ..settings()
        };
        let world = World::with(&bench.store, &offline);
        let ann = world.with_password("ann", GOOD, start()).await;
        assert!(!world.credential(ann).await.unchecked);
        assert_eq!(unmet(world.set(ann, OTHER, start()).await), [Unmet::Compromised]);
        world.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        keep(&[GOOD, OTHER]);
        let stopped = world.sign_in("ann.user", GOOD, 1, start()).await;
        assert!(matches!(stopped, Err(SignInError::Stopped { .. })), "{stopped:?}");
        // Without the file nobody answers.
        fs::remove_file(&file).unwrap();
        assert!(matches!(world.set(ann, OTHER, start()).await, Err(PrepareError::Unchecked)));
        fs::write(&file, "no hashes\n").unwrap();
        assert!(matches!(world.set(ann, OTHER, start()).await, Err(PrepareError::Unchecked)));

        // With both, either is enough to refuse, and either is enough for an answer.
        let ranges = Ranges::start(Manner::Silent).await;
        let both = World::with(&bench.store, &Settings { compromised: Some(ranges.url()), ..offline });
        assert!(matches!(both.set(ann, GOOD, start()).await, Err(PrepareError::Unchecked)));
        keep(&[OTHER]);
        both.set(ann, GOOD, start()).await.unwrap();
        let asked = ranges.asked().len();
        assert_eq!(unmet(both.set(ann, OTHER, start()).await), [Unmet::Compromised]);
        assert_eq!(ranges.asked().len(), asked, "what the file knows is asked of nobody");
        ranges.set(Manner::Says(line(GOOD, 1)));
        assert_eq!(unmet(both.set(ann, GOOD, start()).await), [Unmet::Compromised]);
        fs::remove_file(&file).unwrap();
        ranges.set(Manner::Says(line(OTHER, 1)));
        both.set(ann, GOOD, start()).await.unwrap();
    });
}
