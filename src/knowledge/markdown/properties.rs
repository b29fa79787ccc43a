//! No text is lost and nothing panics, whatever the Markdown.

use proptest::prelude::*;
use pulldown_cmark::Event;
use serde_json::Value;

use super::*;

/// A block of Markdown that is made of words.
#[derive(Debug, Clone)]
enum Made {
    Paragraph(Vec<String>),
    Heading(Vec<String>),
    Code(Vec<String>),
    Quote(Vec<Made>),
    List { numbered: bool, items: Vec<Vec<Made>> },
    Table(Vec<[String; 2]>),
}

fn words() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z]{1,6}", 1..5)
}

fn made() -> impl Strategy<Value = Made> {
    let leaf = prop_oneof![
        4 => words().prop_map(Made::Paragraph),
        1 => words().prop_map(Made::Heading),
        1 => words().prop_map(Made::Code),
        1 => prop::collection::vec(["[a-z]{1,6}", "[a-z]{1,6}"], 1..4).prop_map(Made::Table),
    ];
    leaf.prop_recursive(4, 40, 4, |inner| {
        let blocks = || prop::collection::vec(inner.clone(), 1..4);
        let items = prop::collection::vec((words().prop_map(Made::Paragraph), blocks()), 1..4);
        prop_oneof![
            blocks().prop_map(Made::Quote),
            (any::<bool>(), items).prop_map(|(numbered, items)| {
                let items =
                    items.into_iter().map(|(first, rest)| std::iter::once(first).chain(rest).collect());
                Made::List { numbered, items: items.collect() }
            }),
        ]
    })
}

/// The Markdown lines of blocks.
fn lines_of(blocks: &[Made]) -> Vec<String> {
    let mut lines = Vec::new();
    for block in blocks {
        match block {
            // A phrase in bold and a link among them.
            Made::Paragraph(words) => match words.as_slice() {
                [first, second, rest @ ..] => {
                    lines.push(format!("**{first}** [{second}](x) {}", rest.join("\n")));
                }
                words => lines.extend(words.iter().cloned()),
            },
            Made::Heading(words) => lines.push(format!("### {}", words.join(" "))),
            Made::Code(words) => {
                lines.push("```".to_owned());
                lines.extend(words.iter().cloned());
                lines.push("```".to_owned());
            }
            Made::Quote(blocks) => lines.extend(lines_of(blocks).into_iter().map(|line| format!("> {line}"))),
            Made::List { numbered, items } => {
                for (index, item) in items.iter().enumerate() {
                    let mark = if *numbered { format!("{}. ", index + 1) } else { "- ".to_owned() };
                    let indent = " ".repeat(mark.len());
                    let marks = std::iter::once(mark).chain(std::iter::repeat(indent));
                    lines.extend(marks.zip(lines_of(item)).map(|(mark, line)| format!("{mark}{line}")));
                }
            }
            Made::Table(rows) => {
                lines.extend(["| head | row |".to_owned(), "| --- | --- |".to_owned()]);
                lines.extend(rows.iter().map(|[one, two]| format!("| {one} | {two} |")));
            }
        }
        lines.push(String::new());
    }
    // A line break in a phrase is a line of its own, or it would have no indent.
    lines.iter().flat_map(|line| line.split('\n')).map(str::to_owned).collect()
}

/// The words of blocks, in order.
fn words_of(blocks: &[Made], out: &mut Vec<String>) {
    for block in blocks {
        match block {
            Made::Paragraph(words) | Made::Heading(words) | Made::Code(words) => {
                out.extend(words.iter().cloned());
            }
            Made::Quote(blocks) => words_of(blocks, out),
            Made::List { items, .. } => items.iter().for_each(|item| words_of(item, out)),
            Made::Table(rows) => {
                out.extend(["head", "row"].map(str::to_owned));
                out.extend(rows.iter().flatten().cloned());
            }
        }
    }
}

/// All that a reader of the passages reads.
fn read(passages: &[Passage]) -> String {
    let texts = passages.iter().map(|passage| {
        let heading = passage.heading.as_deref().unwrap_or_default();
        format!("{heading}\n{}", passage.text())
    });
    texts.collect()
}

/// Whether no list of spans, anywhere in the JSON of passages, has an empty one or two plain ones side by side.
fn is_tidy(json: &Value) -> bool {
    let is_plain = |value: &Value| value.get("plain").is_some();
    match json {
        Value::Array(items) => {
            items.iter().all(is_tidy) && !items.windows(2).any(|pair| pair.iter().all(is_plain))
        }
        Value::Object(fields) => fields.values().all(is_tidy),
        Value::String(text) => !text.is_empty(),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

/// Pieces that mean something in Markdown.
fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[ \n\t#>*_`|\\[\\]()0-9.:!<&;~=+-]{1,4}",
        "[a-z]{1,3}",
        prop::sample::select(vec![
            "\n1. ",
            "\n2. ",
            "\n- ",
            "\n  - ",
            "\n> ",
            "\n## ",
            "\n### ",
            "\n```\n",
            "\n| a | b |\n|-|-|\n| c | d | e |\n",
            "<div>",
            "</div>\n",
            "<br>",
            "<!--",
            "-->",
            "**",
            "](x)",
            "](http://x)",
            "![",
            "\n\n",
            "é",
            "\u{1f600}",
            "\0",
            "\r\n",
            "> [!NOTE]\n> ",
            "&amp;",
            "<a@b.c>",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn all_words_are_read_in_order(blocks in prop::collection::vec(made(), 1..5)) {
        let markdown = lines_of(&blocks).join("\n");
        let mut expected = Vec::new();
        words_of(&blocks, &mut expected);
        let body = parse(&markdown, 1);
        let text = read(&body.passages);
        let found: Vec<&str> = text.split_whitespace().collect();
        prop_assert_eq!(found, expected, "{}", markdown);
    }

    #[test]
    fn no_text_of_any_markdown_is_lost(markdown in hostile()) {
        let text = read(&parse(&markdown, 1).passages);
        let mut found = text.chars();
        let options = Options::ENABLE_TABLES | Options::ENABLE_GFM;
        for event in Parser::new_ext(&markdown, options) {
            let (Event::Text(part) | Event::Code(part)) = event else { continue };
            for letter in part.chars().filter(|c| c.is_alphanumeric()) {
                prop_assert!(found.any(|c| c == letter), "{:?} is missing in {:?} from {:?}", part, text, markdown);
            }
        }
    }

    #[test]
    fn spans_are_never_empty_and_plain_ones_are_merged(markdown in hostile()) {
        let passages = serde_json::to_value(parse(&markdown, 1).passages).unwrap();
        prop_assert!(is_tidy(&passages), "{passages} from {markdown:?}");
    }

    #[test]
    fn nothing_panics(text in "\\PC*") {
        let _ = parse(&text, 1);
    }
}
