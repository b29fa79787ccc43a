//! What only Discord says: beside lists, forms and files.

use crate::chat::PickerKind;

use super::Locale;

/// Over choices that nothing else announces.
#[must_use]
pub fn what_next(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "What would you like to do?"
}

/// Over choices that did not fit below what they belong to.
#[must_use]
pub fn more_to_choose(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "More to choose from:"
}

/// What is chosen from a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Listed {
    /// One of the articles.
    Articles,
    /// One of the cases.
    Cases,
    /// One of the products.
    Products,
    /// One of several answers or steps.
    Choices,
}

/// Within a list in which nothing is chosen yet; with its place among several lists, both counted from one.
#[must_use]
pub fn choose(locale: Locale, what: Listed, place: usize, of: usize) -> String {
    let Locale::English = locale;
    let what = match what {
        Listed::Articles => "Choose an article",
        Listed::Cases => "Choose a case",
        Listed::Products => "Choose a product",
        Listed::Choices => "Choose one",
    };
    if of > 1 { format!("{what} (list {place} of {of})") } else { what.to_owned() }
}

/// Within a list of a server's channels or roles in which nothing is chosen yet.
#[must_use]
pub fn pick(locale: Locale, kind: PickerKind, most: u8) -> &'static str {
    let Locale::English = locale;
    match kind {
        PickerKind::TextChannels | PickerKind::ChannelsWithThreads if most == 1 => "Choose a channel",
        PickerKind::TextChannels | PickerKind::ChannelsWithThreads => "Choose channels",
        PickerKind::ForumChannels => "Choose a forum",
        PickerKind::Roles => "Choose roles",
    }
}

/// On a button that opens a further article.
#[must_use]
pub fn also(locale: Locale, article: &str) -> String {
    let Locale::English = locale;
    format!("Also: {article}")
}

/// Within a field that may stay empty.
#[must_use]
pub fn may_be_left_out(locale: Locale) -> &'static str {
    let Locale::English = locale;
    "May be left out"
}

/// Only the beginning of a long text is shown; all of it is attached as a file of this name.
#[must_use]
pub fn goes_on_in_file(locale: Locale, name: &str) -> String {
    let Locale::English = locale;
    format!("This is the beginning. All of it is in the file {name}, which you can open here or save.")
}

/// A file is larger than Discord takes.
#[must_use]
pub fn too_large(locale: Locale, name: &str) -> String {
    let Locale::English = locale;
    format!("{name} is larger than Discord takes, so it is not attached. Ask a person for it.")
}
