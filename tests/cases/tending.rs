//! What the desk does by itself: each once, also where two desks do it, or one dies in between.

use guidepost::domain::Timer;
use guidepost::domain::case::{Closing, Nudge, Standing, Status, Verb, What};
use guidepost::jobs::{Jobs, Limits, Upkeep};
use guidepost::services::agenda;
use guidepost::services::notices;

use super::world::{Desk, answer, close, hours, reply, start};
use crate::jobs::world::{executors, mailing, work_off};
use crate::store::on_each_engine;

/// What carries out the timers of a desk.
fn jobs(desk: &Desk) -> Jobs {
    let upkeep = Upkeep::new(desk.store.clone(), desk.files.clone(), desk.cases.clone());
    let mail = mailing(&desk.store, desk.folder.path());
    let executors = executors(Box::new(mail), Box::new(upkeep));
    Jobs::new(desk.store.clone(), executors, "test".to_owned(), Limits::default())
}

/// What the desk did to a case, with the hours since the answer.
async fn done(desk: &Desk, case: guidepost::domain::case::CaseNumber) -> Vec<(i64, &'static str)> {
    let (_, events) = desk.kept(case).await;
    let did = events.iter().filter_map(|event| {
        let what = match &event.what {
            What::Reminded => "reminded",
            What::Warned { .. } => "warned",
            What::Became(Status::Closed { how: Closing::Silence, .. }) => "closed",
            What::Became(Status::Closed { how: Closing::Settled, .. }) => "settled",
            _ => return None,
        };
        Some(((event.at - start()).num_hours(), what))
    });
    did.collect()
}

#[test]
fn a_silent_customer_is_reminded_warned_and_closed_by_the_timer() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let silent = desk.open(&ann, "it hangs").await.number;
        let solved = desk.open(&ann, "it hung").await.number;
        let answered = desk.open(&ann, "it is slow").await.number;
        desk.open(&ann, "nobody looked at it").await;
        desk.act(&eve, silent, answer("which version?"), start()).await;
        desk.act(&eve, solved, Verb::Solve(None), start()).await;
        desk.act(&eve, answered, answer("which version?"), start()).await;
        agenda::ensure_timers(&desk.store, start()).await.unwrap();
        let jobs = jobs(&desk);
        for hour in 0..400 {
            work_off(&jobs, start() + hours(hour)).await;
            if hour == 73 {
                desk.act(&ann, answered, reply("7"), start() + hours(hour)).await;
            }
        }
        assert_eq!(done(&desk, silent).await, [(72, "reminded"), (120, "warned"), (168, "closed")]);
        assert_eq!(done(&desk, solved).await, [(72, "settled")]);
        assert_eq!(done(&desk, answered).await, [(72, "reminded")]);
        let news = notices::untold(&desk.store, ann.person(), None, 100).await.unwrap();
        let of_silent = news.iter().filter(|notice| notice.case == silent).count();
        assert_eq!(of_silent, 4, "the answer, the reminder, the warning and the end");
        desk.assert_true().await;
    });
}

#[test]
fn a_desk_that_was_off_for_a_year_still_warns_before_it_closes() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&ann, "it hangs").await.number;
        desk.act(&eve, case, answer("which version?"), start()).await;
        let year = 24 * 365;
        for hour in 0..200 {
            desk.cases.tend(start() + hours(year + hour), 100).await.unwrap();
        }
        let expected = [(year, "reminded"), (year + 48, "warned"), (year + 96, "closed")];
        assert_eq!(done(&desk, case).await, expected);
    });
}

#[test]
fn two_desks_that_tend_at_once_do_each_thing_once() {
    on_each_engine(&async |bench| {
        let desk = Desk::with(&bench.store, |rules| rules.most_active = 100);
        let eve = desk.agent("eve").await;
        let mut cases = Vec::new();
        for n in 0..20 {
            let person = desk.customer(&format!("person-{}", n / 4)).await;
            let case = desk.open(&person, &format!("case {n}")).await.number;
            desk.act(&eve, case, answer("well?"), start()).await;
            cases.push(case);
        }
        for hour in [72, 120, 168] {
            let now = start() + hours(hour);
            // Who was slower looks again in a minute, and so does this.
            for _ in 0..3 {
                let both = [desk.cases.clone(), desk.cases.clone()]
                    .map(|cases| tokio::spawn(async move { cases.tend(now, 100).await.unwrap() }));
                for tending in both {
                    tending.await.unwrap();
                }
            }
        }
        for case in cases {
            assert_eq!(done(&desk, case).await, [(72, "reminded"), (120, "warned"), (168, "closed")]);
        }
        desk.assert_true().await;
    });
}

#[test]
fn a_desk_that_dies_while_it_tends_leaves_the_rest_to_the_next() {
    on_each_engine(&async |bench| {
        let desk = Desk::with(&bench.store, |rules| rules.most_active = 100);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let mut cases = Vec::new();
        for n in 0..20 {
            let case = desk.open(&ann, &format!("case {n}")).await.number;
            desk.act(&eve, case, Verb::Solve(None), start()).await;
            desk.act(&ann, case, reply("no"), start()).await;
            desk.act(&eve, case, answer("well?"), start()).await;
            cases.push(case);
        }
        for hour in [72, 120, 168] {
            let now = start() + hours(hour);
            let mut commits = desk.store.watch();
            let dying = desk.cases.clone();
            let dying = tokio::spawn(async move { dying.tend(now, 100).await });
            commits.changed().await.unwrap();
            dying.abort();
            let _ = dying.await;
            // What was on its way may yet come, and is then not done again.
            for _ in 0..2 {
                desk.cases.tend(now, 100).await.unwrap();
            }
        }
        for case in cases {
            assert_eq!(done(&desk, case).await, [(72, "reminded"), (120, "warned"), (168, "closed")]);
        }
        desk.assert_true().await;
    });
}

#[test]
fn a_reply_between_reminder_and_warning_begins_the_wait_anew() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&ann, "it hangs").await.number;
        desk.act(&eve, case, answer("which version?"), start()).await;
        desk.cases.tend(start() + hours(72), 10).await.unwrap();
        desk.act(&ann, case, reply("7"), start() + hours(80)).await;
        assert_eq!(desk.cases.tend(start() + hours(500), 10).await.unwrap(), 0, "it waits for staff");
        let acted = desk.act(&eve, case, answer("and now?"), start() + hours(500)).await;
        let expected = Status::WaitingOnCustomer {
            since: start() + hours(500),
            next: Nudge::Remind,
            due: start() + hours(572),
        };
        assert_eq!(acted.case.status, expected);
        desk.act(&ann, case, close(), start() + hours(501)).await;
        assert_eq!(desk.cases.tend(start() + hours(5000), 10).await.unwrap(), 0);
        assert_eq!(desk.kept(case).await.0.standing(), Standing::Closed);
    });
}

#[test]
fn wishes_are_forgotten_after_thirty_days() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        desk.open(&ann, "it hangs").await;
        assert_eq!(desk.cases.forget_done(start() + hours(24 * 30 - 1), 10).await.unwrap(), 0);
        assert_eq!(desk.cases.forget_done(start() + hours(24 * 30), 10).await.unwrap(), 1);
        desk.open(&ann, "it hangs").await;
        desk.assert_true().await;
        assert_eq!(Timer::ForgetDone.period(), hours(24));
    });
}
