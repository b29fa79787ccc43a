//! Cases that staff open for somebody.

use chrono::{DateTime, TimeDelta};
use guidepost::domain::Actor;
use guidepost::domain::case::{By, CaseNumber, Verb};
use guidepost::services::cases::{CaseError, Draft, OnBehalf, Opened};
use guidepost::services::notices::{self, Notice};

use super::world::{Desk, draft, start};
use crate::store::on_each_engine;

fn behalf(of: &Actor, by: &Actor, text: &str) -> Draft {
    Draft { on_behalf: Some(OnBehalf { of: of.person(), by: by.staff().unwrap() }), ..draft(text) }
}

/// Opens a case for somebody; the text is also the name of the wish.
async fn open_for(desk: &Desk, of: &Actor, by: &Actor, text: &str) -> Result<Opened, CaseError> {
    desk.cases.open(by, &behalf(of, by, text), text, start()).await
}

async fn news(desk: &Desk, of: &Actor) -> Vec<(CaseNumber, u32)> {
    let all = notices::untold(&desk.store, of.person(), Some(DateTime::UNIX_EPOCH), 100).await.unwrap();
    all.into_iter().map(|Notice { case, event, .. }| (case, event)).collect()
}

#[test]
fn it_is_the_persons_and_they_are_told() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve, mallory) =
            (desk.customer("ann").await, desk.agent("eve").await, desk.customer("mallory").await);
        let opened = open_for(&desk, &ann, &eve, "it hangs").await.unwrap();
        let Opened::New(case) = opened else { panic!("it is new") };
        let (kept, events) = desk.kept(case.number).await;
        assert_eq!(kept, case);
        assert_eq!((case.requester, case.assignee, events.len()), (ann.person(), None, 1));
        assert_eq!(events[0].by, By::Staff(eve.person()));
        assert_eq!(case.first_response_at, None, "opening it answers nothing");
        assert_eq!(news(&desk, &ann).await, [(case.number, 1)]);
        assert_eq!((news(&desk, &eve).await, news(&desk, &mallory).await), (vec![], vec![]));
        let own = async |who: &Actor| desk.cases.own(who.person(), None, 10).await.unwrap().len();
        assert_eq!((own(&ann).await, own(&eve).await), (1, 0));
        assert!(desk.cases.show(&ann, case.number).await.is_ok());
        assert!(desk.cases.show(&mallory, case.number).await.is_err());
        // What one opens oneself is no news.
        desk.open(&ann, "another thing").await;
        assert_eq!(news(&desk, &ann).await.len(), 1);
        // The requester decides over it like over any of theirs.
        desk.act(&ann, case.number, Verb::Close { reason: None }, start()).await;
        desk.assert_true().await;
    });
}

#[test]
fn the_same_wish_opens_one_case() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve, joe) = (desk.customer("ann").await, desk.agent("eve").await, desk.agent("joe").await);
        let first = open_for(&desk, &ann, &eve, "it hangs").await.unwrap();
        let again = open_for(&desk, &ann, &eve, "it hangs").await.unwrap();
        assert_eq!(again, Opened::Already(first.case().clone()));
        assert_eq!(news(&desk, &ann).await.len(), 1);
        // The name of a wish is that of whoever asks.
        assert!(matches!(open_for(&desk, &ann, &joe, "it hangs").await, Ok(Opened::New(_))));
        let own = desk.cases.open(&ann, &draft("it hangs"), "it hangs", start()).await;
        assert!(matches!(own, Ok(Opened::New(_))));
        desk.assert_true().await;
    });
}

#[test]
fn limits_hold_no_agent_up_and_are_counted() {
    on_each_engine(&async |bench| {
        let desk = Desk::with(&bench.store, |rules| {
            rules.most_active = 2;
            rules.cooldown = TimeDelta::seconds(20);
        });
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let opening = ["one", "two", "three"].map(|text| {
            let (cases, draft) = (desk.cases.clone(), behalf(&ann, &eve, text));
            tokio::spawn(async move { cases.open(&eve, &draft, text, start()).await })
        });
        for opened in opening {
            assert!(matches!(opened.await.unwrap(), Ok(Opened::New(_))));
        }
        desk.assert_true().await;
        let own = async |name: &str, now| desk.cases.open(&ann, &draft(name), name, now).await;
        let later = start() + TimeDelta::hours(1);
        assert!(matches!(own("four", later).await, Err(CaseError::TooMany { active: 3, most: 2 })));
        // With room for another one, the wait begins where the agent opened the last.
        let all = desk.cases.own(ann.person(), None, 10).await.unwrap();
        for case in all.iter().take(2) {
            desk.act(&ann, case.number, Verb::Close { reason: None }, start()).await;
        }
        assert!(matches!(own("five", start()).await, Err(CaseError::TooSoon { .. })));
        assert!(matches!(own("six", later).await, Ok(Opened::New(_))));
        // The agent's own are counted apart.
        desk.cases.open(&eve, &draft("mine"), "mine", start()).await.unwrap();
        desk.assert_true().await;
    });
}

#[test]
fn whoever_was_erased_is_not_told_and_no_word_stays_of_whoever_is_erased_later() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = open_for(&desk, &ann, &eve, "zanzibar hangs").await.unwrap().case().number;
        let erase = async |who: &Actor| {
            let name = who.person().to_string();
            guidepost::services::privacy::erase(&desk.store, &desk.files, &name, start(), &mut |_| {}).await
        };
        desk.people.remove_staff(&eve.person().to_string()).await.unwrap();
        erase(&eve).await.unwrap();
        let (kept, _) = desk.kept(case).await;
        assert!(kept.subject.as_str().contains("zanzibar"), "what staff did stays");
        erase(&ann).await.unwrap();
        let (kept, events) = desk.kept(case).await;
        assert!(!format!("{kept:?} {events:?}").contains("zanzibar"));
        assert_eq!(news(&desk, &ann).await, []);
        let joe = desk.agent("joe").await;
        open_for(&desk, &ann, &joe, "too late").await.unwrap();
        assert_eq!(news(&desk, &ann).await, []);
        desk.assert_true().await;
    });
}
