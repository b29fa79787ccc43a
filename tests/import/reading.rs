//! What tests look at in Markdown: its words, its code, its links.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    sync::LazyLock,
};

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use regex::Regex;

/// What a reader meets in a text.
#[derive(Debug, Default)]
pub struct Reading {
    /// Words outside code, in lower case.
    pub words: BTreeSet<String>,
    /// Code blocks, each as it is.
    pub code: Vec<String>,
    /// Where links lead.
    pub links: Vec<String>,
    /// Headings of the first level.
    pub titles: usize,
    /// HTML that is left.
    pub html: Vec<String>,
}

/// Reads Markdown as the desk does.
pub fn read(markdown: &str) -> Reading {
    let mut reading = Reading::default();
    let mut text = String::new();
    let mut code: Option<String> = None;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::CodeBlock(_)) => code = Some(String::new()),
            Event::End(TagEnd::CodeBlock) => {
                reading.code.extend(code.take());
                text.push(' ');
            }
            Event::Start(Tag::Link { link_type, dest_url, .. }) => {
                if !matches!(link_type, LinkType::Email) {
                    reading.links.push(dest_url.into_string());
                }
                text.push(' ');
            }
            Event::Start(Tag::Heading { level: HeadingLevel::H1, .. }) => reading.titles += 1,
            Event::Html(html) | Event::InlineHtml(html) => {
                reading.html.push(html.into_string());
                text.push(' ');
            }
            Event::Text(part) | Event::Code(part) => match &mut code {
                Some(code) => code.push_str(&part),
                None => text.push_str(&part),
            },
            Event::SoftBreak | Event::HardBreak | Event::Rule => text.push(' '),
            Event::Start(tag) if !matches!(tag, Tag::Emphasis | Tag::Strong) => text.push(' '),
            _ => {}
        }
    }
    reading.words = words(&text).collect();
    reading
}

/// The words of a text, in lower case.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

static PICTURE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?s):::\s?image\b[^\n]*?:::").unwrap());
static DESCRIPTION: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#"alt-text="([^"]*)""#).unwrap());
static NO_LOC: LazyLock<Regex> = LazyLock::new(|| Regex::new(r#":::no-loc text="([^"]*)":::"#).unwrap());
static INCLUDE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\[!INCLUDE\s*\[([^\]]*)\]\([^)]*\)\]").unwrap());
static MARK: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\[!(?:div|VIDEO)[^\]]*\]|<xref:[^>]*>").unwrap());
static NUMBER: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?m)^[*_]*(?:Original )?KB number:.*$").unwrap());

/// A body of Microsoft Learn without the syntax that no reader sees.
pub fn as_learn_shows_it(body: &str) -> String {
    let body = PICTURE.replace_all(body, |found: &regex::Captures<'_>| {
        DESCRIPTION.captures(&found[0]).map_or_else(String::new, |found| found[1].to_owned())
    });
    let body = NO_LOC.replace_all(&body, "$1");
    let body = INCLUDE.replace_all(&body, "$1");
    let body = MARK.replace_all(&body, "");
    NUMBER.replace_all(&body, "").into_owned()
}

static TERMINAL: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\x1b(\[[0-9;]*m|%G)").unwrap());

/// The articles of a folder by their ids.
pub fn articles(folder: &Path) -> BTreeMap<String, String> {
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            (path.file_stem().unwrap().to_string_lossy().into_owned(), fs::read_to_string(path).unwrap())
        })
        .collect()
}

/// Everything a reader saw is still there, code to the letter, and nothing is left that the desk can't show.
pub fn compare(
    name: &str,
    source: &str,
    article: &str,
    files: &BTreeMap<String, String>,
    faults: &mut Vec<String>,
) {
    // Colours of terminals are taken out on purpose.
    let source = TERMINAL.replace_all(source, "").replace("\r\n", "\n");
    let (front, body) = halves(article, "+++");
    front.parse::<toml::Table>().unwrap();
    let now = read(body);
    let (_, original) = halves(&source, "---");
    let before = read(&as_learn_shows_it(original));

    let all: BTreeSet<String> = words(front).chain(now.words).collect();
    let lost: Vec<&String> = before.words.iter().filter(|word| !all.contains(*word)).collect();
    if !lost.is_empty() {
        faults.push(format!("{name}: lost {lost:?}"));
    }
    if now.titles > 0 || !now.html.is_empty() {
        faults.push(format!("{name}: {} titles, HTML {:?}", now.titles, now.html));
    }
    for code in before.code.iter().filter(|code| !now.code.contains(code)) {
        faults.push(format!("{name}: changed code {code:?}"));
    }
    for link in &now.links {
        let elsewhere =
            ["http://", "https://", "mailto:"].iter().any(|scheme| link.to_lowercase().starts_with(scheme));
        if !elsewhere && !files.contains_key(link) {
            faults.push(format!("{name}: dead link {link}"));
        }
    }
}

/// The front matter and the body of a file.
pub fn halves<'a>(text: &'a str, fence: &str) -> (&'a str, &'a str) {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.find('\n').unwrap() + 1;
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == fence {
            return (&text[start..at], &text[at + line.len()..]);
        }
        at += line.len();
    }
    panic!("no end of the front matter");
}
