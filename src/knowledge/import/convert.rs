//! A document becomes the file of an article.

use std::collections::HashSet;

use super::{
    aliases::{Aliases, Taken},
    document::{Body, Document},
    links::Targets,
    markdown,
    native::{self, Front, Stamp},
    report::{Links, Note, Reason},
};
use crate::domain::ArticleId;

/// The file of an article, and what happened on the way.
#[derive(Debug)]
pub struct Converted {
    /// Front matter and Markdown.
    pub text: String,
    /// What became of its links.
    pub links: Links,
    /// What to know about it.
    pub notes: Vec<Note>,
}

/// Words that descriptions are made of and that say nothing about the subject.
const PHRASES: [&str; 64] = [
    "about",
    "address",
    "addresses",
    "after",
    "apply",
    "around",
    "article",
    "articles",
    "behavior",
    "causes",
    "common",
    "describe",
    "describes",
    "design",
    "discusses",
    "error",
    "errors",
    "explains",
    "fails",
    "fixes",
    "following",
    "from",
    "general",
    "guidance",
    "guide",
    "helps",
    "information",
    "introduces",
    "issue",
    "issues",
    "known",
    "learn",
    "make",
    "message",
    "method",
    "methods",
    "occur",
    "occurs",
    "options",
    "problem",
    "problems",
    "provided",
    "provides",
    "receive",
    "related",
    "resolution",
    "resolutions",
    "resolve",
    "resolves",
    "scenario",
    "scenarios",
    "solution",
    "solutions",
    "solve",
    "some",
    "steps",
    "that",
    "this",
    "used",
    "when",
    "where",
    "which",
    "workaround",
    "works",
];

/// Converts a document to the article `id`, with its links led by `targets`. Its old names are claimed in `aliases`.
pub fn convert<'a>(
    document: &Document,
    id: &'a ArticleId,
    targets: &Targets,
    aliases: &mut Aliases<'a>,
    stamp: &Stamp,
) -> Result<Converted, Reason> {
    let mut links = Links::default();
    let mut notes = document.notes.clone();
    let mut resolve = |link: &str| targets.resolve(id, &document.place, link, &mut links);
    let body = match &document.body {
        Body::Flavoured { text, components } => {
            let from = document.tree.as_deref().zip(document.place.path.as_deref());
            markdown::convert(text, from, *components, &mut notes, &mut resolve)
        }
        Body::Plain(text) => markdown::finish(text, &mut resolve),
    };
    let meta = &document.meta;
    let title = meta.title.clone().or_else(|| body.title.clone()).unwrap_or_else(|| readable(&document.key));
    let mut keywords = meta.keywords.clone();
    // Readers know the page by its heading too.
    keywords.extend(body.title.clone().filter(|heading| !same(heading, &title)));
    let text = match meta.description.as_deref().map(|text| (text, news(text, &title, &body.text))) {
        Some((description, News::Much)) => format!("{}\n\n{}", markdown::escaped(description), body.text),
        Some((_, News::Words(words))) => {
            keywords.extend(words);
            body.text
        }
        None => body.text,
    };
    if text.trim().is_empty() {
        return Err(Reason::Empty);
    }
    let mut names = Vec::new();
    for alias in meta.aliases.iter().cloned().chain(body.numbers).filter(|alias| alias != id.as_str()) {
        // An alias that is an article's id would lead to two places.
        match if targets.has_id(&alias) { Err(Taken::ById) } else { aliases.claim(&alias, id) } {
            Ok(()) => names.push(alias),
            Err(Taken::ById) => {}
            Err(Taken::ByAlias(owner)) => {
                notes.push(Note::SharedAlias { alias: alias.clone(), owner: owner.clone() });
                // Whoever looks for it finds this article too.
                keywords.push(alias);
            }
        }
    }
    let (kind, form) = native::kind(stamp.kind);
    let front = Front {
        id,
        title: &title,
        kind,
        form,
        product: stamp.product.as_ref(),
        keywords: distinct(keywords),
        aliases: distinct(names),
        url: meta.url.as_ref().map(url::Url::as_str),
        updated: meta.updated.and_then(native::date),
        language: meta.language.as_deref().map_or_else(|| "en".to_owned(), language),
        source: stamp.source.as_deref(),
    };
    let text = native::write(&front, &text).map_err(|error| Reason::Malformed(error.to_string()))?;
    Ok(Converted { text, links, notes })
}

/// What a description says that the article does not.
#[derive(Debug, PartialEq, Eq)]
enum News {
    /// So much that it belongs into the article.
    Much,
    /// These words, few or none.
    Words(Vec<String>),
}

/// Most descriptions are the first sentence once more, and nobody wants to read that twice. The words that they add are
/// kept as keywords; where they say something else, they open the article.
fn news(description: &str, title: &str, body: &str) -> News {
    let known: HashSet<String> = words(&format!("{title} {body}")).collect();
    let telling = |word: &String| word.chars().count() > 3 && !PHRASES.contains(&word.as_str());
    let said: HashSet<String> = words(description).filter(telling).collect();
    let new: Vec<String> = words(description).filter(|word| telling(word) && !known.contains(word)).collect();
    if new.len() * 4 > said.len() { News::Much } else { News::Words(new) }
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

fn same(one: &str, other: &str) -> bool {
    words(one).eq(words(other))
}

/// In order, trimmed, each once in whatever case.
fn distinct(texts: Vec<String>) -> Vec<String> {
    let mut seen = HashSet::new();
    texts
        .into_iter()
        .map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|text| !text.is_empty() && seen.insert(text.to_lowercase()))
        .collect()
}

/// The title that a file's name makes.
fn readable(key: &str) -> String {
    let page = super::paths::page(key.trim_end_matches('/'));
    let name = page.rsplit('/').next().unwrap_or(page).replace(['-', '_'], " ");
    let mut letters = name.trim().chars();
    letters
        .next()
        .map_or_else(|| "Untitled".to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// A language tag in its usual spelling: `en-us` is `en-US`. What is no tag counts for nothing.
fn language(tag: &str) -> String {
    let tag = tag.trim().replace('_', "-");
    let (main, region) =
        tag.split_once('-').map_or((tag.as_str(), None), |(main, region)| (main, Some(region)));
    let region = region.filter(|region| region.len() == 2 && region.bytes().all(|b| b.is_ascii_alphabetic()));
    if !(2..=3).contains(&main.len()) || !main.bytes().all(|b| b.is_ascii_alphabetic()) {
        return "en".to_owned();
    }
    let main = main.to_lowercase();
    region.map_or_else(|| main.clone(), |region| format!("{main}-{}", region.to_uppercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_description_opens_the_article_when_it_says_something_new() {
        let body = "How a network printer is installed on a computer.";
        let told = |description| news(description, "Printers", body);
        assert_eq!(told("Describes how a printer is installed."), News::Words(vec![]));
        assert_eq!(
            told("Learn how network printers are installed on computer desks, and a printer."),
            News::Words(vec!["desks".to_owned()])
        );
        assert_eq!(told("Find the drivers of old scanners."), News::Much);
    }

    #[test]
    fn names_become_titles_and_tags_are_spelt_as_usual() {
        assert_eq!(readable("docs/reset_your-password.md"), "Reset your password");
        for (tag, expected) in
            [("en-us", "en-US"), ("DE", "de"), ("pt_BR", "pt-BR"), ("zh-Hant", "zh"), ("English", "en")]
        {
            assert_eq!(language(tag), expected);
        }
    }
}
