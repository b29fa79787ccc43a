//! Answers questions from the articles.

use std::sync::{Arc, PoisonError, RwLock, Weak};

use crate::domain::{About, Article, ArticleId, Handle, ProductId, Shelf};
use crate::search::{Correction, Engine, Found, Request, SearchError, Shown, Suggestion, Version};

/// An article that was found.
pub type Hit = Found;

/// How many articles are ranked for one question; "more" goes on until they are used up.
pub const MOST: usize = 20;

/// A question, with what is known about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// As the person typed it.
    pub text: String,
    /// Only articles of this product.
    pub product: Option<ProductId>,
    /// How many results were shown before ("more results").
    pub skip: usize,
    /// How many to show now.
    pub limit: usize,
    /// Whether every result is wanted in its passage, not only the first.
    pub passages: bool,
}

/// What the desk found for a question.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The question.
    pub question: Question,
    /// The results from `question.skip` on, best first; the first of them is shown whole, the others by title.
    pub results: Vec<Found>,
    /// The whole article of the first result, where not every result is shown in its passage.
    pub article: Option<Article>,
    /// Whether the first result answers the question.
    pub confident: bool,
    /// Words that were read as others.
    pub corrections: Vec<Correction>,
    /// Whether there are results after these.
    pub more: bool,
}

/// What the articles are and how they are searched at a moment: the same question then has the same answer. It keeps nothing in memory.
#[derive(Debug, Clone)]
pub struct State {
    engine: Weak<Engine>,
    version: Version,
}

impl PartialEq for State {
    fn eq(&self, other: &Self) -> bool {
        // With other synonyms an index is the same and searched by another engine.
        self.engine.ptr_eq(&other.engine) && self.version == other.version
    }
}

/// The articles, searchable. Cheap to clone; all clones see a new index at once.
#[derive(Clone)]
pub struct Answers {
    engine: Arc<RwLock<Arc<Engine>>>,
}

impl Answers {
    /// Answers from an index.
    #[must_use]
    pub fn new(engine: impl Into<Arc<Engine>>) -> Self {
        Self { engine: Arc::new(RwLock::new(engine.into())) }
    }

    /// The index that answers now.
    #[must_use]
    pub fn engine(&self) -> Arc<Engine> {
        Arc::clone(&self.engine.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The present state.
    #[must_use]
    pub fn state(&self) -> State {
        let engine = self.engine();
        State { version: engine.version(), engine: Arc::downgrade(&engine) }
    }

    /// Answers from another index from now on; searches under way finish on the old one.
    pub fn swap(&self, engine: impl Into<Arc<Engine>>) {
        *self.engine.write().unwrap_or_else(PoisonError::into_inner) = engine.into();
    }

    /// Finds what answers a question.
    pub fn ask(&self, question: Question) -> Result<Answer, SearchError> {
        self.ask_on(question, None)
    }

    /// The same on one shelf.
    pub fn ask_on(&self, question: Question, on: Option<Shelf>) -> Result<Answer, SearchError> {
        let product = question.product.as_ref();
        let limit = (question.skip + question.limit + 1).min(MOST);
        let engine = self.engine();
        let shown = if question.passages { Shown::Every } else { Shown::One(question.skip) };
        let request = Request { question: &question.text, product, limit, shown };
        let mut results = engine.search_on(&request, on)?;
        let more = results.found.len() > question.skip + question.limit;
        let shown: Vec<Found> = results.found.drain(..).skip(question.skip).take(question.limit).collect();
        let (article, confident, corrections) = (results.article, results.confident, results.corrections);
        Ok(Answer { question, results: shown, article, confident, corrections, more })
    }

    /// The article with this id, number or alias, in any spelling.
    pub fn article(&self, name: &str) -> Result<Option<Article>, SearchError> {
        self.engine().article(name)
    }

    /// The article that a button names.
    pub fn article_of(&self, handle: &Handle) -> Result<Option<Article>, SearchError> {
        let engine = self.engine();
        if let Some(id) = handle.id() {
            return engine.article(id);
        }
        // Only long ids are shortened. All ids are read then, which takes a few milliseconds with thousands of them.
        let ids = engine.ids()?;
        match ids.values().find(|id| handle.names(id)) {
            Some(id) => engine.article(id),
            None => Ok(None),
        }
    }

    /// What is known about all articles, by title.
    pub fn catalogue(&self) -> Result<Arc<[About]>, SearchError> {
        self.engine().catalogue()
    }

    /// The articles after one, in the order of their ids: so many, and whether there are more.
    pub fn list(&self, after: Option<&ArticleId>, limit: usize) -> Result<(Vec<About>, bool), SearchError> {
        let engine = self.engine();
        let ids = engine.ids()?;
        let past = |id: &&String| after.is_none_or(|after| id.as_str() > after.as_str());
        let mut ids: Vec<&String> = ids.values().filter(past).collect();
        ids.sort_unstable();
        let mut listed = Vec::new();
        for id in ids.iter().take(limit) {
            listed.extend(engine.article(id)?.map(|article| article.about));
        }
        Ok((listed, ids.len() > limit))
    }

    /// Articles with guides, of one product or of all: so many after so many, and whether there are more.
    pub fn guides(
        &self,
        product: Option<&ProductId>,
        skip: usize,
        limit: usize,
    ) -> Result<(Vec<About>, bool), SearchError> {
        let all = self.engine().guides()?;
        let mut fits =
            all.iter().filter(|about| product.is_none() || about.product.as_ref() == product).skip(skip);
        let shown: Vec<About> = fits.by_ref().take(limit).cloned().collect();
        Ok((shown, fits.next().is_some()))
    }

    /// Articles that a reader of this one may need next.
    pub fn related(&self, article: &Article, limit: usize) -> Result<Vec<About>, SearchError> {
        self.engine().related(article, limit)
    }

    /// Gets ready what type-ahead needs, so that nobody who types waits for it.
    pub fn warm(&self) {
        self.engine().warm();
    }

    /// Articles to offer while somebody types.
    #[must_use]
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        self.engine().suggest(typed, limit)
    }
}
