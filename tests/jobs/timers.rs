//! Timers: there is one of each, it comes again, and what it does is done.

use chrono::TimeDelta;
use guidepost::chat::{Reply, Ticket};
use guidepost::domain::{PersonId, State, Timer};
use guidepost::services::agenda;
use guidepost::services::kept_answers::{self, KeptAnswer};
use guidepost::store::files::{Files, Home};
use guidepost::store::{Batch, Direction, Key, KeyRange, feed};

use super::world::{Obedient, enqueue, executors, job, jobs, key, mailing, start, turn, upkeep};
use crate::store::on_each_engine;

#[test]
fn timers_are_never_doubled_and_keep_their_times() {
    on_each_engine(&async |bench| {
        let (one, other) = (bench.store.clone(), bench.store.clone());
        let both = [one, other]
            .map(|store| tokio::spawn(async move { agenda::ensure_timers(&store, start()).await }));
        for process in both {
            process.await.unwrap().unwrap();
        }
        let jobs = jobs(&bench.store, Obedient::done());
        let ticked = turn(&jobs, start()).await;
        assert_eq!((ticked.claimed, ticked.done), (Timer::ALL.len(), Timer::ALL.len()));
        // A desk that starts again does not begin them anew.
        agenda::ensure_timers(&bench.store, start() + TimeDelta::seconds(59)).await.unwrap();
        assert_eq!(turn(&jobs, start() + TimeDelta::seconds(59)).await.claimed, 0);
        for timer in Timer::ALL {
            let job = job(&bench.store, &timer.key()).await.unwrap();
            assert_eq!((job.due, job.tries, job.state), (start() + timer.period(), 0, State::Waiting));
        }
    });
}

#[test]
fn a_timer_comes_again_and_makes_up_for_no_time_that_was_slept_through() {
    on_each_engine(&async |bench| {
        agenda::ensure_timers(&bench.store, start()).await.unwrap();
        let jobs = jobs(&bench.store, Obedient::done());
        turn(&jobs, start()).await;
        let day = start() + TimeDelta::days(1);
        let ticked = turn(&jobs, day).await;
        assert_eq!((ticked.claimed, ticked.next_due), (Timer::ALL.len(), Some(day + TimeDelta::minutes(1))));
        assert_eq!(turn(&jobs, day).await.claimed, 0);
    });
}

#[test]
fn a_timer_whose_work_fails_waits_for_its_next_time() {
    on_each_engine(&async |bench| {
        agenda::ensure_timers(&bench.store, start()).await.unwrap();
        // A file that can't be removed, because it is a folder.
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("files");
        let files = Files::new(bench.store.clone(), Home::Folder(place.clone()));
        let put = files.put(b"text".to_vec(), start() - TimeDelta::days(2)).await.unwrap();
        let bytes = place.join(put.id.as_str().get(..2).unwrap()).join(put.id.as_str());
        std::fs::remove_file(&bytes).unwrap();
        std::fs::create_dir(&bytes).unwrap();
        let jobs = with_files(&bench.store, &files);
        let ticked = turn(&jobs, start()).await;
        assert_eq!((ticked.claimed, ticked.failed, ticked.dead), (Timer::ALL.len(), 1, 0));
        let job = job(&bench.store, &Timer::CollectFiles.key()).await.unwrap();
        assert_eq!((job.due, job.state), (start() + TimeDelta::hours(1), State::Waiting));
        std::fs::remove_dir(&bytes).unwrap();
        let ticked = turn(&jobs, start() + TimeDelta::hours(1)).await;
        // Those of an hour, and those of a minute.
        let again = Timer::ALL.iter().filter(|timer| timer.period() <= TimeDelta::hours(1)).count();
        assert_eq!((ticked.claimed, ticked.failed), (again, 0));
    });
}

