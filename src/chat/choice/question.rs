//! How a button names a question: by its text where that fits, else by a digest of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::chat::text::clean;
use crate::domain::{Digest, Handle, ProductId};

use super::MAX_CHOICE;

/// What stands before the question in the longest id: `v1:next:999:`.
const BEFORE: usize = 12;

/// A question, and the product it was limited to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuestionRef {
    product: Option<Handle>,
    wording: Wording,
}

/// What a button knows of a question's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wording {
    /// All of it: works for ever.
    Text(String),
    /// Enough to recognise it: works as long as the conversation remembers the question.
    Digest(Digest),
}

impl QuestionRef {
    /// Names a question.
    #[must_use]
    pub fn new(text: &str, product: Option<&ProductId>) -> Self {
        let product = product.map(Handle::from);
        let wording = Wording::Text(text.to_owned());
        let whole = Self { product, wording };
        // The text must come back as it is, and an id of another version's making must never be longer than ours.
        if BEFORE + whole.encode().len() <= MAX_CHOICE && !text.is_empty() && clean(text) == text {
            whole
        } else {
            Self { wording: Wording::Digest(Digest::of(text)), ..whole }
        }
    }

    /// What is known of its text.
    #[must_use]
    pub fn wording(&self) -> &Wording {
        &self.wording
    }

    /// The product that it was limited to.
    #[must_use]
    pub fn product(&self) -> Option<&Handle> {
        self.product.as_ref()
    }

    /// `product:t…` with the text, or `product:d…` with the digest; nothing before the colon when it was about all products.
    pub(super) fn encode(&self) -> String {
        let product = self.product.as_ref().map(Handle::as_str).unwrap_or_default();
        match &self.wording {
            Wording::Text(text) => format!("{product}:t{}", URL_SAFE_NO_PAD.encode(text)),
            Wording::Digest(digest) => format!("{product}:d{digest}"),
        }
    }

    pub(super) fn decode(product: &str, wording: &str) -> Option<Self> {
        let product = match product {
            "" => None,
            handle => Some(Handle::parse(handle)?),
        };
        let (form, rest) = wording.split_at_checked(1)?;
        let wording = match form {
            "t" => Wording::Text(text(rest)?),
            "d" => Wording::Digest(Digest::parse(rest)?),
            _ => return None,
        };
        Some(Self { product, wording })
    }
}

fn text(encoded: &str) -> Option<String> {
    let text = String::from_utf8(URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()?;
    (!text.is_empty() && clean(&text) == text).then_some(text)
}
