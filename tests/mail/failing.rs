//! What goes wrong, and what follows: another try, none, or that somebody has to mend something. The clock is moved by hand.

use guidepost::domain::{JobKey, MailAddress, State};
use guidepost::jobs::Jobs;
use guidepost::mail::Transport;
use guidepost::services::{agenda, mail_test};
use guidepost::store::Store;

use super::sending::{message, smtp};
use super::server::{Server, free_port};
use crate::jobs::world::{impatient, job, jobs, limited, minutes, posting, start, turn};
use crate::store::on_each_engine;

/// What sends the mail of a store to this address.
fn to(store: &Store, address: &str) -> Jobs {
    jobs(store, posting(store, Transport::Smtp(smtp(address))))
}

async fn ask(store: &Store, to: &str) -> JobKey {
    mail_test::ask_for_test_mail(store, &MailAddress::parse(to).unwrap(), start()).await.unwrap()
}

/// Why a job waits, and whether for somebody to mend something.
async fn trouble(store: &Store, key: &JobKey) -> (String, bool) {
    let trouble = job(store, key).await.unwrap().trouble.unwrap();
    assert!(!trouble.why.contains('@'), "a reason names nobody: {}", trouble.why);
    (trouble.why, trouble.mend)
}

#[test]
fn a_server_that_is_down_gets_the_mail_when_it_is_back() {
    on_each_engine(&async |bench| {
        let port = free_port();
        let jobs = to(&bench.store, &format!("smtp://127.0.0.1:{port}"));
        let key = ask(&bench.store, "ann@example.net").await;
        let first = turn(&jobs, start()).await;
        assert_eq!((first.failed, first.dead), (1, 0));
        let (why, mend) = trouble(&bench.store, &key).await;
        assert!(why.contains("can't be reached") && why.contains("refused") && !mend, "{why}");
        let Some(server) = Server::start_at(port, &[]) else { return };
        assert_eq!(turn(&jobs, first.next_due.unwrap()).await.done, 1);
        assert_eq!(server.mails(1)[0]["id"], "<mail-test-000001.20261122090222000000@example.org>");
        let agenda::Fate::Over { said } = agenda::fate(&bench.store, &key).await.unwrap() else { panic!() };
        assert!(said.unwrap().ends_with("took it: 250 2.0.0 OK queued as 4F2A"));
    });
}

#[test]
fn a_server_that_dies_before_it_answers_gets_the_same_mail_again() {
    on_each_engine(&async |bench| {
        let port = free_port();
        let jobs = to(&bench.store, &format!("smtp://127.0.0.1:{port}"));
        let Some(server) = Server::start_at(port, &["--after-data", "die"]) else { return };
        let key = ask(&bench.store, "ann@example.net").await;
        let first = turn(&jobs, start()).await;
        assert_eq!((first.done, first.failed), (0, 1), "what was not acknowledged is not sent");
        let (why, mend) = trouble(&bench.store, &key).await;
        assert!(
            why.ends_with("it may have the mail, which is sent again under the same Message-ID") && !mend,
            "{why}"
        );
        let before = server.ended();
        let Some(server) = Server::start_at(port, &[]) else { return };
        assert_eq!(turn(&jobs, first.next_due.unwrap()).await.done, 1);
        let after = server.mails(1);
        assert_eq!((&before[0]["raw"], &before[0]["id"]), (&after[0]["raw"], &after[0]["id"]));
    });
}

#[test]
fn who_does_not_answer_is_left_and_that_connection_with_them() {
    on_each_engine(&async |bench| {
        let Some(server) = Server::start(&["--after-data", "hang"]) else { return };
        let mail = posting(&bench.store, Transport::Smtp(smtp(&server.plain())));
        let jobs = limited(&bench.store, mail, impatient());
        ask(&bench.store, "ann@example.net").await;
        let mut now = start();
        // Under a heavy load a try may end before the mail was handed over.
        let mut sent = Vec::new();
        while sent.len() < 2 {
            let tried = turn(&jobs, now).await;
            assert_eq!((tried.done, tried.failed), (0, 1));
            now = tried.next_due.unwrap();
            sent = server.so_far();
        }
        assert_ne!(
            sent[0]["peer"], sent[1]["peer"],
            "an answer that is still to come belongs to nobody else"
        );
        assert_eq!(sent[0]["raw"], sent[1]["raw"]);
    });
}

