//! Ids of choices can be read for ever, are never too long, and never harm.

use proptest::prelude::*;

use super::*;
use crate::domain::{ArticleId, CountryCode, Digest, ProductId};

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
    assert_eq!(met.len(), 12, "each verb has a recorded id: {met:?}");
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
