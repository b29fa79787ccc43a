//! A store with what carries out its jobs, a clock that is moved by hand, and executors that do as they are told.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use guidepost::clock::ManualClock;
use guidepost::domain::{Effect, Job, JobKey, Mail, MailAddress, Mailbox, Timer};
use guidepost::jobs::{
    Closed, Doing, Executor, Executors, Jobs, Limits, Mailing, Order, Outcome, Ticked, Upkeep, tick,
};
use guidepost::mail::{Outbox, Transport};
use guidepost::replies::Locale;
use guidepost::services::agenda::{self, JOBS, Record};
use guidepost::services::codes::Codes;
use guidepost::services::keeping::DeskKey;
use guidepost::store::files::{Files, Home};
use guidepost::store::{Batch, CommitError, Store};
use guidepost::{app, config};
use tokio::sync::mpsc;

/// When every test begins: 22 November 2026, 09:02:22.
pub fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_795_338_142, 0).unwrap()
}

pub fn key(number: u64) -> JobKey {
    JobKey::of("mail-test", &[number])
}

pub fn mail() -> Mail {
    Mail::Test { to: MailAddress::parse("ann@example.org").unwrap(), asked_at: start() }
}

/// Puts one effect on the agenda, due at once.
pub async fn enqueue(store: &Store, number: u64) -> Result<(), CommitError> {
    let mut batch = Batch::new();
    agenda::enqueue(&mut batch, Effect::Mail(mail()), key(number), start());
    store.commit(batch).await.map(|_| ())
}

/// What an executor is told to do.
#[derive(Clone)]
pub enum Told {
    Say(Outcome),
    Panic,
    /// Never comes back.
    Hang,
}

/// An executor that does as it is told, and remembers each time that it was asked.
#[derive(Clone)]
pub struct Obedient {
    answer: fn(Order<'_, Mail>) -> Told,
    tries: Arc<Mutex<BTreeMap<JobKey, Vec<u32>>>>,
}

impl Obedient {
    pub fn new(answer: fn(Order<'_, Mail>) -> Told) -> Self {
        Self { answer, tries: Arc::default() }
    }

    pub fn done() -> Self {
        Self::new(|_| Told::Say(Outcome::Done))
    }

    /// Which tries each job had.
    pub fn tries(&self) -> BTreeMap<JobKey, Vec<u32>> {
        self.tries.lock().unwrap().clone()
    }

    pub fn tries_of(&self, number: u64) -> Vec<u32> {
        self.tries().remove(&key(number)).unwrap_or_default()
    }
}

impl Executor<Mail> for Obedient {
    fn carry_out<'a>(&'a self, order: Order<'a, Mail>) -> Doing<'a> {
        self.tries.lock().unwrap().entry(order.key.clone()).or_default().push(order.attempt);
        Box::pin(async move {
            // So that others come in between.
            tokio::task::yield_now().await;
            match (self.answer)(order) {
                Told::Say(outcome) => outcome,
                Told::Panic => panic!("as it was told"),
                Told::Hang => std::future::pending().await,
            }
        })
    }
}

/// Does the work and then never comes back, as in a process that is killed before it can note that it is done.
pub struct Killed {
    pub work: Mailing,
    pub worked: mpsc::UnboundedSender<Outcome>,
}

impl Executor<Mail> for Killed {
    fn carry_out<'a>(&'a self, order: Order<'a, Mail>) -> Doing<'a> {
        Box::pin(async move {
            let outcome = self.work.carry_out(order).await;
            self.worked.send(outcome).unwrap();
            std::future::pending().await
        })
    }
}

/// A desk key.
pub fn desk_key() -> DeskKey {
    DeskKey::parse(&"0123456789abcdef".repeat(4)).unwrap()
}

/// The executor of a running desk, with an outbox in this folder.
pub fn mailing(store: &Store, outbox: &Path) -> Mailing {
    let from = Mailbox::parse("Guidepost <desk@example.org>").unwrap();
    posting(store, Transport::Outbox(Outbox::new(outbox.to_owned(), from)))
}

/// The same with any way for mail to go.
pub fn posting(store: &Store, transport: Transport) -> Mailing {
    Mailing::new(store.clone(), Codes::new(desk_key()), transport, "Guidepost".to_owned(), Locale::English)
}

/// What the outbox holds: names and texts.
pub fn outbox(folder: &Path) -> BTreeMap<String, String> {
    let Ok(entries) = std::fs::read_dir(folder) else { return BTreeMap::new() };
    let files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    let read = |file: &PathBuf| std::fs::read_to_string(file).unwrap();
    files.iter().map(|f| (f.file_name().unwrap().to_str().unwrap().to_owned(), read(f))).collect()
}

/// What carries out the jobs of a store, with this executor of mail.
pub fn jobs(store: &Store, mail: impl Executor<Mail> + 'static) -> Jobs {
    limited(store, mail, Limits::default())
}

pub fn limited(store: &Store, mail: impl Executor<Mail> + 'static, limits: Limits) -> Jobs {
    let files = Files::new(store.clone(), Home::Folder(PathBuf::from("/nonexistent")));
    let upkeep = upkeep(store, &files);
    Jobs::new(store.clone(), executors(Box::new(mail), upkeep), "test".to_owned(), limits)
}

/// The executor of timers, with the cases of a store by the built-in rules.
pub fn upkeep(store: &Store, files: &Files) -> Box<Upkeep> {
    let settings = config::load(&config::Options { file: None, set: Vec::new() }, []).unwrap().settings;
    Box::new(Upkeep::new(store.clone(), files.clone(), app::cases(&settings, store, files)))
}

/// Limits under which what hangs has failed soon.
pub fn impatient() -> Limits {
    Limits { execution: Duration::from_millis(50), ..Limits::default() }
}

/// A turn, with the longest waits there are.
pub async fn turn(jobs: &Jobs, now: DateTime<Utc>) -> Ticked {
    tick(jobs, now, || u64::MAX).await.unwrap()
}

/// Turns until nothing is due at this time; answers the sum.
pub async fn work_off(jobs: &Jobs, now: DateTime<Utc>) -> Ticked {
    let mut sum = Ticked::default();
    loop {
        let Ticked { claimed, done, failed, dead, next_due } = turn(jobs, now).await;
        sum.claimed += claimed;
        sum.done += done;
        sum.failed += failed;
        sum.dead += dead;
        sum.next_due = next_due;
        if next_due.is_none_or(|next| next > now) {
            return sum;
        }
    }
}

/// A job as it is in the store; `None` when it is over or was never there.
pub async fn job(store: &Store, key: &JobKey) -> Option<Job> {
    match JOBS.get(store, &agenda::key_of(key)).await.unwrap()?.record {
        Record::Open(job) => Some(job),
        Record::Over { .. } => None,
    }
}

pub fn hand() -> ManualClock {
    ManualClock::at(start())
}

pub fn minutes(minutes: i64) -> TimeDelta {
    TimeDelta::minutes(minutes)
}

/// Those of a desk without Discord.
pub fn executors(mail: Box<dyn Executor<Mail>>, upkeep: Box<dyn Executor<Timer>>) -> Executors {
    Executors { mail, discord: Box::new(Closed("Discord")), upkeep }
}
