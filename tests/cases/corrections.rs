//! What was said in the room of a case and is changed or taken back there.

use chrono::DateTime;
use guidepost::domain::Actor;
use guidepost::domain::case::{
    CaseNumber, ERASED, Event, MOST_EVENTS, Refused, Standing, Text, Verb, What, Written, is_from_room,
};
use guidepost::services::cases::table::CASES;
use guidepost::services::{notices, privacy};
use guidepost::store::Batch;

use super::world::{Desk, answer, close, file, hours, once, reply, start, words};
use crate::store::on_each_engine;

fn text(text: &str) -> Text {
    Text::parse(text).unwrap()
}

/// Somebody writes in the room, in a turn with this name.
async fn says(desk: &Desk, actor: &Actor, case: CaseNumber, verb: fn(&str) -> Verb, source: &str) {
    let verb = match verb(source) {
        Verb::Reply(written) => Verb::Reply(written.said_in(Some(source))),
        Verb::Answer(written) => Verb::Answer(written.said_in(Some(source))),
        Verb::Note(written) => Verb::Note(written.said_in(Some(source))),
        other => other,
    };
    desk.cases.act(actor, case, &once(verb, &format!("turn-{source}")), start()).await.unwrap();
}

fn note(text: &str) -> Verb {
    Verb::Note(words(text))
}

/// What the corrections in a timeline say, with the number of the event that each is about.
fn corrections(events: &[Event]) -> Vec<(u32, Option<&str>)> {
    let corrected = events.iter().filter_map(|event| match &event.what {
        What::Corrected(correction) => Some((correction.event, correction.text.as_ref().map(Text::as_str))),
        _ => None,
    });
    corrected.collect()
}

#[test]
fn what_is_changed_and_taken_back_is_added_to_the_timeline_and_nothing_is_overwritten() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&ann, "it hangs").await.number;
        says(&desk, &ann, case, reply, "one").await;
        says(&desk, &eve, case, answer, "two").await;
        says(&desk, &eve, case, note, "three").await;
        let (before, events) = desk.kept(case).await;
        let correct = async |actor: &Actor, source, to: Option<&str>| {
            let acted = desk.cases.correct(actor, source, case, to.map(text), start() + hours(1)).await;
            acted.unwrap().events.len()
        };
        // To other words, to the same, back to the first ones, to the same again, and to nothing, twice.
        for (to, expected) in [
            (Some("one"), 0),
            (Some("better"), 1),
            (Some("better"), 0),
            (Some("one"), 1),
            (Some("better"), 1),
            (None, 1),
            (None, 0),
        ] {
            assert_eq!(correct(&ann, "one", to).await, expected, "{to:?}");
        }
        assert_eq!(correct(&eve, "two", Some("which version?")).await, 1);
        assert_eq!(correct(&eve, "three", None).await, 1);
        let (after, all) = desk.kept(case).await;
        assert_eq!(all[..events.len()], events, "what was there is there");
        let said = [(2, Some("better")), (2, Some("one")), (2, Some("better")), (2, None)];
        assert_eq!(corrections(&all), [&said[..], &[(4, Some("which version?")), (6, None)]].concat());
        assert!(all.iter().skip(events.len()).all(|event| is_from_room(event).is_some()));
        assert_eq!(
            (after.status, after.waiting_since, after.first_response_at, after.assignee),
            (before.status, before.waiting_since, before.first_response_at, before.assignee)
        );
        // What is changed in a note is as secret as the note.
        let seen = desk.cases.show(&ann, case).await.unwrap();
        assert_eq!(corrections(&seen.events).len(), 5);
        desk.assert_true().await;
    });
}

#[test]
fn nobody_changes_what_somebody_else_wrote() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, bob, mallory) =
            (desk.customer("ann").await, desk.customer("bob").await, desk.customer("mallory").await);
        let (eve, joe) = (desk.agent("eve").await, desk.agent("joe").await);
        let case = desk.open(&ann, "it hangs").await.number;
        let other = desk.open(&ann, "another").await.number;
        desk.act(&eve, case, Verb::Follow(bob.person()), start()).await;
        says(&desk, &ann, case, reply, "hers").await;
        says(&desk, &eve, case, answer, "staffs").await;
        says(&desk, &bob, case, reply, "his").await;
        desk.act(&eve, case, Verb::Unfollow(bob.person()), start()).await;
        desk.people.remove_staff(&eve.person().to_string()).await.unwrap();
        let left = Actor::of(&desk.people.get(eve.person()).await.unwrap().unwrap().record);
        let before = desk.dump().await;
        let says = async |actor: &Actor, source, number| {
            let corrected = desk.cases.correct(actor, source, number, None, start()).await;
            corrected.map(|acted| acted.events.len()).map_err(|error| error.to_string())
        };
        for (actor, source, number) in [
            (&joe, "hers", case),
            (&joe, "staffs", case),
            (&ann, "staffs", case),
            (&ann, "his", case),
            (&ann, "nobodys", case),
            (&ann, "", case),
            (&ann, "hers", other),
        ] {
            assert_eq!(says(actor, source, number).await, Ok(0), "{source} in {number}");
        }
        // Who has nothing to do with the case, or no longer has, does not learn that it is there.
        let nobodys = CaseNumber(99);
        for (actor, source) in [(&mallory, "hers"), (&bob, "his"), (&left, "staffs")] {
            let error = |number| format!("there is no {number} for this person");
            assert_eq!(says(actor, source, case).await, Err(error(case)), "{source}");
            assert_eq!(says(actor, source, nobodys).await, Err(error(nobodys)));
        }
        assert_eq!(desk.dump().await, before, "nothing was changed");
    });
}

