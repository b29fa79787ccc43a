//! What holds for every text, however strange.

use proptest::prelude::*;
use pulldown_cmark::{Event, HeadingLevel, Tag};

use super::{Body, edit, *};

fn converted(text: &str) -> Body {
    convert(text, None, true, &mut Vec::new(), &mut |link: &str| Target::Web(link.to_owned()))
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

/// Syntax of all flavours, and what it may stand next to.
fn soup() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "\n",
        "\n\n",
        " ",
        "    ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "### ",
        "---\n",
        "===\n",
        "|",
        "|-|-|\n",
        "```\n",
        "~~~",
        "`",
        "**",
        "_",
        "[",
        "]",
        "](a.md)",
        "](b)",
        "![",
        "[!NOTE]",
        "[!INCLUDE [x](y.md)]",
        "[!div x]",
        ":::",
        ":::note\n",
        ":::row:::\n",
        ":::image alt-text=\"x\":::",
        "<",
        ">",
        "<div>",
        "</div>",
        "<details>\n",
        "<summary>",
        "</summary>",
        "<br/>",
        "<b>",
        "</b>",
        "<a href=\"x\">",
        "</a>",
        "<table>",
        "<tr><td>",
        "</table>",
        "<ul>",
        "<li>",
        "</ul>",
        "<pre>",
        "</pre>",
        "<script>",
        "</script>",
        "<Tab a={1} />",
        "<Tabs>\n",
        "</Tabs>\n",
        "<!--",
        "-->",
        "<?x",
        "<!D",
        "{% if %}",
        "{% highlight x %}\n",
        "{: .x}",
        "{{< note >}}",
        "{{< /note >}}",
        "{{",
        "}}",
        "import a from 'b'\n",
        "&nbsp;",
        "\\",
        "a",
        "word",
        "é",
        "[1]: x.md\n",
        "Original KB number: 12345\n",
        "#tab/",
        "[x](#tab/y)\n",
        "\u{a0}",
        "\t",
    ]);
    prop::collection::vec(prop_oneof![9 => pieces.prop_map(str::to_owned), 1 => "\\PC{0,8}"], 0..40)
        .prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, ..ProptestConfig::default() })]

    #[test]
    fn nothing_panics_and_nothing_is_left_that_articles_cannot_hold(text in soup()) {
        let body = converted(&text);
        for (event, _) in edit::parse(&body.text) {
            let is_title = matches!(event, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }));
            let is_html = matches!(event, Event::Html(_) | Event::InlineHtml(_));
            prop_assert!(!is_title && !is_html, "{event:?} in {:?}", body.text);
        }
    }

    #[test]
    fn plain_paragraphs_stay_as_they_are(
        paragraphs in prop::collection::vec("[a-zäöü]{1,9}[,;!?.]?( [A-Za-zéß0-9]{1,9}[,;!?]?){0,12}", 1..6)
    ) {
        let text = paragraphs.join("\n\n");
        let text = format!("{}\n", text.trim_end());
        let body = converted(&text);
        prop_assert_eq!(words(&body.text), words(&text));
        prop_assert_eq!(&body.text, &text);
    }

    #[test]
    fn code_stays_to_the_letter(lines in prop::collection::vec("[ -_a-}]{0,40}|\\{% x %\\}|:::note|<Tab />|<!-- x -->|> \\[!NOTE\\]", 0..8)) {
        let code = lines.join("\n");
        for (before, indent) in [("", ""), ("1. Step\n\n", "   "), ("> Quote\n>\n", "> ")] {
            let block = format!("~~~x\n{code}\n~~~\n").replace('\n', &format!("\n{indent}"));
            let block = format!("{indent}{}\n", block.trim_end_matches([' ', '>', '\n']));
            let text = format!("Before.\n\n{before}{block}\nAfter.\n");
            let body = converted(&text).text;
            prop_assert!(body.contains(&block), "{body:?} lacks {block:?}");
        }
    }
}
