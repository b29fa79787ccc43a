//! Transcripts of one long case, for the customer and for staff; and of generated ones, in which nothing internal may be seen.

use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use crate::domain::case::{
    Attachment, By, Case, CaseNumber, Closing, Correction, Event, Nudge, Opening, Priority, QueueId, Rating,
    Score, Status, Subject, Tag, Text, Tried, TriedGuide, TriedQuestion, What, Written,
};
use crate::domain::{ArticleId, PersonId, Place, Platform, Privacy, ProductId};
use crate::replies::Locale;
use crate::replies::case_events::told;

use super::{Audience, Copied, Transcript, html, json, text, transcript};

const ADA: PersonId = PersonId(1);
const BO: PersonId = PersonId(2);
const NAMELESS: PersonId = PersonId(3);
const FOLLOWER: PersonId = PersonId(4);

fn names(person: PersonId) -> Option<String> {
    let name = match person {
        ADA => "Ada <b>Lovelace</b>",
        BO => "Bo",
        FOLLOWER => "SECRETFOLLOWER",
        _ => return None,
    };
    Some(name.to_owned())
}

fn at(hours: i64) -> DateTime<Utc> {
    "2026-03-01T08:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::hours(hours)
}

fn written(text: &str) -> Written {
    Written::new(Some(Text::parse(text).unwrap()))
}

fn corrected(event: u32, text: Option<&str>, internal: bool) -> What {
    let text = text.map(|text| Text::parse(text).unwrap());
    What::Corrected(Correction { event, text, internal, source: Some("SECRETSOURCE".to_owned()) })
}

fn file(name: &str, size: u64, media: &str) -> Attachment {
    Attachment { file: "0".repeat(64), name: name.to_owned(), size, media: media.to_owned() }
}

fn opening() -> Opening {
    let article = |id: &str| ArticleId::parse(id).unwrap();
    Opening {
        requester: ADA,
        subject: Subject::parse("The console shows <script>alert(1)</script> & error 0x80").unwrap(),
        description: Some(
            Text::parse("Since this morning the console shows error 0x80 whenever I open the list of machines, and nothing helps.\n\n\t1. Open the console\n\t2. \"Machines\"").unwrap(),
        ),
        product: Some(ProductId::parse("workspace").unwrap()),
        queue: QueueId::parse("secret-queue").unwrap(),
        priority: Priority::Normal,
        place: Place {
            platform: Platform::Console,
            conversation: "one".to_owned(),
            privacy: Privacy::Private,
        },
        tried: Tried {
            questions: vec![TriedQuestion {
                text: "console error 0x80 <i>".to_owned(),
                at: at(-1),
                shown: vec![article("CTX120355"), article("CTX130993")],
                did_not_help: vec![article("CTX120355")],
            }],
            guides: vec![TriedGuide { article: article("CTX120355"), name: "Add a contact".to_owned(), step: 3, of: 5 }],
        },
        files: vec![file("trace \"1\".log", 12_345, "text/plain"), file("screen.png", 1, "image/png")],
        links: vec![CaseNumber(7)],
    }
}

fn timeline(steps: Vec<(By, What)>) -> Vec<Event> {
    let first = (By::Requester(ADA), What::Opened(Box::new(opening())));
    let event = |(n, (by, what))| Event {
        case: CaseNumber(42),
        number: n as u32 + 1,
        at: at(i64::try_from(n).unwrap()),
        by,
        what,
    };
    std::iter::once(first).chain(steps).enumerate().map(event).collect()
}

