//! What is said about cases to the people whose they are.

mod changed;
mod files;
mod refused;
mod shown;

use crate::chat::{Reply, ReplyBlock};
use crate::domain::case::Case;

use super::words::{case_span, plain, private};

pub use changed::*;
pub use files::*;
pub use refused::*;
pub use shown::{View, list, show, status, transcript_of};
pub(super) use shown::{line, timeline};

/// A size in bytes, as people read it.
pub(super) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{:.1} MB", bytes as f64 / 1e6),
    }
}

/// A sentence about a case, with its number in the middle.
pub(super) fn about_case(case: &Case, before: &str, after: &str) -> Reply {
    let mut spans = Vec::new();
    if !before.is_empty() {
        spans.extend(plain(before));
    }
    spans.push(case_span(case.number));
    spans.extend(plain(after));
    private(vec![ReplyBlock::Paragraph(spans)])
}
