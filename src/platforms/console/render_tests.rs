//! What a terminal shows: the width is respected, and nothing but our own styles reaches it.

use insta::assert_snapshot;
use proptest::prelude::*;

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::prose::prose;
use super::render::render_after;
use super::wrap::columns;
use super::{View, render};
use crate::chat::{
    CaseLine, Choice, ChoiceId, Document, Field, FieldKind, Form, Reply, ReplyBlock, TimelineEntry, Verb,
};
use crate::domain::case::CaseNumber;
use crate::domain::{ArticleId, Block, Span, Step, TimeStyle};

fn plain(text: &str) -> Span {
    Span::Plain(text.to_owned())
}

fn p(text: &str) -> Block {
    Block::Paragraph(vec![plain(text)])
}

/// So many columns, on a Sunday afternoon in Berlin.
fn view(width: usize) -> View {
    View { width, now: at("2026-11-22T14:30:00Z"), zone: Tz::Europe__Berlin }
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn shown(blocks: &[Block], width: usize) -> String {
    anstream::adapter::strip_str(&prose(blocks, view(width)).join("\n")).to_string()
}

fn reply(block: ReplyBlock) -> Reply {
    Reply { blocks: vec![block], ..Reply::default() }
}

fn screen(reply: &Reply, width: usize) -> String {
    anstream::adapter::strip_str(&render(reply, view(width)).text).to_string()
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
    let screen = render(&Reply { blocks, choices, ..Reply::default() }, view(80));
    assert_snapshot!(screen.text.escape_debug().to_string(), @r"Open \u{1b}[1mMy\u{1b}[0m \u{1b}[1mAccount\u{1b}[0m\u{1b}[1m\u{1b}[33mnow\u{1b}[0m\n\n\u{1b}[1m\u{1b}[32m1\u{1b}[0m What can I say?\n");
}

fn case(number: u64, subject: &str, about: &str, updated: &str) -> CaseLine {
    CaseLine {
        number: CaseNumber(number),
        subject: subject.to_owned(),
        about: about.to_owned(),
        updated: at(updated),
        press: ChoiceId::from(format!("v1:case:{number}")),
    }
}

fn cases() -> ReplyBlock {
    ReplyBlock::Cases(vec![
        case(42, "Console shows error 0x80", "waiting for an answer", "2026-11-22T13:10:00Z"),
        case(
            7,
            "管理コンソールにエラーが表示されますが、どうすればよいでしょうか",
            "solved",
            "2026-11-21T23:30:00Z",
        ),
        case(1_234_567, &"A very long subject ".repeat(6), "open, high priority", "2025-12-31T22:59:00Z"),
    ])
}

#[test]
fn cases_stand_in_columns_and_their_subjects_are_cut() {
    assert_snapshot!(screen(&reply(cases()), 100), @"
    1 CASE-000042   Console shows error 0x80           waiting for an answer  today at 14:10
    2 CASE-000007   管理コンソールにエラーが表示され…  solved                 today at 00:30
    3 CASE-1234567  A very long subject A very long…   open, high priority    31 December 2025 at 23:59
    ");
    assert_snapshot!(screen(&reply(cases()), 40), @"
    1 CASE-000042 Console shows error 0x80
      waiting for an answer · today at
      14:10
    2 CASE-000007 管理コンソールにエラーが…
      solved · today at 00:30
    3 CASE-1234567 A very long subject A v…
      open, high priority · 31 December
      2025 at 23:59
    ");
    assert_eq!(render(&reply(cases()), view(40)).presses.len(), 3);
}

#[test]
fn choices_of_news_get_the_next_numbers() {
    let choices = vec![Choice::new(&Verb::Help, "What can I say?")];
    let news = Reply { choices, ..reply(cases()) };
    let screen = render_after(&news, view(60), 8);
    assert_snapshot!(anstream::adapter::strip_str(&screen.text).to_string(), @"
     9 CASE-000042 Console shows error 0x80
       waiting for an answer · today at 14:10
    10 CASE-000007 管理コンソールにエラーが表示されますが、どう…
       solved · today at 00:30
    11 CASE-1234567 A very long subject A very long subject A v…
       open, high priority · 31 December 2025 at 23:59

    12 What can I say?
    ");
    assert_eq!(screen.presses.len(), 4);
}

fn entry(title: &str, text: Option<&str>, internal: bool) -> TimelineEntry {
    TimelineEntry {
        at: at("2026-11-20T08:05:00Z"),
        title: title.to_owned(),
        text: text.map(str::to_owned),
        files: Vec::new(),
        internal,
    }
}

#[test]
fn a_timeline_keeps_the_lines_that_people_wrote() {
    let text = "Since this morning the console shows:\n\n    error 0x80 in module kernel\n\nWhat can I do?";
    let timeline = ReplyBlock::Timeline(vec![
        TimelineEntry {
            files: vec!["screen.png (12 kB)".to_owned(), format!("{} (1 MB)", "a long name ".repeat(8))],
            ..entry("You opened the case", Some(text), false)
        },
        entry("Grace wrote a note", Some("Looks like the driver."), true),
        entry("Grace took it", None, false),
    ]);
    assert_snapshot!(screen(&reply(timeline.clone()), 60), @"
    20 November at 09:05 · You opened the case
      Since this morning the console shows:

          error 0x80 in module kernel

      What can I do?
      File: screen.png (12 kB)
      File: a long name a long name a long name a long name a
        long name a long name a long name a long name  (1 MB)

    20 November at 09:05 · Grace wrote a note · internal, only
      for staff
      Looks like the driver.

    20 November at 09:05 · Grace took it
    ");
    assert_snapshot!(screen(&reply(timeline), 40), @"
    20 November at 09:05 · You opened the
      case
      Since this morning the console shows:

          error 0x80 in module kernel

      What can I do?
      File: screen.png (12 kB)
      File: a long name a long name a long
        name a long name a long name a long
        name a long name a long name  (1 MB)

    20 November at 09:05 · Grace wrote a
      note · internal, only for staff
      Looks like the driver.

    20 November at 09:05 · Grace took it
    ");
}

#[test]
fn a_form_says_what_is_asked_for() {
    let field = |label: &str, kind, optional, most| Field {
        name: "text".to_owned(),
        label: label.to_owned(),
        kind,
        optional,
        most,
        value: None,
    };
    let form = Form {
        id: ChoiceId::from("v1:flow".to_owned()),
        title: "Reply to CASE-000042".to_owned(),
        at_once: true,
        fields: vec![
            field("What would you like to say?", FieldKind::Paragraphs, false, 20_000),
            field("Why", FieldKind::Line, true, 200),
        ],
    };
    let choices = vec![Choice::new(&Verb::Help, "Cancel")];
    let asked = Reply { form: Some(form), choices, ..Reply::default() };
    assert_snapshot!(screen(&asked, 60), @"
    Reply to CASE-000042
    › What would you like to say? (at most 20000 characters)

    1 Cancel
    ");
}

#[test]
fn times_are_those_of_the_zone_and_documents_of_text_stay_as_they_are() {
    let time = |text: &str, style| Span::Time { at: at(text), style };
    let spans = vec![
        Span::Case(CaseNumber(42)),
        plain(" was opened "),
        time("2026-11-22T13:10:00Z", TimeStyle::Moment),
        plain(" and is closed on "),
        time("2026-12-01T23:10:00Z", TimeStyle::Day),
        plain("."),
    ];
    let document = |media: &str| {
        let text = format!("CASE-000042\n\n    a line {}\n\u{1b}[2J\n", "that is not broken ".repeat(5));
        ReplyBlock::File(Document { name: "CASE-000042.txt".to_owned(), media: media.to_owned(), text })
    };
    let blocks =
        vec![ReplyBlock::Paragraph(spans), document("text/plain; charset=utf-8"), document("text/html")];
    assert_snapshot!(screen(&Reply { blocks, ..Reply::default() }, 60), @"
    CASE-000042 was opened today at 14:10 and is closed on 2
    December.

    CASE-000042

        a line that is not broken that is not broken that is not broken that is not broken that is not broken 
    �[2J

    File: CASE-000042.txt
    ");
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[a-z ]{0,200}", "(😀|中|é|\u{1b}|\u{202e}|\n){0,60}"]
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
        for line in prose(&blocks, view(width)) {
            prop_assert!(columns(&line) <= width, "{} columns of {width}: {line:?}", columns(&line));
        }
    }

    #[test]
    fn nothing_steers_the_terminal(blocks in blocks(), code in any::<String>(), width in 0_usize..80) {
        let lines = prose(&[blocks, vec![Block::Code(code)]].concat(), view(width)).join("\n");
        let plain = anstream::adapter::strip_str(&lines).to_string();
        prop_assert!(plain.chars().all(|c| matches!(c, '\n' | '\t') || !c.is_control()), "{plain:?}");
        for after in lines.split('\u{1b}').skip(1) {
            let style = after.split('m').next().unwrap_or_default();
            prop_assert!(style.chars().all(|c| matches!(c, '[' | ';' | '0'..='9')), "{after:?}");
        }
    }

    #[test]
    fn cases_and_timelines_fit_and_steer_nothing(
        subject in text(), about in text(), title in text(), said in text(), file in text(), width in 40_usize..120
    ) {
        let cases = vec![case(1, &subject, &about, "2026-11-22T13:10:00Z"); 2];
        let said = TimelineEntry { files: vec![file], ..entry(&title, Some(&said), true) };
        let blocks = vec![ReplyBlock::Cases(cases), ReplyBlock::Timeline(vec![said])];
        let text = render(&Reply { blocks, ..Reply::default() }, view(width)).text;
        let plain = anstream::adapter::strip_str(&text).to_string();
        prop_assert!(plain.chars().all(|c| c == '\n' || !c.is_control()), "{plain:?}");
        for line in plain.lines() {
            prop_assert!(columns(line) <= width, "{} columns of {width}: {line:?}", columns(line));
        }
    }
}
