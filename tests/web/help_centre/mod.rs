//! The help centre, as readers, search engines and feed readers come to it.

mod article;
mod feeds;
mod helpful;
mod list;
mod real;
mod search;

use dom_query::Document;
use guidepost::domain::{About, Article, ArticleId, Block, Kind, Passage, Product, ProductId, Span};
use guidepost::store::{Place, Store};
use reqwest::redirect::Policy;
use reqwest::{Client, RequestBuilder};
use tempfile::TempDir;

use super::browser::Browser;
use super::world::World;

/// A desk that has these articles.
struct Desk {
    world: World,
    _folder: TempDir,
}

impl Desk {
    async fn with(articles: &[Article]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Place::Folder(folder.path().join("store"))).await.unwrap();
        Self { world: World::knowing(&store, articles).await, _folder: folder }
    }

    /// The desk of the conversations.
    async fn usual() -> Self {
        Self::with(&crate::conversations::library::articles()).await
    }

    async fn open(&self, path: &str) -> Browser {
        let mut browser = self.world.browser();
        browser.open(path).await;
        browser
    }

    /// Asks for a page and follows nothing.
    fn get(&self, path: &str) -> RequestBuilder {
        let client = Client::builder().redirect(Policy::none()).gzip(false).build().unwrap();
        client.get(format!("http://{}{path}", self.world.at))
    }
}

/// What stands in an attribute of the first element of a kind.
fn attribute(browser: &Browser, selector: &str, name: &str) -> Option<String> {
    Document::from(browser.html.as_str()).select(selector).attr(name).map(|value| value.to_string())
}

/// The texts of all elements of a kind.
fn texts(browser: &Browser, selector: &str) -> Vec<String> {
    let page = Document::from(browser.html.as_str());
    let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    page.select(selector).iter().map(|one| words(&one.text())).collect()
}

/// What stands in an attribute of all elements of a kind.
fn attributes(browser: &Browser, selector: &str, name: &str) -> Vec<String> {
    let page = Document::from(browser.html.as_str());
    page.select(selector).iter().filter_map(|one| one.attr(name)).map(|value| value.to_string()).collect()
}

/// An article with one paragraph.
fn plain(id: &str, title: &str, kind: Kind, product: Option<&Product>, text: &str) -> Article {
    let about = About::new(ArticleId::parse(id).unwrap(), title.to_owned(), kind);
    let product: Option<ProductId> = product.map(|product| product.id.clone());
    let blocks = vec![Block::Paragraph(vec![Span::Plain(text.to_owned())])];
    Article { about: About { product, ..about }, passages: vec![Passage { heading: None, blocks }] }
}
