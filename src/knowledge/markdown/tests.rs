//! What Markdown becomes.

use super::*;
use crate::domain::{Block, Span};
use crate::knowledge::fault::told;

/// A short form of the passages that shows their structure.
fn outline(text: &str) -> String {
    let mut lines = Vec::new();
    for passage in parse(text, 1).passages {
        lines.push(format!("# {}", passage.heading.unwrap_or_default()));
        lines.extend(passage.blocks.iter().flat_map(lines_of));
    }
    lines.join("\n")
}

fn lines_of(block: &Block) -> Vec<String> {
    let nested = |label: String, blocks: &[Block]| {
        let inner = blocks.iter().flat_map(lines_of).map(|line| format!("  {line}"));
        std::iter::once(label).chain(inner).collect::<Vec<_>>()
    };
    match block {
        Block::Paragraph(spans) => vec![format!("p {}", spans_of(spans))],
        Block::Heading(spans) => vec![format!("h {}", spans_of(spans))],
        Block::Code(text) => vec![format!("code {text:?}")],
        Block::Quote(blocks) => nested("quote".to_owned(), blocks),
        Block::Bullets(items) => items.iter().flat_map(|item| nested("-".to_owned(), item)).collect(),
        Block::Steps { start, steps } => {
            let numbered = (*start..).zip(steps);
            numbered.flat_map(|(number, step)| nested(format!("{number}."), &step.blocks)).collect()
        }
        Block::Table(rows) => {
            let cells = |row: &[Vec<Span>]| row.iter().map(|cell| spans_of(cell)).collect::<Vec<_>>();
            rows.iter().map(|row| format!("| {}", cells(row).join(" | "))).collect()
        }
    }
}

