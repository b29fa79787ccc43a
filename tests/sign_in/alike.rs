//! An unknown name is treated as a known one with a wrong password: the same reads, writes, hashes and effects, the same answer.
//!
//! What is compared is what the store itself counts of its reads and commits, what the hasher counts of its hashes, and everything that
//! is in the store before and after: as many records, each as long. A right password is seen to differ, so the counting can tell.

use std::collections::BTreeMap;

use guidepost::config::SignIn as Settings;
use guidepost::services::agenda::JOBS;
use guidepost::services::sign_in::SignInError;
use guidepost::store::{Asked, Direction};

use super::databases::{Manner, Ranges};
use super::world::{GOOD, OTHER, World, minutes, settings, start};
use crate::store::on_each_engine;

/// What a try did, as far as anybody could notice.
#[derive(Debug, PartialEq)]
struct Did {
    answer: String,
    asked: Asked,
    hashes: u64,
    /// The lengths of the keys and values that were changed, made or deleted.
    changes: Vec<(usize, Option<usize>)>,
}

async fn entries(world: &World) -> BTreeMap<String, String> {
    let dump = world.dump().await.into_iter();
    // The engine's own clock and counters go on with each commit.
    let records = dump.filter(|entry| entry.key.table() != "store");
    records.map(|entry| (entry.key.to_string(), entry.value.to_string())).collect()
}

async fn tried(world: &World, name: &str, password: &str, from: u8) -> Did {
    let before = entries(world).await;
    let (asked, hashes) = (world.store.asked(), world.sign_ins.hashed());
    let answer = match world.sign_in(name, password, from, minutes(1)).await {
        Ok(_) => "in".to_owned(),
        Err(error) => format!("{error:?}"),
    };
    let (asked, hashes) = (world.store.asked().since(asked), world.sign_ins.hashed() - hashes);
    let after = entries(world).await;
    let keys = before.keys().chain(after.keys().filter(|key| !before.contains_key(*key)));
    let touched = keys.filter(|key| before.get(*key) != after.get(*key));
    let mut changes: Vec<_> = touched.map(|key| (key.len(), after.get(key).map(String::len))).collect();
    changes.sort_unstable();
    Did { answer, asked, hashes, changes }
}

#[test]
fn nothing_tells_whether_a_name_is_known() {
    on_each_engine(&async |bench| {
        let ranges = Ranges::start(Manner::Says(String::new())).await;
        let world = World::with(&bench.store, &Settings { compromised: Some(ranges.url()), ..settings() });
        world.with_password("ann", GOOD, start()).await;
        world.person("none").await;
        let gone = world.with_password("gone", GOOD, start()).await;
        let asked_before = ranges.asked().len();
        let files = world.kept().files;
        let who = gone.to_string();
        let mut erasure =
            guidepost::services::privacy::Erasure::begin(&world.store, &files, &who, start()).await.unwrap();
        erasure.step(&mut |_| {}).await.unwrap();

        let mut from = 0;
        let mut next = || {
            from += 1;
            from
        };
        let known = tried(&world, "ann@example.org", OTHER, next()).await;
        assert_eq!((known.answer.as_str(), known.hashes, known.asked.commits), ("Wrong", 1, 1));
        // A count of the name here, of the name, and of the network address, each with its index.
        assert_eq!(known.changes.len(), 6);
        for name in ["ann.user", "none.user", "gone.user", "nobody", "nobody@example.org", "not a name", ""] {
            let unknown = tried(&world, name, OTHER, next()).await;
            assert_eq!(unknown, known, "{name}");
        }
        // The second time, and the next ones, until it is too often: also then.
        let (one, other) = (next(), next());
        for time in 0..25 {
            let known = tried(&world, "none@example.org", OTHER, one).await;
            let unknown = tried(&world, "some@example.org", OTHER, other).await;
            assert_eq!(unknown, known, "{time}");
            assert_eq!(known.answer.contains("TooOften"), time >= 20);
            assert_eq!(known.hashes, u64::from(time < 20));
        }
        assert_eq!(ranges.asked().len(), asked_before, "only a right password is asked about");
        let right = tried(&world, "ann@example.org", GOOD, next()).await;
        assert!(right.asked.reads > known.asked.reads && right.asked.commits == 2, "{right:?}");
        assert_eq!(JOBS.list(&world.store, None, 1, Direction::Forward).await.unwrap(), []);
    });
}

#[test]
fn the_answer_is_the_same_to_the_letter() {
    on_each_engine(&async |bench| {
        let world = World::on(&bench.store);
        world.with_password("ann", GOOD, start()).await;
        let said = async |name: &str| match world.sign_in(name, OTHER, 1, start()).await {
            Err(error @ SignInError::Wrong) => format!("{error} {error:?}"),
            other => panic!("{other:?}"),
        };
        assert_eq!(said("ann.user").await, said("nobody").await);
    });
}
