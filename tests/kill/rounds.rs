//! Rounds of killing, and the comparison at the end.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use guidepost::clock;
use guidepost::domain::{Job, Work};
use guidepost::services::agenda::{JOBS, Record};
use guidepost::services::trial::{self, Acknowledged};
use guidepost::store::{Direction, Key, KeyRange, Place as StorePlace, Store};
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use super::desk::{Clients, Desk, Place, files};
use crate::store::Schema;

/// Every so manieth commit comes with an effect, a mail.
const MAIL_EVERY: u64 = 25;

/// What clients do, and what they are told.
pub trait Trial: DeserializeOwned {
    /// Arguments of `guidepost store trial`.
    const ARGUMENTS: &[&str];
    /// At most so many of a desk's acknowledgements are heard before it is killed.
    const HEARD: u64;
}

impl Trial for Acknowledged {
    const ARGUMENTS: &[&str] = &["--bytes", "300", "--mail-every", "25"];
    const HEARD: u64 = 900;
}

/// How often the status is asked before the effects are given up.
const PATIENCE: usize = 3000;

/// Desks on one store, and what was acknowledged so far.
pub struct Rounds<T> {
    pub desks: Vec<(Place, Option<Desk>)>,
    pub store: StorePlace,
    pub outbox: PathBuf,
    pub acknowledged: Vec<T>,
    seed: u64,
    _folder: TempDir,
    _schema: Option<Schema>,
}

impl<T: Trial> Rounds<T> {
    /// One desk on sled.
    pub fn on_sled() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = StorePlace::Folder(folder.path().join("desk-0/data/store"));
        Self::new(folder, store, None, 1, &[])
    }

    /// So many desks on one database.
    pub fn on_postgresql(url: &str, schema: Option<Schema>, desks: usize) -> Self {
        // Desks that share a store share its key.
        let key = "a-key-for-the-desks-of-a-test-that-are-killed";
        let settings = [
            ("GUIDEPOST_STORE_ENGINE", "postgres"),
            ("GUIDEPOST_STORE_URL", url),
            ("GUIDEPOST_SECRET_KEY", key),
        ];
        let store = StorePlace::Postgres(url.to_owned());
        Self::new(tempfile::tempdir().unwrap(), store, schema, desks, &settings)
    }

    fn new(
        folder: TempDir,
        store: StorePlace,
        schema: Option<Schema>,
        desks: usize,
        settings: &[(&str, &str)],
    ) -> Self {
        let outbox = folder.path().join("outbox");
        let place = |n: usize| {
            let folder = folder.path().join(format!("desk-{n}"));
            std::fs::create_dir(&folder).unwrap();
            let mut all: Vec<(String, String)> =
                settings.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
            all.push(("GUIDEPOST_MAIL_OUTBOX".to_owned(), outbox.to_str().unwrap().to_owned()));
            (Place { folder, settings: all }, None)
        };
        let desks = (0..desks).map(place).collect();
        Self { desks, store, outbox, acknowledged: Vec::new(), seed: 1, _folder: folder, _schema: schema }
    }

    /// Clients commit at every desk; one desk is killed in the middle, and the others go on.
    pub fn kill(&mut self) {
        self.start();
        let victim = self.below(self.desks.len() as u64) as usize;
        let mut all = self.clients();
        let survivors = all.split_off(victim + 1);
        let mut of_victim = all.pop().unwrap();
        for _ in 0..5 + self.below(T::HEARD) {
            let one = of_victim.next().expect("the desk is alive");
            self.acknowledged.push(one);
        }
        self.desks[victim].1.take().unwrap().kill();
        self.acknowledged.extend(of_victim.rest());
        for mut clients in all.into_iter().chain(survivors) {
            // What was on its way when the other one died, and then some that came after.
            for _ in 0..T::HEARD / 2 {
                self.acknowledged.push(clients.next().expect("this desk is alive"));
            }
            self.acknowledged.extend(clients.hang_up());
        }
    }

    /// Clients commit at every desk while something happens to the server of their store.
    pub fn disturb(&mut self, what: impl FnOnce()) {
        self.start();
        let mut all = self.clients();
        for clients in &mut all {
            for _ in 0..100 {
                self.acknowledged.push(clients.next().expect("the desk is alive"));
            }
        }
        what();
        // Each client goes on when the server is back, or ends with the reason why this can't be known.
        for clients in all {
            self.acknowledged.extend(clients.hang_up());
        }
    }

    fn clients(&self) -> Vec<Clients<T>> {
        self.desks.iter().map(|(place, _)| Clients::start(place, T::ARGUMENTS)).collect()
    }

    fn start(&mut self) {
        for (place, desk) in &mut self.desks {
            desk.get_or_insert_with(|| Desk::start(place));
        }
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.seed >> 33) % limit
    }

    /// Lets the desks carry out everything and stops them: also what failed while a server was away and waits for another try, and what
    /// was under way when its client hung up, and is kept only now.
    pub fn end(&mut self) {
        for _ in 0..PATIENCE {
            self.start();
            self.wait_for_effects();
            for (_, desk) in &mut self.desks {
                desk.take().unwrap().stop();
            }
            if !self.is_anything_left() {
                return;
            }
        }
        panic!("effects are left again and again");
    }

    /// Whether an effect is due, or waits for another try.
    fn is_anything_left(&self) -> bool {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        runtime.block_on(async {
            let store = Store::open(&self.store).await.unwrap();
            let jobs = JOBS.list(&store, None, usize::MAX, Direction::Forward).await.unwrap();
            store.close().await;
            let now = clock::now();
            jobs.iter().any(|row| match &row.record {
                Record::Open(Job { work: Work::Effect(_), tries, due, .. }) => *tries > 0 || *due <= now,
                Record::Open(_) | Record::Over { .. } => false,
            })
        })
    }

    /// Asks until nothing is due or under way.
    fn wait_for_effects(&self) {
        let place = &self.desks[0].0;
        for _ in 0..PATIENCE {
            let status = place.status();
            let jobs = &status["jobs"];
            assert_eq!(jobs["dead"], 0, "{status}");
            if jobs["due"] == 0 && jobs["leased"] == 0 {
                return;
            }
        }
        panic!("effects are not carried out: {}", place.status());
    }
}

