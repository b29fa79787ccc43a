//! What is said when somebody asks for an article.

use chrono::NaiveDate;

use crate::chat::{Reply, ReplyBlock};
use crate::domain::{About, Article, Span};

use super::card::{also, card, rest};
use super::excerpt::Rest;
use super::guides::{self, Ways};
use super::opening::opening;
use super::words::{paragraph, quoted};
use super::{Locale, choices};

/// An article from its beginning, as far as a screen reaches.
#[must_use]
pub fn article(locale: Locale, article: &Article, related: &[&About], ways: Ways) -> Reply {
    let (sections, left_out) = opening(&article.passages, usize::MAX);
    let mut reply = Reply::default();
    let is_all = sections.len() == article.passages.len() && left_out == Rest::Nothing;
    reply.choices.extend(guides::ways(locale, &article.about, ways));
    reply.blocks.push(card(locale, &article.about, sections));
    if is_all {
        reply.blocks.extend(origin(locale, &article.about));
    } else {
        reply.blocks.extend(rest(locale, &left_out));
        reply.choices.push(choices::whole(locale, &article.about.id));
    }
    reply.blocks.extend(also(locale, related.iter().copied()));
    reply
}

/// All of an article.
#[must_use]
pub fn whole(locale: Locale, article: &Article, related: &[&About], ways: Ways) -> Reply {
    let choices = guides::ways(locale, &article.about, ways);
    let mut blocks = vec![card(locale, &article.about, article.passages.clone())];
    blocks.extend(origin(locale, &article.about));
    blocks.extend(also(locale, related.iter().copied()));
    Reply { blocks, choices, ..Reply::default() }
}

/// When the article was last changed, and where the original is.
fn origin(locale: Locale, about: &About) -> Option<ReplyBlock> {
    let Locale::English = locale;
    let date = about.updated.map(|date| updated(locale, date));
    let link = about.url.as_ref().map(|url| Span::Link { text: url.clone(), url: url.clone() });
    let mut spans: Vec<Span> = date.into_iter().map(Span::Plain).collect();
    if let Some(link) = link {
        let before = if spans.is_empty() { "Original: " } else { " Original: " };
        spans.extend([Span::Plain(before.to_owned()), link]);
    }
    (!spans.is_empty()).then_some(ReplyBlock::Paragraph(spans))
}

/// When an article was last changed.
#[must_use]
pub fn updated(locale: Locale, date: NaiveDate) -> String {
    let Locale::English = locale;
    format!("Updated {}.", day(locale, date))
}

/// Articles carry a date without a time, so no reader's zone changes it.
fn day(locale: Locale, date: NaiveDate) -> String {
    let Locale::English = locale;
    date.format("%-d %B %Y").to_string()
}

/// No article has this name.
#[must_use]
pub fn unknown(locale: Locale, name: &str) -> Reply {
    let Locale::English = locale;
    let looks_like = "Article numbers look like CTX120355, in any spelling.";
    let is_number = name.bytes().any(|b| b.is_ascii_digit()) && !name.contains(' ');
    let mut choices = Vec::new();
    let text = if is_number {
        format!(
            "I have no article {}. {looks_like} A question in your own words works as well.",
            quoted(name)
        )
    } else {
        choices.push(choices::search_for(locale, name));
        format!("{} is not the name of an article. {looks_like}", quoted(name))
    };
    Reply { blocks: vec![paragraph(text)], choices, ..Reply::default() }
}

/// The article that a button leads to is no longer there.
#[must_use]
pub fn gone(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text =
        "That article is no longer here. Ask your question again, and I'll look for what took its place.";
    Reply { blocks: vec![paragraph(text)], ..Reply::default() }
}

/// "The whole article", but none was shown.
#[must_use]
pub fn none_shown(locale: Locale) -> Reply {
    let Locale::English = locale;
    let text =
        "No article has been shown in this conversation yet. Name one by its number, for example CTX120355.";
    Reply { blocks: vec![paragraph(text)], choices: vec![choices::help(locale)], ..Reply::default() }
}
