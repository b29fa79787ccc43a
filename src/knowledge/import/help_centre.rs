//! Articles of a Zendesk help centre, as its API and its exports give them.

use serde::Deserialize;
use serde_json::Value;
use url::Url;

use super::report::{Reason, Skipped};

/// One page of a help-centre's articles.
#[derive(Debug, Default)]
pub struct Listing {
    /// The articles, and those that could not be understood.
    pub articles: Vec<Result<Article, Skipped>>,
    /// The address of the next page.
    pub next: Option<String>,
}

/// An article of a help centre.
#[derive(Debug, Clone, Deserialize)]
pub struct Article {
    /// Its number.
    pub id: u64,
    /// Its title.
    #[serde(alias = "name")]
    pub title: Option<String>,
    /// Its text, in HTML.
    pub body: Option<String>,
    /// Where people read it.
    pub html_url: Option<String>,
    /// When it last changed.
    pub updated_at: Option<String>,
    /// Its language.
    pub locale: Option<String>,
    /// Whether it is not published.
    #[serde(default)]
    pub draft: bool,
    /// The words it is to be found by.
    #[serde(default, deserialize_with = "null_is_empty")]
    pub label_names: Vec<String>,
    /// Who may read it; everybody where this is missing.
    pub user_segment_id: Option<u64>,
}

fn null_is_empty<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Export {
    Bare(Vec<Value>),
    Page { articles: Vec<Value>, links: Option<PageLinks>, meta: Option<PageMeta>, next_page: Option<String> },
}

#[derive(Deserialize)]
struct PageLinks {
    next: Option<String>,
}

#[derive(Deserialize)]
struct PageMeta {
    has_more: Option<bool>,
}

impl Listing {
    /// The host that these articles are read at.
    #[must_use]
    pub fn host(&self) -> Option<String> {
        let addresses = self.articles.iter().flatten().filter_map(|article| article.html_url.as_deref());
        addresses.into_iter().find_map(|address| Url::parse(address).ok()?.host_str().map(str::to_owned))
    }
}

/// Reads an export or a page of the API. `source` is what the report calls it.
pub fn parse(source: &str, text: &str) -> Result<Listing, Reason> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let export: Export = serde_json::from_str(text).map_err(|_| {
        Reason::Malformed("it holds neither {\"articles\": […]} nor a list of articles in JSON".to_owned())
    })?;
    let (values, next) = match export {
        Export::Bare(values) => (values, None),
        Export::Page { articles, links, meta, next_page } => {
            // With pages by cursor the last one has a link to an empty page, and says so.
            let last = meta.and_then(|meta| meta.has_more) == Some(false);
            let next = links.and_then(|links| links.next).or(next_page);
            (articles, next.filter(|_| !last))
        }
    };
    let articles = values.into_iter().enumerate().map(|(number, value)| {
        let name = value.get("id").map_or_else(|| format!("#{}", number + 1), Value::to_string);
        serde_json::from_value(value).map_err(|error| {
            Skipped::new(format!("{source}: article {name}"), Reason::Malformed(error.to_string()))
        })
    });
    Ok(Listing { articles: articles.collect(), next })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exports_and_pages_are_read() {
        let one = r#"{"id": 1, "title": "A", "body": null, "label_names": null, "unknown": {}}"#;
        let page = format!(
            r#"{{"articles": [{one}], "links": {{"next": "https://x/2"}}, "meta": {{"has_more": true}}}}"#
        );
        let last = format!(
            r#"{{"articles": [{one}], "links": {{"next": "https://x/3"}}, "meta": {{"has_more": false}}}}"#
        );
        let old = format!(r#"{{"articles": [{one}], "next_page": "https://x/2", "count": 1}}"#);
        for (text, next) in [
            (format!("[{one}]"), None),
            (page, Some("https://x/2")),
            (last, None),
            (old, Some("https://x/2")),
        ] {
            let listing = parse("x.json", &text).unwrap();
            assert_eq!(listing.articles.len(), 1);
            assert_eq!(listing.next.as_deref(), next);
        }
    }

    #[test]
    fn one_bad_article_leaves_the_others() {
        let listing = parse("x.json", r#"[{"id": "x"}, {"id": 2}]"#).unwrap();
        assert!(
            matches!(listing.articles.as_slice(), [Err(bad), Ok(good)] if bad.source.contains("\"x\"") && good.id == 2)
        );
        assert!(parse("x.json", "{}").is_err());
    }
}
