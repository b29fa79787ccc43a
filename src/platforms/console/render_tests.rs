//! What a terminal shows: the width is respected, and nothing but our own styles reaches it.

use insta::assert_snapshot;
use proptest::prelude::*;

use super::prose::prose;
use super::render;
use super::wrap::columns;
use crate::chat::{Choice, Reply, ReplyBlock, Verb};
use crate::domain::{ArticleId, Block, Span, Step};

fn plain(text: &str) -> Span {
    Span::Plain(text.to_owned())
}

fn p(text: &str) -> Block {
    Block::Paragraph(vec![plain(text)])
}

fn shown(blocks: &[Block], width: usize) -> String {
    anstream::adapter::strip_str(&prose(blocks, width).join("\n")).to_string()
}

#[test]
fn a_table_that_does_not_fit_becomes_a_list() {
    let row = |cells: [&str; 3]| cells.iter().map(|cell| vec![plain(cell)]).collect::<Vec<_>>();
    let table = [Block::Table(vec![
        row(["Setting", "Default", "What it does"]),
        row(["search.results", "3", "How many articles are shown"]),
        row(["缓存大小", "", "Memory"]),
    ])];
    assert_snapshot!(format!("{}\n\n{}", shown(&table, 60), shown(&table, 30)), @r"
    Setting         Default  What it does
    ──────────────  ───────  ───────────────────────────
    search.results  3        How many articles are shown
    缓存大小                 Memory

    • search.results
      Default: 3
      What it does: How many
        articles are shown
    • 缓存大小
      What it does: Memory
    ");
}

#[test]
fn lists_within_lists_are_indented_and_numbers_aligned() {
    let nested = Block::Bullets(vec![vec![p("one"), Block::Bullets(vec![vec![p("inner")]])], vec![p("two")]]);
    let step = |blocks| Step { blocks };
    let steps = Block::Steps {
        start: 9,
        steps: vec![
            step(vec![p("Open the console and wait until it is there."), nested]),
            step(vec![p("Run:"), Block::Code("a  b\n\tc\n".to_owned())]),
            step(Vec::new()),
        ],
    };
    assert_snapshot!(shown(&[p("Before:"), steps, p("After.")], 30), @r"
    Before:
     9. Open the console and wait
        until it is there.
        • one
          • inner
        • two
    10. Run:
            a  b
            	c
    11.

    After.
    ");
}

#[test]
fn links_say_where_they_lead_and_stay_in_one_piece() {
    let url = "https://docs.example.com/a/b-c/d?e=f";
    let link = |text: &str| Span::Link { text: text.to_owned(), url: url.to_owned() };
    let article =
        |id: &str| Span::Article { text: "Add contacts".to_owned(), id: ArticleId::parse(id).unwrap() };
    let spans = vec![
        plain("Please read all of "),
        link("the documentation"),
        plain(" or "),
        link(url),
        plain(", then "),
        article("CTX120355"),
        plain(" and "),
        article("add-contacts"),
        plain("."),
    ];
    assert_snapshot!(shown(&[Block::Paragraph(spans)], 50), @r"
    Please read all of the documentation
    (https://docs.example.com/a/b-c/d?e=f) or
    https://docs.example.com/a/b-c/d?e=f, then Add
    contacts (CTX120355) and Add contacts
    (add-contacts).
    ");
}

#[test]
fn other_scripts_are_broken_where_they_may_be() {
    assert_snapshot!(shown(&[p("在主菜单上选择公司信息和联系人，然后添加一个新的联系人。")], 20), @r"
    在主菜单上选择公司信
    息和联系人，然后添加
    一个新的联系人。
    ");
}

#[test]
fn colours_are_a_second_hint() {
    let spans = vec![plain("Open "), Span::Strong("My Account".to_owned()), Span::Match("now".to_owned())];
    let blocks = vec![ReplyBlock::Paragraph(spans)];
    let choices = vec![Choice::new(&Verb::Help, "What can I say?")];
    let screen = render(&Reply { blocks, choices, ..Reply::default() }, 80);
    assert_snapshot!(screen.text.escape_debug().to_string(), @r"Open \u{1b}[1mMy\u{1b}[0m \u{1b}[1mAccount\u{1b}[0m\u{1b}[1m\u{1b}[33mnow\u{1b}[0m\n\n\u{1b}[1m\u{1b}[32m1\u{1b}[0m What can I say?\n");
}

fn spans() -> impl Strategy<Value = Vec<Span>> {
    let text =
        || prop_oneof![any::<String>(), "[a-z /-]{0,60}", "https://[a-z/]{0,90}", "(😀|中|é|\u{1b}){0,30}"];
    let span = prop_oneof![
        text().prop_map(Span::Plain),
        text().prop_map(Span::Strong),
        text().prop_map(Span::Match),
        text().prop_map(Span::Code),
        (text(), text()).prop_map(|(text, url)| Span::Link { text, url }),
    ];
    proptest::collection::vec(span, 0..5)
}

fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let leaf = prop_oneof![
        spans().prop_map(Block::Paragraph),
        spans().prop_map(Block::Heading),
        proptest::collection::vec(proptest::collection::vec(spans(), 0..4), 0..4).prop_map(Block::Table),
    ];
    let block = leaf.prop_recursive(3, 16, 4, |inner| {
        let inner = proptest::collection::vec(inner, 0..4);
        prop_oneof![
            inner.clone().prop_map(Block::Quote),
            inner
                .clone()
                .prop_map(|items| Block::Bullets(items.into_iter().map(|item| vec![item]).collect())),
            (any::<u64>(), inner).prop_map(|(start, steps)| Block::Steps {
                start: start >> 48,
                steps: steps.into_iter().map(|block| Step { blocks: vec![block] }).collect()
            }),
        ]
    });
    proptest::collection::vec(block, 0..4)
}

proptest! {
    #[test]
    fn no_line_is_wider_than_the_screen(blocks in blocks(), width in 60_usize..120) {
        for line in prose(&blocks, width) {
            prop_assert!(columns(&line) <= width, "{} columns of {width}: {line:?}", columns(&line));
        }
    }

    #[test]
    fn nothing_steers_the_terminal(blocks in blocks(), code in any::<String>(), width in 0_usize..80) {
        let lines = prose(&[blocks, vec![Block::Code(code)]].concat(), width).join("\n");
        let plain = anstream::adapter::strip_str(&lines).to_string();
        prop_assert!(plain.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()), "{plain:?}");
        for after in lines.split('\u{1b}').skip(1) {
            let style = after.split('m').next().unwrap_or_default();
            prop_assert!(style.chars().all(|c| matches!(c, '[' | ';' | '0'..='9')), "{after:?}");
        }
    }
}
