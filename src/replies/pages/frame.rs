//! What stands around every page.

use super::help_centre::ARTICLES;
use super::{ACCOUNT, CHAT};
use crate::replies::Locale;

/// Leads past what stands around a page.
#[must_use]
pub const fn skip(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "To the content"
}

/// What the ways in the header are called together.
#[must_use]
pub const fn label(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "The desk"
}

/// The ways in the header: path and text.
#[must_use]
pub const fn ways(locale: Locale) -> &'static [(&'static str, &'static str)] {
    let Locale::English = locale;
    &[(CHAT, "Ask"), (ARTICLES, "Articles"), (ACCOUNT, "Account")]
}