/// A case to which everything happens.
fn long() -> Vec<Event> {
    let (ada, bo, desk) = (By::Requester(ADA), By::Staff(BO), By::Desk);
    let waiting = |next| What::Became(Status::WaitingOnCustomer { since: at(8), next, due: at(99) });
    timeline(vec![
        (bo, What::Assigned(Some(BO))),
        (bo, What::Became(Status::Open)),
        (bo, What::Note(written("SECRETNOTE: this one calls every week.\n</p>"))),
        (bo, What::Moved(QueueId::parse("secret-other-queue").unwrap())),
        (bo, What::Tagged(Tag::parse("secrettag").unwrap())),
        (bo, What::Followed(FOLLOWER)),
        (
            bo,
            What::Message(Written {
                files: vec![file("fix.zip", 2_500_000, "application/zip")],
                ..written("Does it happen in another browser, too?")
            }),
        ),
        (bo, waiting(Nudge::Remind)),
        (desk, What::Reminded),
        (desk, waiting(Nudge::Warn)),
        (desk, What::Warned { closes_at: at(200) }),
        (desk, waiting(Nudge::Close)),
        (
            desk,
            What::Became(Status::Closed { at: at(8 + 169), how: Closing::Silence, reopens_until: at(999) }),
        ),
        (
            ada,
            What::Message(Written { files: vec![file("again.png", 999, "image/png")], ..Written::new(None) }),
        ),
        (ada, What::Became(Status::Open)),
        (ada, What::Prioritised(Priority::Urgent)),
        (bo, What::Assigned(Some(NAMELESS))),
        (By::Staff(NAMELESS), What::Prioritised(Priority::Low)),
        (
            By::Staff(NAMELESS),
            What::Became(Status::WaitingOnThirdParty { since: at(19), on: Some("the carrier".to_owned()) }),
        ),
        (By::Staff(NAMELESS), What::Renamed(Subject::parse("Error 0x80").unwrap())),
        (By::Staff(NAMELESS), What::Linked(CaseNumber(8))),
        (By::Staff(NAMELESS), What::Became(Status::Solved { at: at(22), due: at(99) })),
        (
            ada,
            What::Became(Status::Closed {
                at: at(23),
                how: Closing::Requester { reason: Some("it works".to_owned()) },
                reopens_until: at(999),
            }),
        ),
        (ada, What::Rated(Rating { score: Score::new(4).unwrap(), comment: Some("[erased]".to_owned()) })),
        (bo, What::Note(written("Write an article about this."))),
        (bo, corrected(8, Some("Does it happen in Firefox, too?"), false)),
        (bo, corrected(4, Some("SECRETNOTE: this one calls every day."), true)),
        (bo, corrected(8, None, false)),
    ])
}

fn made(events: &[Event], copy: Audience, zone: Tz) -> Transcript {
    let case = Case::replay(events).unwrap();
    let copied = Copied { desk: "Guidepost", case: &case, events, names: &names, copy, made_at: at(1000) };
    transcript(Locale::English, copied, zone)
}

#[test]
fn the_customers_copy_as_text() {
    let made = made(&long(), Audience::Customer, Tz::UTC);
    insta::assert_snapshot!(text(Locale::English, &made, Tz::UTC));
}

#[test]
fn the_staffs_copy_as_text_in_another_zone() {
    let zone = Tz::Europe__Berlin;
    let made = made(&long(), Audience::Staff, zone);
    insta::assert_snapshot!(text(Locale::English, &made, zone));
}

#[test]
fn the_customers_copy_as_a_page() {
    insta::assert_snapshot!(html(Locale::English, &made(&long(), Audience::Customer, Tz::UTC), Tz::UTC));
}

#[test]
fn the_staffs_copy_as_a_page() {
    let page = html(Locale::English, &made(&long(), Audience::Staff, Tz::UTC), Tz::UTC);
    // All before it is as in the customer's copy.
    insta::assert_snapshot!(page.split_once("</style>").unwrap().1);
}

#[test]
fn the_customers_copy_as_json_comes_back_as_it_was() {
    let made = made(&long(), Audience::Customer, Tz::UTC);
    let json = json(&made);
    insta::assert_snapshot!(json);
    assert_eq!(serde_json::from_str::<Transcript>(&json).unwrap(), made);
}

