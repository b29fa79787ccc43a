//! What platforms offer is what people can type.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::slash::{GROUPS, Kind, Make, Menu, completes, input, menu, offered};
use super::*;
use crate::chat::wish::NewCase;
use crate::chat::{Input, Intent, Name, parse};
use crate::domain::Identity;
use crate::domain::case::QueueId;

fn meant(input: &Input) -> Intent {
    let context = parse::Context {
        products: &[],
        numbers: &[],
        allows: Needs::Managing,
        flow: None,
        room: None,
        has_files: false,
        markup: false,
    };
    parse::parse(input, &context)
}

fn typed(text: &str) -> Intent {
    meant(&Input::Text(text.to_owned()))
}

fn chosen(path: &str, options: &[(&str, &str)]) -> Intent {
    let path: Vec<&str> = path.split(' ').collect();
    let options = options.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    meant(&input(&path, &options.collect::<Vec<_>>()))
}

#[test]
fn a_command_means_what_the_same_means_when_it_is_typed() {
    for (path, options, same) in [
        ("ask", [("question", "how do I add a contact")].as_slice(), "/ask how do I add a contact"),
        ("article", &[("name", "CTX120355")], "/article CTX120355"),
        ("product", &[], "/product"),
        ("product", &[("name", "citrix-cloud")], "/product citrix-cloud"),
        ("phone", &[], "/phone"),
        ("phone", &[("country", "Germany")], "/phone Germany"),
        ("person", &[], "/person"),
        ("help", &[], "/help"),
        ("case open", &[], "/open"),
        ("case open", &[("text", "the console\nshows 0x80")], "/open the console\nshows 0x80"),
        ("case list", &[], "/cases"),
        ("case list", &[("words", "0x80 status:open")], "/cases 0x80 status:open"),
        ("case show", &[], "/case"),
        ("case show", &[("case", "CASE-000042 · It hangs")], "/case 42"),
        ("case reply", &[("case", "#42")], "/reply 42"),
        ("case reply", &[("text", " 17 machines "), ("case", "42")], "/reply 42 17 machines"),
        ("case reply", &[("case", "case 42"), ("file", "1234")], "/reply 42"),
        ("case file", &[("case", "42"), ("file", "1234"), ("file-2", "1235")], "/file 42"),
        ("case close", &[("case", "42"), ("reason", "a restart helped")], "/close 42 a restart helped"),
        ("case priority", &[("case", "42")], "/priority 42"),
        ("case priority", &[("case", "42"), ("priority", "high")], "/priority 42 high"),
        ("case rate", &[("case", "42"), ("score", "5")], "/rate 42 5"),
        ("case transcript", &[("case", "42"), ("format", "html")], "/transcript 42 html"),
        ("notify", &[], "/notify"),
        ("notify", &[("when", "never")], "/notify never"),
        ("mail", &[("address", "ada@example.org")], "/mail ada@example.org"),
        ("continue", &[], "/continue"),
        ("queue", &[("queue", "technical-support")], "/queue technical-support"),
        ("mine", &[], "/mine"),
        ("take", &[("case", "42")], "/take 42"),
        ("answer", &[("case", "42"), ("text", "please restart it")], "/answer 42 please restart it"),
        ("note", &[("case", "42"), ("text", "as CASE-000017")], "/note 42 as CASE-000017"),
        ("solve", &[("case", "42")], "/solve 42"),
        ("assign", &[("case", "42"), ("who", "P-000007")], "/assign 42 P-000007"),
        ("manage wait", &[("case", "42"), ("for", "the vendor")], "/wait 42 the vendor"),
        ("manage reopen", &[("case", "42")], "/reopen 42"),
        ("manage move", &[("case", "42"), ("queue", "billing")], "/move 42 billing"),
        ("manage rename", &[("case", "42"), ("title", "It hangs")], "/rename 42 It hangs"),
        ("manage tag", &[("case", "42"), ("tag", "billing")], "/tag 42 billing"),
        ("manage untag", &[("case", "42"), ("tag", "billing")], "/untag 42 billing"),
        ("manage link", &[("case", "42"), ("other", "case 17")], "/link 42 17"),
        ("manage unlink", &[("case", "42"), ("other", "17")], "/unlink 42 17"),
        ("manage follow", &[("case", "42"), ("who", "1234")], "/follow 42 discord:1234"),
        ("manage unfollow", &[("case", "42"), ("who", "P-000017")], "/unfollow 42 P-000017"),
        ("letters list", &[], "/dead"),
        ("letters retry", &[("key", "mail-test-000001")], "/retry mail-test-000001"),
        ("letters discard", &[("key", "mail-test-000001")], "/discard mail-test-000001"),
        ("contacts list", &[], "/contacts"),
        ("contacts list", &[("name", "ada")], "/contacts ada"),
        ("contacts add", &[], "/contacts add"),
        ("contacts edit", &[("who", "Ada Admin")], "/contacts edit Ada Admin"),
        ("contacts edit", &[], "/edit-contact"),
        ("contacts remove", &[("who", "ada@example.org")], "/contacts remove ada@example.org"),
        ("contacts security", &[], "/contacts security"),
        ("contacts restrict", &[("who", "ada")], "/restrict ada"),
        ("contacts requests", &[], "/contacts requests"),
        ("account show", &[], "/account"),
        ("account show", &[("org-id", "1000 1000")], "/account 10001000"),
        ("account company", &[], "/account company"),
        ("account model", &[], "/account model"),
        ("account renewals", &[], "/account renewals"),
        ("account create", &[], "/account create"),
        ("account log", &[], "/account log"),
        ("setup", &[], "/setup"),
        ("panel", &[], "/panel"),
    ] {
        let intent = chosen(path, options);
        assert_eq!(intent, typed(same), "{path} {options:?}");
        assert!(
            !matches!(intent, Intent::Incomplete(_) | Intent::UnknownCommand { .. } | Intent::NoCase(_)),
            "{path} {options:?}"
        );
    }
}

