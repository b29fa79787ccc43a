//! Learn's marks in quotes (`> [!NOTE]`), its tabs and its white-space entities.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{
    containers,
    lines::{self, Line, outside_code},
};
use crate::knowledge::import::patterns::{group, pattern};

static CALLOUT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?<prefix>\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)*(?:>\s*)+(?:(?:[-*+]|\d{1,9}[.)])\s+)*)\[!\s*(?<kind>[A-Za-z]+)\s*\]\s*(?<rest>.*)$",
    )
});
static QUOTED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^(?<prefix>\s*(?:>\s?)+)(?<rest>.*)$"));
/// What begins a block of its own, and so can't continue the sentence of a note.
static BLOCK: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^\s*(?:$|[-*+]\s|\d{1,9}[.)]\s|#{1,6}\s|>|```|~~~|\||<|\s{4})"));
static VIDEO: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\[!VIDEO\s+<?(?<url>[^\s\]>]+)>?\s*\]"));
static CODE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\[!code[\w-]*\s*\[(?<text>[^\]]*)\]\([^)]*\)\s*\]"));
static MARK: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\[!(?:div\b|selector|op_[a-z_]+)[^\]]*\]"));
static TAB: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^(?<prefix>\s*(?:>\s?)*)#{1,6}\s*\[(?<title>.+?)\]\(#tab/[^)]*\)\s*$"));
static SPACES: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[ \u{a0}]*(?:&(?:nbsp|emsp|ensp|thinsp|#160|#[xX][aA]0);|\u{a0})[ \u{a0}]*"));
static SPACES_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?<indent>\s*(?:>\s?)*)(?:&(?:nbsp|emsp|ensp|thinsp|#160|#[xX][aA]0);|\u{a0})(?:&(?:nbsp|emsp|ensp|thinsp|#160|#[xX][aA]0);|\s)*",
    )
});

/// The text with notes as quotes that begin with their kind in bold, tabs as headings, and ordinary spaces.
pub(super) fn convert(text: &str) -> String {
    let lines = lines::of(text);
    let mut out: Vec<String> = Vec::new();
    let mut skip = 0usize;
    for (number, line) in lines.iter().enumerate() {
        if skip > 0 {
            skip -= 1;
            continue;
        }
        if line.code {
            out.push(line.text.to_owned());
            continue;
        }
        if let Some((found, label)) = callout(line.text) {
            separate(&mut out, group(&found, "prefix"));
            skip = note(&found, label, lines.get(number + 1..).unwrap_or_default(), &mut out);
        } else if let Some(tab) = TAB.captures(line.text) {
            out.push(format!("{}### {}", group(&tab, "prefix"), group(&tab, "title")));
        } else {
            let changed = ordinary(line.text);
            // A line that held nothing but a mark goes as a whole.
            let emptied =
                QUOTED.captures(&changed).is_some_and(|quote| group(&quote, "rest").trim().is_empty());
            if !(emptied && line.text.contains("[!")) {
                out.push(changed);
            }
        }
    }
    out.join("\n")
}

fn callout(line: &str) -> Option<(Captures<'_>, &'static str)> {
    let found = CALLOUT.captures(line)?;
    let label = containers::label(group(&found, "kind"))?;
    Some((found, label))
}

/// Two notes in a row are two paragraphs.
fn separate(out: &mut Vec<String>, prefix: &str) {
    let follows_quote = out
        .last()
        .and_then(|line| QUOTED.captures(line))
        .is_some_and(|quote| !group(&quote, "rest").trim().is_empty());
    if follows_quote && prefix.trim_start().starts_with('>') {
        out.push(prefix.trim_end().to_owned());
    }
}

/// Writes the note's first line, and answers how many lines after its mark that used up.
fn note(found: &Captures<'_>, label: &str, rest: &[Line<'_>], out: &mut Vec<String>) -> usize {
    let prefix = group(found, "prefix");
    let prefix = if prefix.ends_with('>') { format!("{prefix} ") } else { prefix.to_owned() };
    let said = group(found, "rest");
    if !said.is_empty() {
        out.push(format!("{prefix}**{label}:** {}", ordinary(said)));
        return 0;
    }
    let gap = rest.iter().take_while(|line| quoted(line).is_some_and(|text| text.trim().is_empty())).count();
    // A sentence right after the mark may go without the quote's own mark.
    let sentence =
        rest.get(gap).and_then(|line| quoted(line).or((gap == 0 && !line.code).then_some(line.text)));
    if let Some(sentence) =
        sentence.filter(|text| !BLOCK.is_match(text) && !text.trim_start().starts_with("[!"))
    {
        out.push(format!("{prefix}**{label}:** {}", ordinary(sentence.trim_start())));
        return gap + 1;
    }
    out.push(format!("{prefix}**{label}:**"));
    // A list or a listing would otherwise be taken for the same paragraph.
    if rest.first().is_some_and(|line| QUOTED.is_match(line.text)) {
        let marks: String =
            prefix.chars().map(|c| if c == '>' || c.is_whitespace() { c } else { ' ' }).collect();
        out.push(marks.trim_end().to_owned());
    }
    0
}

/// What a line of a quote says.
fn quoted<'a>(line: &Line<'a>) -> Option<&'a str> {
    let found = QUOTED.captures(line.text).filter(|_| !line.code)?;
    found.name("rest").map(|rest| rest.as_str())
}

/// What changes within any line: videos become links, listings of other files their name, entities spaces.
fn ordinary(line: &str) -> String {
    let line = SPACES_FIRST.replace(line, "$indent");
    if !line.contains(['[', '&', '\u{a0}']) {
        return line.into_owned();
    }
    outside_code(&line, |text| {
        let text = VIDEO.replace_all(text, "[Video]($url)");
        let text = CODE.replace_all(&text, "$text");
        let text = MARK.replace_all(&text, "");
        SPACES.replace_all(&text, " ").into_owned()
    })
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn notes_begin_with_their_kind() {
        for (text, expected) in [
            ("> [!NOTE]\n> Mind this.", "> **Note:** Mind this."),
            (">[!Note]\nLazy.", "> **Note:** Lazy."),
            ("   > [!TIP]\n   > - a", "   > **Tip:**\n   >\n   > - a"),
            ("> [!WARNING] At once.\n> b", "> **Warning:** At once.\n> b"),
            ("> [!NOTE]\n>\n> a", "> **Note:** a"),
            ("> [!NOTE]\n>\n> 1. a", "> **Note:**\n>\n>\n> 1. a"),
            ("> [!NOTE]\n> a\n> [!TIP]\n> b", "> **Note:** a\n>\n> **Tip:** b"),
            ("> [!NOTE]", "> **Note:**"),
            ("> [!Unknown] x", "> [!Unknown] x"),
            ("```\n> [!NOTE]\n```", "```\n> [!NOTE]\n```"),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }

    #[test]
    fn marks_tabs_and_entities_are_read() {
        for (text, expected) in [
            ("> [!div class=\"nextstepaction\"]\n> [a](b)", "> [a](b)"),
            ("> [!VIDEO https://x.y/z]", "> [Video](https://x.y/z)"),
            ("# [Portal](#tab/azure-portal)", "### Portal"),
            ("_A:_ &nbsp; b&nbsp;c `&nbsp;`", "_A:_ b c `&nbsp;`"),
            ("&nbsp;&nbsp;&nbsp;&nbsp; a", "a"),
            ("a\u{a0}b  ", "a b  "),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }
}
