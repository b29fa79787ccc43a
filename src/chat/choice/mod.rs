//! Buttons that never die: a choice's id names a verb and its subject, so that it can be read years later.

mod decode;
mod question;
#[cfg(test)]
mod tests;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::domain::{CountryCode, Handle};

pub use question::{QuestionRef, Wording};

/// The longest id in bytes; Discord allows no more.
pub const MAX_CHOICE: usize = 100;
/// A place in the results is below this; nobody presses "more" as often.
pub const MAX_SKIP: usize = 999;

/// What a choice does, and to what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// Open an article.
    Article(Handle),
    /// Show all of an article.
    Whole(Handle),
    /// Show one result of a question as the answer.
    Next {
        /// Which question.
        question: QuestionRef,
        /// How many results come before; at most [`MAX_SKIP`].
        skip: usize,
    },
    /// List further results of a question.
    More {
        /// Which question.
        question: QuestionRef,
        /// How many results come before; at most [`MAX_SKIP`].
        skip: usize,
    },
    /// Answer only about this product from now on.
    Product(Handle),
    /// Answer about all products from now on.
    AllProducts,
    /// List the products.
    Products,
    /// List the numbers to call.
    Phones,
    /// Name the numbers to call in this country.
    Phone(CountryCode),
    /// Say how to reach a person.
    Person,
    /// Explain what one can say.
    Help,
    /// Explain how to ask so that more is found.
    Rephrase,
}

/// A choice as it travels through a platform and back. What comes back is never trusted: [`ChoiceId::verb`] checks all
/// of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct ChoiceId(String);

impl ChoiceId {
    /// The id of a choice: at most [`MAX_CHOICE`] bytes of ASCII, the same in every version of the desk.
    #[must_use]
    pub fn of(verb: &Verb) -> Self {
        let onward = |name: &str, question: &QuestionRef, skip: usize| {
            format!("v1:{name}:{}:{}", skip.min(MAX_SKIP), question.encode())
        };
        Self(match verb {
            Verb::Article(handle) => format!("v1:article:{handle}"),
            Verb::Whole(handle) => format!("v1:whole:{handle}"),
            Verb::Next { question, skip } => onward("next", question, *skip),
            Verb::More { question, skip } => onward("more", question, *skip),
            Verb::Product(handle) => format!("v1:product:{handle}"),
            Verb::AllProducts => "v1:all-products".to_owned(),
            Verb::Products => "v1:products".to_owned(),
            Verb::Phones => "v1:phone".to_owned(),
            Verb::Phone(country) => format!("v1:phone:{country}"),
            Verb::Person => "v1:person".to_owned(),
            Verb::Help => "v1:help".to_owned(),
            Verb::Rephrase => "v1:rephrase".to_owned(),
        })
    }

    /// What the choice does; `None` when no version of the desk can have made it.
    #[must_use]
    pub fn verb(&self) -> Option<Verb> {
        decode::verb(&self.0)
    }

    /// The id as platforms carry it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<String> for ChoiceId {
    /// Takes whatever a platform hands back.
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<ChoiceId> for String {
    fn from(id: ChoiceId) -> Self {
        id.0
    }
}

impl fmt::Display for ChoiceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