#[test]
fn a_product_and_a_queue_are_kept_apart_from_the_words() {
    let Intent::Question(question) = chosen("ask", &[("product", "cvad"), ("question", "it hangs")]) else {
        panic!("no question")
    };
    assert_eq!(
        (question.text.as_str(), question.product),
        ("it hangs", Some(Name::Typed("cvad".to_owned())))
    );
    let queue = QueueId::parse("billing").unwrap();
    let opened = chosen("case open", &[("queue", "Billing"), ("product", "cvad"), ("text", "it hangs")]);
    let wish = NewCase {
        text: Some("it hangs".to_owned()),
        product: Some("cvad".to_owned()),
        queue: Some(queue),
        ..NewCase::default()
    };
    assert_eq!(opened, Intent::Case(CaseWish::Open(wish)));
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    for (path, options, expected) in [
        ("ask", [].as_slice(), "incomplete ask"),
        ("ask", &[("question", " \u{0} ")], "incomplete ask"),
        ("ask", &[("product", "cvad")], "incomplete ask"),
        ("case reply", &[("text", "42 is the answer")], "incomplete reply"),
        ("case reply", &[("case", "my printer"), ("text", "hello")], "no case my printer"),
        ("case show", &[("case", "0")], "no case 0"),
        ("case open", &[("queue", "no such/queue")], "incomplete open"),
        ("case priority", &[("case", "42"), ("priority", "huge")], "incomplete priority"),
        ("case rate", &[("case", "42"), ("score", "6")], "incomplete rate"),
        ("manage move", &[("case", "42")], "incomplete move"),
        ("notify", &[("when", "sometimes")], "incomplete notify"),
        ("account show", &[("org-id", "my company")], "incomplete account"),
        ("case", &[], "unknown case"),
        ("case open now", &[], "unknown case open now"),
        ("whole", &[], "unknown whole"),
        ("", &[], "unknown "),
    ] {
        let intent = chosen(path, options);
        let said = if let Intent::Incomplete(spec) = intent {
            format!("incomplete {}", spec.name)
        } else if let Intent::UnknownCommand { typed } = intent {
            format!("unknown {typed}")
        } else if let Intent::NoCase(typed) = intent {
            format!("no case {typed}")
        } else {
            format!("{intent:?}")
        };
        assert_eq!(said, expected, "{path} {options:?}");
    }
}

#[test]
fn only_what_has_a_button_everywhere_is_not_offered() {
    let without = COMMANDS.into_iter().filter(|spec| spec.slash.is_none()).map(|spec| spec.name);
    assert_eq!(without.collect::<Vec<_>>(), ["whole", "next", "more", "back", "skip", "cancel"]);
}

