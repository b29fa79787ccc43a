//! `tests/data/questions.tsv` holds questions with the articles that answer them, written without the articles at hand;
//! `unanswerable.tsv` questions that no article answers.

use std::path::Path;

use guidepost::search::{Engine, Request, Results, Shown};
use guidepost::services::library::{Library, Places};

pub fn engine() -> std::sync::Arc<Engine> {
    let folder = tempfile::tempdir().unwrap();
    let places = Places {
        knowledge: Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge"),
        index: folder.path().join("articles"),
        memory: 50_000_000,
    };
    Library::open(places, false, &mut |_| {}).unwrap().answers().engine()
}

fn ask(engine: &Engine, question: &str) -> Results {
    engine.search(&Request { question, product: None, limit: 3, shown: Shown::Nothing }).unwrap()
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty())
}

#[test]
fn nine_of_ten_questions_find_their_article_first() {
    let engine = engine();
    let (mut all, mut first, mut first_three, mut confident) = (0, 0, 0, 0);
    let mut missed = Vec::new();
    for line in lines(include_str!("../data/questions.tsv")) {
        let (ids, question) = line.split_once('\t').unwrap();
        let ids: Vec<&str> = ids.split(',').collect();
        let results = ask(&engine, question);
        let place = results.found.iter().position(|f| ids.contains(&f.about.id.as_str()));
        all += 1;
        first += usize::from(place == Some(0));
        first_three += usize::from(place.is_some());
        confident += usize::from(results.confident);
        if place != Some(0) {
            let got = results.found.first().map(|f| f.about.id.to_string()).unwrap_or_default();
            missed.push(format!("{place:?} {ids:?} not {got}: {question}"));
        }
    }
    let shown = missed.join("\n");
    println!("{first} first, {first_three} in the first three, {confident} confident, of {all}:\n{shown}");
    assert!(first * 10 >= all * 9, "only {first} of {all} first:\n{shown}");
    assert!(first_three * 100 >= all * 96, "only {first_three} of {all} in the first three:\n{shown}");
    assert!(confident * 4 >= all * 3, "only {confident} of {all} with confidence");
}

#[test]
fn the_desk_says_so_when_no_article_answers() {
    let engine = engine();
    let all: Vec<&str> = lines(include_str!("../data/unanswerable.tsv")).collect();
    let sure: Vec<&&str> = all.iter().filter(|question| ask(&engine, question).confident).collect();
    println!("confident about {} of {}: {sure:#?}", sure.len(), all.len());
    assert!(sure.len() * 8 <= all.len(), "{sure:#?}");
}

#[test]
fn a_listed_synonym_is_not_taken_for_a_slip() {
    let engine = engine();
    for question in ["the mails do not arrive", "I get no mail"] {
        let results = ask(&engine, question);
        assert!(results.corrections.is_empty(), "{question}: {:?}", results.corrections);
    }
    assert!(!ask(&engine, "reset my pasword").corrections.is_empty());
}
