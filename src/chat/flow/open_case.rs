//! The flow of opening a case: what is the matter, whether an article or an open case settles it, which product it is about.

use serde::{Deserialize, Serialize};

use crate::domain::case::{Attachment, CaseNumber, NoText, Priority, QueueId, Text, TriedGuide};
use crate::domain::{ArticleId, PersonId, Product, ProductId};

use super::super::text::fold;
use super::{Given, NotTaken, Pick, Step};

/// What was said so far about the case to open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OpenCase {
    /// What is the matter.
    pub description: Option<Text>,
    /// What was found about it before the case is opened; none while nobody looked.
    pub found: Option<Found>,
    /// Whether none of the articles helps.
    pub articles_declined: bool,
    /// An article that solved it.
    pub solved_by: Option<ArticleId>,
    /// What the person said of the similar case.
    pub similar: SimilarAnswer,
    /// The product.
    pub product: ProductAnswer,
    /// How much it matters.
    pub priority: Priority,
    /// The queue that was asked for.
    pub queue: Option<QueueId>,
    /// Whether the desk has products to choose from.
    pub has_products: bool,
    /// A case that was closed too long ago to be opened again: the new one is linked to it.
    pub follows: Option<CaseNumber>,
    /// Where they got stuck in a guide.
    pub guide: Option<TriedGuide>,
    /// On whose behalf staff open it; none where it is to be one's own.
    pub on_behalf: Option<PersonId>,
    /// Files that came with the wish. They are put aside for a day, until there is a case.
    pub files: Vec<Attachment>,
    /// What was given, in order, so that one can go back.
    trail: Vec<Gave>,
}

/// What may settle the matter without a case.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// Articles that may solve it.
    pub articles: Vec<ArticleId>,
    /// A case of the person's that is about the same and not over.
    pub similar: Option<CaseNumber>,
}

/// What the person said of the similar case.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SimilarAnswer {
    /// Nothing yet.
    #[default]
    Unasked,
    /// It is the same.
    Same,
    /// It is another one.
    Another,
}

