//! News: who is told, what they have seen, and the mail for what nobody saw.

use chrono::DateTime;
use guidepost::domain::case::{CaseNumber, Rating, Score, Verb};
use guidepost::domain::{Actor, MailAddress, Notify};
use guidepost::services::notices::{self, Notice};

use super::world::{Desk, answer, close, hours, reply, start, words};
use crate::jobs::world::{jobs, mailing, minutes, outbox, work_off};
use crate::store::on_each_engine;

async fn news(desk: &Desk, of: &Actor) -> Vec<Notice> {
    notices::untold(&desk.store, of.person(), Some(DateTime::UNIX_EPOCH), 100).await.unwrap()
}

async fn with_mail(desk: &Desk, name: &str, notify: Notify) -> Actor {
    let actor = desk.customer(name).await;
    let address = MailAddress::parse(&format!("{name}@example.net")).unwrap();
    desk.people.set_mail(actor.person(), Some(address)).await.unwrap();
    desk.people.set_notify(actor.person(), notify).await.unwrap();
    actor
}

#[test]
fn everybody_concerned_is_told_and_never_the_author() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, bob, stranger) =
            (desk.customer("ann").await, desk.customer("bob").await, desk.customer("mallory").await);
        let (eve, joe) = (desk.agent("eve").await, desk.agent("joe").await);
        let all = [ann, bob, eve, joe, stranger];
        let case = desk.open(&ann, "it hangs").await.number;
        let rating = Rating { score: Score::new(5).unwrap(), comment: None };
        // What is done by whom, and how many of ann, bob, eve, joe and a stranger hear of it.
        for (by, verb, expected) in [
            (&eve, Verb::Follow(bob.person()), [0, 0, 0, 0, 0]),
            (&ann, reply("more"), [0, 1, 0, 0, 0]),
            (&eve, Verb::Take, [0, 0, 0, 0, 0]),
            (&eve, Verb::Note(words("hm")), [0, 0, 0, 0, 0]),
            (&joe, answer("which version?"), [1, 1, 0, 0, 0]),
            (&bob, reply("7"), [1, 0, 1, 0, 0]),
            (&eve, Verb::Solve(None), [1, 1, 0, 0, 0]),
            (&ann, reply("no"), [0, 1, 1, 0, 0]),
            (&eve, Verb::Solve(Some(words("now"))), [1, 1, 0, 0, 0]),
            (&ann, close(), [0, 1, 1, 0, 0]),
            (&ann, Verb::Rate(rating), [0, 0, 0, 0, 0]),
        ] {
            let mut before = Vec::new();
            for one in &all {
                before.push(news(&desk, one).await.len());
            }
            desk.act(by, case, verb.clone(), start()).await;
            for (at, one) in all.iter().enumerate() {
                let heard = news(&desk, one).await.len() - before[at];
                assert_eq!(heard, expected[at], "{verb:?}: person {at}");
            }
        }
    });
}

#[test]
fn what_was_seen_stays_seen_and_later_news_come_after_it() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&ann, "it hangs").await.number;
        for n in 0..3 {
            desk.act(&eve, case, answer(&format!("answer {n}")), start() + minutes(n)).await;
        }
        let all = news(&desk, &ann).await;
        assert_eq!(all.iter().map(|notice| notice.at - start()).collect::<Vec<_>>(), [0, 1, 2].map(minutes));
        let later = async |at| {
            let found = notices::untold(&desk.store, ann.person(), at, 100).await.unwrap();
            found.iter().map(|notice| notice.at - start()).collect::<Vec<_>>()
        };
        let all_times = [0, 1, 2].map(minutes);
        assert_eq!(
            later(Some(start() + minutes(2))).await,
            all_times,
            "what was seen nowhere is told anywhere"
        );
        assert_eq!(later(None).await, all_times);
        notices::seen(&desk.store, &all[..2], start() + minutes(5)).await.unwrap();
        notices::seen(&desk.store, &all, start() + minutes(6)).await.unwrap();
        assert_eq!(later(Some(start())).await, all_times[1..], "seen elsewhere, and new here");
        assert!(later(Some(start() + minutes(2))).await.is_empty() && later(None).await.is_empty());
        let seen: Vec<_> =
            news(&desk, &ann).await.into_iter().map(|notice| notice.seen.unwrap() - start()).collect();
        assert_eq!(seen, [5, 5, 6].map(minutes));
        // A notice that is not there, or of another person, is not made by being seen.
        let forged = Notice { case: CaseNumber(99), ..all[0].clone() };
        let before = desk.dump().await;
        notices::seen(&desk.store, &[forged], start()).await.unwrap();
        assert_eq!(desk.dump().await, before);
    });
}

#[test]
fn what_nobody_saw_goes_by_mail_as_each_person_wants_it() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let eve = desk.agent("eve").await;
        let unseen = with_mail(&desk, "unseen", Notify::MailWhenUnseen).await;
        let sees = with_mail(&desk, "sees", Notify::MailWhenUnseen).await;
        let always = with_mail(&desk, "always", Notify::MailAlways).await;
        let never = with_mail(&desk, "never", Notify::NoMail).await;
        let changes = with_mail(&desk, "changes", Notify::MailWhenUnseen).await;
        let nowhere = desk.customer("nowhere").await;
        for (n, person) in [unseen, sees, always, never, changes, nowhere].iter().enumerate() {
            let case = desk.open(person, "it hangs").await.number;
            assert_eq!(case.0, n as u64 + 1);
            desk.act(&eve, case, answer("which version?"), start()).await;
        }
        for person in [sees, always] {
            notices::seen(&desk.store, &news(&desk, &person).await, start() + minutes(1)).await.unwrap();
        }
        desk.people.set_notify(changes.person(), Notify::NoMail).await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let jobs = jobs(&desk.store, mailing(&desk.store, folder.path()));
        let mut sent = Vec::new();
        for (minute, now) in [
            ("0:00", start()),
            ("9:59", start() + minutes(10) - chrono::TimeDelta::seconds(1)),
            ("10:00", start() + minutes(10)),
            ("later", start() + hours(100)),
        ] {
            work_off(&jobs, now).await;
            for (name, text) in outbox(folder.path()) {
                let to =
                    text.lines().find_map(|line| line.strip_prefix("To: ")).unwrap_or_default().to_owned();
                if !sent.iter().any(|(_, before, _)| *before == name) {
                    sent.push((minute, name, to));
                }
            }
        }
        let sent: Vec<_> = sent.iter().map(|(minute, _, to)| (*minute, to.as_str())).collect();
        assert_eq!(sent, [("0:00", "always@example.net"), ("10:00", "unseen@example.net")]);
        assert!(guidepost::services::agenda::dead_letters(&desk.store, 10).await.unwrap().is_empty());
    });
}
