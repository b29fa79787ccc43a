//! HTML to Markdown, for pages, help-centre articles and the HTML inside Markdown.

use std::{rc::Rc, sync::LazyLock};

use dom_query::{Document, NodeRef};
use htmd::{
    Element, HtmlToMarkdown, Node,
    element_handler::{HandlerResult, Handlers},
    options::{BrStyle, BulletListMarker, HrStyle, Options},
};

use regex::Regex;

use super::{
    patterns::{group, pattern},
    report::Reason,
};

/// Pages that people write are not nested deeper; the conversion goes down one call for each level.
const DEEPEST: usize = 200;

/// The same for tags, before anything is parsed; pages forget to close some.
const DEEPEST_TAGS: usize = 1_000;

static TAG: LazyLock<Regex> = LazyLock::new(|| pattern(r"<(?<close>/?)(?<name>[A-Za-z][A-Za-z0-9]*)"));

/// Elements without content, and those whose end is often left to the reader.
const NEVER_NESTED: [&str; 22] = [
    "br", "hr", "img", "input", "meta", "link", "wbr", "source", "area", "col", "base", "embed", "param",
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "path",
];

/// What a reader does not read: programs, styles, menus, fields and pictures drawn in code.
const SILENT: [&str; 11] = [
    "script", "style", "noscript", "template", "svg", "canvas", "input", "select", "textarea", "button",
    "nav",
];

/// Refuses what is nested so deeply that no person wrote it: parsers take forever over it.
pub(super) fn check(html: &str) -> Result<(), Reason> {
    let mut level = 0usize;
    for tag in TAG.captures_iter(html) {
        let name = group(&tag, "name").to_ascii_lowercase();
        if NEVER_NESTED.contains(&name.as_str()) {
            continue;
        }
        level = if group(&tag, "close").is_empty() { level + 1 } else { level.saturating_sub(1) };
        if level > DEEPEST_TAGS {
            return Err(too_deep());
        }
    }
    Ok(())
}

fn too_deep() -> Reason {
    Reason::Malformed("its elements are nested too deeply".to_owned())
}

/// The Markdown of a piece of HTML.
pub(super) fn to_markdown(html: &str) -> Result<String, Reason> {
    check(html)?;
    let document = Document::fragment(html);
    prepare(&document);
    let converter = converter();
    let malformed = |error: std::io::Error| Reason::Malformed(error.to_string());
    let tree = converter.html_to_tree(&document.html()).map_err(malformed)?;
    if depth(&tree) > DEEPEST {
        return Err(too_deep());
    }
    Ok(converter.tree_to_markdown(&tree))
}

fn converter() -> HtmlToMarkdown {
    let options = Options {
        br_style: BrStyle::TwoSpaces,
        hr_style: HrStyle::Dashes,
        bullet_list_marker: BulletListMarker::Dash,
        ul_bullet_spacing: 1,
        ol_number_spacing: 1,
        ..Options::default()
    };
    HtmlToMarkdown::builder()
        .options(options)
        .skip_tags(SILENT.to_vec())
        .add_handler(vec!["summary", "dt", "figcaption"], strong_paragraph)
        .add_handler(vec!["sup"], raised)
        .add_handler(vec!["iframe", "video", "embed"], film)
        .build()
}

/// Gives tables a head and listings a `<code>`, which is what the conversion to Markdown goes by.
fn prepare(document: &Document) {
    for listing in document.select("pre").nodes() {
        for line_break in listing.descendants_it().filter(|node| node.has_name("br")).collect::<Vec<_>>() {
            line_break.insert_before(&document.tree.new_text("\n"));
        }
        let text = listing.text();
        let code = document.tree.new_element("code");
        if let Some(class) = language(listing) {
            code.set_attr("class", &class);
        }
        code.set_text(text);
        listing.set_html("");
        listing.append_child(&code);
    }
    for table in document.select("table").nodes() {
        let rows: Vec<NodeRef<'_>> = table.descendants_it().filter(|node| node.has_name("tr")).collect();
        for (number, row) in rows.iter().enumerate() {
            for cell in row.element_children() {
                cell.rename(if number == 0 { "th" } else { "td" });
                widen(&cell);
            }
        }
    }
}

