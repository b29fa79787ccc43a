//! The same wish, however often and from wherever, is carried out once.

use guidepost::domain::case::{CaseNumber, Verb, What};
use guidepost::services::cases::{Ask, Opened};

use super::world::{Desk, draft, file, once, reply, start};
use crate::store::on_each_engine;

#[test]
fn a_button_that_is_pressed_sixteen_times_at_once_opens_one_case() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        for (name, files) in [("plain", Vec::new()), ("with a file", vec![file("trace.log", b"0x80")])] {
            let pressing: Vec<_> = (0..16)
                .map(|_| {
                    let cases = desk.cases.clone();
                    let mut draft = draft("it hangs");
                    draft.files.clone_from(&files);
                    tokio::spawn(async move { cases.open(&ann, &draft, name, start()).await.unwrap() })
                })
                .collect();
            let (mut new, mut numbers) = (0, Vec::new());
            for pressed in pressing {
                let opened = pressed.await.unwrap();
                new += usize::from(matches!(opened, Opened::New(_)));
                numbers.push(opened.case().number);
            }
            numbers.dedup();
            assert_eq!((new, numbers.len()), (1, 1), "{name}: one case, which everybody was told of");
        }
        desk.assert_true().await;
        assert_eq!(desk.cases.own(ann.person(), None, 10).await.unwrap().len(), 2);
        // Long afterwards it is still the same case.
        let opened = desk.cases.open(&ann, &draft("something else"), "plain", start()).await.unwrap();
        assert!(matches!(opened, Opened::Already(case) if case.number == CaseNumber(1)));
    });
}

#[test]
fn a_reply_that_is_sent_sixteen_times_at_once_is_there_once() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        let case = desk.open(&ann, "it hangs").await.number;
        for (name, files) in [("plain", Vec::new()), ("with a file", vec![file("trace.log", b"0x80")])] {
            let sending: Vec<_> = (0..16)
                .map(|_| {
                    let cases = desk.cases.clone();
                    let ask = Ask { files: files.clone(), ..once(reply("still"), name) };
                    tokio::spawn(async move { cases.act(&ann, case, &ask, start()).await.unwrap() })
                })
                .collect();
            let mut events = 0;
            for sent in sending {
                events += sent.await.unwrap().events.len();
            }
            assert_eq!(events, 1, "{name}");
        }
        let (_, events) = desk.kept(case).await;
        assert_eq!(events.iter().filter(|event| matches!(event.what, What::Message(_))).count(), 2);
        desk.assert_true().await;
    });
}

#[test]
fn the_same_name_of_a_wish_is_another_persons_and_another_cases_own() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, bob, eve) =
            (desk.customer("ann").await, desk.customer("bob").await, desk.agent("eve").await);
        let (first, second) = (desk.open(&ann, "one").await.number, desk.open(&bob, "one").await.number);
        assert_ne!(first, second);
        for case in [first, second, first] {
            desk.cases.act(&eve, case, &once(Verb::Take, "take"), start()).await.unwrap();
        }
        desk.cases.act(&ann, first, &once(reply("more"), "one"), start()).await.unwrap();
        assert_eq!(desk.kept(first).await.1.len(), 4);
        assert_eq!(desk.kept(second).await.0.assignee, Some(eve.person()));
        desk.assert_true().await;
    });
}
