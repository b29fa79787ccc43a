//! What is said when something on our side failed.

use crate::chat::Reply;
use crate::domain::Reference;

use super::Locale;
use super::words::paragraph;

/// Our own fault. The reference is in the log.
#[must_use]
pub fn ours(locale: Locale, reference: Reference) -> Reply {
    let Locale::English = locale;
    let text =
        format!("Something on our side failed (id {reference}). Nothing was changed. Try again in a minute.");
    Reply { blocks: vec![paragraph(text)], ..Reply::default() }
}
