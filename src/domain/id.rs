//! Names of articles and products, checked once where they come in.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a text is no id: it is told to whoever wrote the article.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{text}\" is no {what}: use lower-case letters, digits and single hyphens{extra}")]
pub struct InvalidId {
    text: String,
    what: &'static str,
    extra: &'static str,
}

impl InvalidId {
    /// A text that is no slug, where `what` is expected.
    pub(super) fn of(text: &str, what: &'static str) -> Self {
        Self { text: text.chars().take(60).collect(), what, extra: "" }
    }
}

/// The longest id; it goes into addresses, file names and button ids.
const MAX_ID: usize = 120;

/// An article's permanent name: `CTX` and its number where it has one (`CTX120355`), else a slug (`change-password`).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
pub struct ArticleId(String);

impl ArticleId {
    /// Accepts `CTX120355` (in any case) or a slug such as `change-password`.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if let Some(number) = ctx_number(text) {
            return Ok(Self(format!("CTX{number}")));
        }
        if is_slug(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidId {
            text: text.chars().take(60).collect(),
            what: "article id",
            extra: ", or CTX and a number",
        })
    }

    /// The id that a path or title gives: everything but letters and digits becomes a single hyphen.
    #[must_use]
    pub fn slug_of(text: &str) -> Option<Self> {
        slug(text).map(Self)
    }

    /// The id as it is written in links and addresses.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is a numbered article (`CTX…`); only those are shown with their id.
    #[must_use]
    pub fn is_numbered(&self) -> bool {
        self.0.starts_with("CTX")
    }
}

impl fmt::Display for ArticleId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ArticleId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<ArticleId> for String {
    fn from(id: ArticleId) -> Self {
        id.0
    }
}

/// A product's name in `knowledge/products.toml`, a slug such as `citrix-cloud`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(try_from = "String", into = "String")]
pub struct ProductId(String);

impl ProductId {
    /// Accepts a slug.
    pub fn parse(text: &str) -> Result<Self, InvalidId> {
        if is_slug(text) {
            return Ok(Self(text.to_owned()));
        }
        Err(InvalidId::of(text, "product id"))
    }

    /// The id as it is written in articles and commands.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ProductId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ProductId {
    type Error = InvalidId;
    fn try_from(text: String) -> Result<Self, InvalidId> {
        Self::parse(&text)
    }
}

impl From<ProductId> for String {
    fn from(id: ProductId) -> Self {
        id.0
    }
}

/// Lower-case words of a text joined by hyphens, at most 120 bytes; `None` when nothing is left.
#[must_use]
pub fn slug(text: &str) -> Option<String> {
    let mut out = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() >= MAX_ID {
            break;
        }
    }
    let slug = out.trim_end_matches('-');
    (!slug.is_empty()).then(|| slug.to_owned())
}

pub(super) fn is_slug(text: &str) -> bool {
    text.len() <= MAX_ID
        && !text.is_empty()
        && text.split('-').all(|word| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        })
}

/// The digits of `CTX120355` in any case; nothing else may stand around them.
fn ctx_number(text: &str) -> Option<&str> {
    let (prefix, digits) = text.split_at_checked(3)?;
    let fits = prefix.eq_ignore_ascii_case("ctx")
        && (1..=12).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit());
    fits.then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn article_ids_are_numbers_or_slugs() {
        for (text, expected) in [
            ("CTX120355", Some("CTX120355")),
            ("ctx1", Some("CTX1")),
            ("change-password", Some("change-password")),
            ("ctx-1", Some("ctx-1")),
            ("CTX", None),
            ("Change-password", None),
            ("a--b", None),
            ("-a", None),
            ("", None),
            ("ctxé", None),
        ] {
            assert_eq!(ArticleId::parse(text).ok().as_ref().map(ArticleId::as_str), expected, "{text}");
        }
    }

    #[test]
    fn slugs_drop_what_is_no_letter_or_digit() {
        assert_eq!(slug("azure/Active Directory/x_y.md").as_deref(), Some("azure-active-directory-x-y-md"));
        assert_eq!(slug("…—"), None);
    }
}
