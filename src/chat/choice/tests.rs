//! Ids of choices can be read for ever, are never too long, and never harm.

use proptest::prelude::*;

use super::*;
use crate::chat::Ticket;
use crate::chat::flow::{Pick, Way};
use crate::chat::wish::Format;
use crate::domain::account::{OrgId, Procedure, RequestId};
use crate::domain::case::{CaseNumber, Priority, Score};
use crate::domain::{ArticleId, CountryCode, Digest, ProductId};
use crate::domain::{JobKey, Notify};

/// Every id that a released desk may have made. Lines are added, never changed or taken away.
const RECORDED: &str = include_str!("../../../tests/data/choices.txt");

fn describe(verb: &Verb) -> (&'static str, String) {
    let onward = |question: &QuestionRef, skip: usize| {
        let wording = match question.wording() {
            Wording::Text(text) => format!("{text:?}"),
            Wording::Digest(digest) => format!("#{digest}"),
        };
        let product = question.product().map(|product| format!(" about {product}")).unwrap_or_default();
        format!("result {skip} of {wording}{product}")
    };
    match verb {
        Verb::Article(handle) => ("article", handle.to_string()),
        Verb::Whole(handle) => ("whole", handle.to_string()),
        Verb::Next { question, skip } => ("next", onward(question, *skip)),
        Verb::More { question, skip } => ("more", onward(question, *skip)),
        Verb::Product(handle) => ("product", handle.to_string()),
        Verb::AllProducts => ("all-products", String::new()),
        Verb::Products => ("products", String::new()),
        Verb::Phones => ("phones", String::new()),
        Verb::Phone(country) => ("phone", country.to_string()),
        Verb::Person => ("person", String::new()),
        Verb::Help => ("help", String::new()),
        Verb::Rephrase => ("rephrase", String::new()),
        Verb::Vote { answer, at, solved: true } => ("solved", format!("result {at} of {answer}")),
        Verb::Vote { answer, at, solved: false } => ("unsolved", format!("result {at} of {answer}")),
        Verb::OpenCase(cause) => ("open", format!("{cause:?}")),
        Verb::Cases(before) => ("cases", format!("{before:?}")),
        Verb::Case(case, verb) => ("case", format!("{case} {verb:?}")),
        Verb::Queue => ("queue", String::new()),
        Verb::Mine => ("mine", String::new()),
        Verb::DeadLetters => ("dead", String::new()),
        Verb::Retry(key) => ("retry", key.to_string()),
        Verb::Notify(notify) => ("notify", format!("{notify:?}")),
        Verb::Address => ("address", String::new()),
        Verb::Password => ("password", String::new()),
        Verb::Guide(article, guide) => ("guide", format!("{guide:?} of {article}")),
        Verb::Guides { product, skip } => ("guides", format!("{product:?} after {skip}")),
        Verb::Identity(verb) => ("identity", format!("{verb:?}")),
        Verb::Flow(flow, verb) => ("flow", format!("{flow} {verb:?}")),
        Verb::Ask => ("ask", String::new()),
        Verb::InPrivate(held) => ("private", held.to_string()),
        Verb::Kept(kept) => ("kept", kept.to_string()),
        Verb::Account(org, verb) => ("account", format!("{org:?} {verb:?}")),
        Verb::Server(verb) => ("server", format!("{verb:?}")),
    }
}

#[test]
fn recorded_ids_mean_for_ever_what_they_meant() {
    let mut met = std::collections::BTreeSet::new();
    for line in RECORDED.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let (id, meaning) = line.split_once('\t').expect("id, tab, meaning");
        let verb = ChoiceId::from(id.to_owned()).verb();
        let (name, subject) = verb.as_ref().map(describe).unwrap_or_default();
        assert_eq!(format!("{name} {subject}").trim_end(), meaning, "{id}");
        met.insert(name);
    }
    assert_eq!(met.len(), 33, "each verb has a recorded id: {met:?}");
}

#[test]
fn a_short_question_travels_in_its_buttons_and_a_long_one_by_its_digest() {
    let fits = "a".repeat(64);
    let too_long = "a".repeat(65);
    assert_eq!(QuestionRef::new(&fits, None).wording(), &Wording::Text(fits));
    assert_eq!(QuestionRef::new(&too_long, None).wording(), &Wording::Digest(Digest::of(&too_long)));
    let product = ProductId::parse(&"p".repeat(120)).unwrap();
    let question = QuestionRef::new(&too_long, Some(&product));
    assert!(ChoiceId::of(&Verb::More { question, skip: MAX_SKIP }).as_str().len() <= MAX_CHOICE);
}

