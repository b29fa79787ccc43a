//! The outbox: what a mail looks like that a service asked for, and that many at once are many.

use std::collections::BTreeSet;

use guidepost::domain::{JobKey, MailAddress, Timer};
use guidepost::jobs::Closed;
use guidepost::services::keeping::Kept;
use guidepost::services::{agenda, mail_test};
use guidepost::store::files::{Files, Home};
use guidepost::{app, config};

use super::world::{desk_key, jobs, mailing, minutes, outbox, start, turn, work_off};
use crate::store::on_each_engine;

fn ann() -> MailAddress {
    MailAddress::parse("ann@example.org").unwrap()
}

#[test]
fn a_test_mail_that_was_asked_for_is_in_the_outbox() {
    on_each_engine(&async |bench| {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("data/outbox");
        let key = mail_test::ask_for_test_mail(&bench.store, &ann(), start()).await.unwrap();
        assert_eq!(key.as_str(), "mail-test-000001");
        // Whenever it is sent, it is dated when it was asked for.
        assert_eq!(
            turn(&jobs(&bench.store, mailing(&bench.store, &place)), start() + minutes(200)).await.done,
            1
        );
        let mails = outbox(&place);
        assert_eq!(mails.len(), 1);
        // The same on every engine.
        insta::allow_duplicates! {
            insta::assert_snapshot!(mails["mail-test-000001.eml"].replace('\r', ""), @r#"
        From: Guidepost <desk@example.org>
        To: ann@example.org
        Subject: Test mail from Guidepost
        Date: Sun, 22 Nov 2026 09:02:22 +0000
        Message-ID: <mail-test-000001.20261122090222000000@example.org>
        Auto-Submitted: auto-generated
        MIME-Version: 1.0
        Content-Type: multipart/alternative; boundary="=_Bupj80tH0sHcjPdF"

        --=_Bupj80tH0sHcjPdF
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: 7bit

        This is a test mail from Guidepost. Somebody who runs the desk asked for it on 22 November 2026 at 09:02 UTC.

        You can read it, so mail from the desk reaches you. There is nothing for you to do.

        --=_Bupj80tH0sHcjPdF
        Content-Type: text/html; charset=utf-8
        Content-Transfer-Encoding: 7bit

        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <title>Test mail from Guidepost</title>
        </head>
        <body style="margin:0;padding:24px;background:#ffffff;color:#1f2328;font:16px/1.5 system-ui,-apple-system,'Segoe UI',sans-serif">
        <div style="max-width:36em">
        <p style="margin:0 0 16px">This is a test mail from Guidepost. Somebody who runs the desk asked for it on 22 November 2026 at 09:02 UTC.</p>
        <p style="margin:0 0 16px">You can read it, so mail from the desk reaches you. There is nothing for you to do.</p>
        </div>
        </body>
        </html>

        --=_Bupj80tH0sHcjPdF--
        "#);
        }
    });
}

#[test]
fn the_desk_puts_together_what_its_settings_say() {
    on_each_engine(&async |bench| {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("outbox");
        let set = [
            ("mail.outbox", place.to_str().unwrap()),
            ("mail.from", "Hilfe <hilfe@example.net>"),
            ("desk.name", "Kiosk"),
        ];
        let set = set.map(|(key, value)| format!("{key}={value}")).to_vec();
        let settings = config::load(&config::Options { file: None, set }, []).unwrap().settings;
        let files = Files::new(bench.store.clone(), Home::Folder(folder.path().join("files")));
        let kept = Kept { store: bench.store.clone(), files, key: desk_key() };
        let jobs = app::jobs(&settings, &kept, Box::new(Closed("Discord")));
        agenda::ensure_timers(&bench.store, start()).await.unwrap();
        mail_test::ask_for_test_mail(&bench.store, &ann(), start()).await.unwrap();
        assert_eq!(work_off(&jobs, start()).await.done, Timer::ALL.len() + 1);
        let mail = &outbox(&place)["mail-test-000001.eml"];
        assert!(
            mail.starts_with("From: Hilfe <hilfe@example.net>\r\n") && mail.contains("from Kiosk"),
            "{mail}"
        );
    });
}

#[test]
fn many_who_ask_at_once_get_a_mail_each() {
    on_each_engine(&async |bench| {
        let folder = tempfile::tempdir().unwrap();
        let asking = (0..40).map(|_| {
            let store = bench.store.clone();
            tokio::spawn(async move { mail_test::ask_for_test_mail(&store, &ann(), start()).await.unwrap() })
        });
        let mut keys = BTreeSet::new();
        for task in asking.collect::<Vec<_>>() {
            keys.insert(task.await.unwrap());
        }
        assert_eq!(
            work_off(&jobs(&bench.store, mailing(&bench.store, folder.path())), start()).await.done,
            40
        );
        let expected: BTreeSet<JobKey> = (1..=40).map(|n| JobKey::of("mail-test", &[n])).collect();
        assert_eq!(keys, expected);
        let files: BTreeSet<String> = outbox(folder.path()).into_keys().collect();
        assert_eq!(files, expected.iter().map(|key| format!("{key}.eml")).collect());
    });
}

#[test]
fn an_outbox_that_can_not_be_written_is_tried_again() {
    on_each_engine(&async |bench| {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("outbox");
        std::fs::write(&place, "a file where the folder should be").unwrap();
        let jobs = jobs(&bench.store, mailing(&bench.store, &place));
        mail_test::ask_for_test_mail(&bench.store, &ann(), start()).await.unwrap();
        let ticked = turn(&jobs, start()).await;
        assert_eq!((ticked.failed, ticked.dead), (1, 0));
        std::fs::remove_file(&place).unwrap();
        assert_eq!(turn(&jobs, ticked.next_due.unwrap()).await.done, 1);
        assert_eq!(outbox(&place).len(), 1);
        assert_eq!(agenda::next_due(&bench.store).await.unwrap(), None);
    });
}
