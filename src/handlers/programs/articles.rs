//! Finding articles and reading them.

use crate::chat::parse::MAX_QUESTION;
use crate::domain::{About, Article, ArticleId, Product};
use crate::handlers::{Desk, Fault};
use crate::services::answers::{Answer, Question};

impl Desk {
    /// What answers a question, each result in its passage; of one product, where one is named. `None` where there is no such product.
    pub async fn find_articles(
        &self,
        text: &str,
        product: Option<&str>,
        limit: usize,
    ) -> Result<Option<Answer>, Fault> {
        let product = match product {
            Some(name) => match Product::find(&self.products(), name) {
                Some(product) => Some(product.id.clone()),
                None => return Ok(None),
            },
            None => self.product.clone(),
        };
        let text = text.chars().take(MAX_QUESTION).collect();
        let question = Question { text, product, skip: 0, limit, passages: true };
        self.look_up(move |answers| answers.ask(question)).await.map(Some)
    }

    /// The article of this id, number or alias, in any spelling.
    pub async fn article_called(&self, name: &str) -> Result<Option<Article>, Fault> {
        let name: String = name.chars().take(MAX_QUESTION).collect();
        self.look_up(move |answers| answers.article(&name)).await
    }

    /// The articles after one, by their ids: so many, and whether there are more.
    pub async fn articles_after(
        &self,
        after: Option<ArticleId>,
        limit: usize,
    ) -> Result<(Vec<About>, bool), Fault> {
        self.look_up(move |answers| answers.list(after.as_ref(), limit)).await
    }
}
