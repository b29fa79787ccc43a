//! A file in a case, as facts: its bytes are in the store of files.

use serde::{Deserialize, Serialize};

use super::may_be_shown_inline;

/// The most characters of a file's name.
const MOST_NAME: usize = 100;

/// A file that somebody added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    /// The SHA-256 of its bytes, which is its name in the store of files.
    pub file: String,
    /// What its owner called it: one harmless name without a path.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its media type, one of those that [`super::FileKind::media`] gives, told by its bytes and its name; a door never lets a browser guess another one.
    pub media: String,
}

impl Attachment {
    /// Whether it may be shown within a page or a message, and not only be saved.
    #[must_use]
    pub fn may_be_shown_inline(&self) -> bool {
        may_be_shown_inline(&self.media)
    }
}

/// The end of a name that [`safe_name`] made: what is after its last dot, without the dot. None where there is no dot within it.
#[must_use]
pub fn extension(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension).filter(|extension| !extension.is_empty())
}

/// The name of a file as it may be shown and saved: without path, control characters and leading dots, at most 100 characters, with its
/// extension.
#[must_use]
pub fn safe_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control() && !matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}'))
        .map(|c| if matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*') { '_' } else { c })
        .collect();
    let kept = kept.trim().trim_start_matches('.').trim_end_matches(['.', ' ']);
    if kept.is_empty() {
        return "file".to_owned();
    }
    if kept.chars().count() <= MOST_NAME {
        return kept.to_owned();
    }
    let (stem, extension) = match kept.rsplit_once('.') {
        Some((stem, extension)) if extension.chars().count() <= 10 => (stem, format!(".{extension}")),
        Some(_) | None => (kept, String::new()),
    };
    let room = MOST_NAME - extension.chars().count();
    stem.chars().take(room).collect::<String>() + &extension
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_has_no_path_and_does_no_harm() {
        for (name, expected) in [
            ("screen.png", "screen.png"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\ada\\trace.log", "trace.log"),
            ("gnp.\u{202E}exe", "gnp.exe"),
            ("a\u{0}b\n.txt", "ab.txt"),
            (".bashrc", "bashrc"),
            ("..", "file"),
            ("", "file"),
            ("a<b>|c?.txt", "a_b__c_.txt"),
            ("trailing. ", "trailing"),
        ] {
            assert_eq!(safe_name(name), expected, "{name:?}");
        }
    }

    proptest! {
        #[test]
        fn a_safe_name_stays_as_it_is(name in any::<String>()) {
            let safe = safe_name(&name);
            prop_assert!(!safe.is_empty() && safe.chars().count() <= MOST_NAME);
            prop_assert!(!safe.contains(['/', '\\', '\n']) && !safe.starts_with('.'));
        }
    }
}
