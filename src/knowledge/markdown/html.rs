//! The text in HTML that an author wrote among the Markdown.

use crate::knowledge::text::one_line;

/// Marks where one paragraph ends and the next begins; no text holds this character when it comes here.
const BREAK: char = '\u{1e}';

/// Elements within a sentence: their tags may stand inside of a word.
const WITHIN: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark",
    "q", "s", "samp", "small", "span", "strong", "sub", "sup", "u",
];

/// Elements whose content is not for readers.
const SILENT: [&str; 3] = ["script", "style", "template"];

/// Whether this tag breaks the line.
pub(super) fn is_line_break(tag: &str) -> bool {
    name(tag.trim_start_matches('<')) == "br"
}

/// What a picture's tag says that it shows.
pub(super) fn description(tag: &str) -> Option<String> {
    let tag = tag.trim_start_matches('<');
    let (_, value) = tag.split_once("alt=").filter(|_| name(tag) == "img")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    value.split(quote).nth(1).map(|text| one_line(&decode(text))).filter(|text| !text.is_empty())
}

/// The paragraphs in a piece of HTML.
pub(super) fn paragraphs(html: &str) -> Vec<String> {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = skip_tag(after, &mut text);
    }
    text.push_str(rest);
    let parts = text.split(BREAK).map(|part| one_line(&decode(part)));
    parts.filter(|part| !part.is_empty()).collect()
}

/// Skips what follows a `<`; a `<` that begins no tag is text. Answers what comes after.
fn skip_tag<'h>(after: &'h str, text: &mut String) -> &'h str {
    if let Some(comment) = after.strip_prefix("!--") {
        return comment.split_once("-->").map_or("", |(_, rest)| rest);
    }
    let name = name(after);
    let is_tag = !name.is_empty() || after.starts_with(['!', '?']);
    let Some((tag, rest)) = split_at_end(after).filter(|_| is_tag) else {
        text.push('<');
        return after;
    };
    if SILENT.contains(&name.as_str()) && !after.starts_with('/') {
        return after_end_of(&name, rest);
    }
    match name.as_str() {
        "td" | "th" | "br" => text.push(' '),
        within if WITHIN.contains(&within) => {}
        "img" => text.push_str(&description(tag).unwrap_or_default()),
        _ => text.push(BREAK),
    }
    rest
}

/// A tag and what comes after its `>`; one in the quotes of an attribute is not its end.
fn split_at_end(after: &str) -> Option<(&str, &str)> {
    let (mut quote, mut last) = (None, ' ');
    let end = after.find(|c| {
        match quote {
            Some(open) if c == open => quote = None,
            None if last == '=' && matches!(c, '"' | '\'') => quote = Some(c),
            Some(_) | None => {}
        }
        last = c;
        c == '>' && quote.is_none()
    });
    let (tag, rest) = after.split_at_checked(end.or_else(|| after.find('>'))?)?;
    Some((tag, rest.strip_prefix('>')?))
}

/// What comes after the end tag of an element.
fn after_end_of<'h>(name: &str, mut rest: &'h str) -> &'h str {
    while let Some((_, after)) = rest.split_once("</") {
        rest = after;
        if self::name(after) == name {
            return after.split_once('>').map_or("", |(_, rest)| rest);
        }
    }
    ""
}

/// The name of the tag that begins here, after its `<`.
fn name(tag: &str) -> String {
    let tag = tag.strip_prefix('/').unwrap_or(tag);
    let letters = tag.chars().take_while(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase());
    Some(letters.collect()).filter(|_| tag.starts_with(|c: char| c.is_ascii_alphabetic())).unwrap_or_default()
}

/// The characters that HTML writes by name. `&amp;` comes last, or `&amp;lt;` would be decoded twice.
fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    let names = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&apos;", "'"),
        ("&nbsp;", " "),
        ("&amp;", "&"),
    ];
    names.iter().fold(text.to_owned(), |text, (name, character)| text.replace(name, character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_go_and_text_stays() {
        for (html, expected) in [
            ("<div>one <b>t</b>wo</div>", vec!["one two"]),
            ("<p>one</p>\n<p>two<br/>three", vec!["one", "two three"]),
            ("<tr><td>one</td><td>two</td></tr>", vec!["one two"]),
            ("<!-- never -->one", vec!["one"]),
            ("<script>if (a<b) never()</script><p>one", vec!["one"]),
            ("<style>never", vec![]),
            ("a < b &amp;lt; c &lt; d", vec!["a < b &lt; c < d"]),
            ("<img src=x onerror=never()>", vec![]),
            ("see <img alt='a <b>' src=x> here", vec!["see a <b> here"]),
            ("see <img src=x alt=\"the button\"> here", vec!["see the button here"]),
            ("<", vec!["<"]),
            ("<!--", vec![]),
        ] {
            assert_eq!(paragraphs(html), expected, "{html}");
        }
        assert!(is_line_break("<br>") && is_line_break("<BR/>") && is_line_break("<br />"));
        assert!(!is_line_break("<b>"));
    }
}
