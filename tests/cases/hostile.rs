//! What is not meant well gets an error and changes nothing.

use guidepost::domain::PersonId;
use guidepost::domain::case::{CaseNumber, NoText, Subject, Tag, Text, Verb};
use guidepost::services::cases::CaseError;

use super::world::{Desk, answer, close, draft, once, reply, start, words};
use crate::store::on_each_engine;

#[test]
fn what_is_too_long_is_no_text_before_it_comes_near_a_case() {
    let megabyte = "x".repeat(1_000_000);
    let too_long = |most| NoText::TooLong { length: 1_000_000, most };
    assert_eq!(Text::parse(&megabyte), Err(too_long(10_000)));
    assert_eq!(Subject::parse(&megabyte), Err(too_long(150)));
    assert_eq!(guidepost::domain::case::remark(&megabyte), Err(too_long(500)));
    assert!(Tag::parse(&megabyte).is_err());
    assert_eq!(Text::parse("\u{0}\u{1b}[31mred\u{202E}\r\nline").unwrap().as_str(), "[31mred\nline");
}

#[test]
fn the_longest_texts_of_every_kind_are_kept_as_they_are() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let ann = desk.customer("ann").await;
        for text in ["\u{10FFFF}".repeat(10_000), "\"\\".repeat(5_000), "\u{7f}é\n\t".repeat(3_000)] {
            let text = Text::parse(&text).unwrap();
            let mut long = draft("it hangs");
            long.description = text.clone();
            let case = desk.cases.open(&ann, &long, text.as_str().get(..4).unwrap(), start()).await.unwrap();
            let number = case.case().number;
            desk.act(&ann, number, reply(text.as_str()), start()).await;
            let seen = desk.cases.show(&ann, number).await.unwrap();
            let json = serde_json::to_string(&seen.events).unwrap();
            let quoted = serde_json::to_string(text.as_str()).unwrap();
            assert_eq!(json.matches(&quoted).count(), 2, "as description and as message");
        }
        desk.assert_true().await;
    });
}

#[test]
fn forged_numbers_and_wishes_change_nothing() {
    on_each_engine(&async |bench| {
        let desk = Desk::new(&bench.store);
        let (ann, eve) = (desk.customer("ann").await, desk.agent("eve").await);
        let case = desk.open(&ann, "it hangs").await.number;
        let closed = desk.open(&ann, "it hung").await.number;
        desk.act(&ann, closed, close(), start()).await;
        let before = desk.dump().await;
        for number in [0, 3, 999_999, 1_000_000, u64::MAX].map(CaseNumber) {
            for actor in [ann, eve] {
                let error =
                    desk.cases.act(&actor, number, &reply("hello").into(), start()).await.unwrap_err();
                assert!(matches!(error, CaseError::Unknown(unknown) if unknown == number));
                assert!(matches!(desk.cases.show(&actor, number).await, Err(CaseError::Unknown(_))));
            }
        }
        // A customer does what only staff can do, staff what only a customer can, and a closed case stays closed.
        for (actor, number, verb) in [
            (ann, case, Verb::Take),
            (ann, case, Verb::Note(words("me, too"))),
            (ann, case, Verb::Follow(PersonId(99))),
            (ann, case, Verb::Nudge),
            (eve, case, Verb::Nudge),
            (eve, case, reply("as ann")),
            (eve, case, Verb::Link(case)),
            (eve, closed, answer("hello")),
            (eve, closed, Verb::Take),
        ] {
            let error = desk.cases.act(&actor, number, &verb.clone().into(), start()).await.unwrap_err();
            assert!(error.refusal().is_some(), "{verb:?}: {error:?}");
        }
        // Names of wishes are bounded by the doors; one that is not is refused as a whole.
        let megabyte = "x".repeat(1_000_000);
        assert!(desk.cases.open(&ann, &draft("more"), &megabyte, start()).await.is_err());
        assert!(desk.cases.act(&ann, case, &once(reply("more"), &megabyte), start()).await.is_err());
        assert!(desk.cases.own(ann.person(), Some(CaseNumber(0)), 10).await.unwrap().is_empty());
        assert_eq!(desk.dump().await, before);
        // What looks like another key is a name like any other.
        let odd = "../1\u{0}\n/~%2F\u{1F642}";
        desk.cases.act(&ann, case, &once(reply("more"), odd), start()).await.unwrap();
        assert!(
            desk.cases.act(&ann, case, &once(reply("more"), odd), start()).await.unwrap().events.is_empty()
        );
        desk.assert_true().await;
    });
}
