//! Sentences that conversations in tests rarely come to.

use super::answers::{answer, no_good_answer};
use super::words::{listed, quoted, shortened};
use super::*;
use crate::chat::{Asked, Reply, ReplyBlock};
use crate::domain::{About, ArticleId, Block, Form, Kind, Passage, Span};

fn first_sentence(reply: &Reply) -> String {
    match reply.blocks.first() {
        Some(ReplyBlock::Paragraph(spans)) => spans.iter().map(Span::text).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_was_read_otherwise_is_said_before_the_answer() {
    let asked = Asked { text: "restrat teh server".to_owned(), product: None, at: 0, seen: 1, answer: None };
    let id = ArticleId::parse("restart").unwrap();
    let about = About::new(id, "Restart the server".to_owned(), Kind::Documentation);
    let passage =
        Passage { heading: None, blocks: vec![Block::Paragraph(vec![Span::Plain("Click.".to_owned())])] };
    let best = Best {
        about: &about,
        passage: &passage,
        block_at: 0,
        after: &[],
        longer: false,
        ways: guides::Ways::default(),
    };
    let one = [Correction { typed: "restrat", read: "restart" }];
    let two = [Correction { typed: "restrat", read: "restart" }, Correction { typed: "teh", read: "the" }];
    let found = |corrections| Found {
        asked: &asked,
        best: Some(best),
        further: &[],
        more: false,
        corrections,
        product: None,
        cut_at: None,
    };
    for say in [answer, no_good_answer] {
        assert_eq!(first_sentence(&say(Locale::English, &found(&one))), "Read \"restrat\" as \"restart\".");
        let both = "Read \"restrat\" as \"restart\" and \"teh\" as \"the\".";
        assert_eq!(first_sentence(&say(Locale::English, &found(&two))), both);
    }
    let none = Found { best: None, cut_at: Some(4000), ..found(&[]) };
    assert_eq!(first_sentence(&answer(Locale::English, &none)), "I read the first 4000 characters of this.");
}

#[test]
fn every_kind_has_a_name() {
    let forms = [Form::ReferenceArchitecture, Form::Diagram, Form::Video, Form::Paper];
    let kinds = [Kind::Support, Kind::Documentation].into_iter().chain(forms.map(Kind::TechZone));
    let names: Vec<&str> = kinds.map(|kind| words::kind(Locale::English, kind)).collect();
    insta::assert_snapshot!(names.join("\n"), @r"
    support article
    documentation
    Tech Zone reference architecture
    Tech Zone diagram
    Tech Zone video
    Tech Zone paper
    ");
}

#[test]
fn what_people_wrote_is_repeated_short_and_on_one_line() {
    assert_eq!(quoted("a\nb\u{1b}[2J"), "\"a b [2J\"");
    assert_eq!(shortened(&"é".repeat(100), 10), format!("{}…", "é".repeat(9)));
    let all = ["a", "b", "c"].map(str::to_owned);
    let said: Vec<String> = (0..=3).map(|n| listed(Locale::English, &all[..n])).collect();
    assert_eq!(said, ["", "a", "a and b", "a, b and c"]);
}
