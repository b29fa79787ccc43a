//! Planted secrets are nowhere: not in what is printed, not in the log, not in the store nor in a backup.

use std::io::{Read, Write};
use std::sync::{Arc, Mutex};

use guidepost::config::{SignIn as Settings, WhenUnknown};
use guidepost::domain::password::{Fingerprint, Password};
use guidepost::services::keeping::backup;
use guidepost::services::privacy::export;
use tracing::subscriber::set_default;

use super::databases::{Manner, Ranges, line};
use super::world::{GOOD, World, settings, start};
use crate::store::on_each_engine;

/// Meets no rule: it is refused, and mustn't be told while that is said.
const BAD: &str = "quokka";

#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<u8>>>);

impl Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn no_password_token_or_hash_is_printed_logged_or_handed_over() {
    on_each_engine(&async |bench| {
        let lines = Lines::default();
        let writer = lines.clone();
        let log = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone());
        let logging = set_default(log.with_max_level(tracing::Level::TRACE).finish());
        let mut printed = Vec::new();

        let ranges = Ranges::start(Manner::Says(line("nothing", 1))).await;
        let asking = Settings { compromised: Some(ranges.url()), ..settings() };
        let world = World::with(&bench.store, &asking);
        let ann = world.with_password("ann", GOOD, start()).await;
        let typed = Password::typed(GOOD);
        let new = world.sign_ins.prepare(typed.clone(), &[], start()).await.unwrap();
        printed.push(format!("{typed:?} {new:?} {:?}", world.set(ann, BAD, start()).await));
        let signed_in = world.sign_in("ann.user", GOOD, 1, start()).await.unwrap();
        printed.push(format!("{signed_in:?} {:?}", world.sign_in("ann.user", BAD, 1, start()).await));
        printed.push(format!("{:?}", world.sign_ins.session(&signed_in.token, start()).await));
        printed.push(format!(
            "{:?} {:?}",
            world.credential(ann).await,
            world.sign_ins.sessions(ann, start()).await
        ));
        // Everything that goes wrong is said, too.
        for manner in [Manner::Silent, Manner::Answers("200 OK", "no".to_owned()), Manner::BreaksOff] {
            ranges.set(manner);
            let refusing = World::with(
                &bench.store,
                &Settings {
                    when_unknown: WhenUnknown::Refuse,
                    compromised_file: Some("/nonexistent".into()),
                    ..asking.clone()
                },
            );
            printed.push(format!("{:?}", refusing.set(ann, GOOD, start()).await));
            printed.push(format!("{:?}", refusing.sign_in("ann.user", GOOD, 2, start()).await));
        }
        world.plant(ann, BAD, start()).await;
        ranges.set(Manner::Says(line("nothing", 1)));
        printed.push(format!("{:?}", world.sign_in("ann.user", BAD, 3, start()).await));
        drop(logging);
        let printed = printed.join("\n");

        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("backup.tar.gz");
        let kept = guidepost::services::keeping::Kept {
            files: guidepost::store::files::Files::new(
                world.store.clone(),
                guidepost::store::files::Home::Folder(folder.path().join("files")),
            ),
            ..world.kept()
        };
        backup(&kept, &file, start(), &mut |_| {}).await.unwrap();
        let mut saved = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(&file).unwrap()).read_to_end(&mut saved).unwrap();
        let saved = String::from_utf8_lossy(&saved).into_owned();
        let entries = world.dump().await.into_iter().map(|entry| format!("{} {}", entry.key, entry.value));
        let stored = entries.collect::<Vec<_>>().join("\n");
        let person = export(&world.store, &ann.to_string(), start(), &mut |_| {}).await.unwrap();
        let handed_over = serde_json::to_string(&person).unwrap();
        let logged = String::from_utf8_lossy(&lines.0.lock().unwrap()).into_owned();
        assert!(
            logged.contains("did not answer") && saved.contains("argon2id") && stored.contains("argon2id")
        );

        let token = signed_in.token.expose();
        let prints = [GOOD, BAD].map(|text| Fingerprint::of(&Password::typed(text)).whole().to_owned());
        for secret in [GOOD, BAD, token.as_str(), &prints[0], &prints[1], &prints[0][5..]] {
            for (place, text) in [
                ("printed", &printed),
                ("logged", &logged),
                ("stored", &stored),
                ("saved", &saved),
                ("handed over", &handed_over),
            ] {
                assert!(!text.to_lowercase().contains(&secret.to_lowercase()), "{place}: {secret}");
            }
        }
        for (place, text) in [("printed", &printed), ("logged", &logged), ("handed over", &handed_over)] {
            assert!(!text.contains("argon2id"), "{place}");
        }
    });
}