#[test]
fn what_was_never_made_here_means_nothing() {
    for id in [
        "",
        "v1",
        "v1:",
        "v0:help",
        "v2:help",
        "help",
        "v1:help:",
        "v1:HELP",
        " v1:help",
        "v1:article:",
        "v1:article:../../etc/passwd",
        "v1:article:a\u{0}",
        "v1:phone:",
        "v1:phone:de",
        "v1:phone:DEU",
        "v1:phone:DE:",
        "v1:phone:D3",
        "v1:person:DE",
        "v1:next:-1::tYQ",
        "v1:next:01::tYQ",
        "v1:next:1000::tYQ",
        "v1:next:1::t",
        "v1:next:1::tYR",
        "v1:next:1::tAA",
        "v1:next:1::t_w",
        "v1:next:1::xYQ",
        "v1:next:1::dYQ",
        "v1:next:1:a b:tYQ",
        "v1:next:1::é",
    ] {
        assert_eq!(ChoiceId::from(id.to_owned()).verb(), None, "{id:?}");
    }
    assert_eq!(ChoiceId::from(format!("v1:article:{}", "a".repeat(100_000))).verb(), None);
}

fn account_verbs() -> impl Strategy<Value = AccountVerb> {
    prop_oneof![
        Just(AccountVerb::Show),
        (0..=MAX_SKIP).prop_map(AccountVerb::Contacts),
        proptest::option::of(any::<u64>()).prop_map(AccountVerb::Log),
        (0..=MAX_SKIP).prop_map(AccountVerb::Requests),
        any::<u64>().prop_map(|id| AccountVerb::Approve(RequestId(id))),
        any::<u64>().prop_map(|id| AccountVerb::Refuse(RequestId(id))),
        proptest::sample::select(Procedure::ALL.to_vec()).prop_map(AccountVerb::Begin),
    ]
}

/// Verbs about what is kept.
fn kept() -> impl Strategy<Value = Verb> {
    let ticket = || any::<u64>().prop_map(Ticket::new);
    let case = || (1_u64..u64::MAX).prop_map(CaseNumber);
    let handle = || "[a-z]{1,120}".prop_map(|id| Handle::from(&ArticleId::parse(&id).unwrap()));
    let step = proptest::sample::select(vec![
        "which", "text", "articles", "similar", "product", "files", "code", "opening", "s12", "end",
        "contacts", "licences", "c1234567",
    ]);
    let pick = prop_oneof![
        Just(Pick::Skip),
        Just(Pick::Neither),
        handle().prop_map(Pick::Solved),
        Just(Pick::Same),
        Just(Pick::Another),
        handle().prop_map(Pick::Product),
        Just(Pick::NoProduct),
        case().prop_map(Pick::Case),
        Just(Pick::Next),
        Just(Pick::Stuck),
        Just(Pick::Restart),
        Just(Pick::Worked),
        Just(Pick::Failed),
        handle().prop_map(Pick::With),
        handle().prop_map(Pick::Without),
        proptest::sample::select(Way::ALL.to_vec()).prop_map(Pick::Way),
        (0..=MAX_SKIP).prop_map(Pick::From),
        proptest::sample::select(vec![
            Pick::All,
            Pick::Keep,
            Pick::KeepRest,
            Pick::Empty,
            Pick::Request,
            Pick::Confirm
        ]),
    ];
    let flow_verb = prop_oneof![
        (step.clone(), pick).prop_map(|(step, pick)| FlowVerb::Pick(step.to_owned(), pick)),
        step.prop_map(|step| FlowVerb::Form(step.to_owned())),
        Just(FlowVerb::Back),
        Just(FlowVerb::Cancel),
        Just(FlowVerb::Continue),
        Just(FlowVerb::Resend),
    ];
    let score = proptest::option::of((1_u8..=5).prop_map(|score| Score::new(score).unwrap()));
    let priority = proptest::option::of(proptest::sample::select(Priority::ALL.to_vec()));
    let format = proptest::sample::select(vec![Format::Text, Format::Html, Format::Json]);
    let case_verb = prop_oneof![
        Just(CaseVerb::Show),
        Just(CaseVerb::Reply),
        Just(CaseVerb::AddFile),
        Just(CaseVerb::Close),
        score.prop_map(CaseVerb::Rate),
        priority.prop_map(CaseVerb::Priority),
        format.prop_map(CaseVerb::Transcript),
        Just(CaseVerb::Take),
        Just(CaseVerb::Answer),
        Just(CaseVerb::Note),
        Just(CaseVerb::Solve),
        Just(CaseVerb::Reopen),
    ];
    let identity = prop_oneof![
        Just(IdentityVerb::Link),
        Just(IdentityVerb::List),
        any::<String>().prop_map(|chat| IdentityVerb::Unlink(Digest::of(&chat))),
        any::<bool>().prop_map(|sure| IdentityVerb::SignOut { sure }),
    ];
    let notify = vec![Notify::MailWhenUnseen, Notify::MailAlways, Notify::NoMail];
    prop_oneof![
        (ticket(), 0..=MAX_SKIP, any::<bool>()).prop_map(|(answer, at, solved)| Verb::Vote {
            answer,
            at,
            solved
        }),
        Just(Verb::OpenCase(Cause::Wish)),
        ticket().prop_map(|answer| Verb::OpenCase(Cause::Answer(answer))),
        case().prop_map(|case| Verb::OpenCase(Cause::Follows(case))),
        proptest::option::of(case()).prop_map(Verb::Cases),
        (case(), case_verb).prop_map(|(case, verb)| Verb::Case(case, verb)),
        Just(Verb::Queue),
        Just(Verb::Mine),
        Just(Verb::DeadLetters),
        (1_u64..9_999).prop_map(|number| Verb::Retry(JobKey::of("case-news", &[number, 7, 3]))),
        proptest::option::of(proptest::sample::select(notify)).prop_map(Verb::Notify),
        Just(Verb::Address),
        Just(Verb::Password),
        (handle(), proptest::option::of(0..=MAX_SKIP))
            .prop_map(|(article, guide)| Verb::Guide(article, guide)),
        (proptest::option::of(handle()), 0..=MAX_SKIP)
            .prop_map(|(product, skip)| Verb::Guides { product, skip }),
        ticket().prop_map(|flow| Verb::OpenCase(Cause::Guide(flow))),
        identity.prop_map(Verb::Identity),
        (ticket(), flow_verb).prop_map(|(flow, verb)| Verb::Flow(flow, verb)),
        (proptest::option::of(any::<u64>().prop_map(OrgId::draw)), account_verbs())
            .prop_map(|(org, verb)| Verb::Account(org, verb)),
    ]
}