#[test]
fn what_is_offered_is_well_formed() {
    let mut paths = BTreeSet::new();
    let mut needs = BTreeMap::new();
    for (spec, slash) in offered() {
        assert!(paths.insert(slash.path), "{:?} is there once", slash.path);
        let first = slash.path[0];
        match slash.path {
            [_] => assert!(!GROUPS.iter().any(|(group, _)| *group == first), "{first} is a group"),
            [_, _] => assert!(GROUPS.iter().any(|(group, _)| *group == first), "{first} is no group"),
            path => panic!("{path:?}"),
        }
        // One group is for the same people: they see all of it or nothing.
        assert_eq!(*needs.entry(first).or_insert(spec.needs), spec.needs, "{first}");
        let names: BTreeSet<&str> = slash.options.iter().map(|option| option.name).collect();
        assert_eq!(names.len(), slash.options.len(), "{}", slash.usage());
        assert!(slash.options.is_sorted_by_key(|option| !option.required), "{}", slash.usage());
        if let Make::Joined = slash.make {
            let said = slash.options.iter().filter(|option| option.kind != Kind::File);
            let before_last = said.rev().skip(1);
            assert!(before_last.into_iter().all(|option| option.required), "{}", slash.usage());
        }
        for option in slash.options {
            assert_eq!(completes(slash.path, option.name), Some(option.kind));
            if let Kind::Names(names) = option.kind {
                for name in names {
                    let path = slash.path.join(" ");
                    let intent = chosen(&path, &[("case", "42"), (option.name, name)]);
                    assert!(!matches!(intent, Intent::Incomplete(_)), "{path} {name}");
                }
            }
        }
    }
    assert_eq!(completes(&["ask"], "nothing"), None);
    assert_eq!(completes(&["nothing"], "case"), None);
    let used: BTreeSet<&str> = offered().map(|(_, slash)| slash.path[0]).collect();
    assert!(GROUPS.iter().all(|(group, _)| used.contains(group)));
}

#[test]
fn usage_names_the_options() {
    let usages: Vec<String> = offered().map(|(_, slash)| slash.usage()).collect();
    assert!(usages.contains(&"/case reply case [text] [file]".to_owned()), "{usages:?}");
}

#[test]
fn a_menu_says_what_is_meant() {
    let of = |name: &str, text: Option<&str>, is_person| {
        let text = text.map(str::to_owned);
        meant(&menu(
            name,
            &Menu { text, person: Identity::Discord(7), called: Some("Ada".to_owned()), is_person },
        ))
    };
    let open = |text: Option<&str>| {
        let text = text.map(str::to_owned);
        Intent::Case(CaseWish::Open(NewCase { text, ..NewCase::default() }))
    };
    let open_for = |who: Option<Identity>, text: Option<&str>| {
        let called = Some("Ada".to_owned());
        Intent::Staff(StaffWish::OpenFor { who, called, text: text.map(str::to_owned) })
    };
    let (from, article, person) =
        ("Open a case from this", "Find an article for this", "Open a case for this person");
    let who = || Some(Identity::Discord(7));
    assert_eq!(of(from, Some(" it hangs "), true), open(Some("it hangs")));
    assert_eq!(of(from, Some("it hangs"), false), open(Some("it hangs")));
    assert_eq!(of(from, Some(" "), true), open(None));
    assert_eq!(of(article, Some("it hangs"), true), typed("/ask it hangs"));
    assert_eq!(of(article, Some(""), true), typed("/ask"));
    assert_eq!(of(person, Some("it hangs"), true), open_for(who(), Some("it hangs")));
    assert_eq!(of(person, None, true), open_for(who(), None));
    assert_eq!(of(person, Some("it hangs"), false), open_for(None, Some("it hangs")));
    let unknown = |name: &str| Intent::UnknownCommand { typed: name.to_owned() };
    assert_eq!(of(from, None, true), unknown(from));
    assert_eq!(of("", Some("it hangs"), true), unknown(""));
    assert_eq!(of(&"é".repeat(100), None, true), unknown(&"é".repeat(80)));
}

fn word() -> impl Strategy<Value = String> {
    let known: Vec<&str> = offered().flat_map(|(_, slash)| slash.path.iter().copied()).collect();
    prop_oneof![proptest::sample::select(known).prop_map(str::to_owned), any::<String>()]
}

fn said() -> impl Strategy<Value = (String, String)> {
    let names: Vec<&str> =
        offered().flat_map(|(_, slash)| slash.options.iter().map(|option| option.name)).collect();
    let name = prop_oneof![proptest::sample::select(names).prop_map(str::to_owned), any::<String>()];
    let value =
        prop_oneof![any::<String>(), "[0-9]{1,30}", "(case|CASE-)? ?[0-9]{1,8} ?.{0,9}", "[a-z-]{1,20}"];
    (name, value)
}

proptest! {
    #[test]
    fn whatever_comes_in_is_safe(path in prop::collection::vec(word(), 0..4), said in prop::collection::vec(said(), 0..6)) {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        if let Intent::UnknownCommand { typed } = meant(&input(&path, &said)) {
            prop_assert!(typed.chars().count() <= 80);
        }
    }

    /// Words beside a case are never taken for the number of another one.
    #[test]
    fn words_stay_words(number in 1_u64..1_000_000, text in "[0-9a-z #]{0,20}") {
        let number = number.to_string();
        let intent = chosen("answer", &[("case", &number), ("text", &text)]);
        let wish = CaseWish::Write {
            kind: WritingKind::Answer,
            case: CaseNumber::parse(&number),
            text: Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        };
        prop_assert_eq!(intent, Intent::Case(wish));
    }
}
