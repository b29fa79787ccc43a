//! What arrives: the mail as it was made, whatever is in it, over a few connections.

use std::collections::BTreeSet;

use base64::Engine as _;
use chrono::TimeDelta;
use guidepost::domain::{JobKey, MailAddress, MailServer, Mailbox, Notify};
use guidepost::mail::{Message, Smtp, Thread, Transport};
use guidepost::services::mail_test;
use serde_json::json;

use super::server::Server;
use crate::cases::world::{Desk, answer};
use crate::jobs::world::{jobs, minutes, posting, start, work_off};
use crate::store::on_each_engine;

pub fn smtp(address: &str) -> Smtp {
    let from = Mailbox::parse("\"Hilfe, für Sie\" <desk@example.org>").unwrap();
    Smtp::new(MailServer::parse(address).unwrap(), from)
}

pub fn message(number: u64, to: &str, text: &str) -> Message {
    Message {
        job: JobKey::of("mail-test", &[number]),
        to: MailAddress::parse(to).unwrap(),
        date: start(),
        subject: "Grüße – 日本".to_owned(),
        text: text.to_owned(),
        html: format!("<p>{text}</p>\n"),
        thread: Some(Thread { name: "case-000042".to_owned(), since: start() }),
    }
}

#[tokio::test]
async fn a_mail_arrives_as_it_was_made() {
    let Some(server) = Server::start(&[]) else { return };
    let smtp = smtp(&server.plain());
    let dots = ".\n..\n.hidden\n\n. .\n";
    let long = format!("{}\n{}é\n", "x".repeat(2000), "y".repeat(5000));
    let texts = [dots, long.as_str(), "Größe: 日本 😀\n", "=_ --=_ From here\nFrom there\n", "tab\there \n"];
    for (at, text) in texts.iter().enumerate() {
        let number = at as u64 + 1;
        let said = smtp.send(&message(number, "ann@example.net", text), start()).await.unwrap();
        let port = server.port;
        assert_eq!(said, format!("the mail server 127.0.0.1:{port} took it: 250 2.0.0 OK queued as 4F2A"));
        let mail = server.mails(at + 1).remove(at);
        assert_eq!(mail["text"], *text, "{mail:#}");
        assert_eq!(mail["html"], format!("<p>{text}</p>\n"));
        assert_eq!((&mail["from"], &mail["to"]), (&json!("desk@example.org"), &json!(["ann@example.net"])));
        assert_eq!(mail["subject"], "Grüße – 日本");
        assert_eq!(mail["sender"], "\"Hilfe, für Sie\" <desk@example.org>");
        assert_eq!(mail["id"], format!("<mail-test-00000{number}.20261122090222000000@example.org>"));
        assert_eq!(mail["references"], "<case-000042.20261122090222000000@example.org>");
        assert_eq!(mail["parts"], json!(["multipart/alternative", "text/plain", "text/html"]));
        assert_eq!(
            (&mail["defects"], &mail["encrypted"], &mail["login"]),
            (&json!([]), &json!(false), &json!(null))
        );
        let raw = base64::engine::general_purpose::STANDARD.decode(mail["raw"].as_str().unwrap()).unwrap();
        assert!(raw.is_ascii() && raw.split(|b| *b == b'\n').all(|line| line.len() <= 999));
    }
    let peers: BTreeSet<u64> =
        server.mails(texts.len()).iter().map(|mail| mail["peer"].as_u64().unwrap()).collect();
    assert_eq!(peers.len(), 1, "one after the other go over one connection");
}

#[test]
fn many_mails_at_once_go_over_few_connections_and_each_once() {
    on_each_engine(&async |bench| {
        let Some(server) = Server::start(&[]) else { return };
        let transport = Transport::Smtp(smtp(&server.plain()));
        let jobs = jobs(&bench.store, posting(&bench.store, transport));
        for _ in 0..30 {
            let ann = MailAddress::parse("ann@example.net").unwrap();
            mail_test::ask_for_test_mail(&bench.store, &ann, start()).await.unwrap();
        }
        assert_eq!(work_off(&jobs, start()).await.done, 30);
        let mails = server.mails(30);
        let ids: BTreeSet<&str> = mails.iter().map(|mail| mail["id"].as_str().unwrap()).collect();
        let peers: BTreeSet<u64> = mails.iter().map(|mail| mail["peer"].as_u64().unwrap()).collect();
        assert_eq!(ids.len(), 30);
        assert!((1..=4).contains(&peers.len()), "{peers:?}");
    });
}

#[test]
fn news_of_one_case_hang_together_and_quote_without_meaning_it() {
    on_each_engine(&async |bench| {
        let Some(server) = Server::start(&[]) else { return };
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let address = MailAddress::parse("ann@example.net").unwrap();
        desk.people.set_mail(ann.person(), Some(address)).await.unwrap();
        desk.people.set_notify(ann.person(), Notify::MailAlways).await.unwrap();
        let case = desk.open(&ann, "it hängt").await.number;
        desk.act(&eve, case, answer("<b>Restart</b> it.\n\nhttps://evil.example/"), start()).await;
        desk.act(&eve, case, answer("Did that help?"), start() + minutes(1)).await;
        let jobs = jobs(&bench.store, posting(&bench.store, Transport::Smtp(smtp(&server.plain()))));
        work_off(&jobs, start() + TimeDelta::hours(1)).await;
        let mails = server.mails(2);
        assert_eq!(mails[0]["references"], mails[1]["references"]);
        assert_ne!(mails[0]["id"], mails[1]["id"]);
        let first = mails.iter().find(|mail| mail["text"].as_str().unwrap().contains("Restart")).unwrap();
        let html = first["html"].as_str().unwrap();
        assert!(html.contains("&lt;b&gt;Restart&lt;/b&gt; it.<br>") && !html.contains("<a "), "{html}");
        assert!(first["subject"].as_str().unwrap().contains("it hängt"), "{first:#}");
    });
}
