//! The articles that changed last, as RSS 2.0.

use std::io;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use chrono::NaiveTime;

use crate::domain::Article;
use crate::replies::pages::help_centre::{self as words, article, feed as says};
use crate::services::catalogue::latest;

use super::super::Web;
use super::super::prose::article_path;
use super::for_all;
use super::xml::{Xml, document, element};

const RSS: &str = "application/rss+xml; charset=utf-8";
/// How many articles it holds.
const MOST: usize = 50;

pub async fn show(State(web): State<Web>, headers: HeaderMap) -> Response {
    let desk = &web.inner.news.desk;
    let articles = match desk.catalogue().await {
        Ok(all) => {
            let ids = latest(&all, MOST).into_iter().map(|about| about.id.to_string());
            desk.articles(ids.collect()).await
        }
        Err(fault) => return web.fault(&fault),
    };
    let articles = match articles {
        Ok(articles) => articles,
        Err(fault) => return web.fault(&fault),
    };
    match feed(&web, &articles) {
        Ok(text) => for_all(&headers, RSS, text),
        Err(error) => web.fault(&error),
    }
}

fn feed(web: &Web, articles: &[Article]) -> io::Result<String> {
    let (locale, name, public) = (web.inner.locale, &web.inner.name, &web.inner.public);
    let address = public.page(words::FEED);
    document(|xml| {
        let rss = xml.create_element("rss").with_attribute(("version", "2.0"));
        rss.with_attribute(("xmlns:atom", "http://www.w3.org/2005/Atom")).write_inner_content(|xml| {
            xml.create_element("channel").write_inner_content(|xml| {
                element(xml, "title", &says::title(locale, name))?;
                element(xml, "link", &public.page(words::ARTICLES))?;
                element(xml, "description", &says::about(locale, name))?;
                element(xml, "language", says::language(locale))?;
                // Readers that were given the feed find it again by this.
                let itself = xml.create_element("atom:link").with_attribute(("rel", "self"));
                itself
                    .with_attribute(("type", "application/rss+xml"))
                    .with_attribute(("href", address.as_str()))
                    .write_empty()?;
                articles.iter().try_for_each(|article| item(web, xml, article))
            })?;
            Ok(())
        })?;
        Ok(())
    })
}

fn item(web: &Web, xml: &mut Xml, article: &Article) -> io::Result<()> {
    let about = &article.about;
    let address = web.inner.public.page(&article_path(&about.id));
    xml.create_element("item").write_inner_content(|xml| {
        element(xml, "title", &about.title)?;
        element(xml, "link", &address)?;
        // The address is permanent, and so is its name. A change makes it new again for readers that go by the date.
        element(xml, "guid", &address)?;
        element(xml, "description", &article::about(web.inner.locale, article))?;
        let date = about.updated.map(|date| date.and_time(NaiveTime::MIN).and_utc().to_rfc2822());
        date.map_or(Ok(()), |date| element(xml, "pubDate", &date))
    })?;
    Ok(())
}
