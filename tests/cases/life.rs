//! A case from its opening to its rating, as everybody sees it.

use guidepost::domain::Change;
use guidepost::domain::case::{Case, CaseNumber, Priority, QueueId, Rating, Refused, Score, Standing, Verb};
use guidepost::services::cases::Opened;
use guidepost::store::feed;

use super::world::{Desk, answer, close, draft, hours, reply, start, words};
use crate::store::on_each_engine;

#[test]
fn a_case_lives_from_its_opening_to_its_rating() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&ann, "The console shows 0x80\nsince this morning").await;
        assert_eq!((case.number, case.subject.as_str()), (CaseNumber(1), "The console shows 0x80"));
        assert_eq!(case.standing(), Standing::New);
        let staff = eve.staff().unwrap();
        assert_eq!(desk.cases.work(&staff, None, 10).await.unwrap(), std::slice::from_ref(&case));

        let number = case.number;
        let now = start() + hours(1);
        let acted = desk.act(&eve, number, answer("Which version?"), now).await;
        assert_eq!(acted.case.standing(), Standing::WaitingOnCustomer);
        assert_eq!((acted.case.assignee, acted.case.first_response_at), (Some(eve.person()), Some(now)));
        assert!(desk.cases.work(&staff, None, 10).await.unwrap().is_empty(), "it waits for somebody else");
        assert_eq!(desk.cases.assigned(&staff, 10).await.unwrap(), [acted.case]);

        let acted = desk.act(&ann, number, reply("Version 7"), now).await;
        assert_eq!((acted.case.standing(), acted.case.waiting_since), (Standing::Open, Some(now)));
        desk.act(&ann, number, Verb::Prioritise(Priority::High), now).await;
        desk.act(&eve, number, Verb::Solve(Some(words("Use version 8."))), now).await;
        let acted = desk.act(&ann, number, reply("It is still so"), now).await;
        assert_eq!(acted.case.standing(), Standing::Open, "a reply opens what was solved");
        desk.act(&eve, number, Verb::Note(words("escalate")), now).await;
        desk.act(&eve, number, Verb::Solve(None), now).await;
        desk.act(&ann, number, close(), now).await;
        assert!(desk.cases.assigned(&staff, 10).await.unwrap().is_empty());
        let rating = Rating { score: Score::new(5).unwrap(), comment: None };
        let rated = desk.act(&ann, number, Verb::Rate(rating.clone()), now).await.case;
        assert_eq!((rated.standing(), rated.rating.clone()), (Standing::Closed, Some(rating)));

        let (kept, events) = desk.kept(number).await;
        assert_eq!(kept, rated);
        assert_eq!(Case::replay(&events), Some(kept));
        let seen = desk.cases.show(&eve, number).await.unwrap();
        assert_eq!((&seen.case, &seen.events, seen.as_staff), (&rated, &events, true));
        assert_eq!(desk.cases.own(ann.person(), None, 10).await.unwrap(), [rated]);
        let told = feed::read(&desk.store, 0, 100).await.unwrap();
        let told: Vec<Change> = told.iter().map(|entry| entry.entry.read().unwrap()).collect();
        assert_eq!(told, vec![Change::Case(number); 10], "every change told the feed once");
        desk.assert_true().await;
    });
}

#[test]
fn ones_own_cases_come_page_by_page_the_newest_first() {
    on_each_engine(&async |bench| {
        let desk = Desk::with(&bench.store, |rules| rules.most_active = 1000);
        let (ann, bob) = (desk.customer("ann").await, desk.customer("bob").await);
        for n in 0..12 {
            desk.open(&ann, &format!("{n} of ann")).await;
            desk.open(&bob, &format!("{n} of bob")).await;
        }
        let own = async |before| {
            let own = desk.cases.own(ann.person(), before, 5).await.unwrap();
            own.iter().map(|case| case.number.0).collect::<Vec<_>>()
        };
        assert_eq!(own(None).await, [23, 21, 19, 17, 15]);
        assert_eq!(own(Some(CaseNumber(15))).await, [13, 11, 9, 7, 5]);
        assert_eq!(own(Some(CaseNumber(5))).await, [3, 1]);
        assert!(own(Some(CaseNumber(1))).await.is_empty());
    });
}

#[test]
fn the_queue_has_the_most_urgent_first_and_then_what_waits_longest() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let priorities =
            [Priority::Low, Priority::Normal, Priority::Urgent, Priority::Normal, Priority::High];
        for (n, priority) in (0_i64..).zip(priorities) {
            let mut draft = draft(&format!("case {n}"));
            draft.priority = priority;
            draft.queue = QueueId::parse(if n % 2 == 0 { "customer-service" } else { "nowhere" }).ok();
            let now = start() + hours(n);
            desk.cases.open(&ann, &draft, &format!("{n}"), now).await.unwrap();
        }
        let staff = eve.staff().unwrap();
        let work = async |queue: Option<&str>, limit| {
            let queue = queue.map(|queue| QueueId::parse(queue).unwrap());
            let found = desk.cases.work(&staff, queue.as_ref(), limit).await.unwrap();
            found.iter().map(|case| case.number.0).collect::<Vec<_>>()
        };
        assert_eq!(work(None, 10).await, [3, 5, 2, 4, 1]);
        assert_eq!(work(None, 2).await, [3, 5]);
        assert_eq!(work(Some("customer-service"), 10).await, [3, 5, 1]);
        assert_eq!(
            work(Some("technical-support"), 10).await,
            [2, 4],
            "what names no queue goes to the first"
        );
        assert!(work(Some("nowhere"), 10).await.is_empty());
    });
}

#[test]
fn a_closed_case_opens_again_for_a_while_and_then_no_more() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        let case = desk.open(&ann, "it hangs").await;
        desk.act(&ann, case.number, close(), start()).await;
        let last = start() + hours(336);
        assert_eq!(desk.act(&ann, case.number, reply("again"), last).await.case.standing(), Standing::Open);
        desk.act(&ann, case.number, close(), last).await;
        let before = desk.dump().await;
        let late = last + hours(337);
        let error = desk.cases.act(&ann, case.number, &reply("again").into(), late).await.unwrap_err();
        assert_eq!(error.refusal(), Some(&Refused::ClosedLongAgo));
        assert_eq!(desk.dump().await, before);
        desk.assert_true().await;
    });
}

#[test]
fn sixty_four_who_open_at_once_get_numbers_without_gaps() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let mut people = Vec::new();
        for n in 0..64 {
            people.push(desk.customer(&format!("person-{n}")).await);
        }
        let opening: Vec<_> = people
            .into_iter()
            .map(|person| {
                let cases = desk.cases.clone();
                tokio::spawn(async move {
                    cases.open(&person, &draft("it hangs"), "once", start()).await.unwrap()
                })
            })
            .collect();
        let mut numbers = Vec::new();
        for opened in opening {
            let Opened::New(case) = opened.await.unwrap() else { panic!() };
            numbers.push(case.number.0);
        }
        numbers.sort_unstable();
        assert!(numbers.into_iter().eq(1..=64));
        desk.assert_true().await;
    });
}
