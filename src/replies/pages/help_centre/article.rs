//! What stands around an article on its page.

use chrono::{DateTime, NaiveDate, Utc};

use crate::chat::Choice;
use crate::domain::{About, Article, Block, Span, TimeStyle};
use crate::replies::Locale;
use crate::replies::guides::{self, Walkable, Ways};
use crate::replies::pages::{CHAT, Page};
use crate::replies::words::{plain, quoted, shortened};

/// The most characters of what somebody says of an article.
pub const MOST_REASON: usize = 500;
/// How much of an article says what it is about, in characters.
const MOST_ABOUT: usize = 200;

/// What can be done with an article, or with a part of it.
#[must_use]
pub fn ways(locale: Locale, about: &About, ways: Ways) -> Vec<Choice> {
    guides::ways(locale, about, ways)
}

/// The same of one of its passages.
#[must_use]
pub fn walk(locale: Locale, about: &About, walkable: Walkable) -> Vec<Choice> {
    guides::ways(locale, about, Ways { walkable, here: None })
}

/// What a button does, where several on a page say the same.
#[must_use]
pub fn walk_of(locale: Locale, label: &str, heading: &str) -> String {
    let Locale::English = locale;
    format!("{label}: {heading}")
}

/// What it is about: the beginning of its text.
#[must_use]
pub fn about(locale: Locale, article: &Article) -> String {
    let Locale::English = locale;
    let mut blocks = article.passages.iter().flat_map(|passage| &passage.blocks);
    let mut text = String::new();
    if let Some(paragraph) = blocks.find(|block| matches!(block, Block::Paragraph(_))) {
        paragraph.write_text(&mut text);
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() { article.about.title.clone() } else { shortened(&text, MOST_ABOUT) }
}

/// What its list of sections is called.
#[must_use]
pub const fn contents(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Contents"
}

/// When it changed.
#[must_use]
pub fn updated(locale: Locale, date: NaiveDate) -> String {
    let Locale::English = locale;
    format!("Updated {}", super::day(locale, date))
}

/// Leads to the original.
#[must_use]
pub const fn original(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Original"
}

/// Where it comes from, under which terms.
#[must_use]
pub fn source(locale: Locale, source: &str) -> String {
    let Locale::English = locale;
    format!("Source: {source}")
}

/// The heading of the articles that its reader may need next.
#[must_use]
pub const fn related(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Related articles"
}

/// Asks for a vote.
#[must_use]
pub const fn helpful(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Was this helpful?"
}

/// It was.
#[must_use]
pub const fn yes(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Yes"
}

/// It was not.
#[must_use]
pub const fn no(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "No"
}

/// Asks why.
#[must_use]
pub const fn reason(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Why? (optional)"
}

/// What becomes of it.
#[must_use]
pub const fn reason_hint(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Whoever looks after the article reads it. Leave out names and passwords."
}

/// What somebody said of an article is kept.
#[must_use]
pub fn noted(locale: Locale, about: &About, path: &str, helpful: bool, is_masked: bool) -> Page {
    let Locale::English = locale;
    let title = quoted(&about.title);
    let page = if helpful {
        Page::of("Good to hear", &format!("It is noted that {title} helped."))
    } else {
        Page::of("It is noted", &format!("{title} did not help. The desk can look for something else with you, or bring you to a person."))
            .link(CHAT, "Ask the desk")
    };
    let page = if is_masked {
        page.says(
            "What looked like a password was taken out of what you wrote. If it is one, choose another one.",
        )
    } else {
        page
    };
    page.link(path, "Back to the article")
}

/// Too much was said from where they are.
#[must_use]
pub fn too_often(locale: Locale, path: &str, at: DateTime<Utc>) -> Page {
    let Locale::English = locale;
    let mut spans = plain("A lot was said about articles from where you are. It is possible again ");
    spans.push(Span::Time { at, style: TimeStyle::Moment });
    spans.extend(plain("."));
    Page { title: "That was not noted".to_owned(), ..Page::default() }
        .wrong(spans)
        .link(path, "Back to the article")
}

/// No article has this name.
#[must_use]
pub fn no_such(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "There is no such article"
}

/// What to do then.
#[must_use]
pub fn no_such_about(locale: Locale, name: &str) -> String {
    let Locale::English = locale;
    format!(
        "No article is called {}. It may have been taken back, or the address is not whole. Searching for it may find what took its place.",
        quoted(name)
    )
}

/// The list of all articles, as a way to go.
#[must_use]
pub const fn all(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "All articles"
}
