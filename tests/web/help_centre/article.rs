//! An article on its page: one address, sections, steps, and nothing of its author's HTML.

use std::collections::BTreeSet;
use std::fs;

use guidepost::chat::{ChoiceId, Verb};
use guidepost::domain::Handle;
use guidepost::knowledge::{self, Manifest};
use reqwest::StatusCode;
use reqwest::header::{CACHE_CONTROL, CONTENT_ENCODING, ETAG, LOCATION};

use super::{Desk, attribute, attributes, texts};
use crate::conversations::library;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_article_is_called_it_has_one_address() {
    let mut articles = library::articles();
    articles[0].about.aliases = vec!["CTX100001".to_owned(), "old-contacts".to_owned()];
    let desk = Desk::with(&articles).await;
    for name in
        ["ctx120355", "CTX-120355", "ctx%20120355", "120355", "CTX100001", "ctx100001", "old-contacts"]
    {
        let answer = desk.get(&format!("/a/{name}")).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::PERMANENT_REDIRECT, "{name}");
        assert_eq!(answer.headers()[LOCATION], "/a/CTX120355", "{name}");
    }
    let page = desk.open("/a/ctx120355").await;
    assert_eq!((page.status, page.path.as_str()), (200, "/a/CTX120355"));
    assert_eq!(page.title(), "Add contacts to a Citrix account");
    let address = "https://desk.example.org/a/CTX120355";
    assert_eq!(attribute(&page, "link[rel=canonical]", "href").as_deref(), Some(address));
    for (property, content) in [
        ("og:url", address),
        ("og:title", "Add contacts to a Citrix account"),
        ("og:type", "article"),
        ("og:description", "Add someone to your company's Citrix account so that they can use My Account."),
        ("og:site_name", "Guidepost"),
    ] {
        let meta = attribute(&page, &format!("meta[property=\"{property}\"]"), "content");
        assert_eq!(meta.as_deref(), Some(content), "{property}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_an_article_that_is_not_there_can_search_for_it() {
    let desk = Desk::usual().await;
    let long = "a".repeat(5_000);
    for name in [
        "CTX999999",
        "no-such-article",
        "%00",
        "%FF%FE",
        "..%2f..%2fetc%2fpasswd",
        "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
        "%F0%9F%92%A9",
        "%22%3E",
        "-",
        &long,
    ] {
        let page = desk.open(&format!("/a/{name}")).await;
        assert_eq!((page.status, page.title().as_str()), (404, "There is no such article"), "{name}");
        assert_eq!(attribute(&page, "form.find", "action").as_deref(), Some("/search"), "{name}");
        assert_eq!(page.html.matches("<script").count(), 1, "{name}");
        assert!(page.html.len() < 10_000, "{name}");
    }
    let page = desk.open("/a/add-a-contact-to-my-account").await;
    let field = attribute(&page, "input[type=search]", "value");
    assert_eq!(field.as_deref(), Some("add-a-contact-to-my-account"));
    for path in ["/a/", "/a", "/a/CTX120355/x", "/a/x/helpful"] {
        let status = desk.open(path).await.status;
        assert!([404, 405].contains(&status), "{path}: {status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_article_has_sections_steps_a_guide_and_what_is_read_next() {
    let desk = Desk::usual().await;
    let page = desk.open("/a/CTX120355").await;
    assert!(page.text().contains("Support article CTX120355 Citrix account Updated 22 November 2026"));
    let press = attribute(&page, "form.walk button", "value").unwrap();
    let id = library::id("CTX120355");
    assert_eq!(press, ChoiceId::of(&Verb::Guide(Handle::from(&id), Some(0))).to_string());
    assert_eq!(attribute(&page, "form.walk", "action").as_deref(), Some("/"));
    assert_eq!(attribute(&page, "form.walk button", "name").as_deref(), Some("press"));
    assert_eq!(texts(&page, "form.walk button").first().map(String::as_str), Some("Walk me through it"));
    assert!(texts(&page, "article ol > li").len() >= 3, "its steps");
    let related = attributes(&page, "nav.related a", "href");
    assert!((1..=5).contains(&related.len()), "{related:?}");
    assert!(!related.contains(&"/a/CTX120355".to_owned()), "{related:?}");
    for path in related {
        assert_eq!(desk.open(&path).await.status, 200, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sections_are_listed_and_every_anchor_is_there_once() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("many.md"),
        "+++\nid = \"many\"\ntitle = \"Many\"\nkind = \"support\"\n+++\nFirst.\n\n## Set up\n\n1. Go.\n\n### On Linux\n\na\n\n### On \
         Linux\n\nb\n\n## Set up\n\n1. Go on.\n\n## Ünïcödé & <b>bold</b>\n\nc\n\n## 設定\n\nd\n\n## Main\n\ne\n\n## Helpful\n\nf\n",
    )
    .unwrap();
    let loaded = knowledge::load(folder.path(), &Manifest::default(), &mut |_, _| {}).unwrap();
    let articles: Vec<_> = loaded.articles.into_iter().map(|loaded| loaded.article).collect();
    let desk = Desk::with(&articles).await;
    let page = desk.open("/a/many").await;
    let listed = attributes(&page, "nav.contents a", "href");
    assert_eq!(
        texts(&page, "nav.contents a"),
        ["Set up", "On Linux", "On Linux", "Set up", "Ünïcödé & bold", "設定", "Main", "Helpful"]
    );
    let all = attributes(&page, "[id]", "id");
    let ids: BTreeSet<&String> = all.iter().collect();
    assert_eq!(ids.len(), all.len(), "no id stands twice: {all:?}");
    for link in listed {
        assert!(ids.contains(&link.trim_start_matches('#').to_owned()), "{link}");
    }
    // Two guides: each is begun where it stands, and its button says which it is.
    assert_eq!(attributes(&page, "form.walk button", "value").len(), 3);
    assert_eq!(attributes(&page, "form.walk button", "aria-label"), ["Walk me through it: Set up"; 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_an_authors_html_is_markup() {
    let folder = tempfile::tempdir().unwrap();
    let evil = "<script>alert(1)</script><img src=x onerror=alert(1)><svg onload=alert(1)>";
    let text = format!(
        "+++\nid = \"evil\"\ntitle = '\"><script>alert(1)</script>'\nkind = \"support\"\nurl = \"https://example.org/\\\"><script>\"\nlanguage = \"en\"\n+++\n         {evil}\n\n## A {evil}\n\n1. [go](javascript:alert(1)) {evil}\n2. [go](data:text/html,<script>alert(1)</script>)\n3. \
         <a href=\"javascript:alert(1)\">x</a>\n\n```\n{evil}\n```\n\n| a {evil} |\n| - |\n| <iframe src=//evil></iframe> |\n\n<form \
         action=//evil><input name=password></form>\n\n## B\n\nb\n\n## \"onclick=\"alert(1)\n\nc\n"
    );
    fs::write(folder.path().join("evil.md"), text).unwrap();
    let loaded = knowledge::load(folder.path(), &Manifest::default(), &mut |_, _| {}).unwrap();
    let mut articles: Vec<_> = loaded.articles.into_iter().map(|loaded| loaded.article).collect();
    assert_eq!(articles.len(), 1, "{:?}", loaded.faults);
    articles.extend(library::articles());
    let desk = Desk::with(&articles).await;
    for path in ["/a/evil", "/search?q=alert+go", "/articles"] {
        let page = desk.open(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(page.html.matches("<script").count(), 1, "{path}");
        for selector in ["img", "svg", "iframe", "input[name=password]", "[onerror]", "[onclick]", "[onload]"]
        {
            assert_eq!(attributes(&page, selector, "src").len(), 0, "{path}: {selector}");
            assert!(texts(&page, selector).is_empty(), "{path}: {selector}");
        }
        let links = attributes(&page, "a", "href");
        let is_safe =
            |link: &String| link.starts_with('/') || link.starts_with('#') || link.starts_with("https://");
        assert!(links.iter().all(is_safe), "{path}: {links:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_keeps_an_article_until_it_changes_and_gets_it_compressed() {
    let desk = Desk::usual().await;
    for path in
        ["/a/CTX120355", "/articles", "/search?q=add+a+contact", "/sitemap.xml", "/feed.xml", "/robots.txt"]
    {
        let first = desk.get(path).send().await.unwrap();
        assert_eq!(first.headers()[CACHE_CONTROL], "no-cache", "{path}");
        let tag = first.headers()[ETAG].clone();
        let plain = first.bytes().await.unwrap();
        let again = desk.get(path).header("if-none-match", &tag).send().await.unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(again.headers()[ETAG], tag, "{path}");
        assert!(again.bytes().await.unwrap().is_empty(), "{path}");
        let small = desk.get(path).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(small.headers()[CONTENT_ENCODING], "gzip", "{path}");
        assert!(small.headers()["vary"].to_str().unwrap().contains("accept-encoding"), "{path}");
        assert_eq!(small.headers()[ETAG], tag, "{path}");
        let small = small.bytes().await.unwrap();
        let mut whole = Vec::new();
        std::io::copy(&mut flate2::read::GzDecoder::new(&small[..]), &mut whole).unwrap();
        assert_eq!(whole, plain, "{path}");
    }
    // What is somebody's is neither kept nor compressed.
    for path in ["/sign-in", "/password", "/nothing"] {
        let answer = desk.get(path).header("accept-encoding", "gzip").send().await.unwrap();
        assert_eq!(answer.headers()[CACHE_CONTROL], "no-store", "{path}");
        assert!(!answer.headers().contains_key(CONTENT_ENCODING), "{path}");
    }
}
