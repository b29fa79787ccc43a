//! What is said when somebody says whether an answer solved it.

use crate::chat::{Reply, Visibility};

use super::Locale;
use super::words::paragraph;

/// It did.
#[must_use]
pub fn solved(locale: Locale, again: bool) -> Reply {
    let Locale::English = locale;
    let text = if again {
        "I have that already. I'm here when something else comes up."
    } else {
        "Good to hear; I noted it. I'm here when something else comes up."
    };
    Reply { blocks: vec![paragraph(text)], visibility: Visibility::Everyone, ..Reply::default() }
}
