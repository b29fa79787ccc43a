//! Excerpts: short passages are whole, long ones are cut where a reader would cut them.

use proptest::prelude::*;

use super::excerpt::*;
use super::length::lines_of_all;
use crate::domain::{Block, Span, Step};

fn plain(text: &str) -> Block {
    Block::Paragraph(vec![Span::Plain(text.to_owned())])
}

fn steps(count: usize) -> Block {
    let step = |n| Step { blocks: vec![plain(&format!("Step {n}."))] };
    Block::Steps { start: 1, steps: (1..=count).map(step).collect() }
}

fn long(lines: usize) -> Block {
    plain("A word and another. ".repeat(lines * 4).trim_end())
}

fn text(excerpt: &Excerpt) -> String {
    let mut out = String::new();
    excerpt.blocks.iter().for_each(|block| block.write_text(&mut out));
    out
}

#[test]
fn a_passage_that_fits_is_whole() {
    let passage = [plain("You need to be an administrator."), steps(12), plain("It takes effect at once.")];
    assert_eq!(excerpt(&passage, 2), Excerpt { blocks: passage.to_vec(), rest: Rest::Nothing });
    assert_eq!(excerpt(&[], 3), Excerpt { blocks: Vec::new(), rest: Rest::Nothing });
}

#[test]
fn a_long_procedure_shows_its_first_steps_and_says_which_are_left_out() {
    let passage = [plain("You need to be an administrator."), steps(17), plain("It takes effect at once.")];
    let shown = excerpt(&passage, 1);
    assert_eq!(shown.rest, Rest::Steps { from: 13, to: 17 });
    assert!(text(&shown).starts_with("You need to be an administrator.\nStep 1.\n"));
    assert!(text(&shown).ends_with("Step 12.\n"));
}

#[test]
fn a_long_passage_begins_near_its_best_part_with_what_leads_to_it() {
    let heading = Block::Heading(vec![Span::Plain("Remove it".to_owned())]);
    let passage = [long(20), steps(9), heading, plain("You need a backup."), steps(5), long(20)];
    let shown = excerpt(&passage, 4);
    assert!(text(&shown).starts_with("Remove it\nYou need a backup.\nStep 1."), "{}", text(&shown));
    assert_eq!(shown.rest, Rest::Text);
    assert!(text(&shown).trim_end().ends_with('…'));
    let from_steps = excerpt(&[long(20), steps(9), plain("Then:"), steps(5), long(30)], 3);
    assert!(text(&from_steps).starts_with("Then:\nStep 1."));
}

#[test]
fn a_cut_ends_at_a_whole_word_item_or_row() {
    let shown = excerpt(&[plain(&format!("Well, {}", "a word and another. ".repeat(200)))], 0);
    assert!(text(&shown).ends_with("a word and…\n"), "{}", text(&shown));
    let row = || vec![vec![Span::Plain("a".to_owned())], vec![Span::Plain("b".to_owned())]];
    let table = excerpt(&[Block::Table((0..40).map(|_| row()).collect())], 0);
    assert_eq!((lines_of_all(&table.blocks), table.rest), (MOST_LINES, Rest::Text));
    let code = excerpt(&[Block::Code("line\n".repeat(40))], 0);
    assert!(text(&code).ends_with("line\n…\n"));
    let heading = Block::Heading(vec![Span::Plain("Later".to_owned())]);
    let ends_before_heading = excerpt(&[long(24), heading, long(4)], 0);
    assert!(!text(&ends_before_heading).contains("Later"));
}

#[test]
fn one_step_that_fills_the_screen_is_cut_within() {
    let step = |block| Step { blocks: vec![block] };
    let passage = [Block::Steps { start: 3, steps: vec![step(long(60)), step(plain("Then save."))] }];
    let shown = excerpt(&passage, 0);
    assert_eq!(shown.rest, Rest::Text);
    assert!(matches!(&shown.blocks[..], [Block::Steps { start: 3, steps }] if steps.len() == 1));
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let leaf = prop_oneof![
        "[a-z ]{0,300}".prop_map(|text| plain(&text)),
        "[a-z]{1,20}".prop_map(|text| Block::Heading(vec![Span::Strong(text)])),
        "([a-z]{0,9}\n){0,40}".prop_map(Block::Code),
        (0_usize..30, 0_usize..4).prop_map(|(rows, cells)| Block::Table(vec![
            vec![
                vec![Span::Plain(
                    "x".to_owned()
                )];
                cells
            ];
            rows
        ])),
    ];
    let block = leaf.prop_recursive(3, 40, 8, |inner| {
        let inner = proptest::collection::vec(inner, 0..8);
        prop_oneof![
            inner.clone().prop_map(Block::Quote),
            inner
                .clone()
                .prop_map(|items| Block::Bullets(items.into_iter().map(|item| vec![item]).collect())),
            inner.prop_map(|steps| Block::Steps {
                start: 1,
                steps: steps.into_iter().map(|block| Step { blocks: vec![block] }).collect()
            }),
        ]
    });
    proptest::collection::vec(block, 0..8)
}

proptest! {
    #[test]
    fn an_excerpt_is_short_and_never_empty_when_there_is_something(passage in blocks(), best in 0_usize..10) {
        let shown = excerpt(&passage, best);
        // An ellipsis, or a single row or step that can't be divided, may stand out by a little.
        prop_assert!(lines_of_all(&shown.blocks) <= MOST_LINES + 8, "{shown:?}");
        let mut all = String::new();
        for block in &passage {
            block.write_text(&mut all);
        }
        prop_assert!(all.trim().is_empty() || !shown.blocks.is_empty());
    }
}
