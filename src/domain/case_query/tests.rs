//! What people may type, as a table, and that nothing they type does harm.

use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;

use super::*;

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, 10, 12, 0, 0).unwrap()
}

fn read(text: &str) -> CaseQuery {
    parse(text, now())
}

#[expect(clippy::unnecessary_wraps, reason = "an end of a range may be missing")]
fn day(year: i32, month: u32, day: u32) -> Option<DateTime<Utc>> {
    Some(Utc.with_ymd_and_hms(year, month, day, 0, 0, 0).unwrap())
}

/// The conditions of a text that is understood wholly.
fn conditions(text: &str) -> Vec<Vec<Is>> {
    let query = read(text);
    assert_eq!(query.notes, [], "{text}");
    query.conditions.into_iter().map(|condition| condition.any).collect()
}

#[test]
fn fields_are_read_whatever_their_case() {
    use Standing::{New, Open, WaitingOnCustomer, WaitingOnThirdParty};
    let standings = |these: &[Standing]| these.iter().copied().map(Is::Standing).collect::<Vec<_>>();
    for (text, expected) in [
        ("status:open", standings(&[Open])),
        ("Status: Open", standings(&[Open])),
        ("status:new,open", standings(&[New, Open])),
        ("status:waiting", standings(&[WaitingOnCustomer, WaitingOnThirdParty])),
        ("is:waiting-on-customer", standings(&[WaitingOnCustomer])),
        ("status:active", standings(&[New, Open, WaitingOnCustomer, WaitingOnThirdParty])),
        ("assignee:me", vec![Is::Assignee(Whom::Me)]),
        ("assignee:none", vec![Is::Assignee(Whom::Nobody)]),
        ("owner:P-000017", vec![Is::Assignee(Whom::Person(PersonId(17)))]),
        ("requester:p17", vec![Is::Requester(Whom::Person(PersonId(17)))]),
        ("tag:\"Needs billing\"", vec![Is::Tag("needs-billing".to_owned())]),
        ("queue:technical-support", vec![Is::Queue("technical-support".to_owned())]),
        ("product:cloud", vec![Is::Product("cloud".to_owned())]),
        ("priority:>normal", vec![Is::Priority(Priority::High), Is::Priority(Priority::Urgent)]),
        ("priority:<=low", vec![Is::Priority(Priority::Low)]),
        ("number:CASE-000042", vec![Is::Number(CaseNumber(42))]),
        ("has:file", vec![Is::WithFile]),
        ("is:unrated", vec![Is::Rated(false)]),
    ] {
        assert_eq!(conditions(text), [expected], "{text}");
    }
}

#[test]
fn times_are_read_as_people_write_them() {
    let ago = |days| Some(now() - chrono::TimeDelta::days(days));
    for (text, from, until) in [
        ("2026-01-01", day(2026, 1, 1), day(2026, 1, 2)),
        ("2026-1-1", day(2026, 1, 1), day(2026, 1, 2)),
        (">2026-01-01", day(2026, 1, 2), None),
        (">=2026-01-01", day(2026, 1, 1), None),
        ("<2026-01-01", None, day(2026, 1, 1)),
        ("<=2026-01-01", None, day(2026, 1, 2)),
        ("2026-02", day(2026, 2, 1), day(2026, 3, 1)),
        ("2026-01-01..2026-01-31", day(2026, 1, 1), day(2026, 2, 1)),
        ("..2026-01-31", None, day(2026, 2, 1)),
        ("2026-01-31..", day(2026, 1, 31), None),
        ("today", day(2026, 3, 10), day(2026, 3, 11)),
        ("yesterday", day(2026, 3, 9), day(2026, 3, 10)),
        ("7d", ago(7), None),
        (">1w", ago(7), None),
        ("<7d", None, ago(7)),
        ("48h", ago(2), None),
    ] {
        assert_eq!(conditions(&format!("created:{text}")), [[Is::Created(Span { from, until })]], "{text}");
    }
    for text in [
        "2026-02-30",
        "26-01-01",
        "tomorow",
        "..",
        ">",
        "99999999999999d",
        "-1d",
        "2026",
        "9999999999999w",
        "+7d",
    ] {
        let query = read(&format!("updated:{text}"));
        let (field, typed) = (FieldName::Updated, text.to_owned());
        assert_eq!(query.notes, [Note::UnknownTime { field, typed }]);
        assert_eq!(query.conditions, []);
    }
}

