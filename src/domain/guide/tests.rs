//! Which guides an article has, that none of its text is lost, and where one goes on after an edit.

use super::*;
use crate::domain::{About, ArticleId, Kind, Span};

fn says(text: &str) -> Block {
    Block::Paragraph(vec![Span::Plain(text.to_owned())])
}

fn heading(text: &str) -> Block {
    Block::Heading(vec![Span::Plain(text.to_owned())])
}

fn list(start: u64, texts: &[&str]) -> Block {
    let step = |text: &&str| Step { blocks: vec![says(text)] };
    Block::Steps { start, steps: texts.iter().map(step).collect() }
}

fn article(passages: Vec<(Option<&str>, Vec<Block>)>) -> Article {
    let about = About::new(ArticleId::parse("an-article").unwrap(), "An article".to_owned(), Kind::Support);
    let passage = |(heading, blocks): (Option<&str>, Vec<Block>)| Passage {
        heading: heading.map(str::to_owned),
        blocks,
    };
    Article { about, passages: passages.into_iter().map(passage).collect() }
}

/// A guide in one line: its name, what stands before, the steps, what stands after.
fn told(guide: &Guide) -> String {
    let legs: Vec<String> =
        guide.steps.iter().map(|leg| leg.text().replace('\n', " ").trim().to_owned()).collect();
    let name = guide.name.as_deref().unwrap_or("-");
    let line = |blocks: &[Block]| text_of(blocks).replace('\n', " ").trim().to_owned();
    format!("{name} | {} | {} | {}", line(&guide.before), legs.join(" > "), line(&guide.after))
}

#[test]
fn an_article_has_a_guide_for_each_procedure() {
    let article = article(vec![
        (None, vec![says("About contacts.")]),
        (Some("Before you begin:"), vec![says("Be an administrator.")]),
        (Some("Background"), vec![says("Long ago.")]),
        (
            Some("Add a contact"),
            vec![
                says("It takes effect at once."),
                list(1, &["Open it.", "Fill it in."]),
                says("Wait a moment."),
                list(3, &["Save it."]),
                says("You are done."),
                heading("In the portal"),
                says("The old way."),
                heading("With the app"),
                list(1, &["Tap it."]),
                says("Method 2:"),
                list(1, &["Shake it."]),
                heading("See also"),
                says("Other things."),
            ],
        ),
        (Some("No steps"), vec![says("Nothing.")]),
    ]);
    let guides: Vec<String> = Guide::all(&article).iter().map(told).collect();
    insta::assert_snapshot!(guides.join("\n"), @r"
    Add a contact | It takes effect at once. | Open it. > Fill it in. > Wait a moment. Save it. | You are done.
    With the app | In the portal The old way. | Tap it. | 
    Method 2 | Method 2: | Shake it. | See also Other things.
    ");
    let needs: Vec<_> = Guide::needs(&article).into_iter().map(|need| need.heading.as_deref()).collect();
    assert_eq!(needs, [None, Some("Before you begin:")]);
}

#[test]
fn whoever_began_goes_on_after_an_edit() {
    let guide =
        |name: &str, steps: &[&str]| Guide::all(&article(vec![(Some(name), vec![list(1, steps)])])).remove(0);
    let now = [
        guide("Other", &["Open the page.", "Restart the machine."]),
        guide("Add", &["Sign in.", "Open the page.", "Choose Add Contact, then type the name.", "Save it."]),
    ];
    for (name, at, text, expected) in [
        ("Add", 0, "Open the page.\n", Some((1, 1, true))),
        ("Other", 0, "Open the page.\n", Some((0, 0, true))),
        ("Add", 1, "Choose Add Contact and type the name.\n", Some((1, 2, false))),
        ("Add", 0, "Restart the machine.\n", Some((0, 1, true))),
        ("Add", 9, "Something else entirely.\n", Some((1, 3, false))),
        ("Gone", 0, "Something else entirely.\n", Some((0, 0, false))),
    ] {
        let found = Guide::nearest(&now, (0, Some(name)), at, |says| says == text, text);
        assert_eq!(found.map(|found| (found.guide, found.at, found.is_same)), expected, "{name} {at} {text}");
    }
    assert_eq!(Guide::nearest(&[], (0, None), 0, |_| true, "Open the page."), None);
}

fn blocks() -> impl proptest::strategy::Strategy<Value = Vec<Block>> {
    use proptest::prelude::*;
    let block = prop_oneof![
        "[a-z]{1,8}:?".prop_map(|text| says(&text)),
        "[A-Z]{1,8}".prop_map(|text| heading(&text)),
        (1_u64..4, proptest::collection::vec("[a-z]{1,8}", 1..4)).prop_map(|(start, texts)| {
            list(start, &texts.iter().map(String::as_str).collect::<Vec<_>>())
        }),
    ];
    proptest::collection::vec(block, 0..12)
}

proptest::proptest! {
    /// Whatever a passage with a procedure says is in its guides, in the same order; headings are there, too, many as names.
    #[test]
    fn no_text_is_lost(blocks in blocks()) {
        let passage = Passage { heading: Some("Title".to_owned()), blocks };
        let guides = Guide::of_passage(&passage);
        proptest::prop_assert_eq!(guides.is_empty(), passage.procedure().is_none());
        if !guides.is_empty() {
            let mut whole = String::new();
            for guide in &guides {
                whole.push_str(&text_of(&guide.before));
                guide.steps.iter().for_each(|leg| whole.push_str(&leg.text()));
                whole.push_str(&text_of(&guide.after));
            }
            let names: Vec<&str> = guides.iter().filter_map(|guide| guide.name.as_deref()).collect();
            let is_heading = |line: &&str| line.starts_with(char::is_uppercase);
            let text = passage.text();
            let (headings, lines): (Vec<&str>, Vec<&str>) = text.lines().partition(is_heading);
            let (_, kept): (Vec<&str>, Vec<&str>) = whole.lines().partition(is_heading);
            proptest::prop_assert_eq!(kept, lines);
            for heading in headings {
                let is_there = names.contains(&heading) || whole.lines().any(|line| line == heading);
                proptest::prop_assert!(is_there, "{} is not in\n{}", heading, whole);
            }
        }
    }
}