#[test]
fn who_is_refused_for_good_is_a_dead_letter_at_once() {
    on_each_engine(&async |bench| {
        let Some(server) = Server::start(&[]) else { return };
        let jobs = to(&bench.store, &server.plain());
        let key = ask(&bench.store, "refused@example.net").await;
        assert_eq!(turn(&jobs, start()).await.dead, 1);
        let dead = job(&bench.store, &key).await.unwrap();
        let State::Dead { why, .. } = dead.state else { panic!("{dead:?}") };
        let port = server.port;
        assert_eq!(
            why,
            format!(
                "the mail server 127.0.0.1:{port} refuses the recipient for good (550 5.1.1 … no such user here)"
            )
        );
        // Others are not held up by that, and who is told to come again comes again.
        let (later, ann) =
            (ask(&bench.store, "later@example.net").await, ask(&bench.store, "ann@example.net").await);
        let ticked = turn(&jobs, start()).await;
        assert_eq!((ticked.done, ticked.failed), (1, 1));
        assert!(job(&bench.store, &ann).await.is_none());
        assert!(trouble(&bench.store, &later).await.0.contains("at present (450 4.2.0 … come again)"));
    });
}

#[test]
fn a_mail_that_is_refused_is_not_repeated_in_the_reason() {
    on_each_engine(&async |bench| {
        let Some(server) = Server::start(&["--after-data", "refuse"]) else { return };
        let jobs = to(&bench.store, &server.plain());
        let key = ask(&bench.store, "ann@example.net").await;
        assert_eq!(turn(&jobs, start()).await.dead, 1);
        let State::Dead { why, .. } = job(&bench.store, &key).await.unwrap().state else { panic!() };
        assert!(why.ends_with("refuses the mail for good (554 5.7.1)"), "{why}");
    });
}

#[test]
fn a_wrong_password_is_tried_seldom_and_staff_see_it() {
    on_each_engine(&async |bench| {
        let Some(server) = Server::start(&["--login", "desk:right"]) else { return };
        let address = |password: &str| format!("smtp://desk:{password}@127.0.0.1:{}", server.port);
        let wrong = to(&bench.store, &address("hunter2"));
        let key = ask(&bench.store, "ann@example.net").await;
        ask(&bench.store, "ben@example.net").await;
        let ticked = turn(&wrong, start()).await;
        assert_eq!((ticked.failed, ticked.dead), (2, 0));
        let (why, mend) = trouble(&bench.store, &key).await;
        assert!(why.contains("refuses the name and password (535 5.7.8") && mend, "{why}");
        assert!(!why.contains("hunter2"));
        assert!(ticked.next_due.unwrap() >= start() + minutes(30));
        let seen = agenda::overview(&bench.store, start()).await.unwrap();
        assert_eq!((seen.mend, seen.waiting, seen.to_mend), (2, 2, Some(why)));

        // A desk that starts again may have other settings: what waits for them is due.
        assert_eq!(agenda::hasten(&bench.store, start() + minutes(1)).await.unwrap(), 2);
        let right = to(&bench.store, &address("right"));
        assert_eq!(turn(&right, start() + minutes(1)).await.done, 2);
        assert_eq!(server.mails(2)[0]["login"], "desk");
        assert_eq!(agenda::overview(&bench.store, start()).await.unwrap().mend, 0);
        assert_eq!(agenda::hasten(&bench.store, start() + minutes(1)).await.unwrap(), 0);
    });
}

#[tokio::test]
async fn a_server_that_refused_us_is_left_alone_for_a_minute() {
    let Some(server) = Server::start(&["--login", "desk:right"]) else { return };
    let smtp = smtp(&format!("smtp://desk:hunter2@127.0.0.1:{}", server.port));
    let mail = message(1, "ann@example.net", "text");
    let first = smtp.send(&mail, start()).await.unwrap_err().to_string();
    drop(server);
    assert_eq!(smtp.send(&mail, start() + minutes(1) / 2).await.unwrap_err().to_string(), first);
    let later = smtp.send(&mail, start() + minutes(1)).await.unwrap_err().to_string();
    assert!(later.contains("can't be reached"), "{later}");
}
