//! What people type, press and choose, and what it means.

use proptest::prelude::*;

use super::commands::{COMMANDS, Needs, named};
use super::flow::{Draft, Flow, OpenCase};
use super::parse::{Context, MAX_QUESTION, parse};
use super::wish::CaseWish;
use super::*;
use crate::domain::{PhoneNumber, Place, Platform, Privacy, Product, ProductId};

fn products() -> Vec<Product> {
    vec![Product {
        id: ProductId::parse("citrix-cloud").unwrap(),
        name: "Citrix Cloud".to_owned(),
        aliases: vec!["Cloud console".to_owned()],
        queue: "technical-support".to_owned(),
    }]
}

fn numbers() -> Vec<PhoneNumber> {
    [("DE", "Germany"), ("IT", "Italy"), ("GB", "United Kingdom")]
        .map(|(code, name)| PhoneNumber::example(code, name))
        .into()
}

fn context<'a>(products: &'a [Product], numbers: &'a [PhoneNumber]) -> Context<'a> {
    Context {
        products,
        numbers,
        allows: Needs::Managing,
        flow: None,
        room: None,
        has_files: false,
        markup: false,
    }
}

fn parsed(text: &str) -> Intent {
    parse(&Input::Text(text.to_owned()), &context(&products(), &numbers()))
}

fn called(name: &Name) -> String {
    match name {
        Name::Typed(text) => text.clone(),
        Name::Handle(handle) => format!("={handle}"),
    }
}

fn described(intent: &Intent) -> String {
    let onward = |onward: &Onward| match onward {
        Onward::Last => "of the last".to_owned(),
        Onward::Of { skip, .. } => format!("from {skip}"),
    };
    match intent {
        Intent::Nothing => "nothing".to_owned(),
        Intent::Question(Question { text, product, .. }) => {
            let product = product.as_ref().map(|product| format!(" in {}", called(product)));
            format!("question {text}{}", product.unwrap_or_default())
        }
        Intent::NextBest(which) => format!("next {}", onward(which)),
        Intent::More(which) => format!("more {}", onward(which)),
        Intent::Article(name) => format!("article {}", called(name)),
        Intent::Whole(Whole::Last) => "whole last".to_owned(),
        Intent::Whole(Whole::Of(name)) => format!("whole {}", called(name)),
        Intent::Products => "products".to_owned(),
        Intent::ChooseProduct(name) => format!("choose {}", called(name)),
        Intent::AllProducts => "all products".to_owned(),
        Intent::PhoneNumbers => "phones".to_owned(),
        Intent::PhoneNumber(Country::Typed(name)) => format!("phone {name}"),
        Intent::PhoneNumber(Country::Code(code)) => format!("phone ={code}"),
        Intent::Person => "person".to_owned(),
        Intent::Help => "help".to_owned(),
        Intent::Rephrase => "rephrase".to_owned(),
        Intent::SmallTalk(talk) => format!("{talk:?}").to_lowercase(),
        Intent::Incomplete(spec) => format!("incomplete {}", spec.name),
        Intent::UnknownCommand { typed } => format!("unknown {typed}"),
        Intent::UnknownChoice => "unknown choice".to_owned(),
        Intent::Vote { answer, at, solved } => format!("vote {solved} on {at} of {answer}"),
        Intent::VoteLast { solved } => format!("vote {solved}"),
        Intent::Case(wish) => format!("{wish:?}"),
        Intent::Staff(wish) => format!("{wish:?}"),
        Intent::Flow(wish) => format!("{wish:?}"),
        Intent::News(wish) => format!("{wish:?}"),
        Intent::Password { address } => format!("password {address:?}"),
        Intent::Identity(wish) => format!("{wish:?}"),
        Intent::Guide(wish) => format!("{wish:?}"),
        Intent::Account(wish) => format!("{wish:?}"),
        Intent::NoCase(typed) => format!("no case {typed}"),
        Intent::Ask => "ask".to_owned(),
        Intent::InPrivate(held) => format!("in private {held}"),
        Intent::Kept(kept) => format!("kept {kept}"),
        Intent::Server(wish) => format!("{wish:?}"),
        Intent::InRoom { case, text } => format!("in the room of {case}: {text}"),
        Intent::Correct { of, text } => format!("correct {of}: {text:?}"),
    }
}

