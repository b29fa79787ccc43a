//! What the pages of the help centre say.

pub mod article;
pub mod feed;
pub mod list;
pub mod search;

use chrono::NaiveDate;

use crate::domain::{About, Kind, Shelf};
use crate::replies::Locale;
use crate::replies::words;

/// The path of the list of all articles.
pub const ARTICLES: &str = "/articles";
/// The path of the search.
pub const SEARCH: &str = "/search";
/// The path of the feed of changes.
pub const FEED: &str = "/feed.xml";
/// The path of the list for search engines.
pub const SITE_MAP: &str = "/sitemap.xml";
/// The path of what search engines are asked.
pub const ROBOTS: &str = "/robots.txt";

/// The field of what is looked for.
pub const QUERY: &str = "q";
/// The field of the product.
pub const PRODUCT: &str = "product";
/// The field of the kind.
pub const KIND: &str = "kind";
/// The field of the page.
pub const PAGE: &str = "page";

/// What all of it is called.
#[must_use]
pub const fn called(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Articles"
}

/// What is asked for where one searches.
#[must_use]
pub const fn search_label(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Search the articles"
}

/// Begins the search.
#[must_use]
pub const fn search_button(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Search"
}

/// What the choice of a product is called.
#[must_use]
pub const fn product_label(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Product"
}

/// What the choice of a kind is called.
#[must_use]
pub const fn kind_label(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Kind"
}

/// No product in particular.
#[must_use]
pub const fn all_products(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "All products"
}

/// No kind in particular.
#[must_use]
pub const fn all_kinds(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "All kinds"
}

/// What articles are called that are about no product.
#[must_use]
pub const fn no_product(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "General"
}

/// Articles of a kind.
#[must_use]
pub const fn shelf(locale: Locale, shelf: Shelf) -> &'static str {
    let Locale::English = locale;
    match shelf {
        Shelf::Support => "Support articles",
        Shelf::Documentation => "Documentation",
        Shelf::TechZone => "Tech Zone",
    }
}

/// What sort of article it is.
#[must_use]
pub fn kind(locale: Locale, kind: Kind) -> String {
    let name = words::kind(locale, kind);
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    first + letters.as_str()
}

/// A day.
#[must_use]
pub fn day(locale: Locale, date: NaiveDate) -> String {
    let Locale::English = locale;
    date.format("%-d %B %Y").to_string()
}

/// So many articles.
#[must_use]
pub fn articles(locale: Locale, count: usize) -> String {
    let Locale::English = locale;
    if count == 1 { "1 article".to_owned() } else { format!("{} articles", number(count)) }
}

/// An entry of a list with how many it stands for.
#[must_use]
pub fn counted(locale: Locale, name: &str, count: usize) -> String {
    let Locale::English = locale;
    format!("{name} ({})", number(count))
}

/// The number of an article that has one.
#[must_use]
pub fn numbered(about: &About) -> Option<&str> {
    about.id.is_numbered().then(|| about.id.as_str())
}

/// What the ways between pages are called together.
#[must_use]
pub const fn pages(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Pages"
}

/// The page before.
#[must_use]
pub const fn before(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Previous page"
}

/// The page after.
#[must_use]
pub const fn after(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Next page"
}

/// Which page this is, where nobody knows how many there are.
#[must_use]
pub fn page(locale: Locale, page: usize) -> String {
    let Locale::English = locale;
    format!("Page {}", number(page))
}

/// Which page this is.
#[must_use]
pub fn page_of(locale: Locale, page: usize, pages: usize) -> String {
    let Locale::English = locale;
    format!("Page {} of {}", number(page), number(pages))
}

/// A number with a comma before each three digits.
fn number(number: usize) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_at_a_glance() {
        for (count, expected) in [
            (0, "0 articles"),
            (1, "1 article"),
            (999, "999 articles"),
            (5_849, "5,849 articles"),
            (1_000_000, "1,000,000 articles"),
        ] {
            assert_eq!(articles(Locale::English, count), expected);
        }
    }
}
