//! `/search`, `/suggest` and `/articles`: open to all, as the pages with the same are.

use axum::Json;
use axum::extract::State;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::Web;
use super::extract::{Asked, Named};
use super::paging::{Of, limit};
use super::problem::Failed;
use crate::domain::{About, ArticleId, Kind, Passage, ProductId};
use crate::replies::api::Trouble;

/// The most results of a search; more are not ranked.
const RESULTS: usize = 20;
/// The most entries of a page.
const PAGE: usize = 100;

pub fn routes() -> OpenApiRouter<Web> {
    OpenApiRouter::new()
        .routes(routes!(search))
        .routes(routes!(suggest))
        .routes(routes!(list))
        .routes(routes!(show))
}

/// What is looked for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Search {
    /// The question, in any words.
    #[param(min_length = 1, max_length = 4000, example = "how do I reset my password")]
    q: String,
    /// Only articles of this product: its id, name or alias.
    product: Option<String>,
    /// The most results.
    #[param(minimum = 1, maximum = 20, default = 5)]
    limit: Option<u16>,
}

/// What somebody has typed so far.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Typed {
    /// It.
    #[param(min_length = 1, max_length = 4000, example = "passw")]
    q: String,
    /// The most suggestions.
    #[param(minimum = 1, maximum = 20, default = 8)]
    limit: Option<u16>,
}

/// Which page of a list is wanted.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// The `next` of the page before.
    cursor: Option<String>,
    /// The most entries.
    #[param(minimum = 1, maximum = 100, default = 20)]
    limit: Option<u16>,
}

/// What is known about an article, its text aside.
#[derive(Serialize, ToSchema)]
pub struct ArticleHead {
    /// Its permanent name.
    id: ArticleId,
    /// What it is about.
    title: String,
    /// What sort of article it is.
    kind: Kind,
    /// The product it is about; none when it is general.
    product: Option<ProductId>,
    /// When its content last changed.
    updated: Option<NaiveDate>,
    /// The page where the original or the thing itself is.
    url: Option<String>,
    /// In which language it is, as BCP 47 writes it.
    language: String,
}

impl From<About> for ArticleHead {
    fn from(about: About) -> Self {
        let About { id, title, kind, product, updated, url, language, .. } = about;
        Self { id, title, kind, product, updated, url, language }
    }
}

/// An article.
#[derive(Serialize, ToSchema)]
pub struct ArticleText {
    /// What is known about it.
    article: ArticleHead,
    /// Its sections, in reading order.
    passages: Vec<Passage>,
}

/// A word that was read as another.
#[derive(Serialize, ToSchema)]
pub struct ReadAs {
    /// As it was typed.
    typed: String,
    /// As it was read.
    read: String,
}

/// An article that was found.
#[derive(Serialize, ToSchema)]
pub struct SearchResult {
    /// What is known about it.
    article: ArticleHead,
    /// The section that fits best, with what matched marked.
    passage: Option<Passage>,
}

/// What was found.
#[derive(Serialize, ToSchema)]
pub struct SearchResults {
    /// Whether the first result answers the question.
    confident: bool,
    /// Words that were read as others.
    corrections: Vec<ReadAs>,
    /// The results, best first.
    results: Vec<SearchResult>,
}

/// Articles to offer while somebody types.
#[derive(Serialize, ToSchema)]
pub struct Suggestions {
    /// They.
    suggestions: Vec<ArticleName>,
}

/// An article by its name.
#[derive(Serialize, ToSchema)]
pub struct ArticleName {
    /// Its permanent name.
    id: ArticleId,
    /// What it is about.
    title: String,
    /// What sort of article it is.
    kind: Kind,
}

/// A page of articles.
#[derive(Serialize, ToSchema)]
pub struct ArticlePage {
    /// They, by their ids.
    articles: Vec<ArticleHead>,
    /// The cursor of the next page; none on the last one.
    next: Option<String>,
}