#[test]
fn chats_are_linked_and_cases_related() {
    for (text, expected) in [
        ("/link", "Link(None)"),
        ("/link ada@example.org", r#"Link(Some("ada@example.org"))"#),
        ("my sessions", "List"),
        ("/unlink this", "UnlinkThis"),
        ("sign out everywhere", "SignOut { sure: false }"),
        ("/link 42 17", "Do(CaseNumber(42), Link(CaseNumber(17)))"),
        ("/relate 42 17", "Do(CaseNumber(42), Link(CaseNumber(17)))"),
        ("/unlink 42 17", "Do(CaseNumber(42), Unlink(CaseNumber(17)))"),
        ("how do I link my account", "question how do I link my account"),
    ] {
        assert_eq!(described(&parsed(text)), expected, "{text:?}");
    }
}

#[test]
fn guides_are_asked_for() {
    for (text, expected) in [
        ("walk me through adding a contact, please", r#"Through("adding a contact")"#),
        ("Guide me through CTX120355", r#"Through("ctx120355")"#),
        ("get started", "List { product: None, skip: 0 }"),
        ("/guide CTX120355", r#"Through("CTX120355")"#),
        ("how do I get started with the connector", "question how do I get started with the connector"),
        ("guide", "List { product: None, skip: 0 }"),
    ] {
        assert_eq!(described(&parsed(text)), expected, "{text:?}");
    }
}

#[test]
fn text_is_understood() {
    for (text, expected) in [
        ("", "nothing"),
        (" \t\u{0}\n ", "nothing"),
        ("ok.", "nothing"),
        ("how do I add a contact?", "question how do I add a contact?"),
        ("  line one\r\nline two\u{1b} ", "question line one\nline two"),
        ("مرحبا كيف أضيف جهة اتصال", "question مرحبا كيف أضيف جهة اتصال"),
        ("🙂", "question 🙂"),
        ("👍", "thanks"),
        ("?", "help"),
        ("/", "help"),
        ("help", "help"),
        ("HELP!", "help"),
        ("/help me", "help"),
        ("/?", "help"),
        ("help article", "help"),
        ("help me add a user", "question help me add a user"),
        ("what can you do?", "help"),
        ("Thanks!", "thanks"),
        ("thank you very much.", "thanks"),
        ("thanks, but how do I undo it", "question thanks, but how do I undo it"),
        ("Hi", "greeting"),
        ("bye", "farewell"),
        ("/article CTX120355", "article CTX120355"),
        ("/ARTICLE ctx 120355", "article CTX120355"),
        ("/article", "incomplete article"),
        ("/article  change-password ", "article change-password"),
        ("article change-password", "article change-password"),
        ("article 120355", "article 120355"),
        ("article about passwords", "question article about passwords"),
        ("ctx 120355", "article CTX120355"),
        ("CTX-120355", "article CTX120355"),
        ("what does CTX120355 say", "article CTX120355"),
        ("/ask what does CTX120355 say", "article CTX120355"),
        ("CTX120355 or CTX130993?", "question CTX120355 or CTX130993?"),
        ("/ask", "incomplete ask"),
        ("/ask add contact", "question add contact"),
        ("ask the forum", "question ask the forum"),
        ("/more", "more of the last"),
        ("More results", "more of the last"),
        ("more memory for the VDA", "question more memory for the VDA"),
        ("next", "next of the last"),
        ("Not what I need.", "vote false"),
        ("that’s not it", "vote false"),
        ("next steps after sign-up", "question next steps after sign-up"),
        ("/whole", "whole last"),
        ("Show the whole article", "whole last"),
        ("whole CTX120355", "whole CTX120355"),
        ("/whole change-password", "whole change-password"),
        ("product", "products"),
        ("/products", "products"),
        ("/product citrix-cloud", "choose citrix-cloud"),
        ("/product Quantum Router", "choose Quantum Router"),
        ("product Citrix Cloud", "choose Citrix Cloud"),
        ("product citrix-clod", "choose citrix-clod"),
        ("product lifecycle of XenApp", "question product lifecycle of XenApp"),
        ("product all", "all products"),
        ("/product ALL", "all products"),
        ("Search all products", "all products"),
        ("ask in other words", "rephrase"),
        ("phone", "phones"),
        ("What is your phone number?", "phones"),
        ("can I call you", "phones"),
        ("/phone", "phones"),
        ("/phone  \u{7} ", "phones"),
        ("/phone Germany", "phone Germany"),
        ("/CALL atlantis", "phone atlantis"),
        ("phone germany", "phone germany"),
        ("Phone DE", "phone de"),
        ("call Germany please", "phone germany"),
        ("phone number for the UK?", "phone the uk"),
        ("i need a phone number", "question i need a phone number"),
        ("England support number", "phone england"),
        ("call it", "question call it"),
        ("IT support number", "question IT support number"),
        ("/phone it", "phone it"),
        ("italy phone number", "phone italy"),
        ("call uk", "phone uk"),
        ("phone atlantis", "question phone atlantis"),
        ("phone number support", "question phone number support"),
        ("phone number of a contact", "question phone number of a contact"),
        ("change our phone number", "question change our phone number"),
        ("/person", "person"),
        ("/human", "person"),
        ("I'd like to talk to a person, please.", "person"),
        ("contact support", "person"),
        ("can i talk to someone", "person"),
        ("agent", "person"),
        ("I need to speak with somebody", "person"),
        ("contact support about billing", "question contact support about billing"),
        ("agent not registered", "question agent not registered"),
        ("person of contact", "question person of contact"),
        ("please help", "help"),
        ("/hlep", "unknown hlep"),
        ("/etc/hosts is empty", "question /etc/hosts is empty"),
        ("// comment", "question // comment"),
        ("7", "question 7"),
    ] {
        assert_eq!(described(&parsed(text)), expected, "{text:?}");
    }
}

#[test]
fn code_and_quotes_are_no_commands_where_they_are_marked() {
    let (products, numbers) = (products(), numbers());
    let context = Context { markup: true, ..context(&products, &numbers) };
    let open = |text: &str| {
        let text = Some(text.to_owned());
        format!("{:?}", CaseWish::Open(crate::chat::wish::NewCase { text, ..Default::default() }))
    };
    for (text, expected) in [
        ("my cases", "List { before: None }"),
        ("> my cases", "question my cases"),
        ("> close case 42\nmy cases", "List { before: None }"),
        ("my cases\n> close case 42", "List { before: None }"),
        ("```\n/close 42\n```", "question /close 42"),
        ("```\nmy cases\n```\nthanks!", "thanks"),
        ("`my cases`", "question my cases"),
        ("`/help`", "question /help"),
        ("what does `CASE-000042` mean", "question what does CASE-000042 mean"),
        ("> CASE-000042 is open\nhow is case 43", "Show(CaseNumber(43))"),
        ("how is case 43\n```\nCASE-000042\n```", "Show(CaseNumber(43))"),
        (
            "> see CTX120355\nI did all that and it fails",
            "question see CTX120355\nI did all that and it fails",
        ),
        ("> see CTX120355", "article CTX120355"),
        ("is CTX120355 about `CTX130993`?", "article CTX120355"),
        ("`thanks`, but how", "question thanks, but how"),
        ("`foo` agent", "question foo agent"),
        ("```rust\nlet x = 1;\n```\nwhy does it fail", "question let x = 1;\n\nwhy does it fail"),
        ("open a case: it says\n```\n0x80\n```", &open("it says\n```\n0x80\n```")),
        ("> hello\n/article CTX120355", "article CTX120355"),
        ("> hello\n?", "help"),
        ("> ", "question >"),
        ("``` ```", "nothing"),
        ("> ok\n> ok", "question ok\nok"),
    ] {
        assert_eq!(described(&parse(&Input::Text(text.to_owned()), &context)), expected, "{text:?}");
    }
    // Where nothing is marked, the same characters are nothing special.
    assert_eq!(described(&parsed("> my cases")), "question > my cases");
    let overheard = Input::Overheard("```\nthanks\n```".to_owned());
    assert_eq!(described(&parse(&overheard, &context)), "nothing");
}

#[test]
fn a_flow_is_steered_by_own_words_and_given_all_that_was_written() {
    let place =
        Place { platform: Platform::Discord, conversation: "5".to_owned(), privacy: Privacy::Private };
    let draft = Draft::OpenCase(OpenCase::about(None).unwrap());
    let flow = Flow::begin(Ticket::new(7), place, draft, chrono::DateTime::UNIX_EPOCH);
    let context = Context { markup: true, flow: Some(&flow), ..context(&[], &[]) };
    for (text, expected) in [
        ("> cancel", "Say(\"> cancel\")"),
        ("> cancel\ncancel", "Cancel(None)"),
        ("```\nback\n```", "Say(\"```\\nback\\n```\")"),
    ] {
        assert_eq!(described(&parse(&Input::Text(text.to_owned()), &context)), expected, "{text:?}");
    }
}

#[test]
fn commands_with_arguments_are_understood() {
    let of = |command| described(&parse(&Input::Command(command), &context(&products(), &numbers())));
    let text = |text: &str| text.to_owned();
    assert_eq!(
        of(Command::Ask { question: text(" add\u{0} contact "), product: Some(text("citrix-cloud")) }),
        "question add contact in citrix-cloud"
    );
    assert_eq!(of(Command::Ask { question: text("\u{0}"), product: None }), "incomplete ask");
    assert_eq!(of(Command::Article { name: text("\u{7}") }), "incomplete article");
    assert_eq!(of(Command::Whole { name: Some(text(" ")) }), "whole last");
    assert_eq!(of(Command::Product { name: Some(text("")) }), "products");
    assert_eq!(of(Command::Next), "next of the last");
    assert_eq!(of(Command::Phone { country: Some(text("\u{0}")) }), "phones");
    assert_eq!(of(Command::Phone { country: Some(text("De\u{0}")) }), "phone De");
    assert_eq!(of(Command::Person), "person");
}

#[test]
fn presses_are_understood() {
    let of = |id: &str| described(&parse(&Input::Press(ChoiceId::from(id.to_owned())), &context(&[], &[])));
    for (id, expected) in [
        ("v1:article:CTX120355", "article =CTX120355"),
        ("v1:whole:change-password", "whole =change-password"),
        ("v1:next:1::tYQ", "next from 1"),
        ("v1:more:3:citrix-cloud:tYQ", "more from 3"),
        ("v1:product:citrix-cloud", "choose =citrix-cloud"),
        ("v1:all-products", "all products"),
        ("v1:products", "products"),
        ("v1:help", "help"),
        ("v1:phone", "phones"),
        ("v1:phone:DE", "phone =DE"),
        ("v1:person", "person"),
        ("v1:rephrase", "rephrase"),
        ("v7:teleport:home", "unknown choice"),
        ("", "unknown choice"),
    ] {
        assert_eq!(of(id), expected, "{id}");
    }
}

#[test]
fn the_table_of_commands_is_what_the_parser_reads() {
    for spec in COMMANDS {
        let example = parsed(spec.example);
        assert!(
            !matches!(example, Intent::UnknownCommand { .. } | Intent::Incomplete(_)),
            "{}",
            spec.example
        );
        assert!(spec.example.starts_with(&format!("/{}", spec.name)));
        for name in std::iter::once(&spec.name).chain(spec.aliases) {
            assert_eq!(named(&name.to_uppercase()), Some(spec), "{name} is unique");
        }
        for phrase in spec.phrases {
            assert_eq!(text::fold(phrase), *phrase, "phrases are kept folded");
            // What may be a question as well is kept beside what it means.
            let meant = match parsed(phrase).account() {
                Ok(wish) => {
                    assert_eq!(wish.said.as_deref(), Some(*phrase));
                    Intent::Account(wish::AccountWish { said: None, ..wish })
                }
                Err(intent) => *intent,
            };
            assert_eq!(meant, parsed(&format!("/{}", spec.name)), "{phrase}");
        }
        let bare = parsed(&format!("/{}", spec.name));
        let needs = matches!(spec.argument, commands::Argument::Required(_));
        assert_eq!(bare == Intent::Incomplete(spec), needs, "{}", spec.name);
    }
}

#[test]
fn a_very_long_text_is_cut_and_nothing_breaks() {
    for piece in ["a", "é", "👩\u{200d}💻", "/", "CTX1 ", "\u{202e}x", "article "] {
        let text = piece.repeat(100_000 / piece.len());
        let Intent::Question(Question { text, cut, .. }) = parsed(&text) else { continue };
        assert!(cut && text.chars().count() <= MAX_QUESTION, "{piece}");
    }
}

proptest! {
    #[test]
    fn any_text_is_safe(text in prop_oneof![any::<String>(), "/?[a-z]{0,8} ?.{0,20}", "(phone|call|germany) .{0,10}", "[cC][tT][xX][ -]?[0-9]{0,30}"]) {
        let _ = described(&parsed(&text));
        let phone = Command::Phone { country: Some(text.clone()) };
        for command in [phone, Command::Article { name: text.clone() }, Command::Product { name: Some(text) }] {
            let _ = parse(&Input::Command(command), &context(&products(), &numbers()));
        }
    }

    #[test]
    fn an_article_number_wins_in_any_spelling(
        before in "[a-z ]{0,20}", prefix in "[cC][tT][xX]", joint in "[-# :_./]{0,3}", digits in "[0-9]{1,12}", after in "[a-z ?!]{0,20}"
    ) {
        let text = format!("{before} {prefix}{joint}{digits} {after}");
        prop_assert_eq!(parsed(&text), Intent::Article(Name::Typed(format!("CTX{digits}"))));
    }

    #[test]
    fn what_is_kept_of_a_question_holds_no_control_characters(text in any::<String>()) {
        if let Intent::Question(Question { text, .. }) = parsed(&text) {
            prop_assert!(text.chars().all(|c| matches!(c, '\t' | '\n') || !c.is_control()));
            prop_assert!(!text.is_empty());
        }
    }
}