#[test]
fn the_staffs_copy_as_json() {
    let made = made(&long(), Audience::Staff, Tz::UTC);
    let json = json(&made);
    insta::assert_snapshot!(json);
    assert_eq!(serde_json::from_str::<Transcript>(&json).unwrap(), made);
}

#[test]
fn the_end_of_a_timeline_makes_sense_by_itself() {
    let events = long();
    let end = |from: usize, to: usize| {
        let told = told(Locale::English, &events[from..to], &names, &|at| at.to_rfc3339());
        told.into_iter().map(|told| told.sentence).collect::<Vec<_>>()
    };
    insta::assert_snapshot!(end(9, 10).join("\n"), @"The customer was reminded that an answer waits.");
    insta::assert_snapshot!(end(13, 19).join("\n"), @r"
    The case was closed without an answer.
    Ada <b>Lovelace</b> added a file.
    Ada <b>Lovelace</b> opened the case again.
    Ada <b>Lovelace</b> set the priority to urgent.
    Bo gave the case to an agent.
    Support lowered the priority to low.
    ");
}

#[test]
fn a_case_that_was_closed_for_silence_says_how_long_it_waited() {
    let closed_after = |hours: i64| {
        let waiting = Status::WaitingOnCustomer { since: at(0), next: Nudge::Close, due: at(hours) };
        let how = Closing::Silence;
        let over = Status::Closed { at: at(hours), how, reopens_until: at(hours) };
        let mut events =
            timeline(vec![(By::Staff(BO), What::Became(waiting)), (By::Desk, What::Became(over))]);
        events[2].at = at(hours);
        told(Locale::English, &events, &names, &|at| at.to_rfc3339()).pop().unwrap().sentence
    };
    assert_eq!(closed_after(168), "The case was closed after 7 days without an answer.");
    assert_eq!(closed_after(24), "The case was closed after 1 day without an answer.");
    assert_eq!(closed_after(5), "The case was closed after 5 hours without an answer.");
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof!["[ -~]{1,60}", any::<String>(), Just("<img src=x onerror=y>".to_owned())]
        .prop_filter("not empty", |text| Text::parse(text).is_ok())
}

fn visible() -> impl Strategy<Value = (By, What)> {
    let by =
        prop_oneof![Just(By::Requester(ADA)), Just(By::Staff(BO)), Just(By::Staff(NAMELESS)), Just(By::Desk)];
    let priority = proptest::sample::select(Priority::ALL.to_vec());
    let what = prop_oneof![
        words().prop_map(|text| What::Message(written(&text))),
        (0..9_u32, proptest::option::of(words())).prop_map(|(event, text)| corrected(
            event,
            text.as_deref(),
            false
        )),
        words().prop_map(|name| What::Message(Written {
            files: vec![file(&name, 5, "text/plain")],
            ..Written::new(None)
        })),
        words().prop_filter("not empty", |text| Subject::parse(text).is_ok()).prop_map(|text| {
            What::Renamed(
                Subject::parse(&text.chars().take(100).collect::<String>()).unwrap_or(Subject::erased()),
            )
        }),
        priority.prop_map(What::Prioritised),
        Just(What::Became(Status::Open)),
        Just(What::Became(Status::WaitingOnCustomer { since: at(0), next: Nudge::Remind, due: at(9) })),
        Just(What::Became(Status::Solved { at: at(0), due: at(9) })),
        words().prop_map(|text| What::Became(Status::Closed {
            at: at(1),
            how: Closing::Staff { reason: Some(text) },
            reopens_until: at(2)
        })),
        Just(What::Became(Status::Closed { at: at(1), how: Closing::Erased, reopens_until: at(2) })),
        Just(What::Assigned(Some(BO))),
        Just(What::Assigned(None)),
        Just(What::Reminded),
        words().prop_map(|text| What::Rated(Rating { score: Score::new(1).unwrap(), comment: Some(text) })),
    ];
    (by, what)
}

fn internal() -> impl Strategy<Value = (By, What)> {
    let what = prop_oneof![
        words().prop_map(|text| What::Note(Written {
            files: vec![file("SECRETFILE.txt", 1, "text/plain")],
            ..written(&format!("{text} SECRETNOTE {text}"))
        })),
        (0..9_u32, words()).prop_map(|(event, text)| corrected(
            event,
            Some(&format!("SECRETNOTE {text}")),
            true
        )),
        "[a-z]{1,8}".prop_map(|tag| What::Tagged(Tag::parse(&format!("secrettag-{tag}")).unwrap())),
        "[a-z]{1,8}".prop_map(|tag| What::Untagged(Tag::parse(&format!("secrettag-{tag}")).unwrap())),
        "[a-z]{1,8}".prop_map(|queue| What::Moved(QueueId::parse(&format!("secret-queue-{queue}")).unwrap())),
        Just(What::Followed(FOLLOWER)),
        Just(What::Unfollowed(FOLLOWER)),
        (900_000_u64..999_999).prop_map(|number| What::Linked(CaseNumber(number))),
        (900_000_u64..999_999).prop_map(|number| What::Unlinked(CaseNumber(number))),
    ];
    what.prop_map(|what| (By::Staff(BO), what))
}

proptest! {
    #[test]
    fn nothing_internal_is_ever_in_the_customers_copy(
        steps in proptest::collection::vec(prop_oneof![visible(), internal()], 0..12),
    ) {
        let events = timeline(steps);
        let shown: Vec<Event> = events.iter().filter(|event| !event.what.is_internal()).cloned().collect();
        let customers = made(&events, Audience::Customer, Tz::UTC);
        // What is not known can't be told: the copy is that of a case to which nothing internal happened.
        let unknown = made(&shown, Audience::Customer, Tz::UTC);
        prop_assert_eq!(&customers, &unknown);
        let page = html(Locale::English, &customers, Tz::UTC);
        for copy in [text(Locale::English, &customers, Tz::UTC), page.clone(), json(&customers)] {
            let copy = copy.to_lowercase();
            for secret in ["secretnote", "secretsource", "secretfile", "secrettag", "secret-queue", "secretfollower", "case-9"] {
                prop_assert!(!copy.contains(secret), "{secret}: {copy}");
            }
        }
        let staffs = made(&events, Audience::Staff, Tz::UTC);
        prop_assert!(staffs.events.len() - customers.events.len() == events.len() - shown.len());
        prop_assert!(staffs.events.iter().all(|entry| entry.internal == page_marks(&staffs, entry)));
    }

    #[test]
    fn whatever_is_written_a_page_has_only_our_own_elements_and_a_text_only_its_columns(
        steps in proptest::collection::vec(prop_oneof![visible(), internal()], 0..8),
    ) {
        let made = made(&timeline(steps), Audience::Staff, Tz::UTC);
        let page = html(Locale::English, &made, Tz::UTC);
        let body = page.split_once("</style>").unwrap().1;
        for element in body.split('<').skip(1) {
            let name: String = element.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            let ours = ["head", "body", "html", "h1", "h2", "p", "dl", "dt", "dd", "ul", "ol", "li", "span", "time"];
            prop_assert!(ours.contains(&name.as_str()), "<{element}");
            let attributes = element.split_once('>').unwrap().0.matches('=').count();
            prop_assert!(attributes <= 2, "<{element}");
        }
        let plain = text(Locale::English, &made, Tz::UTC);
        for line in plain.lines() {
            prop_assert!(textwrap::core::display_width(line) <= 80, "{line:?}");
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
        }
    }
}

/// Whether a text marks an entry of the staff's copy as internal.
fn page_marks(transcript: &Transcript, entry: &super::Entry) -> bool {
    let one = Transcript { events: vec![entry.clone()], ..transcript.clone() };
    let page = html(Locale::English, &one, Tz::UTC);
    let plain = text(Locale::English, &one, Tz::UTC);
    page.contains(">Internal.<") && plain.contains("\n[internal] ")
}
