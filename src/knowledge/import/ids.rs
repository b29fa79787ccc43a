//! The id that a path or an address gives to an article.

use std::{fmt::Write, sync::LazyLock};

use percent_encoding::percent_decode_str;
use regex::Regex;
use sha2::{Digest, Sha256};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};
use url::Url;

use super::{
    paths,
    patterns::{group, pattern},
};
use crate::domain::ArticleId;

static NUMBERED: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)^(?<id>CTX\d{1,12})(?:[-_. ].*)?$"));
static HELP_CENTRE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"/hc/(?:[A-Za-z]{2}(?:-[A-Za-z0-9]{2,4})?/)?articles/(?<number>\d+)"));

/// The longest id, as the vocabulary has it.
const LONGEST: usize = 120;
/// How many characters of a hash tell two shortened ids apart.
const HASH: usize = 8;

/// `azure/vm/start.md` is `azure-vm-start`; a file called `CTX120355-….md` has a number, and that is its id.
pub(super) fn of_path(path: &str) -> ArticleId {
    let page = paths::page(path);
    // The desk passes over files called README, as they speak of the folder they are in; this one speaks of a product.
    let page = if page.eq_ignore_ascii_case("readme") { "read-me" } else { page };
    numbered(page).unwrap_or_else(|| slugged(page))
}

/// `https://help.example.com/en/reset.html` is `en-reset`; an article of a Zendesk help centre has a number.
pub(super) fn of_url(url: &Url) -> ArticleId {
    if let Some(number) = help_centre_number(url) {
        return of_help_centre(number);
    }
    let path = percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
    let page = paths::page(path.trim_matches('/'));
    if let Some(id) = numbered(page) {
        return id;
    }
    let mut text =
        if page.is_empty() { url.host_str().unwrap_or_default().to_owned() } else { page.to_owned() };
    for (name, value) in url.query_pairs().filter(|(name, _)| !is_tracking(name)) {
        let _ = write!(text, "-{name}-{value}");
    }
    slugged(&text)
}

/// The id of a help-centre's article.
pub(super) fn of_help_centre(number: &str) -> ArticleId {
    slugged(&format!("zendesk-{number}"))
}

/// The number in the address of a Zendesk article.
pub(super) fn help_centre_number(url: &Url) -> Option<&str> {
    HELP_CENTRE.captures(url.path())?.name("number").map(|number| number.as_str())
}

/// Parts of an address that say where a reader came from, and not what the page is.
pub(super) fn is_tracking(name: &str) -> bool {
    name.starts_with("utm_")
        || matches!(name, "ref" | "gclid" | "fbclid" | "view" | "preserve-view" | "tabs" | "WT.mc_id")
}

fn numbered(page: &str) -> Option<ArticleId> {
    let name = page.rsplit('/').next()?;
    ArticleId::parse(group(&NUMBERED.captures(name)?, "id")).ok()
}

/// The words of a text joined by hyphens. What is too long, or loses letters on the way, gets a hash so that it stays
/// apart from its neighbours.
fn slugged(text: &str) -> ArticleId {
    let mut slug = String::new();
    let mut lost = false;
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else {
            lost |= c.is_alphanumeric();
            if !slug.is_empty() && !slug.ends_with('-') {
                slug.push('-');
            }
        }
    }
    let slug = slug.trim_end_matches('-');
    let full =
        if lost || slug.is_empty() || slug.len() > LONGEST { shortened(slug, text) } else { slug.to_owned() };
    #[expect(clippy::expect_used, reason = "letters, digits and single hyphens are a slug")]
    ArticleId::parse(&full).expect("a slug is an id")
}

fn shortened(slug: &str, text: &str) -> String {
    let room = LONGEST - HASH - 1;
    let kept = if slug.len() > room {
        let cut = slug.get(..room).unwrap_or_default();
        cut.rsplit_once('-').map_or(cut, |(whole_words, _)| whole_words)
    } else {
        slug
    };
    let kept = if kept.is_empty() { "article" } else { kept };
    format!("{kept}-{}", hash(text))
}

/// A short hash that is the same on every machine and in every version.
fn hash(text: &str) -> String {
    let mut out = fingerprint(text);
    out.truncate(HASH);
    out
}

/// The SHA-256 of a text, in hexadecimal.
pub(super) fn fingerprint(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn paths_and_addresses_give_ids() {
        for (path, expected) in [
            ("azure/Active Directory/x_y.md", "azure-active-directory-x-y"),
            ("docs/index.md", "docs"),
            ("README.md", "read-me"),
            ("support/CTX120355-add-contacts.md", "CTX120355"),
            ("ctx1.md", "CTX1"),
            ("café/Übersicht.md", "cafe-ubersicht"),
        ] {
            assert_eq!(of_path(path).as_str(), expected);
        }
        for (url, expected) in [
            ("https://x.y/en/reset%20it.html", "en-reset-it"),
            ("https://x.y/article/CTX120355/how-to", "article-ctx120355-how-to"),
            ("https://x.y/article/CTX120355", "CTX120355"),
            ("https://x.y/", "x-y"),
            ("https://x.y/a.php?id=5&utm_source=z", "a-php-id-5"),
            ("https://z.zendesk.com/hc/en-us/articles/360012-Reset", "zendesk-360012"),
        ] {
            assert_eq!(of_url(&Url::parse(url).unwrap()).as_str(), expected);
        }
    }

    #[test]
    fn long_and_foreign_names_are_told_apart_by_a_hash() {
        let long = "word-".repeat(40);
        let (one, other) = (of_path(&format!("{long}a.md")), of_path(&format!("{long}b.md")));
        assert!(one != other && one.as_str().len() <= LONGEST, "{one}");
        assert_eq!(of_path("パスワード.md").as_str(), "article-d8b07614");
        assert_ne!(of_path("ログイン.md"), of_path("パスワード.md"));
    }

    proptest! {
        #[test]
        fn every_path_gives_an_id(path in ".{0,300}") {
            prop_assert!(of_path(&path).as_str().len() <= LONGEST);
        }
    }
}
