//! What is said about cases to the people whose they are.

mod changed;
mod files;
mod refused;
mod shown;

use crate::chat::{Reply, ReplyBlock};
use crate::domain::case::Case;

use super::words::{case_span, plain, private};

pub(super) use changed::what_was_tried;
pub use changed::{
    already_open, closed, opened, prioritised, rated, replied, solved_before_opening, which_priority,
    which_rating, written,
};
pub use files::{NotTaken, files_gone, not_taken, which_case_for_files, without_files};
pub use refused::{
    closed_already, closed_for_good, closed_for_staff, no_number, none_to_write_in, not_of_this_room,
    not_over, nothing_said, only_staff, refused, too_long, too_many, too_soon, unknown, unknown_queue,
};
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
