//! What the list of all articles says.

use crate::domain::{Product, Shelf};
use crate::replies::Locale;
use crate::replies::words::quoted;

/// Its heading.
#[must_use]
pub fn title(locale: Locale, product: Option<&Product>, shelf: Option<Shelf>) -> String {
    let all = super::called(locale);
    match (product, shelf) {
        (None, None) => all.to_owned(),
        (Some(product), None) => format!("{all}: {}", product.name),
        (None, Some(shelf)) => super::shelf(locale, shelf).to_owned(),
        (Some(product), Some(shelf)) => format!("{}: {}", super::shelf(locale, shelf), product.name),
    }
}

/// What it is, for whoever sees it in a list.
#[must_use]
pub fn about(locale: Locale, desk: &str) -> String {
    let Locale::English = locale;
    format!("All articles of {desk}, by product and kind.")
}

/// Limits the list.
#[must_use]
pub const fn button(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Show"
}

/// What the form that limits it is called.
#[must_use]
pub const fn limits(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "Limit the list"
}

/// There are no articles at all.
#[must_use]
pub const fn empty(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "There are no articles yet. Once there are, they stand here by product and kind."
}

/// There are none of this product and kind.
#[must_use]
pub const fn none(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "There are no articles of this product and kind. Choose another one of them, or all."
}

/// No product or kind has the name that was asked for.
#[must_use]
pub fn unknown(locale: Locale, name: &str) -> String {
    let Locale::English = locale;
    format!("There is no {} here, so the articles are not limited to it.", quoted(name))
}

/// When an article changed.
#[must_use]
pub fn updated(locale: Locale, day: &str) -> String {
    let Locale::English = locale;
    format!("updated {day}")
}
