//! Who has a job: one at a time, until they are done or taken for dead.

use guidepost::domain::State;
use guidepost::jobs::{Limits, Outcome};
use guidepost::services::{agenda, mail_test};
use guidepost::store::Store;
use tokio::sync::mpsc;

use super::world::{Killed, Obedient, Told, enqueue, job, jobs, key, mailing, outbox, start, turn, work_off};
use crate::store::on_each_engine;

/// Lets a process claim a job and die in the middle of it.
async fn die_in_the_middle(store: &Store) {
    let (worked, mut working) = mpsc::unbounded_channel();
    let folder = tempfile::tempdir().unwrap();
    let dying = jobs(store, Killed { work: mailing(store, folder.path()), worked });
    let process = tokio::spawn(async move { turn(&dying, start()).await });
    working.recv().await.unwrap();
    process.abort();
    assert!(process.await.unwrap_err().is_cancelled());
}

#[test]
fn a_lease_that_ran_out_is_taken_over() {
    on_each_engine(&async |bench| {
        enqueue(&bench.store, 1).await.unwrap();
        die_in_the_middle(&bench.store).await;
        let executor = Obedient::done();
        let other = jobs(&bench.store, executor.clone());
        let lease = Limits::default().lease();
        let early = turn(&other, start() + lease - chrono::TimeDelta::seconds(1)).await;
        assert_eq!((early.claimed, early.next_due), (0, Some(start() + lease)));
        let State::Leased { by, .. } = job(&bench.store, &key(1)).await.unwrap().state else { panic!() };
        assert_eq!(by, "test");
        assert_eq!(turn(&other, start() + lease).await.done, 1);
        assert_eq!(executor.tries_of(1), [2], "the try that never ended counts");
    });
}

#[test]
fn a_mail_that_was_written_before_its_process_was_killed_is_in_the_outbox_once() {
    on_each_engine(&async |bench| {
        let folder = tempfile::tempdir().unwrap();
        let to = guidepost::domain::MailAddress::parse("ann@example.org").unwrap();
        let asked = mail_test::ask_for_test_mail(&bench.store, &to, start()).await.unwrap();
        let (worked, mut working) = mpsc::unbounded_channel();
        let dying = jobs(&bench.store, Killed { work: mailing(&bench.store, folder.path()), worked });
        let process = tokio::spawn(async move { turn(&dying, start()).await });
        assert!(matches!(working.recv().await.unwrap(), Outcome::Answered(_)));
        process.abort();
        assert!(process.await.unwrap_err().is_cancelled());
        let before = outbox(folder.path());
        assert_eq!(before.keys().collect::<Vec<_>>(), [&format!("{asked}.eml")]);

        bench.reopen().await;
        let again = jobs(&bench.store, mailing(&bench.store, folder.path()));
        let ticked = turn(&again, start() + Limits::default().lease()).await;
        assert_eq!((ticked.claimed, ticked.done), (1, 1));
        assert_eq!(outbox(folder.path()), before, "the same file, byte for byte, and no other");
    });
}

#[test]
fn two_processes_never_carry_out_one_effect_twice() {
    on_each_engine(&async |bench| {
        let executor = Obedient::done();
        for number in 1..=200 {
            enqueue(&bench.store, number).await.unwrap();
        }
        let processes = [jobs(&bench.store, executor.clone()), jobs(&bench.store, executor.clone())];
        let [first, second] =
            processes.map(|jobs| tokio::spawn(async move { work_off(&jobs, start()).await }));
        let (first, second) = (first.await.unwrap(), second.await.unwrap());
        assert_eq!(first.done + second.done, 200, "{first:?} {second:?}");
        let tries = executor.tries();
        assert_eq!(tries.len(), 200);
        assert!(tries.values().all(|tries| tries == &[1]), "{tries:?}");
    });
}

#[test]
fn one_whose_lease_ran_out_does_not_note_how_it_went() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        enqueue(store, 1).await.unwrap();
        // While the first one is at it, another one takes the job over and is done with it.
        let (begun, mut beginning) = mpsc::unbounded_channel();
        let (go, gone) = tokio::sync::oneshot::channel();
        let slow = Slow { begun, go: std::sync::Mutex::new(Some(gone)) };
        let first = jobs(store, slow);
        let first = tokio::spawn(async move { turn(&first, start()).await });
        beginning.recv().await.unwrap();
        let second = jobs(store, Obedient::new(|_| Told::Say(Outcome::Never("no".to_owned()))));
        assert_eq!(turn(&second, start() + Limits::default().lease()).await.dead, 1);
        go.send(()).unwrap();
        let first = first.await.unwrap();
        assert_eq!((first.claimed, first.done), (1, 0));
        assert_eq!(agenda::dead_letters(store, 9).await.unwrap().len(), 1, "what the second noted stands");
    });
}

/// Says that it has begun, and goes on when it is told to.
struct Slow {
    begun: mpsc::UnboundedSender<()>,
    go: std::sync::Mutex<Option<tokio::sync::oneshot::Receiver<()>>>,
}

impl guidepost::jobs::Executor<guidepost::domain::Mail> for Slow {
    fn carry_out<'a>(
        &'a self,
        _: guidepost::jobs::Order<'a, guidepost::domain::Mail>,
    ) -> guidepost::jobs::Doing<'a> {
        let go = self.go.lock().unwrap().take();
        Box::pin(async move {
            self.begun.send(()).unwrap();
            go.unwrap().await.unwrap();
            Outcome::Done
        })
    }
}
