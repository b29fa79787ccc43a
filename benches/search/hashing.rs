//! Asks questions while passwords are hashed: what everybody else notices of 50 people who reset theirs at once.

use std::sync::Arc;
use std::time::Instant;

use guidepost::chat::Reply;
use guidepost::clock;
use guidepost::config::{self, Options};
use guidepost::domain::PersonId;
use guidepost::domain::password::Password;
use guidepost::handlers::Desk;
use guidepost::search::Engine;
use guidepost::services::sign_in::SignIns;
use guidepost::store::{Batch, Place, Store};
use tokio::runtime::Runtime;

use crate::questions;
use crate::times::Times;

/// How many reset their passwords at once.
const RESETS: u64 = 50;

/// Measures the same questions alone and while passwords are hashed, with the cost of the settings' defaults.
pub fn measure(engine: &Arc<Engine>, questions: &[&str]) {
    // As many threads as a desk that is served has.
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let desk = questions::desk(engine);
    let folder = tempfile::tempdir().unwrap();
    let store = runtime.block_on(Store::open(&Place::Folder(folder.path().join("store")))).unwrap();
    let mut settings = config::load(&Options::default(), []).unwrap().settings.sign_in;
    settings.compromised = None;
    let sign_ins = SignIns::new(store.clone(), &settings, clock::secret).unwrap();
    // The dictionary is made when it is first asked.
    runtime.block_on(reset(&store, &sign_ins, 0));

    let mut alone = Times::default();
    for question in questions {
        ask(&runtime, &desk, question, &mut alone);
    }
    let started = Instant::now();
    let resets: Vec<_> = (1..=RESETS)
        .map(|person| {
            let (store, sign_ins) = (store.clone(), sign_ins.clone());
            runtime.spawn(async move { reset(&store, &sign_ins, person).await })
        })
        .collect();
    let (mut beside, mut asked) = (Times::default(), 0);
    while resets.iter().any(|reset| !reset.is_finished()) {
        ask(&runtime, &desk, questions[asked % questions.len()], &mut beside);
        asked += 1;
    }
    let took = started.elapsed().as_secs_f64();
    runtime.block_on(async {
        for reset in resets {
            reset.await.unwrap();
        }
        store.close().await;
    });
    tell(&alone, questions.len(), &beside, asked, took);
}

async fn reset(store: &Store, sign_ins: &SignIns, person: u64) {
    let now = clock::now();
    let new = sign_ins.prepare(Password::typed(&format!("Xq7!vTz{person}")), &[], now).await.unwrap();
    let mut batch = Batch::new();
    sign_ins.put(&mut batch, PersonId(person), &new, now).await.unwrap();
    store.commit(batch).await.unwrap();
}

fn ask(runtime: &Runtime, desk: &Desk, question: &str, times: &mut Times) {
    let turn = questions::turn(question);
    let reply = times.take(|| runtime.block_on(desk.handle(&turn)));
    assert_ne!(reply, Reply::default(), "no reply to {question}");
}

fn tell(alone: &Times, asked_alone: usize, beside: &Times, asked_beside: usize, took: f64) {
    println!("\n| question → reply | questions | p50 ms | p99 ms | p99 of that alone |");
    println!("| --- | ---: | ---: | ---: | ---: |");
    for (name, times, asked) in [
        ("alone".to_owned(), alone, asked_alone),
        (format!("while {RESETS} passwords are reset ({took:.1} s)"), beside, asked_beside),
    ] {
        let (median, most) = (times.percentile(50), times.percentile(99));
        let ratio = most / alone.percentile(99);
        println!("| {name} | {asked} | {median:.3} | {most:.3} | {ratio:.2} |");
    }
}
