//! Articles for doors that show them on pages of their own: one of them, those that answer a question, and all.

use std::sync::Arc;

use crate::chat::parse::MAX_QUESTION;
use crate::chat::text::{clean, cut};
use crate::domain::{About, Article, Guide, ProductId, Shelf};
use crate::replies::guides::{Walkable, Ways};
use crate::search::Correction;
use crate::services::answers::{Answer, Question, State};

use super::{Desk, Fault};

/// Results on one page of a search.
pub const RESULTS: usize = 10;
/// Further articles below one.
const RELATED: usize = 5;

/// An article that is read.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// What its reader may need next.
    pub related: Vec<About>,
    /// What can be done with all of it.
    pub ways: Ways,
    /// The guides of each passage, where the article has more than one.
    pub walks: Vec<Walkable>,
}

/// What is looked for.
#[derive(Debug, Clone, Default)]
pub struct Sought {
    /// As it was typed.
    pub text: String,
    /// Only articles of this product.
    pub product: Option<ProductId>,
    /// Only of these kinds.
    pub shelf: Option<Shelf>,
    /// Which page of the results; the first is 1.
    pub page: usize,
}

/// What was found.
#[derive(Debug, Clone)]
pub struct Results {
    /// What was found for what was read.
    pub answer: Answer,
    /// The same question in words that the articles use; none where it is.
    pub meant: Option<String>,
    /// Whether only the beginning was read.
    pub is_cut: bool,
}

impl Desk {
    /// The article with this id, number or alias, in any spelling, with all that its page shows.
    pub async fn reading(&self, name: &str) -> Result<Option<Reading>, Fault> {
        let name = name.to_owned();
        let found = self.look_up(move |answers| {
            let Some(article) = answers.article(&name)? else { return Ok(None) };
            let related = answers.related(&article, RELATED)?;
            Ok(Some((article, related)))
        });
        let Some((article, related)) = found.await? else { return Ok(None) };
        let ways = self.ways(&article, None).await?;
        let walks = match ways.walkable {
            Walkable::Some => (0..article.passages.len()).map(|at| within(&article, at)).collect(),
            Walkable::No | Walkable::This(_) => Vec::new(),
        };
        Ok(Some(Reading { article, related, ways, walks }))
    }

    /// What answers a question, a page at a time; `None` where nothing was asked.
    pub async fn seek(&self, sought: Sought) -> Result<Option<Results>, Fault> {
        let Sought { text, product, shelf, page } = sought;
        let (text, is_cut) = cut(clean(&text), MAX_QUESTION);
        if text.is_empty() {
            return Ok(None);
        }
        let skip = page.saturating_sub(1).saturating_mul(RESULTS);
        // Far more than is ever found; what comes after it is nothing, too.
        let skip = skip.min(crate::services::answers::MOST);
        let question = Question { text, product, skip, limit: RESULTS, passages: true };
        let answer = self.look_up(move |answers| answers.ask_on(question, shelf)).await?;
        let meant = meant(&answer.question.text, &answer.corrections);
        Ok(Some(Results { answer, meant, is_cut }))
    }

    /// What the articles are now: as long as it is the same, so is what is found.
    #[must_use]
    pub fn state(&self) -> State {
        self.answers.state()
    }

    /// What is known about all articles, by title.
    pub async fn catalogue(&self) -> Result<Arc<[About]>, Fault> {
        self.look_up(crate::services::answers::Answers::catalogue).await
    }

    /// These articles, whole, as far as they are still there.
    pub async fn articles(&self, ids: Vec<String>) -> Result<Vec<Article>, Fault> {
        self.look_up(move |answers| {
            let all = ids.iter().map(|id| answers.article(id));
            all.filter_map(Result::transpose).collect()
        })
        .await
    }
}

/// Which guides a passage has.
fn within(article: &Article, at: usize) -> Walkable {
    let guides = Guide::within(article, at);
    match guides.len() {
        0 => Walkable::No,
        1 => Walkable::This(guides.start),
        _ => Walkable::Some,
    }
}

/// A question with its words as they were read; `None` where that is how it was written.
fn meant(text: &str, corrections: &[Correction]) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(char::is_alphanumeric) {
        let (between, word) = rest.split_at_checked(start)?;
        let end = word.find(|c: char| !c.is_alphanumeric()).unwrap_or(word.len());
        let (word, after) = word.split_at_checked(end)?;
        let lower = word.to_lowercase();
        let read = corrections.iter().find(|correction| correction.typed == lower);
        out.push_str(between);
        out.push_str(read.map_or(word, |correction| &correction.read));
        rest = after;
    }
    out.push_str(rest);
    (out != text).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_repeated_in_the_words_that_were_read() {
        let correction =
            |typed: &str, read: &str| Correction { typed: typed.to_owned(), read: read.to_owned() };
        let corrections = [correction("contcts", "contacts"), correction("signin", "sign in")];
        for (text, expected) in [
            ("add Contcts, please (contcts)?", Some("add contacts, please (contacts)?")),
            ("signin", Some("sign in")),
            ("contctsx add", None),
            ("", None),
            ("😀 é contcts😀", Some("😀 é contacts😀")),
        ] {
            assert_eq!(meant(text, &corrections).as_deref(), expected, "{text}");
        }
    }
}