/// The product of the case to open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProductAnswer {
    /// Not known yet.
    #[default]
    Unasked,
    /// None of the list, or unknown.
    None,
    /// This one.
    Is(ProductId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Gave {
    Description,
    Articles,
    Similar,
    Product,
}

impl OpenCase {
    /// A case about this text, if one was given with the wish.
    pub fn about(text: Option<&str>) -> Result<Self, NoText> {
        let description = text.map(Text::parse).transpose()?;
        let trail = description.iter().map(|_| Gave::Description).collect();
        Ok(Self { description, trail, ..Self::default() })
    }

    /// A case about which nothing more is asked: this text, no product, and nothing to look for first.
    pub fn settled(text: &str) -> Result<Self, NoText> {
        Ok(Self { found: Some(Found::default()), product: ProductAnswer::None, ..Self::about(Some(text))? })
    }

    /// What is asked for now. Until somebody looked for what may settle it, nothing is: [`OpenCase::needs_look`].
    pub(super) fn step(&self) -> Step {
        if self.description.is_none() {
            return Step::Text { optional: false };
        }
        if self.solved_by.is_some() || self.similar == SimilarAnswer::Same {
            return Step::Ready;
        }
        let found = self.found.clone().unwrap_or_default();
        if !found.articles.is_empty() && !self.articles_declined {
            return Step::Articles(found.articles);
        }
        match (found.similar, self.similar) {
            (Some(case), SimilarAnswer::Unasked) => return Step::Similar(case),
            (Some(_) | None, SimilarAnswer::Same | SimilarAnswer::Another)
            | (None, SimilarAnswer::Unasked) => {}
        }
        if self.has_products && self.product == ProductAnswer::Unasked {
            return Step::Product;
        }
        Step::Ready
    }

    /// The description for which nobody has looked yet whether an article or a case settles it.
    #[must_use]
    pub fn needs_look(&self) -> Option<&Text> {
        self.description.as_ref().filter(|_| self.found.is_none())
    }

    pub(super) fn give(&mut self, given: &Given, products: &[Product]) -> Result<(), NotTaken> {
        match (self.step(), given) {
            (Step::Text { .. }, Given::Text(text)) => {
                self.description = Some(Text::parse(text).map_err(NotTaken::Text)?);
                self.found = None;
                self.trail.push(Gave::Description);
            }
            (Step::Articles(articles), Given::Pick(Pick::Solved(handle))) => {
                let article = articles.into_iter().find(|article| handle.names(article.as_str()));
                self.solved_by = Some(article.ok_or(NotTaken::NoAnswer)?);
                self.trail.push(Gave::Articles);
            }
            (Step::Articles(_), Given::Pick(Pick::Neither)) => self.decline(),
            (Step::Articles(_), Given::Text(text)) if declines(text) => self.decline(),
            (Step::Similar(_), Given::Pick(Pick::Same)) => self.is_similar(SimilarAnswer::Same),
            (Step::Similar(_), Given::Pick(Pick::Another)) => self.is_similar(SimilarAnswer::Another),
            (Step::Similar(_), Given::Text(text)) if agrees(text) => self.is_similar(SimilarAnswer::Same),
            (Step::Similar(_), Given::Text(text)) if declines(text) => {
                self.is_similar(SimilarAnswer::Another);
            }
            (Step::Product, Given::Pick(Pick::Product(handle))) => {
                let product = products.iter().find(|product| handle.names(product.id.as_str()));
                self.choose(ProductAnswer::Is(product.ok_or(NotTaken::NoAnswer)?.id.clone()));
            }
            (Step::Product, Given::Pick(Pick::NoProduct | Pick::Skip)) => self.choose(ProductAnswer::None),
            (Step::Product, Given::Text(text)) => match Product::find(products, text) {
                Some(product) => self.choose(ProductAnswer::Is(product.id.clone())),
                None if declines(text) => self.choose(ProductAnswer::None),
                None => return Err(NotTaken::NoAnswer),
            },
            (
                Step::Text { .. }
                | Step::Articles(_)
                | Step::Similar(_)
                | Step::Product
                | Step::WhichCase
                | Step::Files
                | Step::Address
                | Step::Code
                | Step::Walk(_)
                | Step::Reset(_)
                | Step::Account(_)
                | Step::Ready,
                Given::Text(_) | Given::Fields(_) | Given::Pick(_) | Given::Files,
            ) => return Err(NotTaken::NoAnswer),
        }
        Ok(())
    }

    fn decline(&mut self) {
        self.articles_declined = true;
        self.trail.push(Gave::Articles);
    }

    fn is_similar(&mut self, answer: SimilarAnswer) {
        self.similar = answer;
        self.trail.push(Gave::Similar);
    }

    fn choose(&mut self, product: ProductAnswer) {
        self.product = product;
        self.trail.push(Gave::Product);
    }

    pub(super) fn back(&mut self) -> bool {
        match self.trail.pop() {
            None => return false,
            Some(Gave::Description) => {
                self.description = None;
                self.found = None;
            }
            Some(Gave::Articles) => {
                self.articles_declined = false;
                self.solved_by = None;
            }
            Some(Gave::Similar) => self.similar = SimilarAnswer::Unasked,
            Some(Gave::Product) => self.product = ProductAnswer::Unasked,
        }
        true
    }
}

fn declines(text: &str) -> bool {
    matches!(
        fold(text).as_str(),
        "no" | "neither"
            | "neither helps"
            | "none"
            | "none of them"
            | "no they don't"
            | "open it"
            | "open the case"
            | "neither helps open the case"
            | "another"
            | "new"
            | "open a new one"
            | "something else"
            | "not sure"
            | "skip"
            | "i don't know"
    )
}

fn agrees(text: &str) -> bool {
    matches!(fold(text).as_str(), "yes" | "y" | "same" | "the same" | "yes it is" | "it is the same")
}
