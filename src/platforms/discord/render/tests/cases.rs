//! How cases look, to their requester and to staff.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use insta::assert_snapshot;

use crate::chat::Reply;
use crate::chat::wish::Format;
use crate::domain::case::{
    Attachment, By, Case, CaseNumber, Event, Opening, Priority, QueueId, Status, Subject, Text, Tried,
    TriedQuestion, What, Written,
};
use crate::domain::{ArticleId, PersonId, Place, Platform, Privacy};
use crate::replies::{cases, staff};

use super::sample::{ENGLISH, ZONE, at, shown};

const ADA: PersonId = PersonId(1);
const BO: PersonId = PersonId(2);

fn written(text: &str) -> Written {
    Written::new(Some(Text::parse(text).unwrap()))
}

fn opening(subject: &str) -> Opening {
    Opening {
        requester: ADA,
        subject: Subject::parse(subject).unwrap(),
        description: Some(
            Text::parse("Since this morning the console shows:\n\n    error 0x80 in *kernel*\n\n# What can I do? @everyone <@&5> https://example.com/log_1").unwrap(),
        ),
        product: None,
        queue: QueueId::parse("technical-support").unwrap(),
        priority: Priority::High,
        place: Place { platform: Platform::Discord, conversation: "1/2".to_owned(), privacy: Privacy::Private },
        tried: Tried {
            questions: vec![TriedQuestion {
                text: "console error 0x80".to_owned(),
                at: at(-1),
                shown: vec![ArticleId::parse("CTX120355").unwrap()],
                did_not_help: vec![ArticleId::parse("CTX120355").unwrap()],
            }],
            guides: Vec::new(),
        },
        files: vec![Attachment {
            file: "0".repeat(64),
            name: "screen_1.png".to_owned(),
            size: 12_345,
            media: "image/png".to_owned(),
        }],
        links: Vec::new(),
    }
}

fn events(number: u64, subject: &str) -> Vec<Event> {
    let ada = By::Requester(ADA);
    let bo = By::Staff(BO);
    let steps = vec![
        (ada, What::Opened(Box::new(opening(subject)))),
        (bo, What::Assigned(Some(BO))),
        (bo, What::Became(Status::Open)),
        (bo, What::Note(written("Looks like the driver."))),
        (bo, What::Message(written("Please restart the connector.\n1. Stop it.\n2. Start it."))),
    ];
    let event = |(n, (by, what))| Event {
        case: CaseNumber(number),
        number: n as u32 + 1,
        at: at(i64::try_from(n).unwrap()),
        by,
        what,
    };
    steps.into_iter().enumerate().map(event).collect()
}

fn view<T>(as_staff: bool, show: impl FnOnce(&cases::View<'_>) -> T) -> T {
    let all = events(42, "Console shows error 0x80");
    let case = Case::replay(&all).unwrap();
    let seen: Vec<Event> = all.into_iter().filter(|event| as_staff || !event.what.is_internal()).collect();
    let names = BTreeMap::from([(ADA, "Ada_Lovelace_".to_owned()), (BO, "Bo".to_owned())]);
    show(&cases::View {
        case: &case,
        events: &seen,
        names: &names,
        reader: if as_staff { BO } else { ADA },
        as_staff,
        now: at(10),
        zone: ZONE,
        desk: "Guidepost",
    })
}

#[test]
fn a_case_for_its_requester() {
    assert_snapshot!(shown(&view(false, |view| cases::show(ENGLISH, view))));
}

#[test]
fn a_case_for_staff() {
    assert_snapshot!(shown(&view(true, |view| cases::show(ENGLISH, view))));
}

#[test]
fn a_transcript_is_a_file() {
    let reply = view(false, |view| cases::transcript_of(ENGLISH, view, Format::Text));
    assert_snapshot!(shown(&reply));
}

fn queue(count: u64) -> Reply {
    let case = |number: u64| {
        let subject = if number.is_multiple_of(2) {
            "Console shows error 0x80"
        } else {
            "[Sign-in](https://evil.example) *fails*"
        };
        Case::replay(&events(number, subject)).unwrap()
    };
    let cases: Vec<Case> = (1..=count).map(case).collect();
    staff::queue(ENGLISH, &cases, None, at(0) + TimeDelta::hours(3))
}

#[test]
fn a_short_queue_has_buttons() {
    assert_snapshot!(shown(&queue(2)));
}

#[test]
fn a_longer_queue_has_a_list() {
    assert_snapshot!(shown(&queue(6)));
}

#[test]
fn own_cases() {
    let own = [Case::replay(&events(42, "Console shows error 0x80")).unwrap()];
    assert_snapshot!(shown(&cases::list(ENGLISH, &own, false, true)));
}
