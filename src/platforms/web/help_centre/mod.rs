//! The help centre: all articles, each on a page of its own, and the search. Its pages are the same for everybody.

mod article;
mod contents;
mod feed;
mod helpful;
mod list;
mod made;
mod search;
mod site_map;
mod xml;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::{Markup, html};
use url::form_urlencoded;

use crate::domain::{Digest, Product, Shelf};
use crate::replies::Locale;
use crate::replies::pages::help_centre as words;

use super::Web;
pub use made::Made;

const HTML: &str = "text/html; charset=utf-8";

/// The same pages with those of the help centre.
pub fn routes(router: Router<Web>) -> Router<Web> {
    router
        .route(words::ARTICLES, get(list::show))
        .route("/a/{id}", get(article::show))
        .route("/a/{id}/helpful", post(helpful::say))
        .route(words::SEARCH, get(search::show))
        .route(words::FEED, get(feed::show))
        .route(words::SITE_MAP, get(site_map::show))
        .route("/sitemap/{part}", get(site_map::part))
        .route(words::ROBOTS, get(site_map::robots))
}

/// Something that is the same for everybody. Browsers keep it, and ask each time whether it still is; its name is made of its text, so a
/// new article or a new version of the desk makes another one.
fn for_all(asked: &HeaderMap, media: &'static str, text: impl AsRef<str>) -> Response {
    let text = text.as_ref();
    // Weak: compressed, it has other bytes.
    let tag = format!("W/\"{}\"", Digest::of(text));
    let known = asked.get_all(IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    let is_known = known.flat_map(|tags| tags.split(',')).any(|known| {
        let known = known.trim();
        known == "*" || known == tag || tag.strip_prefix("W/") == Some(known)
    });
    let mut headers = HeaderMap::new();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media));
    // A digest's letters fit.
    headers.extend(HeaderValue::from_str(&tag).map(|tag| (ETAG, tag)));
    if is_known {
        headers.remove(CONTENT_TYPE);
        return (StatusCode::NOT_MODIFIED, headers).into_response();
    }
    (headers, text.to_owned()).into_response()
}

/// What an address asks for behind its question mark. Whatever stands there can be read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
struct Asked {
    query: String,
    product: String,
    kind: String,
    page: usize,
}

impl Asked {
    fn read(raw: Option<&str>) -> Self {
        let mut asked = Self { page: 1, ..Self::default() };
        for (name, value) in form_urlencoded::parse(raw.unwrap_or_default().as_bytes()) {
            match name.as_ref() {
                words::QUERY => asked.query = value.into_owned(),
                words::PRODUCT => asked.product = value.into_owned(),
                words::KIND => asked.kind = value.into_owned(),
                words::PAGE => asked.page = value.parse().unwrap_or(1).max(1),
                _ => {}
            }
        }
        asked
    }

    /// How long all of it is, in bytes.
    fn length(&self) -> usize {
        self.query.len() + self.product.len() + self.kind.len()
    }

    /// What the choices mean: the product, the kind, and a name that is neither's.
    fn limits<'a>(&'a self, products: &'a [Product]) -> Limits<'a> {
        let product = Some(self.product.as_str()).filter(|name| !name.is_empty());
        let kind = Some(self.kind.as_str()).filter(|name| !name.is_empty());
        let found = product.and_then(|name| Product::find(products, name));
        let of_kind = kind.and_then(Shelf::parse);
        let unknown = product.filter(|_| found.is_none()).or(kind.filter(|_| of_kind.is_none()));
        Limits { product: found, shelf: of_kind, unknown }
    }
}

/// Which articles are wanted.
#[derive(Debug, Clone, Copy)]
struct Limits<'a> {
    product: Option<&'a Product>,
    shelf: Option<Shelf>,
    unknown: Option<&'a str>,
}

