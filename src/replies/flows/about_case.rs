//! What is asked of whoever opens a case or writes in one.

use crate::chat::ReplyBlock;
use crate::chat::flow::{OpenCase, Writing, WritingKind};
use crate::replies::Locale;
use crate::replies::words::{case_span, plain};

pub(super) fn what_is_the_matter(locale: Locale, draft: &OpenCase) -> String {
    let Locale::English = locale;
    if let Some(person) = draft.on_behalf {
        return format!("What is the matter? {person} reads it; the first line becomes the title.");
    }
    if let Some(guide) = &draft.guide {
        return format!(
            "What happens at step {} of {}? Say it in your own words, with what you see; the first line becomes the title.",
            guide.step, guide.of
        );
    }
    let about = draft.follows.map(|case| format!(" It will be linked to {case}.")).unwrap_or_default();
    format!(
        "What is the matter? Say it in your own words, with what you see and since when; the first line becomes the title.{about}"
    )
}

pub(super) fn which_case(locale: Locale, writing: &Writing) -> &'static str {
    let Locale::English = locale;
    match writing.kind {
        WritingKind::Reply => "Which case shall I write it in?",
        WritingKind::Files => "Which case is the file for?",
        WritingKind::Close => "Which case shall I close?",
        WritingKind::Rate(_) => "Which case is it about?",
        WritingKind::Answer | WritingKind::Note | WritingKind::Solve => "Which case is it?",
    }
}

pub(super) fn what_to_write(locale: Locale, writing: &Writing) -> ReplyBlock {
    let Locale::English = locale;
    let (before, after) = match writing.kind {
        WritingKind::Reply | WritingKind::Files => ("What shall I write in ", "?"),
        WritingKind::Close => ("Why shall I close ", "? A word helps us; leaving it out is fine."),
        WritingKind::Rate(_) => {
            ("Would you like to say why, for ", "? A word helps us; leaving it out is fine.")
        }
        WritingKind::Answer => ("What shall I answer in ", "? The requester reads it."),
        WritingKind::Note => ("What is the note for ", "? Only staff can read it."),
        WritingKind::Solve => ("What shall I tell the requester of ", "? Leaving it out is fine."),
    };
    let mut spans = plain(before);
    spans.extend(writing.case.map(case_span));
    spans.extend(plain(after));
    ReplyBlock::Paragraph(spans)
}

pub(super) fn doing(locale: Locale, writing: &Writing) -> String {
    let Locale::English = locale;
    let case = writing.case.map_or_else(|| "a case".to_owned(), |case| case.to_string());
    match writing.kind {
        WritingKind::Reply => format!("writing in {case}"),
        WritingKind::Files => format!("adding a file to {case}"),
        WritingKind::Close => format!("closing {case}"),
        WritingKind::Rate(_) => format!("rating {case}"),
        WritingKind::Answer => format!("answering in {case}"),
        WritingKind::Note => format!("writing a note for {case}"),
        WritingKind::Solve => format!("solving {case}"),
    }
}
