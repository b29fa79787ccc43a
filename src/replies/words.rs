//! Small words and pieces of sentences that several replies share.

use crate::chat::{Reply, ReplyBlock, Visibility};
use crate::domain::case::{CaseNumber, Priority};
use crate::domain::{About, Form, Kind, LanguageCode, Span};

use super::Locale;

/// The most characters of a person's text that a reply repeats.
const MOST_QUOTED: usize = 60;

/// A kind of article in words.
pub fn kind(locale: Locale, kind: Kind) -> &'static str {
    let Locale::English = locale;
    match kind {
        Kind::Support => "support article",
        Kind::Documentation => "documentation",
        Kind::TechZone(Form::ReferenceArchitecture) => "Tech Zone reference architecture",
        Kind::TechZone(Form::Diagram) => "Tech Zone diagram",
        Kind::TechZone(Form::Video) => "Tech Zone video",
        Kind::TechZone(Form::Paper) => "Tech Zone paper",
    }
}

/// A language by its name; one that is rarely spoken on a phone line by its code.
pub fn language(locale: Locale, code: LanguageCode) -> String {
    let Locale::English = locale;
    let name = match code.as_str() {
        "ar" => "Arabic",
        "bg" => "Bulgarian",
        "ca" => "Catalan",
        "cs" => "Czech",
        "da" => "Danish",
        "de" => "German",
        "el" => "Greek",
        "en" => "English",
        "es" => "Spanish",
        "et" => "Estonian",
        "fi" => "Finnish",
        "fr" => "French",
        "he" => "Hebrew",
        "hi" => "Hindi",
        "hr" => "Croatian",
        "hu" => "Hungarian",
        "id" => "Indonesian",
        "it" => "Italian",
        "ja" => "Japanese",
        "ko" => "Korean",
        "lt" => "Lithuanian",
        "lv" => "Latvian",
        "ms" => "Malay",
        "nb" | "nn" | "no" => "Norwegian",
        "nl" => "Dutch",
        "pl" => "Polish",
        "pt" => "Portuguese",
        "ro" => "Romanian",
        "ru" => "Russian",
        "sk" => "Slovak",
        "sl" => "Slovenian",
        "sr" => "Serbian",
        "sv" => "Swedish",
        "th" => "Thai",
        "tr" => "Turkish",
        "uk" => "Ukrainian",
        "vi" => "Vietnamese",
        "zh" => "Chinese",
        other => other,
    };
    name.to_owned()
}

/// An article within a sentence: its title in quotes, and its number where it has one.
pub fn article(about: &About) -> String {
    let title = &about.title;
    if about.id.is_numbered() { format!("\"{title}\" ({})", about.id) } else { format!("\"{title}\"") }
}

/// What a person wrote, in quotes: of one line, short.
pub fn quoted(text: &str) -> String {
    format!("\"{}\"", shortened(text, MOST_QUOTED))
}

/// A text of one line with at most so many characters, an ellipsis included.
pub fn shortened(text: &str, most: usize) -> String {
    let line: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if line.chars().count() <= most {
        return line;
    }
    let kept: String = line.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `a, b and c`.
pub fn listed(locale: Locale, items: &[String]) -> String {
    let Locale::English = locale;
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A paragraph without marks.
pub fn paragraph(text: impl Into<String>) -> ReplyBlock {
    ReplyBlock::Paragraph(vec![Span::Plain(text.into())])
}

/// A sentence for the person alone.
pub fn sentence(text: impl Into<String>) -> Reply {
    private(vec![paragraph(text)])
}

/// Blocks for the person alone.
pub fn private(blocks: Vec<ReplyBlock>) -> Reply {
    Reply { blocks, visibility: Visibility::Asker, ..Reply::default() }
}

/// Text without marks, as the spans of a paragraph.
pub fn plain(text: impl Into<String>) -> Vec<Span> {
    vec![Span::Plain(text.into())]
}

/// A case's number within a sentence.
pub fn case_span(number: CaseNumber) -> Span {
    Span::Case(number)
}

/// How much a case matters, in words.
pub fn priority_name(locale: Locale, priority: Priority) -> &'static str {
    let Locale::English = locale;
    priority.name()
}
