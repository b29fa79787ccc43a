//! What the feed of changes says of itself.

use crate::replies::Locale;

/// What it is called.
#[must_use]
pub fn title(locale: Locale, desk: &str) -> String {
    let Locale::English = locale;
    format!("{desk}: articles")
}

/// What it holds.
#[must_use]
pub fn about(locale: Locale, desk: &str) -> String {
    let Locale::English = locale;
    format!("The articles of {desk} that changed last.")
}

/// In which language it is.
#[must_use]
pub const fn language(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "en"
}