/// Finds what answers a question.
#[utoipa::path(get, path = "/search", operation_id = "search", tag = "articles", params(Search),
    responses((status = OK, description = "What was found", body = SearchResults),
        (status = NOT_FOUND, description = "There is no such product", body = super::Problem, content_type = super::PROBLEM)))]
async fn search(State(web): State<Web>, Asked(asked): Asked<Search>) -> Result<Json<SearchResults>, Failed> {
    let most = limit(&web, asked.limit, 5, RESULTS)?;
    words(&web, &asked.q)?;
    let found = web.inner.news.desk.find_articles(&asked.q, asked.product.as_deref(), most).await;
    let Some(answer) = found.map_err(|fault| Failed::fault(&web, &fault))? else {
        return Err(Failed::new(&web, Trouble::Product));
    };
    Ok(Json(SearchResults {
        confident: answer.confident,
        corrections: answer
            .corrections
            .into_iter()
            .map(|word| ReadAs { typed: word.typed, read: word.read })
            .collect(),
        results: answer
            .results
            .into_iter()
            .map(|found| SearchResult { article: found.about.into(), passage: found.passage })
            .collect(),
    }))
}

/// Articles to offer while somebody types.
#[utoipa::path(get, path = "/suggest", operation_id = "suggest", tag = "articles", params(Typed),
    responses((status = OK, description = "Articles that may be meant", body = Suggestions)))]
async fn suggest(State(web): State<Web>, Asked(asked): Asked<Typed>) -> Result<Json<Suggestions>, Failed> {
    let most = limit(&web, asked.limit, 8, RESULTS)?;
    words(&web, &asked.q)?;
    let suggestions = web.inner.news.desk.suggest(&asked.q, most);
    let named =
        suggestions.into_iter().map(|one| ArticleName { id: one.id, title: one.title, kind: one.kind });
    Ok(Json(Suggestions { suggestions: named.collect() }))
}

/// All articles, by their ids.
#[utoipa::path(get, path = "/articles", operation_id = "listArticles", tag = "articles", params(Page),
    responses((status = OK, description = "A page of articles", body = ArticlePage),
        (status = NOT_FOUND, description = "The cursor is of no list", body = super::Problem, content_type = super::PROBLEM)))]
async fn list(State(web): State<Web>, Asked(asked): Asked<Page>) -> Result<Json<ArticlePage>, Failed> {
    let most = limit(&web, asked.limit, 20, PAGE)?;
    let after = Of::Articles.read(&web, asked.cursor.as_deref(), |id| ArticleId::parse(id).ok())?;
    let listed = web.inner.news.desk.articles_after(after, most).await;
    let (articles, more) = listed.map_err(|fault| Failed::fault(&web, &fault))?;
    let last = articles.last().filter(|_| more).map(|about| Of::Articles.after(about.id.as_str()));
    Ok(Json(ArticlePage { articles: articles.into_iter().map(Into::into).collect(), next: last }))
}

/// One article.
#[utoipa::path(get, path = "/articles/{id}", operation_id = "showArticle", tag = "articles",
    params(("id" = String, Path, description = "Its id, or an older one", example = "change-password")),
    responses((status = OK, description = "The article", body = ArticleText),
        (status = NOT_FOUND, description = "There is no such article", body = super::Problem, content_type = super::PROBLEM)))]
async fn show(State(web): State<Web>, Named(id): Named) -> Result<Json<ArticleText>, Failed> {
    let found = web.inner.news.desk.article_called(&id).await;
    match found.map_err(|fault| Failed::fault(&web, &fault))? {
        Some(article) => Ok(Json(ArticleText { article: article.about.into(), passages: article.passages })),
        None => Err(Failed::new(&web, Trouble::NotFound)),
    }
}

/// That something is asked, and not too much.
fn words(web: &Web, asked: &str) -> Result<(), Failed> {
    if (1..=MOST_ASKED).contains(&asked.chars().take(MOST_ASKED + 1).count()) {
        return Ok(());
    }
    let why = format!("q has to have 1 to {MOST_ASKED} characters");
    Err(Failed::new(web, Trouble::Query(why)))
}

/// The most characters of a question.
const MOST_ASKED: usize = 4000;