fn with_files(store: &guidepost::store::Store, files: &Files) -> guidepost::jobs::Jobs {
    use guidepost::jobs::{Jobs, Limits};
    let folder = std::path::Path::new("/nonexistent");
    let executors = executors(Box::new(mailing(store, folder)), upkeep(store, files));
    Jobs::new(store.clone(), executors, "test".to_owned(), Limits::default())
}

#[test]
fn files_that_nobody_names_are_collected_and_others_stay() {
    on_each_engine(&async |bench| {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(bench.store.clone(), Home::Folder(folder.path().join("files")));
        let old = start() - TimeDelta::days(2);
        let loose = files.put(b"nobody names it".to_vec(), old).await.unwrap();
        let fresh = files.put(b"its form is still open".to_vec(), start()).await.unwrap();
        let named = files.put(b"a record names it".to_vec(), old).await.unwrap();
        let mut batch = Batch::new();
        named.name(&mut batch, &Key::of("case").number(1, 6));
        bench.store.commit(batch).await.unwrap();
        agenda::ensure_timers(&bench.store, start()).await.unwrap();
        turn(&with_files(&bench.store, &files), start()).await;
        assert_eq!(files.get(&loose.id).await.unwrap(), None);
        assert!(files.get(&fresh.id).await.unwrap().is_some());
        assert!(files.get(&named.id).await.unwrap().is_some());
    });
}

#[test]
fn the_change_feed_keeps_its_latest_entries() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        for part in 0..13 {
            let mut batch = Batch::new();
            (0..900).for_each(|n| batch.tell(&(part * 900 + n)));
            store.commit(batch).await.unwrap();
        }
        agenda::ensure_timers(store, start()).await.unwrap();
        turn(&jobs(store, Obedient::done()), start()).await;
        let oldest = feed::read(store, 0, 1).await.unwrap();
        assert_eq!(oldest[0].number, 11_700 - 10_000 + 1);
    });
}

#[test]
fn keys_are_forgotten_after_thirty_days_and_not_before() {
    on_each_engine(&async |bench| {
        let store = &bench.store;
        let jobs = jobs(store, Obedient::done());
        for number in 1..=3 {
            enqueue(store, number).await.unwrap();
        }
        turn(&jobs, start()).await;
        agenda::ensure_timers(store, start()).await.unwrap();
        let kept = async || {
            let found = store.scan(&KeyRange::under(&Key::of("job")), 99, Direction::Forward).await.unwrap();
            found.iter().filter(|entry| entry.key.as_str().contains("mail-test")).count()
        };
        turn(&jobs, start() + TimeDelta::days(29)).await;
        assert_eq!(kept().await, 3);
        assert!(enqueue(store, 1).await.is_err());
        turn(&jobs, start() + TimeDelta::days(30)).await;
        assert_eq!(kept().await, 0);
        enqueue(store, 1).await.unwrap();
        assert_eq!(turn(&jobs, start() + TimeDelta::days(30)).await.done, 1);
        assert_eq!(job(store, &key(1)).await, None);
    });
}

#[test]
fn an_answer_that_nobody_asked_for_is_forgotten_after_30_days() {
    on_each_engine(&async |bench| {
        agenda::ensure_timers(&bench.store, start()).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let files = Files::new(bench.store.clone(), Home::Folder(folder.path().to_owned()));
        let (person, reply) = (PersonId(1), Reply::default());
        for (id, days) in [(1, 0), (2, 1)] {
            let at = start() + TimeDelta::days(days);
            let answer = KeptAnswer { person, id: Ticket::new(id), at, reply: reply.clone() };
            kept_answers::keep(&bench.store, &answer).await.unwrap();
        }
        let jobs = with_files(&bench.store, &files);
        for (days, left) in [(29, [true, true]), (30, [false, true]), (31, [false, false])] {
            turn(&jobs, start() + TimeDelta::days(days)).await;
            let is_there =
                async |id| kept_answers::find(&bench.store, person, Ticket::new(id)).await.unwrap().is_some();
            assert_eq!([is_there(1).await, is_there(2).await], left, "after {days} days");
        }
    });
}