#[test]
fn a_correction_at_a_closed_case_opens_nothing_and_nobody_is_told() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&ann, "it hangs").await.number;
        says(&desk, &ann, case, reply, "one").await;
        says(&desk, &eve, case, answer, "two").await;
        desk.act(&ann, case, close(), start()).await;
        let news = async || {
            let mut heard = 0;
            for actor in [&ann, &eve] {
                let since = Some(DateTime::UNIX_EPOCH);
                heard += notices::untold(&desk.store, actor.person(), since, 99).await.unwrap().len();
            }
            heard
        };
        let before = news().await;
        for (actor, source) in [(&ann, "one"), (&eve, "two")] {
            let long_after = start() + hours(10_000);
            let acted =
                desk.cases.correct(actor, source, case, Some(text("other")), long_after).await.unwrap();
            assert_eq!((acted.events.len(), acted.case.standing()), (1, Standing::Closed));
        }
        assert_eq!(news().await, before);
        desk.assert_true().await;
    });
}

#[test]
fn a_correction_that_comes_sixteen_times_at_once_is_there_once() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        let case = desk.open(&ann, "it hangs").await.number;
        says(&desk, &ann, case, reply, "one").await;
        let correcting: Vec<_> = (0..16)
            .map(|_| {
                let cases = desk.cases.clone();
                tokio::spawn(async move {
                    cases.correct(&ann, "one", case, Some(text("1")), start()).await.unwrap()
                })
            })
            .collect();
        for corrected in correcting {
            corrected.await.unwrap();
        }
        assert_eq!(corrections(&desk.kept(case).await.1), [(2, Some("1"))]);
        desk.assert_true().await;
    });
}

#[test]
fn words_are_added_to_files_and_files_stay_when_words_are_taken_back() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        let case = desk.open(&ann, "it hangs").await.number;
        let mut ask = once(Verb::Reply(Written::new(None).said_in(Some("one"))), "one");
        ask.files.push(file("trace.log", b"0x80"));
        desk.cases.act(&ann, case, &ask, start()).await.unwrap();
        for to in [Some(text("the trace")), None] {
            assert_eq!(desk.cases.correct(&ann, "one", case, to, start()).await.unwrap().events.len(), 1);
        }
        let (kept, events) = desk.kept(case).await;
        assert_eq!(corrections(&events), [(2, Some("the trace")), (2, None)]);
        assert_eq!((kept.files, events[1].what.files().len()), (1, 1));
    });
}

#[test]
fn what_was_said_long_ago_is_found_and_a_full_case_says_that_it_is_full() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        let case = desk.open(&ann, "it hangs").await.number;
        says(&desk, &ann, case, reply, "one").await;
        for _ in 0..60 {
            says(&desk, &ann, case, |_| reply("more"), "more").await;
            desk.cases.act(&ann, case, &reply("more").into(), start()).await.unwrap();
        }
        let acted = desk.cases.correct(&ann, "one", case, None, start()).await.unwrap();
        assert_eq!(corrections(&acted.events), [(2, None)]);
        let row =
            CASES.get(&desk.store, &guidepost::services::cases::table::key(case)).await.unwrap().unwrap();
        let full = guidepost::domain::case::Case { events: MOST_EVENTS, ..row.record.clone() };
        let mut batch = Batch::new();
        CASES.update(&mut batch, &row, &full);
        desk.store.commit(batch).await.unwrap();
        let refused = desk.cases.correct(&ann, "one", case, Some(text("again")), start()).await.unwrap_err();
        assert_eq!(refused.refusal(), Some(&Refused::Full));
    });
}

#[test]
fn an_erased_persons_corrections_lose_their_words() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&eve, "the staffs own").await.number;
        desk.act(&eve, case, Verb::Follow(ann.person()), start()).await;
        says(&desk, &ann, case, reply, "hunter2").await;
        desk.cases.correct(&ann, "hunter2", case, Some(text("hunter3")), start()).await.unwrap();
        desk.cases.correct(&ann, "hunter2", case, None, start()).await.unwrap();
        privacy::erase(&desk.store, &desk.files, "console:ann", start(), &mut |_| {}).await.unwrap();
        let (_, events) = desk.kept(case).await;
        assert_eq!(corrections(&events), [(3, Some(ERASED)), (3, None)]);
        assert!(events.iter().all(|event| is_from_room(event).is_none()));
        let left = desk.dump().await.into_iter().filter(|entry| entry.value.to_string().contains("hunter"));
        assert_eq!(left.count(), 0);
        desk.assert_true().await;
    });
}