fn verbs() -> impl Strategy<Value = Verb> {
    let id = "(CTX[0-9]{1,12}|[a-z0-9]{1,40}(-[a-z0-9]{1,39}){0,1})";
    let article = || id.prop_map(|id| Handle::from(&ArticleId::parse(&id).unwrap()));
    let long = || "[a-z]{65,120}".prop_map(|id| Handle::from(&ArticleId::parse(&id).unwrap()));
    let product = || "[a-z]{1,120}".prop_map(|id| ProductId::parse(&id).unwrap());
    let question = || {
        (prop_oneof![any::<String>(), "[ -~]{0,90}"], proptest::option::of(product()))
            .prop_map(|(text, product)| QuestionRef::new(&text, product.as_ref()))
    };
    prop_oneof![
        article().prop_map(Verb::Article),
        prop_oneof![article(), long()].prop_map(Verb::Whole),
        (question(), 0..=MAX_SKIP).prop_map(|(question, skip)| Verb::Next { question, skip }),
        (question(), 0..=MAX_SKIP).prop_map(|(question, skip)| Verb::More { question, skip }),
        product().prop_map(|id| Verb::Product(Handle::from(&id))),
        Just(Verb::AllProducts),
        Just(Verb::Products),
        Just(Verb::Phones),
        "[A-Z]{2}".prop_map(|code| Verb::Phone(CountryCode::parse(&code).unwrap())),
        Just(Verb::Person),
        Just(Verb::Help),
        Just(Verb::Rephrase),
        kept(),
    ]
}

proptest! {
    #[test]
    fn every_choice_comes_back_as_it_was(verb in verbs()) {
        let id = ChoiceId::of(&verb);
        prop_assert!(id.as_str().len() <= MAX_CHOICE && id.as_str().is_ascii(), "{id}");
        prop_assert_eq!(id.verb(), Some(verb));
    }

    #[test]
    fn whatever_can_be_read_is_written_the_same_way(
        id in prop_oneof![any::<String>(), "v1:(next|more):[0-9+-]{1,4}:[a-z*]{0,3}:[td][A-Za-z0-9_=-]{0,20}"]
    ) {
        if let Some(verb) = ChoiceId::from(id.clone()).verb() {
            prop_assert_eq!(String::from(ChoiceId::of(&verb)), id);
        }
    }
}
