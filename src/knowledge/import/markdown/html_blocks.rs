//! Blocks of HTML between the blocks of Markdown: lists and tables become Markdown, boxes open up.

use std::{ops::Range, sync::LazyLock};

use pulldown_cmark::{Event, Tag as Md, TagEnd};
use regex::{Captures, Regex};

use super::{
    edit::{self, Edits},
    escape,
    lines::{Fences, fence},
    links::destination,
    tags::{Kind, TAG, Tag},
};
use crate::knowledge::import::{
    html,
    patterns::{group, pattern},
};

static SUMMARY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?is)<(?:summary|figcaption|dt)(?:\s[^<>]*)?>(?<said>.*?)</(?:summary|figcaption|dt)>")
});
static HIDDEN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?is)<script\b.*?</script\s*>|<style\b.*?</style\s*>"));
static STRUCTURE_OPEN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)<(?:table|ul|ol|dl)\b"));
static STRUCTURE_CLOSE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)</(?:table|ul|ol|dl)\s*>"));

/// The text without blocks of HTML; what they say stays.
pub(super) fn convert(text: &str) -> String {
    if !text.contains('<') {
        return text.to_owned();
    }
    let mut edits = Edits::default();
    let mut done = 0;
    let mut hopeless = false;
    for block in blocks(text) {
        if block.range.start < done {
            continue;
        }
        let prefix = edit::prefix_at(text, block.range.start);
        let (range, html) = if unclosed(&block.html) > 0 && !hopeless {
            let whole = completed(text, &block, &prefix);
            // Looked for once in vain, a closing tag is not looked for again: that would take forever in a long text.
            hopeless = whole.is_none();
            whole.unwrap_or((block.range, block.html))
        } else {
            (block.range, block.html)
        };
        done = range.end;
        let said = said(&html);
        let before = text.get(..range.start).unwrap_or_default();
        let (above, line) = before.rsplit_once('\n').unwrap_or(("", before));
        let bare = prefix.trim_end();
        // Above a block that directly follows a sentence, a blank line keeps the two apart.
        let follows =
            !above.rsplit('\n').next().unwrap_or_default().trim_matches([' ', '>', '\t']).is_empty()
                && line.trim_matches([' ', '>', '\t']).is_empty();
        let mut with = if follows { format!("\n{prefix}") } else { String::new() };
        with.push_str(&edit::continued(said.trim(), &prefix));
        if text.get(range.clone()).is_some_and(|block| block.ends_with('\n')) {
            with.push('\n');
            with.push_str(bare);
            with.push('\n');
        }
        edits.replace(range, with);
    }
    edits.apply(text)
}

struct Block {
    range: Range<usize>,
    html: String,
}

/// The blocks of HTML, each without the marks of the quotes and lists around it.
fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut current: Option<Block> = None;
    for (event, range) in edit::parse(text) {
        if matches!(event, Event::Start(Md::HtmlBlock)) {
            current = Some(Block { range, html: String::new() });
        } else if matches!(event, Event::End(TagEnd::HtmlBlock)) {
            blocks.extend(current.take());
        } else if let (Event::Html(html) | Event::Text(html), Some(block)) = (event, &mut current) {
            block.html.push_str(&html);
        }
    }
    blocks
}

/// A table or list may hold blank lines, at which CommonMark ends the block: goes on to its closing tag.
fn completed(text: &str, block: &Block, prefix: &str) -> Option<(Range<usize>, String)> {
    let mut open = unclosed(&block.html);
    let mut html = block.html.clone();
    let mut end = block.range.end;
    for line in text.get(end..)?.split_inclusive('\n') {
        if fence(line.trim_start_matches('>')).is_some() {
            break;
        }
        end += line.len();
        html.push_str(line.strip_prefix(prefix).unwrap_or(line));
        open += unclosed(line);
        if open <= 0 {
            return Some((block.range.start..end, html));
        }
    }
    None
}

/// How many tables and lists are opened and not closed.
fn unclosed(html: &str) -> isize {
    STRUCTURE_OPEN.find_iter(html).count().cast_signed()
        - STRUCTURE_CLOSE.find_iter(html).count().cast_signed()
}

