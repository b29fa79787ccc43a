//! Learn's directives for pictures and words within a line: `:::image … alt-text="…":::` becomes its description.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::{
    arguments::Arguments,
    escape,
    lines::{self, outside_code},
};
use crate::knowledge::import::patterns::{group, pattern};

static IMAGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?s)(?<lead>[ \t]*):::\s*image(?<rest>(?:\s*[\w-]+\s*=\s*(?:"[^"]*"|'[^']*'|[^\s":]+))*)\s*(?::::|$)"#,
    )
});
static NO_LOC: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#":::\s*no-loc\s+text\s*=\s*"(?<text>[^"]*)"\s*:::"#));

/// The text with a description in the place of every picture.
pub(super) fn convert(text: &str) -> String {
    if !text.contains(":::") {
        return text.to_owned();
    }
    let mut out: Vec<String> = Vec::new();
    let mut lines = lines::of(text).into_iter().peekable();
    while let Some(line) = lines.next() {
        if line.code || !line.text.contains(":::") {
            out.push(line.text.to_owned());
            continue;
        }
        let mut joined = line.text.to_owned();
        // A directive may be spread over lines.
        while unfinished(&joined) && lines.peek().is_some_and(|next| !next.code && !next.is_blank()) {
            joined.push(' ');
            joined.push_str(lines.next().map_or("", |next| next.text).trim());
        }
        let described = outside_code(&joined, |text| {
            let text = IMAGE.replace_all(text, |found: &Captures<'_>| description(found, text));
            NO_LOC
                .replace_all(&text, |found: &Captures<'_>| escape::inline(group(found, "text")))
                .into_owned()
        });
        // A picture without a description leaves its place to the sentence after it, which may stand in a list only
        // because the picture does.
        let follows = lines.next_if(|next| {
            described.trim().is_empty()
                && !next.code
                && next.text.trim_start().starts_with(char::is_alphabetic)
        });
        let indent = joined.get(..joined.len() - joined.trim_start().len()).unwrap_or_default();
        out.push(follows.map_or(described, |next| format!("{indent}{}", next.text.trim_start())));
    }
    out.join("\n")
}

/// What a picture says, or nothing; then the space before it goes too, unless it is a line's indentation.
fn description(found: &Captures<'_>, text: &str) -> String {
    let lead = group(found, "lead");
    let (start, end) = found.get(0).map_or((0, 0), |all| (all.start(), all.end()));
    let follows = text.get(end..).and_then(|rest| rest.chars().next());
    match Arguments::parse(group(found, "rest")).first(&["alt-text", "alt"]) {
        Some(alt) => format!("{lead}{}", escape::inline(alt)),
        None if start > 0 && follows.is_none_or(|c| matches!(c, ' ' | ',' | '.' | ';' | ':' | ')')) => {
            String::new()
        }
        None => lead.to_owned(),
    }
}

/// Whether a picture's directive began and its closing colons are yet to come.
fn unfinished(line: &str) -> bool {
    line.rfind(":::image").or_else(|| line.rfind("::: image")).is_some_and(|at| {
        let directive = line.get(at + 3..).unwrap_or_default();
        !directive.contains(":::") && directive.contains("source") != directive.contains("alt-text")
    })
}

#[cfg(test)]
mod tests {
    use super::convert;

    #[test]
    fn pictures_become_their_descriptions() {
        for (text, expected) in [
            (
                r#"   :::image type="content" source="a.png" alt-text="A *b*." lightbox="c.png":::"#,
                r"   A \*b\*.",
            ),
            (r#"Press :::image type="icon" source="a.png" border="false"::: now"#, "Press now"),
            (r#":::image source="a.png" alt-text="A."lightbox="c.png":::"#, "A."),
            (":::image type=\"content\" source=\"a.png\"\n alt-text=\"A: b\":::", "A: b"),
            (
                ":::image type=\"complex\" source=\"a\" alt-text=\"A\":::\n   Long.\n:::image-end:::",
                "A\n   Long.\n:::image-end:::",
            ),
            ("1. a\n\n   :::image source=\"a.png\":::\nLazy.", "1. a\n\n   Lazy."),
            ("2 ::::no-loc text=\"テスト\":::", "2 :テスト"),
            ("```\n:::image alt-text=\"a\":::\n```", "```\n:::image alt-text=\"a\":::\n```"),
        ] {
            assert_eq!(convert(text), expected, "{text}");
        }
    }
}
