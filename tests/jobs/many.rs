//! Many effects at once.

use std::time::Instant;

use guidepost::domain::{Effect, JobKey};
use guidepost::services::agenda;
use guidepost::store::Batch;

use super::world::{Obedient, jobs, mail, start, work_off};
use crate::store::on_each_engine;

#[test]
fn a_thousand_due_effects_are_worked_off() {
    on_each_engine(&async |bench| {
        for part in 0..4 {
            let mut batch = Batch::new();
            for number in 0..250 {
                let key = JobKey::of("mail-test", &[part * 250 + number + 1]);
                agenda::enqueue(&mut batch, Effect::Mail(mail()), key, start());
            }
            bench.store.commit(batch).await.unwrap();
        }
        let began = Instant::now();
        let overview = agenda::overview(&bench.store, start()).await.unwrap();
        let looked = began.elapsed();
        assert_eq!((overview.due, overview.oldest_due), (1000, Some(start())));
        let executor = Obedient::done();
        let began = Instant::now();
        let sum = work_off(&jobs(&bench.store, executor.clone()), start()).await;
        println!("1,000 effects: counted in {looked:?}, worked off in {:?}", began.elapsed());
        assert_eq!((sum.claimed, sum.done, sum.next_due), (1000, 1000, None));
        assert!(executor.tries().values().all(|tries| tries == &[1]));
        let overview = agenda::overview(&bench.store, start()).await.unwrap();
        assert_eq!(overview, agenda::Overview::default());
    });
}