fn spans_of(spans: &[Span]) -> String {
    let shown = spans.iter().map(|span| match span {
        Span::Plain(text) => format!("{text:?}"),
        Span::Strong(text) => format!("strong{text:?}"),
        Span::Match(text) => format!("match{text:?}"),
        Span::Code(text) => format!("code{text:?}"),
        Span::Link { text, url } => format!("link{text:?}→{url}"),
        Span::Article { text, id } => format!("article{text:?}→{id}"),
        Span::Case(_) | Span::Time { .. } => panic!("no article holds {span:?}"),
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn headings_divide_an_article_and_steps_keep_what_belongs_to_them() {
    let text = "\
An introduction
over two lines.

## Add a *contact*

1. Open **Contacts**.
   - Click **Add**.
   - Wait.

   Then a paragraph.

       some code
2. Done.

### Afterwards

> Quoted.

# Another
7. Seven
8. Eight
";
    insta::assert_snapshot!(outline(text), @r#"
    # 
    p "An introduction over two lines."
    # Add a contact
    1.
      p "Open " strong"Contacts" "."
      -
        p "Click " strong"Add" "."
      -
        p "Wait."
      p "Then a paragraph."
      code "some code"
    2.
      p "Done."
    h "Afterwards"
    quote
      p "Quoted."
    # Another
    7.
      p "Seven"
    8.
      p "Eight"
    "#);
}

#[test]
fn spans_say_what_text_is() {
    let text = "\
Plain *soft* **strong *and* more** `code` ![alt **text**](x.png) [out](https://e.com/a) [in **bold** `c`](ctx1) <a@e.com>
[](change-password) <https://e.com> **[both](b)** [js](javascript:x) [a [file](x.md) &amp; so](dir/x.md) hard\\
break<br>again <b>t</b>ag<!-- never --> ![](y.png) end **<i></i>**
";
    insta::assert_snapshot!(outline(text), @r#"
    # 
    p "Plain soft " strong"strong and more" " " code"code" " alt text " link"out"→https://e.com/a " " article"in bold c"→CTX1 " " link"a@e.com"→mailto:a@e.com " " article"change-password"→change-password " " link"https://e.com"→https://e.com " " article"both"→b " js [a file & so](dir/x.md) hard\nbreak\nagain tag  end"
    "#);
}

#[test]
fn tables_lose_no_cell() {
    let text = "| a | b |\n| - | - |\n| **c** | [d](e) |\n| f | g | h | i |\n| j |\n";
    insta::assert_snapshot!(outline(text), @r#"
    # 
    | "a" | "b"
    | strong"c" | article"d"→e
    | "f" | "g h i"
    | "j" |
    "#);
    insta::assert_snapshot!(told(parse(text, 11).remarks, "x.md"), @"x.md:14: warning: this row has more cells than the table's first row; give the first row as many cells as the others");
}

#[test]
fn html_is_text_without_tags() {
    let text = "<details>\n<summary>Show <b>more</b></summary>\n\nHidden *text*.\n\n</details>\n\n<script>\nnever()\n</script>\n\n<table><tr><td>a</td><td>b</td></tr></table>\n";
    insta::assert_snapshot!(outline(text), @r#"
    # 
    p "Show more"
    p "Hidden text."
    p "a b"
    "#);
}

#[test]
fn a_list_torn_apart_is_put_together() {
    let text = "1. one\n2. two\n\n```\ncommand\n```\n\n3. three\n\nA note.\n\n4. four\n\n### Other\n\n5. five\n\n1. six\n";
    insta::assert_snapshot!(outline(text), @r#"
    # 
    1.
      p "one"
    2.
      p "two"
      code "command"
    3.
      p "three"
      p "A note."
    4.
      p "four"
    h "Other"
    5.
      p "five"
    6.
      p "six"
    "#);
}

#[test]
fn character_references_bring_no_invisible_characters() {
    assert_eq!(outline("a&#27;[31m &#x1;`b`&amp;"), "# \np \"a [31m  \" code\"b\" \"&\"");
}

#[test]
fn line_ends_of_every_system_are_the_same() {
    let text = "## Steps\n\n1. one\n   two\n\n   ```\n   a\n   b\n   ```\n\n| a |\n|---|\n| b |\n";
    assert_eq!(outline(&text.replace('\n', "\r\n")), outline(text));
}

#[test]
fn marked_quotes_say_what_they_are() {
    insta::assert_snapshot!(outline("> [!WARNING]\n> Mind the gap.\n"), @r#"
    # 
    quote
      p strong"Warning"
      p "Mind the gap."
    "#);
}

#[test]
fn authors_are_told_what_is_not_shown_as_written() {
    let text =
        "[a](../b.md)\n\n## Empty\n\n## Steps\n\n1. one\n2.\n3. three [x](data:text/html,x)\n\n## Last\n";
    insta::assert_snapshot!(told(parse(text, 11).remarks, "x.md"), @r#"
    x.md:11: warning: the link to "../b.md" is shown as plain text; link to an article's id, as in [text](change-password), or to a full web address
    x.md:13: warning: this section has no text; write it, or leave the heading out; headings within a section begin with ###
    x.md:18: warning: this step is empty; write what is to be done, or take its number away
    x.md:19: warning: the link to "data:text/html,x" is shown as plain text; link to an article's id, as in [text](change-password), or to a full web address
    x.md:21: warning: this section has no text; write it, or leave the heading out; headings within a section begin with ###
    "#);
    insta::assert_snapshot!(outline(text), @r#"
    # 
    p "a"
    # Empty
    # Steps
    1.
      p "one"
    2.
      p "three x"
    # Last
    "#);
}

#[test]
fn links_to_articles_have_lines() {
    let text = "## See [one](CTX1)\n\n- [two](two)\n- and\n  [three](three#part)\n";
    let links: Vec<_> = parse(text, 5).links.into_iter().map(|(line, id)| (line, id.to_string())).collect();
    assert_eq!(links, [(5, "CTX1".to_owned()), (7, "two".to_owned()), (9, "three".to_owned())]);
}

#[test]
fn hostile_depth_is_flattened_and_its_text_kept() {
    let lists = (0..300).map(|depth| "  ".repeat(depth) + "- word\n").collect();
    let steps = (0..150).map(|depth| "   ".repeat(depth) + "1. word\n").collect();
    for text in [
        format!("{} word", "> ".repeat(50_000)),
        format!("{} word", "- ".repeat(50_000)),
        format!("{} word", "1. ".repeat(33_000)),
        format!("{}word{}", "**".repeat(25_000), "**".repeat(25_000)),
        format!("{} word", "[".repeat(100_000)),
        format!("{} word", "![".repeat(50_000)),
        format!("{} word", "<a ".repeat(33_000)),
        lists,
        steps,
    ] {
        let passages = parse(&text, 1).passages;
        let read: String = passages.iter().map(Passage::text).collect();
        assert!(read.contains("word"), "{}", text.chars().take(20).collect::<String>());
        // The index keeps articles as JSON, whose reader bounds the depth, too.
        let json = serde_json::to_string(&passages).unwrap();
        assert_eq!(serde_json::from_str::<Vec<Passage>>(&json).unwrap(), passages);
    }
}