impl Limits<'_> {
    fn is_any(self) -> bool {
        self.product.is_some() || self.shelf.is_some()
    }

    /// The address of a page of a list that is limited so.
    fn address(self, path: &str, query: &str, page: usize) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        if !query.is_empty() {
            pairs.append_pair(words::QUERY, query);
        }
        if let Some(product) = self.product {
            pairs.append_pair(words::PRODUCT, product.id.as_str());
        }
        if let Some(shelf) = self.shelf {
            pairs.append_pair(words::KIND, shelf.name());
        }
        if page > 1 {
            pairs.append_pair(words::PAGE, &page.to_string());
        }
        let pairs = pairs.finish();
        if pairs.is_empty() { path.to_owned() } else { format!("{path}?{pairs}") }
    }
}

/// The field to search with, on any page.
fn search_form(locale: Locale, query: &str, more: &Markup) -> Markup {
    html! {
        form class="find" role="search" method="get" action=(words::SEARCH) {
            label for="find" { (words::search_label(locale)) }
            div class="line" {
                input type="search" id="find" name=(words::QUERY) value=(query) autocomplete="off";
                button type="submit" { (words::search_button(locale)) }
            }
            (more)
        }
    }
}

/// A choice among names, each with what it is called.
fn choice(field: &str, label: &str, any: &str, chosen: Option<&str>, names: &[(&str, String)]) -> Markup {
    let id = format!("choose-{field}");
    html! {
        div class="choice" {
            label for=(id) { (label) }
            select id=(id) name=(field) {
                option value="" selected[chosen.is_none()] { (any) }
                @for (name, called) in names {
                    option value=(name) selected[chosen == Some(name)] { (called) }
                }
            }
        }
    }
}

/// The ways to the pages before and after one.
fn pager(locale: Locale, before: Option<&str>, here: &str, after: Option<&str>) -> Markup {
    html! {
        nav class="pages" aria-label=(words::pages(locale)) {
            @if let Some(path) = before { a rel="prev" href=(path) { (words::before(locale)) } }
            span { (here) }
            @if let Some(path) = after { a rel="next" href=(path) { (words::after(locale)) } }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_stands_behind_the_question_mark_is_read() {
        let page = |raw: &str| Asked::read(Some(raw)).page;
        assert_eq!(page("page=3&page=2"), 2);
        for raw in
            ["", "page", "page=", "page=0", "page=-1", "page=x", "page=99999999999999999999", "%%%=&&&=;"]
        {
            assert_eq!(page(raw), 1, "{raw}");
        }
        let asked = Asked::read(Some("q=a%20b%26c+%FF&product=x&kind=support&nothing=1"));
        assert_eq!((asked.query.as_str(), asked.product.as_str()), ("a b&c \u{fffd}", "x"));
        let limits = asked.limits(&[]);
        assert_eq!((limits.shelf, limits.unknown), (Some(Shelf::Support), Some("x")));
        assert_eq!(limits.address("/search", "a&b", 2), "/search?q=a%26b&kind=support&page=2");
    }

    #[test]
    fn what_a_browser_knows_is_not_sent_again() {
        let asks = |tag: &str| {
            let mut asked = HeaderMap::new();
            asked.extend(HeaderValue::from_str(tag).map(|tag| (IF_NONE_MATCH, tag)));
            for_all(&asked, HTML, "hello")
        };
        let tag = asks("").headers().get(ETAG).unwrap().to_str().unwrap().to_owned();
        let strong = tag.trim_start_matches("W/").to_owned();
        for (sent, status) in [
            (tag.as_str(), StatusCode::NOT_MODIFIED),
            (&strong, StatusCode::NOT_MODIFIED),
            (&format!("\"x\", {tag}"), StatusCode::NOT_MODIFIED),
            ("*", StatusCode::NOT_MODIFIED),
            ("\"x\"", StatusCode::OK),
            ("", StatusCode::OK),
        ] {
            assert_eq!(asks(sent).status(), status, "{sent}");
        }
    }
}