/// What a block says, in Markdown. Fenced code inside it stays as it is.
fn said(html: &str) -> String {
    let mut out = String::new();
    let mut piece = String::new();
    let mut fences = Fences::default();
    let mut was_code = false;
    for line in html.split_inclusive('\n') {
        let code = fences.covers(line);
        if code != was_code {
            out.push_str(&piece_said(&std::mem::take(&mut piece)));
            out.push_str("\n\n");
        }
        if code {
            out.push_str(line);
        } else {
            piece.push_str(line);
        }
        was_code = code;
    }
    out.push_str(&piece_said(&piece));
    out
}

fn piece_said(html: &str) -> String {
    let html = HIDDEN.replace_all(html, "");
    let is_structure = |found: Captures<'_>| matches!(Tag::read(&found).kind, Kind::Structure | Kind::Item);
    if !TAG.captures_iter(&html).any(is_structure) {
        return opened(&html);
    }
    let readable = TAG.replace_all(&html, |found: &Captures<'_>| {
        let raw = group_all(found);
        let is_word = Tag::read(found).kind == Kind::Unknown && !group(found, "name").contains('-');
        if is_word { raw.replace('<', "&lt;").replace('>', "&gt;") } else { raw.to_owned() }
    });
    html::to_markdown(&readable).unwrap_or_else(|_| opened(&html))
}

/// Boxes and their like: their tags go, and the Markdown inside is read as such.
fn opened(html: &str) -> String {
    let html = SUMMARY.replace_all(html, |found: &Captures<'_>| {
        let said = TAG.replace_all(group(found, "said"), "").replace("**", "");
        format!("\n\n**{}**\n\n", said.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    let alone = |line: &str| TAG.find(line).is_some_and(|tag| tag.as_str() == line);
    let mut out = String::new();
    for line in html.lines() {
        let line = line.trim();
        let changed = TAG.replace_all(line, |found: &Captures<'_>| {
            let tag = Tag::read(found);
            match tag.kind {
                Kind::Block | Kind::Summary | Kind::Structure | Kind::Item => "\n\n".to_owned(),
                Kind::Unknown => escape::inline(group_all(found)),
                Kind::Image if alone(line) => tag.attribute("alt").map(escape::inline).unwrap_or_default(),
                Kind::Film if alone(line) => {
                    let source = tag.attribute("src").filter(|source| source.starts_with("http"));
                    source.map(|source| format!("[Video]({})", destination(source))).unwrap_or_default()
                }
                Kind::Break
                | Kind::Strong
                | Kind::Emphasis
                | Kind::Code
                | Kind::Anchor
                | Kind::Image
                | Kind::Film
                | Kind::Raised
                | Kind::Hidden
                | Kind::Silent => {
                    // What stands in a sentence is read as inline HTML later.
                    if alone(line) { String::new() } else { group_all(found).to_owned() }
                }
            }
        });
        // Declarations would begin a block of HTML again.
        let changed = if changed.starts_with("<!") || changed.starts_with("<?") {
            format!("\\{changed}")
        } else {
            changed.into_owned()
        };
        out.push_str(&changed);
        out.push('\n');
    }
    out
}

fn group_all<'a>(found: &Captures<'a>) -> &'a str {
    found.get(0).map_or("", |all| all.as_str())
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn blocks_of_html_open_up() {
        for (text, expected) in [
            (
                "<details>\n<summary><b>S</b></summary>\nText **x** [y](z.md)\n</details>\n\nb",
                "**S**\n\n\nText **x** [y](z.md)\n\n\nb",
            ),
            ("- a\n  <ul><li>b</li><li>c</li></ul>\n\nd", "- a\n  \n  - b\n  - c\n\n\nd"),
            (
                "a\n<table>\n<tr><td>x</td></tr>\n\n<tr><td>y</td></tr>\n</table>\n\nb",
                "a\n\n| x |\n| - |\n| y |\n\n\nb",
            ),
            ("> <div>\n> a\n> </div>\n\nb", "> a\n>\n\nb"),
            ("<servername>\n\na", "\\<servername>\n\n\na"),
            ("<div>\n```sh\n<b>\n```\nx\n</div>\n\na", "```sh\n<b>\n```\n\n\nx\n\n\na"),
            ("<script>\nx\n\ny\n</script>\na", "\n\na"),
            ("<?xml version=\"1.0\"?>\n<a>x</a>\n\nb", "\\<?xml version=\"1.0\"?>\n\n<a>x</a>\n\nb"),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }
}
