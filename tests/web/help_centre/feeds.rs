//! What search engines and feed readers are told.

use chrono::{DateTime, NaiveDate};
use guidepost::domain::{Article, Kind};
use roxmltree::Document;

use super::{Desk, attribute, plain};
use crate::conversations::library;

fn all(text: &str, name: &str) -> Vec<String> {
    let document = Document::parse(text).unwrap();
    // Of either vocabulary, and not of those that are mixed in.
    let is_own = |space: Option<&str>| space.is_none_or(|space| space.contains("sitemaps.org"));
    let nodes = document
        .descendants()
        .filter(|node| node.tag_name().name() == name && is_own(node.tag_name().namespace()));
    nodes.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_site_map_names_every_article_at_its_one_address() {
    let desk = Desk::usual().await;
    let page = desk.open("/sitemap.xml").await;
    assert_eq!(page.headers["content-type"], "application/xml; charset=utf-8");
    let mut named = all(&page.html, "loc");
    named.sort();
    let mut expected: Vec<String> = library::articles()
        .iter()
        .map(|article| format!("https://desk.example.org/a/{}", article.about.id))
        .collect();
    expected.extend(["https://desk.example.org/", "https://desk.example.org/articles"].map(str::to_owned));
    expected.sort();
    assert_eq!(named, expected);
    assert_eq!(all(&page.html, "lastmod"), ["2026-11-22"]);
    for part in ["1.xml", "0.xml", "x", "99999999999999999999.xml"] {
        assert_eq!(desk.open(&format!("/sitemap/{part}")).await.status, 404, "{part}");
    }
    let robots = desk.open("/robots.txt").await;
    assert!(robots.html.contains("Sitemap: https://desk.example.org/sitemap.xml\n"), "{}", robots.html);
    assert!(robots.html.contains("Disallow: /account\n") && !robots.html.contains("Disallow: /a\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_feed_has_what_changed_last_first_whatever_titles_say() {
    let dated = |at: u32| -> Article {
        let title = format!("<b>\"A\" & 'b'</b> ]]> {at}\u{7}");
        let mut article = plain(&format!("CTX{}", 1_000 + at), &title, Kind::Support, None, "One & <two>.");
        article.about.updated =
            NaiveDate::from_ymd_opt(2026, 1, 1).map(|day| day + chrono::Days::new(at.into()));
        article
    };
    let mut articles: Vec<Article> = (0..60).map(dated).collect();
    articles.push(plain("undated", "Undated", Kind::Support, None, "Text."));
    let desk = Desk::with(&articles).await;
    let page = desk.open("/feed.xml").await;
    assert_eq!(page.headers["content-type"], "application/rss+xml; charset=utf-8");
    let titles = all(&page.html, "title");
    assert_eq!(titles.len(), 51);
    assert_eq!(titles[1], "<b>\"A\" & 'b'</b> ]]> 59");
    let links = all(&page.html, "link");
    assert_eq!(
        (links[0].as_str(), links[1].as_str()),
        ("https://desk.example.org/articles", "https://desk.example.org/a/CTX1059")
    );
    assert_eq!(all(&page.html, "description")[1], "One & <two>.");
    let changed: Vec<_> =
        all(&page.html, "pubDate").iter().map(|date| DateTime::parse_from_rfc2822(date).unwrap()).collect();
    assert_eq!(changed.len(), 50);
    assert!(changed.is_sorted_by(|a, b| a >= b));
    let list = desk.open("/articles").await;
    assert_eq!(attribute(&list, "link[rel=alternate]", "href").as_deref(), Some("/feed.xml"));
}
