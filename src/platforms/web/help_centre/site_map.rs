//! The list of all pages for search engines, and what they are asked.

use std::io;

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use crate::domain::{About, PublicUrl};
use crate::replies::pages::help_centre as words;

use super::super::prose::article_path;
use super::super::{Web, not_found};
use super::for_all;
use super::xml::{Xml, document, element};

pub(super) const XML: &str = "application/xml; charset=utf-8";
/// The most addresses in one list, as the protocol has it.
const MOST: usize = 50_000;
const NAMESPACE: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");

/// Pages of somebody's, pages behind links, and pages that are made for whoever asks.
const PRIVATE: [&str; 8] =
    ["/search", "/account", "/sign-in", "/sign-up", "/sign-out", "/password", "/invitation", "/link"];

/// A page.
struct Entry {
    address: String,
    changed: Option<String>,
}

pub async fn show(State(web): State<Web>, headers: HeaderMap) -> Response {
    let articles = match web.inner.news.desk.catalogue().await {
        Ok(articles) => articles,
        Err(fault) => return web.fault(&fault),
    };
    answer(&web, &headers, whole(&entries(&web.inner.public, &articles), &web.inner.public, MOST))
}

/// A part of a list that is too long for one.
pub async fn part(State(web): State<Web>, headers: HeaderMap, Path(part): Path<String>) -> Response {
    let articles = match web.inner.news.desk.catalogue().await {
        Ok(articles) => articles,
        Err(fault) => return web.fault(&fault),
    };
    let entries = entries(&web.inner.public, &articles);
    let number = part.strip_suffix(".xml").and_then(|number| number.parse::<usize>().ok());
    let chunk = number.and_then(|number| entries.chunks(MOST).nth(number.checked_sub(1)?));
    match chunk.filter(|_| entries.len() > MOST) {
        Some(chunk) => answer(&web, &headers, list(chunk)),
        None => not_found(State(web)).await,
    }
}

fn answer(web: &Web, headers: &HeaderMap, written: io::Result<String>) -> Response {
    match written {
        Ok(text) => for_all(headers, XML, text),
        Err(error) => web.fault(&error),
    }
}

fn entries(public: &PublicUrl, articles: &[About]) -> Vec<Entry> {
    let pages = ["/", words::ARTICLES].map(|path| Entry { address: public.page(path), changed: None });
    let articles = articles.iter().map(|about| Entry {
        address: public.page(&article_path(&about.id)),
        changed: about.updated.map(|date| date.to_string()),
    });
    pages.into_iter().chain(articles).collect()
}

/// All of them, or the list of their lists where they are more than `most`.
fn whole(entries: &[Entry], public: &PublicUrl, most: usize) -> io::Result<String> {
    if entries.len() <= most {
        return list(entries);
    }
    document(|xml| {
        xml.create_element("sitemapindex").with_attribute(NAMESPACE).write_inner_content(|xml| {
            (1..=entries.len().div_ceil(most)).try_for_each(|number| {
                entry(xml, "sitemap", &public.page(&format!("/sitemap/{number}.xml")), None)
            })
        })?;
        Ok(())
    })
}

fn list(entries: &[Entry]) -> io::Result<String> {
    document(|xml| {
        xml.create_element("urlset").with_attribute(NAMESPACE).write_inner_content(|xml| {
            entries.iter().try_for_each(|one| entry(xml, "url", &one.address, one.changed.as_deref()))
        })?;
        Ok(())
    })
}

fn entry(xml: &mut Xml, name: &str, address: &str, changed: Option<&str>) -> io::Result<()> {
    xml.create_element(name).write_inner_content(|xml| {
        element(xml, "loc", address)?;
        changed.map_or(Ok(()), |changed| element(xml, "lastmod", changed))
    })?;
    Ok(())
}

pub async fn robots(State(web): State<Web>, headers: HeaderMap) -> Response {
    let private: String = PRIVATE.iter().flat_map(|path| ["Disallow: ", path, "\n"]).collect();
    let list = web.inner.public.page(words::SITE_MAP);
    let text = format!("User-agent: *\n{private}\nSitemap: {list}\n");
    for_all(&headers, "text/plain; charset=utf-8", text)
}

#[cfg(test)]
mod tests {
    use roxmltree::Document;

    use super::*;

    #[test]
    fn a_list_that_is_too_long_becomes_several_and_a_list_of_them() {
        let public = PublicUrl::parse("https://desk.example.org").unwrap();
        let entries: Vec<Entry> =
            (0..7).map(|at| Entry { address: public.page(&format!("/a/{at}")), changed: None }).collect();
        let locations = |text: &str| -> Vec<String> {
            let document = Document::parse(text).unwrap();
            let all = document.descendants().filter(|node| node.has_tag_name((NAMESPACE.1, "loc")));
            all.filter_map(|node| node.text()).map(str::to_owned).collect()
        };
        assert_eq!(locations(&whole(&entries, &public, 7).unwrap()).len(), 7);
        assert_eq!(
            locations(&whole(&entries, &public, 3).unwrap()),
            ["1", "2", "3"].map(|part| format!("https://desk.example.org/sitemap/{part}.xml"))
        );
    }
}
