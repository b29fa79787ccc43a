//! The tags of HTML inside Markdown, and what each says to a reader.

use std::sync::LazyLock;

use regex::Regex;

use super::arguments::Arguments;
use crate::knowledge::import::patterns::{group, pattern};

/// A tag with whatever stands inside it.
pub(super) static TAG: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"<(?<close>/?)(?<name>[A-Za-z][A-Za-z0-9:._-]*)(?<rest>(?:\s(?:"[^"]*"|'[^']*'|[^<>"'])*)?)/?>"#,
    )
});

/// What a tag means to a reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A new line.
    Break,
    /// Bold.
    Strong,
    /// Italic.
    Emphasis,
    /// A word of code.
    Code,
    /// A link, or a place that links lead to.
    Anchor,
    /// A picture.
    Image,
    /// A film.
    Film,
    /// A raised number.
    Raised,
    /// A block that holds others: paragraphs, boxes.
    Block,
    /// What is shown of a part that can be opened.
    Summary,
    /// An item of a list.
    Item,
    /// Lists, tables, headings: only a parser of HTML reads them right.
    Structure,
    /// Programs and styles: not even their content is for readers.
    Hidden,
    /// HTML that says nothing to a reader.
    Silent,
    /// No HTML: a placeholder such as `<server name>`, which a reader has to see.
    Unknown,
}

const KINDS: [(Kind, &[&str]); 13] = [
    (Kind::Break, &["br"]),
    (Kind::Strong, &["b", "strong", "kbd"]),
    (Kind::Emphasis, &["i", "em", "cite", "dfn"]),
    (Kind::Code, &["code", "samp", "tt"]),
    (Kind::Anchor, &["a"]),
    (Kind::Image, &["img"]),
    (Kind::Film, &["iframe", "video"]),
    (Kind::Raised, &["sup"]),
    (
        Kind::Block,
        &["p", "div", "details", "section", "center", "figure", "article", "aside", "hr", "dd", "main"],
    ),
    (Kind::Summary, &["summary", "figcaption", "dt"]),
    (Kind::Item, &["li"]),
    (
        Kind::Structure,
        &[
            "table",
            "thead",
            "tbody",
            "tfoot",
            "tr",
            "td",
            "th",
            "caption",
            "colgroup",
            "col",
            "ul",
            "ol",
            "dl",
            "pre",
            "blockquote",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
        ],
    ),
    (
        Kind::Silent,
        &["span", "font", "u", "ins", "del", "s", "strike", "sub", "small", "big", "abbr", "wbr", "nobr"],
    ),
];
/// Names that HTML knows and that placeholders are called by as well: `<time>`, `<data>`, `<source>`.
const EITHER: [&str; 30] = [
    "time", "data", "source", "object", "address", "label", "form", "option", "select", "input", "title",
    "link", "meta", "base", "map", "area", "param", "var", "mark", "nav", "header", "footer", "button",
    "audio", "svg", "path", "noscript", "body", "html", "head",
];

/// A tag as it was written.
#[derive(Debug)]
pub(super) struct Tag<'a> {
    /// In lower case.
    pub name: String,
    /// Whether it closes what an earlier one opened.
    pub closes: bool,
    /// What it means.
    pub kind: Kind,
    rest: &'a str,
}

impl<'a> Tag<'a> {
    /// Reads a tag that fills `text`.
    pub(super) fn parse(text: &'a str) -> Option<Self> {
        let found =
            TAG.captures(text).filter(|found| found.get(0).is_some_and(|all| all.len() == text.len()))?;
        Some(Self::read(&found))
    }

    /// Reads a match of [`TAG`].
    pub(super) fn read(found: &regex::Captures<'a>) -> Self {
        let (name, rest) = (group(found, "name").to_ascii_lowercase(), group(found, "rest"));
        let kind = kind(&name, rest);
        Self { name, closes: group(found, "close") == "/", kind, rest }
    }

    /// The value of an attribute, unless it is empty.
    pub(super) fn attribute(&self, name: &str) -> Option<&'a str> {
        Arguments::parse(self.rest).first(&[name])
    }
}

fn kind(name: &str, rest: &str) -> Kind {
    if name == "script" || name == "style" {
        return Kind::Hidden;
    }
    let known = KINDS.iter().find(|(_, names)| names.contains(&name)).map(|(kind, _)| *kind);
    // `<a value>` and `<code number>` are placeholders: attributes of real tags have values.
    let placeholder = !rest.trim_matches(['/', ' ', '\t', '\n']).is_empty() && !rest.contains('=');
    match known {
        Some(kind) if !placeholder || name == "details" || name == "video" || name == "iframe" => kind,
        None if EITHER.contains(&name) && rest.contains('=') => Kind::Silent,
        Some(_) | None => Kind::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_told_from_placeholders() {
        for (text, kind) in [
            ("<br/>", Kind::Break),
            ("</B>", Kind::Strong),
            ("<a id=\"x\">", Kind::Anchor),
            ("<a value>", Kind::Unknown),
            ("<details open>", Kind::Block),
            ("<servername>", Kind::Unknown),
            ("<time>", Kind::Unknown),
            ("<time datetime=\"1\">", Kind::Silent),
            ("<EventID Qualifiers='0'>", Kind::Unknown),
        ] {
            assert_eq!(Tag::parse(text).map(|tag| tag.kind), Some(kind), "{text}");
        }
        assert!(Tag::parse("<a b").is_none());
        assert_eq!(Tag::parse("<img alt='A > b' src=x>").unwrap().attribute("ALT"), Some("A > b"));
    }
}
