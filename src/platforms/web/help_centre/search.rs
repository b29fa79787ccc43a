//! The search: what answers, in the passage that does.

use std::sync::Arc;

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};

use crate::domain::{Product, Shelf};
use crate::handlers::{RESULTS, Results, Sought};
use crate::replies::Locale;
use crate::replies::pages::CHAT;
use crate::replies::pages::help_centre::{self as words, article, list, search as says};

use super::super::Web;
use super::super::layout::Head;
use super::super::prose::{self, Look, article_path};
use super::made::Of;
use super::{Asked, HTML, Limits, choice, for_all, pager, search_form};

pub async fn show(State(web): State<Web>, headers: HeaderMap, RawQuery(raw): RawQuery) -> Response {
    let setup = &web.inner;
    let locale = setup.locale;
    let products = setup.news.desk.products();
    let asked = Asked::read(raw.as_deref());
    let of = Of { state: setup.news.desk.state(), products: Arc::clone(&products) };
    if let Some(page) = web.made.find(&of, &asked) {
        return for_all(&headers, HTML, page);
    }
    let limits = asked.limits(&products);
    let sought = Sought {
        text: asked.query.clone(),
        product: limits.product.map(|product| product.id.clone()),
        shelf: limits.shelf,
        page: asked.page,
    };
    let results = match setup.news.desk.seek(sought).await {
        Ok(results) => results,
        Err(fault) => return web.fault(&fault),
    };
    // What was read, which is less than what was typed where that is long or has characters that nobody types.
    let query = results.as_ref().map_or("", |results| results.answer.question.text.as_str());
    let title =
        if query.is_empty() { says::title(locale).to_owned() } else { says::title_for(locale, query) };
    let main = html! {
        h1 { (says::title(locale)) }
        (search_form(locale, query, &limiting(locale, &products, limits)))
        @if let Some(unknown) = limits.unknown { p { (list::unknown(locale, unknown)) } }
        @match &results {
            Some(results) => (found(web.look(), results, limits, asked.page)),
            None => {
                p { (says::nothing_asked(locale)) }
                p { a href=(words::ARTICLES) { (article::all(locale)) } }
            }
        }
    };
    let head = Head { canonical: None, about: words::search_label(locale), is_article: false, feed: None };
    let head = head.markup(&title, &setup.name);
    let page: Arc<str> = web.html(&title, words::ARTICLES, head, &main).into();
    web.made.keep(&of, asked, Arc::clone(&page));
    for_all(&headers, HTML, page)
}

fn limiting(locale: Locale, products: &[Product], limits: Limits<'_>) -> Markup {
    let products: Vec<(&str, String)> =
        products.iter().map(|product| (product.id.as_str(), product.name.clone())).collect();
    let shelves: Vec<(&str, String)> =
        Shelf::ALL.map(|shelf| (shelf.name(), words::shelf(locale, shelf).to_owned())).into();
    html! {
        div class="limits" {
            @if !products.is_empty() {
                (choice(words::PRODUCT, words::product_label(locale), words::all_products(locale),
                    limits.product.map(|product| product.id.as_str()), &products))
            }
            (choice(words::KIND, words::kind_label(locale), words::all_kinds(locale),
                limits.shelf.map(Shelf::name), &shelves))
        }
    }
}

fn found(look: Look, results: &Results, limits: Limits<'_>, page: usize) -> Markup {
    let (locale, answer) = (look.locale, &results.answer);
    let query = &answer.question.text;
    let first = answer.question.skip + 1;
    html! {
        @if results.is_cut { p { (says::cut(locale)) } }
        (read(locale, results, limits))
        @if answer.results.is_empty() {
            p { @if page > 1 { (says::no_more(locale)) } @else { (says::nothing(locale, limits.is_any())) } }
        } @else {
            h2 { (says::results(locale)) }
            @if page == 1 && !answer.confident { p { (says::unsure(locale)) } }
            p class="hint" { (says::shown(locale, first, answer.question.skip + answer.results.len())) }
            ol class="results" start=(first) { @for found in &answer.results { (hit(look, found)) } }
        }
        (onward(locale, query, limits))
        @if page > 1 || answer.more { (pages(locale, results, limits, page)) }
    }
}

/// How the question was read, and the way to the one that was probably meant.
fn read(locale: Locale, results: &Results, limits: Limits<'_>) -> Markup {
    let corrections = &results.answer.corrections;
    if corrections.is_empty() {
        return html! {};
    }
    let words_read = corrections.iter().map(|one| (one.typed.as_str(), one.read.as_str()));
    html! {
        p {
            (says::read_as(locale, words_read))
            @if let Some(meant) = &results.meant {
                " " (says::did_you_mean(locale)) " "
                a href=(limits.address(words::SEARCH, meant, 1)) { (meant) } "?"
            }
        }
    }
}

/// One article, with the passage that answers.
fn hit(look: Look, found: &crate::services::answers::Hit) -> Markup {
    let (locale, about) = (look.locale, &found.about);
    html! {
        li {
            h3 { a href=(article_path(&about.id)) { (prose::spans(look, &found.title)) } }
            p class="hint" {
                (words::kind(locale, about.kind))
                @if let Some(number) = words::numbered(about) { " · " (number) }
                @if !found.heading.is_empty() { " · " (prose::spans(look, &found.heading)) }
            }
            @if let Some(passage) = &found.passage {
                (prose::blocks(look, &says::glimpse_of(passage, found.block_at), 4))
            }
        }
    }
}

/// What else can be done when this is not it.
fn onward(locale: Locale, query: &str, limits: Limits<'_>) -> Markup {
    let all = Limits { product: None, shelf: None, unknown: None };
    html! {
        ul class="onward" {
            @if limits.is_any() {
                li { a href=(all.address(words::SEARCH, query, 1)) { (says::everywhere(locale)) } }
            }
            li { a href=(CHAT) { (says::ask(locale)) } }
        }
    }
}

fn pages(locale: Locale, results: &Results, limits: Limits<'_>, page: usize) -> Markup {
    let answer = &results.answer;
    let address = |page| limits.address(words::SEARCH, &answer.question.text, page);
    // From far behind the end the way back leads to the end.
    let last = crate::services::answers::MOST.div_ceil(RESULTS);
    let before = (page > 1).then(|| address((page - 1).min(last)));
    let after = answer.more.then(|| address(page + 1));
    let here = words::page(locale, page);
    pager(locale, before.as_deref(), &here, after.as_deref())
}