#[test]
fn words_phrases_and_exclusions_are_told_apart() {
    let words = |text: &str| {
        let query = read(text);
        assert_eq!(query.notes, [], "{text}");
        let shown = |word: Sought| match (word.is_excluded, word.is_phrase) {
            (false, false) => word.text,
            (false, true) => format!("<{}>", word.text),
            (true, false) => format!("-{}", word.text),
            (true, true) => format!("-<{}>", word.text),
        };
        query.words.into_iter().map(shown).collect::<Vec<_>>()
    };
    assert_eq!(words("blank screen"), ["blank", "screen"]);
    assert_eq!(words("\"blank screen\" -printer"), ["<blank screen>", "-printer"]);
    assert_eq!(words("-“blank screen”"), ["-<blank screen>"]);
    assert_eq!(words("sign-in - now"), ["sign-in", "now"]);
    assert_eq!(words("\"never closed"), ["<never closed>"]);
    assert_eq!(words("https://example.com C:\\temp 10:30"), ["https://example.com", "C:\\temp", "10:30"]);
    assert_eq!(words("--- !!! \"\""), Vec::<String>::new());
    assert!(read("-tag:billing").conditions[0].is_excluded);
}

#[test]
fn what_is_not_understood_is_told_with_what_may_be_meant() {
    let one = |text: &str| read(text).notes;
    let typed = |text: &str| text.to_owned();
    assert_eq!(
        one("statsu:open"),
        [Note::UnknownField { typed: typed("statsu"), meant: Some(FieldName::Status) }]
    );
    assert_eq!(one("error:0x80"), [Note::UnknownField { typed: typed("error"), meant: None }]);
    let meant = Some(typed("solved"));
    assert_eq!(
        one("status:sloved"),
        [Note::UnknownValue { field: FieldName::Status, typed: typed("sloved"), meant }]
    );
    assert_eq!(
        one("assignee:ada"),
        [Note::UnknownValue { field: FieldName::Assignee, typed: typed("ada"), meant: None }]
    );
    assert_eq!(one("priority:>urgent").len(), 1);
    // It is looked for as words.
    assert_eq!(read("error:0x80").words[0].text, "error:0x80");
    // A field without a value at the end.
    assert_eq!(one("tag:").len(), 1);
}

#[test]
fn a_number_that_is_all_names_a_case_and_is_a_phrase() {
    for text in ["CASE-000042", "case 42", "#42", "42", "Case no. 42"] {
        let query = read(text);
        assert_eq!(query.named, [CaseNumber(42)], "{text}");
        assert!(matches!(query.words.as_slice(), [only] if only.is_phrase), "{text}");
    }
    assert_eq!(read("printer in case 42").named, [CaseNumber(42)]);
    assert_eq!(read("printer in case 42").words.len(), 4);
    assert_eq!(read("error 1603").named, []);
}

#[test]
fn more_than_anybody_means_is_cut() {
    let query = read(&"word ".repeat(300));
    assert_eq!((query.words.len(), query.notes), (MOST_PARTS, vec![Note::Only { parts: MOST_PARTS }]));
    let query = read(&"x".repeat(1_000_000));
    assert_eq!(query.notes, [Note::CutAt { characters: MOST_CHARACTERS }]);
}

proptest! {
    #[test]
    fn every_text_has_a_reading(text in any::<String>()) {
        let query = read(&text);
        prop_assert!(query.words.len() + query.conditions.len() <= MOST_PARTS + 1);
    }

    #[test]
    fn every_text_of_this_language_has_a_reading(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "-", "\"", "status", ":", "open", " ", "created", ">", "<", "=", "..", "2026-01-01", "7d", "99999999999d",
                "case", "42", "#", "é", "\u{202E}", "\u{0}", "，", "：", "priority", "tag", ",", "me",
            ]),
            0..40,
        ),
    ) {
        let query = read(&pieces.concat());
        prop_assert!(query.named.len() <= 10);
    }
}