/// The class that names a listing's language.
fn language(listing: &NodeRef<'_>) -> Option<String> {
    let own = listing.attr("class");
    let inner = listing.element_children().first().and_then(|code| code.attr("class"));
    let class = inner.or(own)?;
    let name = class.split_whitespace().find_map(|class| {
        class
            .strip_prefix("language-")
            .or_else(|| class.strip_prefix("lang-"))
            .or_else(|| class.strip_prefix("brush:"))
    });
    name.map(|name| format!("language-{name}"))
}

/// A cell across several columns is followed by empty ones, so that those after it stay in their column.
fn widen(cell: &NodeRef<'_>) {
    let columns: usize = cell.attr("colspan").and_then(|span| span.trim().parse().ok()).unwrap_or(1);
    for _ in 1..columns.min(20) {
        cell.after_html("<td></td>");
    }
}

/// Deepest nesting, found without recursion.
fn depth(tree: &Rc<Node>) -> usize {
    let mut deepest = 0;
    let mut waiting = vec![(Rc::clone(tree), 1)];
    while let Some((node, level)) = waiting.pop() {
        deepest = deepest.max(level);
        waiting.extend(node.children.borrow().iter().map(|child| (Rc::clone(child), level + 1)));
    }
    deepest
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a handler is given")]
fn strong_paragraph(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let text = handlers.walk_children(element.node).content.replace("**", "");
    let text = text.trim().trim_start_matches('#').trim();
    (!text.is_empty()).then(|| format!("\n\n**{text}**\n\n").into())
}

#[expect(clippy::needless_pass_by_value, reason = "the form of a handler is given")]
fn raised(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let text = handlers.walk_children(element.node).content;
    (!text.trim().is_empty()).then(|| format!("^{}", text.trim()).into())
}

/// Films can't be shown in an article, but they can be found.
#[expect(clippy::needless_pass_by_value, reason = "the form of a handler is given")]
fn film(_: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let source = element.attrs.iter().find(|attribute| &*attribute.name.local == "src")?;
    let address = source.value.trim();
    address.starts_with("http").then(|| format!("\n\n[Video]({address})\n\n").into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_become_plain_markdown() {
        for (html, expected) in [
            ("<pre>a\n  b *c*<br>d</pre>", "```\na\n  b *c*\nd\n```"),
            ("<pre class='lang-sh'><code>x &lt; y\n</code></pre>", "```sh\nx < y\n```"),
            ("<ol><li>One<ul><li>x</li></ul></li><li><p>Two</p></li></ol>", "1. One\n   - x\n2. Two"),
            ("<dl><dt>T</dt><dd>D</dd></dl>", "**T**\n\nD"),
            ("<p>a_b *c* <b>x </b>y<br>z</p>", "a\\_b \\*c\\* **x** y  \nz"),
            ("<iframe src='https://v.x/1'></iframe>", "[Video](https://v.x/1)"),
            ("<details><summary><b>S</b></summary>text</details>", "**S**\n\ntext"),
            ("<p>10<sup>6</sup></p><script>x</script><nav>y</nav>", "10^6"),
            ("<form><p>a</p><input value=b></form>", "a"),
        ] {
            assert_eq!(to_markdown(html).unwrap(), expected, "{html}");
        }
    }

    #[test]
    fn tables_keep_every_cell() {
        for (html, expected) in [
            (
                "<table><tr><td>a|b</td><td>b</td></tr><tr><th>c</th><td><ul><li>x</li><li>y</li></ul></td></tr></table>",
                "| a&#124;b | b       |\n| --- | ------- |\n| c   | - x - y |",
            ),
            (
                "<table><thead><tr><th colspan=2>h</th></tr></thead><tbody><tr><td>a</td><td>b</td></tr></tbody></table>",
                "| h |   |\n| - | - |\n| a | b |",
            ),
            ("<table><tr><td>x<table><tr><td>in</td></tr></table></td></tr></table>", "| x  in |\n| ----- |"),
        ] {
            assert_eq!(to_markdown(html).unwrap(), expected, "{html}");
        }
    }

    #[test]
    fn bottomless_pages_are_refused() {
        for html in ["<div>".repeat(100_000), "<div>".repeat(900), "<b>".repeat(5_000)] {
            assert!(to_markdown(&html).is_err());
        }
    }
}
