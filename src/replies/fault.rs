//! What is said when something on our side failed.

use crate::chat::Reply;
use crate::domain::Reference;

use super::words::paragraph;
use super::{Locale, choices};

/// Our own fault. The reference is in the log.
#[must_use]
pub fn ours(locale: Locale, reference: Reference) -> Reply {
    let Locale::English = locale;
    let text = format!(
        "Something on our side failed (id {reference}). Nothing was changed. Try again in a minute, or talk to a person."
    );
    Reply { blocks: vec![paragraph(text)], choices: vec![choices::person(locale)], ..Reply::default() }
}
