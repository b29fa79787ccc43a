//! An article on a page of its own.
//!
//! No HTML of an author's reaches it. Markdown is read into `domain::Block`s, which hold text and know no HTML: of a tag that stands among
//! the Markdown only what a reader would see is kept (`knowledge/markdown/html.rs`), and here maud escapes every text. So there is
//! nothing to be sanitised. Links lead to pages only (`prose::is_web`).

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};

use crate::chat::Choice;
use crate::domain::{About, Article, Block};
use crate::handlers::Reading;
use crate::replies::Locale;
use crate::replies::pages::CHAT;
use crate::replies::pages::help_centre::{self as words, article as says};

use super::super::Web;
use super::super::layout::Head;
use super::super::prose::{self, Look, article_path};
use super::contents::{self, Section};
use super::{HTML, Limits, for_all, helpful, search_form};

/// The longest name of an article that is looked for, in bytes; none is as long.
const MOST_NAME: usize = 300;
/// What the chat page takes as pressed.
const PRESS: &str = "press";

/// The name of an article in an address.
pub type Named = Result<Path<String>, PathRejection>;

pub async fn show(State(web): State<Web>, headers: HeaderMap, name: Named) -> Response {
    let name = name.map(|Path(name)| name).unwrap_or_default();
    let reading = if name.len() > MOST_NAME { Ok(None) } else { web.inner.news.desk.reading(&name).await };
    match reading {
        Ok(Some(reading)) if reading.article.about.id.as_str() == name => page(&web, &headers, &reading),
        Ok(Some(reading)) => moved(&reading.article.about),
        Ok(None) => missing(&web, &name),
        Err(fault) => web.fault(&fault),
    }
}

/// Whatever an article is called, it has one address.
fn moved(about: &About) -> Response {
    let mut headers = HeaderMap::new();
    headers.extend(HeaderValue::from_str(&article_path(&about.id)).map(|path| (LOCATION, path)));
    (StatusCode::PERMANENT_REDIRECT, headers).into_response()
}

/// No article is called so; searching for it may find what took its place.
pub fn missing(web: &Web, name: &str) -> Response {
    let locale = web.inner.locale;
    let title = says::no_such(locale);
    let main = html! {
        h1 { (title) }
        p { (says::no_such_about(locale, name)) }
        (search_form(locale, &name.chars().take(MOST_NAME).collect::<String>(), &html! {}))
        p { a href=(words::ARTICLES) { (says::all(locale)) } }
    };
    web.document(StatusCode::NOT_FOUND, title, words::ARTICLES, html! {}, &main)
}

fn page(web: &Web, headers: &HeaderMap, reading: &Reading) -> Response {
    let (locale, look) = (web.inner.locale, web.look());
    let Reading { article, related, ways, .. } = reading;
    let about = &article.about;
    let canonical = web.inner.public.page(&article_path(&about.id));
    let sections = contents::sections(article);
    let language = Some(about.language.as_str()).filter(|language| *language != "en" && !language.is_empty());
    let main = html! {
        (search_form(locale, "", &html! {}))
        article lang=[language] {
            h1 { (about.title) }
            (facts(web, about))
            (buttons(&says::ways(locale, about, *ways), None))
            (contents::list(says::contents(locale), &sections))
            (text(look, reading, &sections))
            @if let Some(source) = &about.source { p class="hint" { (says::source(locale, source)) } }
        }
        p class="printed" { (canonical) }
        (helpful::form(locale, about))
        (others(locale, related))
    };
    let described = says::about(locale, article);
    let head =
        Head { canonical: Some(canonical), about: &described, is_article: true, feed: Some(words::FEED) };
    let head = head.markup(&about.title, &web.inner.name);
    for_all(headers, HTML, web.html(&about.title, words::ARTICLES, head, &main))
}

/// What is known about it, in one line.
fn facts(web: &Web, about: &About) -> Markup {
    let locale = web.inner.locale;
    let products = web.inner.news.desk.products();
    let product = products.iter().find(|product| Some(&product.id) == about.product.as_ref());
    let limits = Limits { product, shelf: None, unknown: None };
    html! {
        p class="facts" {
            span { (words::kind(locale, about.kind)) }
            @if let Some(number) = words::numbered(about) { " " span { (number) } }
            @if let Some(product) = product {
                " " span { a href=(limits.address(words::ARTICLES, "", 1)) { (product.name) } }
            }
            @if let Some(date) = about.updated {
                " " span { time datetime=(date) { (says::updated(locale, date)) } }
            }
            @if let Some(url) = about.url.as_deref().filter(|url| prose::is_web(url)) {
                " " span { a href=(url) rel="noreferrer" { (says::original(locale)) } }
            }
        }
    }
}

/// Its passages, each heading with its anchor.
fn text(look: Look, reading: &Reading, sections: &[Section]) -> Markup {
    let Reading { article, walks, .. } = reading;
    let mut anchors = sections.iter().map(|section| section.anchor.as_str());
    html! {
        @for (at, passage) in article.passages.iter().enumerate() {
            @if let Some(heading) = &passage.heading { h2 id=[anchors.next()] { (heading) } }
            @for block in &passage.blocks {
                @if let Block::Heading(spans) = block {
                    h3 id=[anchors.next()] { (prose::spans(look, spans)) }
                } @else {
                    (prose::blocks(look, std::slice::from_ref(block), 3))
                }
            }
            @if let Some(walkable) = walks.get(at) {
                (buttons(&says::walk(look.locale, &article.about, *walkable), Some(called(article, at))))
            }
        }
    }
}

/// What a passage is called: its heading, or the article's title.
fn called(article: &Article, at: usize) -> &str {
    let heading = article.passages.get(at).and_then(|passage| passage.heading.as_deref());
    heading.unwrap_or(&article.about.title)
}

/// Buttons that lead into the chat, as those of a reply do. Where a page has several that say the same, they are told apart by what they
/// are about.
fn buttons(choices: &[Choice], of: Option<&str>) -> Markup {
    html! {
        @if !choices.is_empty() {
            form class="walk" method="post" action=(CHAT) {
                @for choice in choices {
                    button type="submit" name=(PRESS) value=(choice.id)
                        aria-label=[of.map(|of| says::walk_of(Locale::English, &choice.label, of))] {
                        (choice.label)
                    }
                }
            }
        }
    }
}

/// What its reader may need next.
fn others(locale: Locale, related: &[About]) -> Markup {
    html! {
        @if !related.is_empty() {
            nav class="related" aria-labelledby="related" {
                h2 id="related" { (says::related(locale)) }
                ul {
                    @for about in related {
                        li { a href=(article_path(&about.id)) { (about.title) } " " (super::list::label(locale, about)) }
                    }
                }
            }
        }
    }
}
