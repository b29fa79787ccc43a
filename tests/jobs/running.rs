//! The loop of a running desk: it wakes when something is due or was committed, and stops when it is told to.

use std::sync::Arc;

use guidepost::domain::{Effect, JobKey, Mail};
use guidepost::jobs::{Doing, Executor, Limits, Order, Outcome, run};
use guidepost::services::agenda;
use guidepost::store::Batch;
use tokio::sync::{Semaphore, mpsc, oneshot};

use super::world::{enqueue, hand, job, key, limited, mail, minutes, start};
use crate::store::on_each_engine;

/// Tells of each job that it begins, and ends it when it may.
struct Telling {
    begun: mpsc::UnboundedSender<JobKey>,
    may_end: Arc<Semaphore>,
}

impl Executor<Mail> for Telling {
    fn carry_out<'a>(&'a self, order: Order<'a, Mail>) -> Doing<'a> {
        Box::pin(async move {
            self.begun.send(order.key.clone()).unwrap();
            self.may_end.acquire().await.unwrap().forget();
            Outcome::Done
        })
    }
}

#[test]
fn it_works_when_something_is_due_or_committed_and_finishes_what_is_under_way() {
    on_each_engine(&async |bench| {
        let store = bench.store.clone();
        let (begun, mut beginning) = mpsc::unbounded_channel();
        let may_end = Arc::new(Semaphore::new(0));
        let limits = Limits { at_once: 2, ..Limits::default() };
        let jobs = limited(&store, Telling { begun, may_end: may_end.clone() }, limits);
        let clock = hand();
        let (stop, stopped) = oneshot::channel::<()>();
        let running = tokio::spawn({
            let clock = clock.clock();
            async move {
                let stopped = async { stopped.await.unwrap() };
                run(&jobs, &clock, || 0, stopped).await;
            }
        });

        // What is committed while it waits for nothing is begun at once.
        enqueue(&store, 1).await.unwrap();
        assert_eq!(beginning.recv().await, Some(key(1)));
        // What is due later is begun when it is, while the first is still under way.
        let mut batch = Batch::new();
        agenda::enqueue(&mut batch, Effect::Mail(mail()), key(2), start() + minutes(1));
        store.commit(batch).await.unwrap();
        clock.advance(minutes(1));
        assert_eq!(beginning.recv().await, Some(key(2)));
        // There is no room for a third until one of them has ended.
        enqueue(&store, 3).await.unwrap();
        enqueue(&store, 4).await.unwrap();
        assert!(beginning.try_recv().is_err());
        may_end.add_permits(1);
        assert_eq!(beginning.recv().await, Some(key(3)));

        // It is told to stop with two under way: these end, and a fourth is not begun.
        stop.send(()).unwrap();
        tokio::task::yield_now().await;
        assert!(!running.is_finished());
        may_end.add_permits(9);
        running.await.unwrap();
        for number in 1..=3 {
            assert_eq!(job(&store, &key(number)).await, None, "{number}");
        }
        assert!(job(&store, &key(4)).await.is_some_and(|job| job.tries == 0));
    });
}