impl Rounds<Acknowledged> {
    /// Lets the desks carry out what is due, stops them, and compares everything.
    pub fn compare(mut self) {
        self.end();
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let (left, feed) = runtime.block_on(async {
            let store = Store::open(&self.store).await.unwrap();
            let left = trial::left(&store).await.unwrap();
            let range = KeyRange::under(&Key::of("feed"));
            let feed = store.scan(&range, usize::MAX, Direction::Forward).await.unwrap();
            store.close().await;
            (left, feed)
        });
        assert!(left.first == left.second, "no batch is there by half");
        let count = left.first.len() as u64;
        assert!(
            left.first.iter().map(|(number, _)| *number).eq(1..=count),
            "no number is missing or there twice"
        );
        let there: BTreeMap<u64, _> = left.first.iter().map(|(number, record)| (*number, record)).collect();
        for a in &self.acknowledged {
            let found = there.get(&a.number).map(|record| (record.client, record.turn));
            assert_eq!(found, Some((a.client, a.turn)), "{a:?} was acknowledged");
        }
        let numbers: BTreeSet<u64> = self.acknowledged.iter().map(|a| a.number).collect();
        assert_eq!(numbers.len(), self.acknowledged.len(), "no number was given out twice");
        let feed: Vec<u64> = feed.iter().map(|entry| entry.key.last_number().unwrap()).collect();
        assert!(feed.windows(2).all(|pair| pair[1] == pair[0] + 1), "the feed has no gaps");
        assert_eq!(feed.last(), Some(&count), "every commit told the feed once");
        // A desk that was killed while it wrote one may leave a part of it under another name.
        let mut sent = files(&self.outbox);
        sent.retain(|name| name.strip_suffix(".eml").is_some());
        sent.sort();
        let due: Vec<String> =
            (1..=count / MAIL_EVERY).map(|n| format!("trial-{:06}.eml", n * MAIL_EVERY)).collect();
        assert_eq!(sent, due, "every effect was carried out once");
        println!("{} commits were acknowledged, {count} are there, {} mails", numbers.len(), sent.len());
    }
}
