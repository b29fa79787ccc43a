//! A person sees only their own cases; guessing numbers tells nothing.

use guidepost::domain::case::{CaseNumber, Correction, Priority, QueueId, Rating, Score, Tag, Verb, What};
use guidepost::domain::{Actor, PersonId};
use guidepost::services::cases::Ask;

use super::world::{Desk, answer, close, file, once, reply, shown, start, words};
use crate::store::on_each_engine;

fn every_verb(of: &Actor) -> Vec<Verb> {
    vec![
        reply("hello"),
        Verb::Prioritise(Priority::Urgent),
        close(),
        Verb::Rate(Rating { score: Score::new(1).unwrap(), comment: None }),
        Verb::Take,
        Verb::Assign(Some(of.person())),
        answer("hello"),
        Verb::Note(words("hello")),
        Verb::Solve(None),
        Verb::WaitForThirdParty { on: None },
        Verb::Reopen,
        Verb::Move(QueueId::parse("customer-service").unwrap()),
        Verb::Move(QueueId::parse("nowhere").unwrap()),
        Verb::Tag(Tag::parse("mine").unwrap()),
        Verb::Untag(Tag::parse("mine").unwrap()),
        Verb::Follow(of.person()),
        Verb::Unfollow(of.person()),
        Verb::Link(CaseNumber(1)),
        Verb::Unlink(CaseNumber(1)),
        Verb::Correct(Correction { event: 1, text: None, internal: false, source: None }),
        Verb::Correct(Correction { event: 1, text: None, internal: true, source: None }),
        Verb::Nudge,
    ]
}

#[test]
fn somebody_elses_case_and_one_that_is_not_there_are_the_same_to_a_stranger() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let mallory = desk.customer("mallory").await;
        let theirs = desk.open(&ann, "my password is hunter2").await.number;
        let closed = desk.open(&ann, "it hangs").await.number;
        desk.act(&eve, theirs, answer("well?"), start()).await;
        desk.act(&eve, closed, Verb::Tag(Tag::parse("mine").unwrap()), start()).await;
        desk.act(&ann, closed, close(), start()).await;
        let before = desk.dump().await;
        let says = async |number| {
            let mut all = vec![
                shown(&desk.cases.show(&mallory, number).await.unwrap_err(), number),
                shown(&desk.cases.case(&mallory, number).await.unwrap_err(), number),
            ];
            for verb in every_verb(&mallory) {
                let with_files = Ask { files: vec![file("a.txt", b"a")], ..once(verb.clone(), "pressed") };
                let too_large = Ask { files: vec![file("a.txt", &vec![0; 20_000_000])], ..verb.into() };
                for ask in [with_files, too_large] {
                    let error = desk.cases.act(&mallory, number, &ask, start()).await.unwrap_err();
                    all.push(shown(&error, number));
                }
            }
            all
        };
        let nobodys = says(CaseNumber(999_999)).await;
        assert!(nobodys[0].contains("there is no N for this person"), "{}", nobodys[0]);
        for number in [theirs, closed, CaseNumber(0), CaseNumber(u64::MAX)] {
            assert_eq!(says(number).await, nobodys);
        }
        assert!(desk.cases.own(mallory.person(), None, 10).await.unwrap().is_empty());
        assert_eq!(desk.cases.similar(mallory.person(), "my password is hunter2").await.unwrap(), None);
        assert_eq!(desk.dump().await, before, "nothing was changed");
        assert!(desk.bytes_on_disk().is_empty(), "and no bytes were kept");
    });
}

#[test]
fn a_follower_reads_and_writes_and_hears_until_they_are_taken_off() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, bob, eve) =
            (desk.customer("ann").await, desk.customer("bob").await, desk.agent("eve").await);
        let case = desk.open(&ann, "it hangs").await.number;
        desk.act(&eve, case, Verb::Follow(bob.person()), start()).await;
        assert_eq!(desk.cases.own(bob.person(), None, 10).await.unwrap()[0].number, case);
        desk.act(&bob, case, reply("for me, too"), start()).await;
        let seen = desk.cases.show(&ann, case).await.unwrap();
        assert_eq!(seen.events.len(), 2, "the opening and the reply: {:?}", seen.events);
        let rating = Rating { score: Score::new(1).unwrap(), comment: None };
        assert!(desk.cases.act(&bob, case, &Verb::Rate(rating).into(), start()).await.is_err());
        desk.act(&bob, case, Verb::Unfollow(bob.person()), start()).await;
        assert!(desk.cases.show(&bob, case).await.is_err());
        assert!(desk.cases.own(bob.person(), None, 10).await.unwrap().is_empty());
        desk.assert_true().await;
    });
}

#[test]
fn customers_never_read_what_only_staff_may_read() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&ann, "it hangs").await.number;
        desk.open(&ann, "another").await;
        let inside = [
            Verb::Note(words("a difficult one")),
            Verb::Tag(Tag::parse("difficult").unwrap()),
            Verb::Untag(Tag::parse("difficult").unwrap()),
            Verb::Move(QueueId::parse("customer-service").unwrap()),
            Verb::Follow(PersonId(77)),
            Verb::Unfollow(PersonId(77)),
            Verb::Link(CaseNumber(2)),
            Verb::Unlink(CaseNumber(2)),
        ];
        for verb in inside {
            desk.act(&eve, case, verb, start()).await;
        }
        desk.act(&eve, case, answer("which version?"), start()).await;
        let (all, mine) =
            (desk.cases.show(&eve, case).await.unwrap(), desk.cases.show(&ann, case).await.unwrap());
        assert_eq!((all.events.len(), all.as_staff), (12, true));
        assert!(!mine.as_staff && mine.events.iter().all(|event| !event.what.is_internal()));
        let kinds: Vec<_> = mine.events.iter().map(|event| std::mem::discriminant(&event.what)).collect();
        let expected = [0, 9, 10, 11].map(|at: usize| std::mem::discriminant(&all.events[at].what));
        assert_eq!(kinds, expected, "the opening, the assignment, the answer and what became of it");
        assert!(matches!(mine.events[2].what, What::Message(_)));
        // Who no longer works for the desk is a stranger.
        desk.people.remove_staff(&eve.person().to_string()).await.unwrap();
        let eve = Actor::of(&desk.people.get(eve.person()).await.unwrap().unwrap().record);
        assert!(desk.cases.show(&eve, case).await.is_err());
    });
}
