//! What whoever looks after the desk sees of the agenda.

use guidepost::domain::Effect;
use guidepost::jobs::Outcome;
use guidepost::services::agenda::{self, Overview};
use guidepost::store::{Batch, Key};
use serde_json::json;

use super::world::{Obedient, Told, enqueue, jobs, key, mail, minutes, start, turn};
use crate::store::on_each_engine;

#[test]
fn the_agenda_is_told_in_numbers() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let jobs = jobs(
            store,
            Obedient::new(|order| match order.key.as_str() {
                "mail-test-000001" => Told::Say(Outcome::Never("no".to_owned())),
                "mail-test-000002" => Told::Say(Outcome::Retry("later".to_owned())),
                _ => Told::Say(Outcome::Done),
            }),
        );
        for number in 1..=3 {
            enqueue(store, number).await.unwrap();
        }
        turn(&jobs, start()).await;
        for (number, wait) in [(4, -20), (5, -10), (6, 30)] {
            let mut batch = Batch::new();
            agenda::enqueue(&mut batch, Effect::Mail(mail()), key(number), start() + minutes(wait));
            store.commit(batch).await.unwrap();
        }
        let overview = agenda::overview(store, start()).await.unwrap();
        let next = overview.next_due.unwrap();
        assert!(next > start() && next < start() + minutes(1), "the second one's next try: {next}");
        assert_eq!(
            Overview { next_due: None, ..overview },
            Overview {
                waiting: 2,
                due: 2,
                leased: 0,
                dead: 1,
                oldest_due: Some(start() - minutes(20)),
                next_due: None,
                mend: 0,
                to_mend: None
            }
        );
    });
}

#[test]
fn the_latest_dead_letters_come_first() {
    on_each_engine(&async |bench| {
        let jobs = jobs(&bench.store, Obedient::new(|_| Told::Say(Outcome::Never("no".to_owned()))));
        for (number, later) in (1..=5).zip(1..) {
            enqueue(&bench.store, number).await.unwrap();
            turn(&jobs, start() + minutes(later)).await;
        }
        let letters = agenda::dead_letters(&bench.store, 3).await.unwrap();
        assert_eq!(letters.iter().map(|job| job.key.clone()).collect::<Vec<_>>(), [key(5), key(4), key(3)]);
    });
}

#[test]
fn a_record_that_can_not_be_read_keeps_nobody_from_working() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let executor = Obedient::done();
        for number in 1..=40 {
            enqueue(store, number).await.unwrap();
        }
        // As a newer version would write them.
        let mut batch = Batch::new();
        for number in 1..=20 {
            batch.put(
                Key::of("job").join(&agenda::key_of(&key(number))),
                &json!({"open": {"work": "to-come"}}),
            );
        }
        store.commit(batch).await.unwrap();
        let jobs = jobs(store, executor.clone());
        assert_eq!(turn(&jobs, start()).await.done, 16);
        assert_eq!(turn(&jobs, start()).await.done, 4);
        assert_eq!(turn(&jobs, start()).await.claimed, 0);
        assert_eq!(executor.tries().len(), 20);
        assert_eq!(agenda::overview(store, start()).await.unwrap().due, 20, "they are still seen to wait");
    });
}
