//! What a document says about itself before its text begins.

use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;
use url::Url;

use super::{date, front_matter::Fields, ids, kb, patterns::pattern, report::Note};
use crate::domain::ArticleId;

/// The names of sites that titles end in.
static SITE: LazyLock<Regex> = LazyLock::new(|| pattern(r"\s*[|–—]\s*Microsoft\s+(?:Learn|Docs?)\s*$"));

/// What is known about a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Meta {
    /// Its title.
    pub title: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// When it last changed.
    pub updated: Option<NaiveDate>,
    /// Words it is to be found by.
    pub keywords: Vec<String>,
    /// Names it had before.
    pub aliases: Vec<String>,
    /// Paths on its own site that lead to it.
    pub paths: Vec<String>,
    /// Its address.
    pub url: Option<Url>,
    /// Its language.
    pub language: Option<String>,
    /// Its number, where it has one.
    pub number: Option<ArticleId>,
    /// Whether it is not to be published.
    pub draft: bool,
}

impl Meta {
    /// Reads front matter.
    pub(super) fn of(fields: &Fields, notes: &mut Vec<Note>) -> Self {
        if fields.loose {
            notes.push(Note::LooseFrontMatter);
        }
        let own_id = fields.text(&["id"]);
        let paths = fields.list(&["slug", "permalink", "redirect_from", "aliases", "redirects", "url"]);
        let mut meta = Self {
            title: fields
                .text(&["title", "pagetitle", "linktitle"])
                .map(title)
                .filter(|title| !title.is_empty()),
            description: fields.text(&["description", "summary", "excerpt"]).map(str::to_owned),
            keywords: fields.list(&["keywords", "tags", "categories"]),
            language: fields.text(&["language", "lang", "locale"]).map(str::to_owned),
            number: own_id.and_then(|id| ArticleId::parse(id).ok()).filter(ArticleId::is_numbered),
            url: fields.text(&["canonical_url", "canonical", "url"]).and_then(address),
            draft: fields.is_true("draft") || fields.is_false("published"),
            ..Self::default()
        };
        if let Some(text) =
            fields.text(&["ms.date", "last_modified_at", "lastmod", "updated", "last_update", "date"])
        {
            meta.updated = date::parse(text);
            if meta.updated.is_none() {
                notes.push(Note::UnknownDate(text.to_owned()));
            }
        }
        meta.aliases.extend(paths.iter().chain(&own_id.map(str::to_owned)).filter_map(|path| alias(path)));
        for field in
            ["kb", "kbs", "kbnumber", "kb_number", "kb-number", "kbid", "kb_id", "original_kb", "ms.kb"]
        {
            meta.aliases.extend(fields.list(&[field]).iter().flat_map(|text| kb::all(text)));
        }
        meta.aliases
            .extend(fields.list(&["ms.custom", "keywords", "tags"]).iter().flat_map(|text| kb::named(text)));
        meta.paths = paths.into_iter().filter(|path| path.starts_with('/')).collect();
        meta
    }
}

/// A title without the name of the site.
pub(super) fn title(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    SITE.replace(&text, "").into_owned()
}

fn address(text: &str) -> Option<Url> {
    Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https"))
}

/// An old path or id, as it may be looked up: `/old/page.html` is `old-page`.
fn alias(text: &str) -> Option<String> {
    let text = text.trim();
    if text.is_empty() || text == "/" {
        return None;
    }
    let id = match (address(text), ArticleId::parse(text)) {
        (Some(url), _) => ids::of_url(&url),
        (None, Ok(id)) => id,
        (None, Err(_)) => ids::of_path(text.trim_matches('/')),
    };
    Some(id.into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::import::front_matter;

    #[test]
    fn front_matter_of_several_flavours_is_understood() {
        let mut notes = Vec::new();
        let text = "---\ntitle: A b | Microsoft Learn\nms.date: 03/22/2022\nslug: /old/page/\nredirect_from: [/x.html]\n\
                    id: my-doc\nkb: 12345\nms.custom: sap:x, KB3177312\ntags: a, b\npublished: false\n---\n";
        let (fields, _) = front_matter::split(text);
        let meta = Meta::of(&fields.unwrap(), &mut notes);
        assert_eq!(meta.title.as_deref(), Some("A b"));
        assert_eq!(meta.updated, NaiveDate::from_ymd_opt(2022, 3, 22));
        assert_eq!(meta.aliases, ["old-page", "x", "my-doc", "KB12345", "KB3177312"]);
        assert_eq!(meta.paths, ["/old/page/", "/x.html"]);
        assert_eq!(meta.keywords, ["a", "b"]);
        assert!(meta.draft && notes.is_empty());
    }
}
