//! What is said about files that come with a case.

use crate::chat::Reply;
use crate::domain::case::Case;

use super::size;
use crate::replies::Locale;
use crate::replies::words::{listed, quoted, sentence};

/// Files came, and there are several cases.
#[must_use]
pub fn which_case_for_files(locale: Locale, cases: &[Case]) -> Reply {
    let Locale::English = locale;
    let numbers: Vec<String> = cases.iter().take(5).map(|case| case.number.to_string()).collect();
    let text = format!(
        "Which case is it for? Your open ones are {}. Send it again with the number before the words; nothing was kept yet.",
        listed(locale, &numbers)
    );
    sentence(text)
}

/// A file is too large.
#[must_use]
pub fn file_too_large(locale: Locale, name: &str, bytes: u64, most: u64) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "{} has {}, and a file may have {}. Nothing was added; compress it, or send the part that matters.",
        quoted(name),
        size(bytes),
        size(most)
    ))
}

/// A file is empty.
#[must_use]
pub fn file_empty(locale: Locale, name: &str) -> Reply {
    let Locale::English = locale;
    sentence(format!("{} is empty. Nothing was added; look whether it is the right file.", quoted(name)))
}

/// A file could not be fetched from where it was sent.
#[must_use]
pub fn file_not_fetched(locale: Locale, name: &str) -> Reply {
    let Locale::English = locale;
    sentence(format!("I could not fetch {}, so nothing was added. Send it again in a minute.", quoted(name)))
}

/// Files of this type are not taken.
#[must_use]
pub fn file_type(locale: Locale, name: &str, allowed: &[String]) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "Files like {} are not taken. Nothing was added; these are: {}.",
        quoted(name),
        listed(locale, allowed)
    ))
}

/// A file is not what its name says.
#[must_use]
pub fn file_disguised(locale: Locale, name: &str) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "{} is not what its name says. Nothing was added; send it under its own name, or as text.",
        quoted(name)
    ))
}

/// Too many files at once.
#[must_use]
pub fn too_many_files(locale: Locale, count: usize, most: usize) -> Reply {
    let Locale::English = locale;
    sentence(format!(
        "These are {count} files, and {most} are taken at once. Nothing was added; send them in parts."
    ))
}
