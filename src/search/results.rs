//! What a search finds.

use serde::Serialize;

use crate::domain::{About, Article, ArticleId, Kind, Passage, ProductId, Span};

/// What is looked for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// As the person typed it; any text is safe.
    pub question: &'a str,
    /// Only articles of this product.
    pub product: Option<&'a ProductId>,
    /// The most articles to find.
    pub limit: usize,
    /// Which of them are shown in the passage that answers, and which only named.
    pub shown: Shown,
}

/// Which results are shown in their passage, with what matched marked; loading a passage takes time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// None: all are named only.
    Nothing,
    /// The one of this rank, counted from 0, with its whole article.
    One(usize),
    /// All of them.
    Every,
}

/// What was found, best first.
#[derive(Debug, Clone, Default)]
pub struct Results {
    /// One for each article.
    pub found: Vec<Found>,
    /// Whether the first one is good enough to be given as an answer.
    pub confident: bool,
    /// The whole article of the one result that is shown.
    pub article: Option<Article>,
    /// Words that the index does not know, and what they were read as.
    pub corrections: Vec<Correction>,
}

/// An article that was found, with the passage that answers.
#[derive(Debug, Clone)]
pub struct Found {
    /// The article.
    pub about: About,
    /// Its title, with what matched marked.
    pub title: Vec<Span>,
    /// The heading of the passage that answers, marked likewise; nothing where the passage has none or is not shown.
    pub heading: Vec<Span>,
    /// The passage that answers, with what matched marked; none where the article is only named.
    pub passage: Option<Passage>,
    /// The passage's index in the article.
    pub passage_at: usize,
    /// The block within the passage where the best part begins.
    pub block_at: usize,
    /// Comparable within one search only.
    pub score: f32,
    /// Whether the article was named by its number.
    pub by_number: bool,
}

/// A word that was read as another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// As it was typed.
    pub typed: String,
    /// As it was read.
    pub read: String,
}

/// An article offered while somebody types.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// Its id.
    pub id: ArticleId,
    /// Its title.
    pub title: String,
    /// Its kind.
    pub kind: Kind,
}
