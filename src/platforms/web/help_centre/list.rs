//! The list of all articles: by product, by kind, by title.

use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use maud::{Markup, html};

use crate::domain::{About, Product, Shelf};
use crate::replies::Locale;
use crate::replies::pages::help_centre::{self as words, list as says};
use crate::services::catalogue::{Group, Sheet, Wanted, sheet};

use super::super::Web;
use super::super::layout::Head;
use super::super::prose::article_path;
use super::{Asked, HTML, Limits, choice, for_all, pager, search_form};

pub async fn show(State(web): State<Web>, headers: HeaderMap, RawQuery(raw): RawQuery) -> Response {
    let articles = match web.inner.news.desk.catalogue().await {
        Ok(articles) => articles,
        Err(fault) => return web.fault(&fault),
    };
    let locale = web.inner.locale;
    let products = web.inner.news.desk.products();
    let asked = Asked::read(raw.as_deref());
    let limits = asked.limits(&products);
    let product = limits.product.map(|product| product.id.clone());
    let sheet = sheet(&articles, &products, &Wanted { product, shelf: limits.shelf, page: asked.page });
    let title = says::title(locale, limits.product, limits.shelf);
    let main = html! {
        h1 { (title) }
        (search_form(locale, "", &html! {}))
        (limiting(locale, &sheet, limits))
        @if let Some(unknown) = limits.unknown { p { (says::unknown(locale, unknown)) } }
        @if articles.is_empty() {
            p { (says::empty(locale)) }
        } @else if sheet.total == 0 {
            p { (says::none(locale)) }
        } @else {
            p { (words::articles(locale, sheet.total)) }
            (groups(locale, &sheet.groups))
        }
        (pages(locale, &sheet, limits))
    };
    let about = says::about(locale, &web.inner.name);
    let head = Head {
        canonical: Some(web.inner.public.page(&limits.address(words::ARTICLES, "", sheet.page))),
        about: &about,
        is_article: false,
        feed: Some(words::FEED),
    };
    let head = head.markup(&title, &web.inner.name);
    for_all(&headers, HTML, web.html(&title, words::ARTICLES, head, &main))
}

/// The choice of a product and a kind, each with how many articles it would show.
fn limiting(locale: Locale, sheet: &Sheet<'_>, limits: Limits<'_>) -> Markup {
    let products: Vec<(&str, String)> = sheet
        .products
        .iter()
        .map(|(product, count)| (product.id.as_str(), words::counted(locale, &product.name, *count)))
        .collect();
    let shelves: Vec<(&str, String)> = sheet
        .shelves
        .iter()
        .map(|(shelf, count)| (shelf.name(), words::counted(locale, words::shelf(locale, *shelf), *count)))
        .collect();
    html! {
        form class="limits" method="get" action=(words::ARTICLES) aria-label=(says::limits(locale)) {
            (choice(words::PRODUCT, words::product_label(locale), words::all_products(locale),
                limits.product.map(|product| product.id.as_str()), &products))
            (choice(words::KIND, words::kind_label(locale), words::all_kinds(locale),
                limits.shelf.map(Shelf::name), &shelves))
            button type="submit" { (says::button(locale)) }
        }
    }
}

fn groups(locale: Locale, groups: &[Group<'_>]) -> Markup {
    let mut before: Option<Option<&Product>> = None;
    html! {
        @for group in groups {
            @if before.replace(group.product) != Some(group.product) {
                h2 { (group.product.map_or(words::no_product(locale), |product| product.name.as_str())) }
            }
            h3 { (words::shelf(locale, group.shelf)) }
            ul class="articles" { @for about in &group.articles { (entry(locale, about)) } }
        }
    }
}

fn entry(locale: Locale, about: &About) -> Markup {
    html! {
        li {
            a href=(article_path(&about.id)) { (about.title) }
            @if let Some(number) = words::numbered(about) { " " span class="hint" { (number) } }
            @if let Some(date) = about.updated {
                " " span class="hint" { (says::updated(locale, &words::day(locale, date))) }
            }
        }
    }
}

/// An article's kind and number, behind its title.
pub fn label(locale: Locale, about: &About) -> Markup {
    html! {
        span class="hint" {
            (words::kind(locale, about.kind))
            @if let Some(number) = words::numbered(about) { " · " (number) }
        }
    }
}

fn pages(locale: Locale, sheet: &Sheet<'_>, limits: Limits<'_>) -> Markup {
    if sheet.pages < 2 {
        return html! {};
    }
    let address = |page| limits.address(words::ARTICLES, "", page);
    let before = (sheet.page > 1).then(|| address(sheet.page - 1));
    let after = (sheet.page < sheet.pages).then(|| address(sheet.page + 1));
    pager(locale, before.as_deref(), &words::page_of(locale, sheet.page, sheet.pages), after.as_deref())
}
