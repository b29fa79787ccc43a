//! The list of all articles.

use guidepost::domain::Kind;

use super::{Desk, attribute, attributes, plain, texts};
use crate::conversations::library;

#[tokio::test(flavor = "multi_thread")]
async fn articles_are_listed_by_product_and_kind_and_limited_to_either() {
    let mut articles = library::articles();
    articles.push(plain("about-us", "About us", Kind::Documentation, None, "Who we are."));
    let desk = Desk::with(&articles).await;
    let mut page = desk.open("/articles").await;
    assert_eq!((page.status, page.title().as_str()), (200, "Articles"));
    assert_eq!(texts(&page, "main h2"), ["Citrix Cloud", "Citrix account", "General"]);
    assert_eq!(texts(&page, "main h3"), ["Documentation", "Support articles", "Documentation", "Tech Zone"]);
    assert!(page.text().contains("8 articles"));
    assert_eq!(
        texts(&page, "option"),
        [
            "All products",
            "Citrix Cloud (3)",
            "Citrix account (3)",
            "All kinds",
            "Support articles (3)",
            "Documentation (4)",
            "Tech Zone (1)"
        ]
    );
    assert_eq!(attribute(&page, "header nav a[aria-current]", "href").as_deref(), Some("/articles"));
    assert_eq!(attributes(&page, "ul.articles a", "href").len(), 8);
    page.open("/articles?product=citrix-account&kind=support").await;
    assert_eq!(page.title(), "Support articles: Citrix account");
    assert_eq!(
        texts(&page, "ul.articles li"),
        [
            "Add contacts to a Citrix account CTX120355 updated 22 November 2026",
            "Manage security contacts CTX317965",
            "Update contact restrictions and administrators CTX130993"
        ]
    );
    let canonical = attribute(&page, "link[rel=canonical]", "href").unwrap();
    assert_eq!(canonical, "https://desk.example.org/articles?product=citrix-account&kind=support");
    // Whatever a product is called, the page has one address.
    page.open("/articles?product=My+Account&kind=support&page=9").await;
    assert_eq!(attribute(&page, "link[rel=canonical]", "href").unwrap(), canonical);
    page.open("/articles?product=citrix-account&kind=tech-zone").await;
    assert!(page.text().contains("There are no articles of this product and kind."));
    page.open("/articles?product=%3Cscript%3E&kind=x").await;
    assert!(page.text().contains("There is no \"<script>\" here") && page.text().contains("8 articles"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_list_has_pages_and_every_article_is_on_one_of_them() {
    let products = library::products();
    let articles: Vec<_> = (0..250_u32)
        .map(|at| {
            let product = products.get(at as usize % 3);
            plain(
                &format!("CTX{}", 1_000 + at),
                &format!("Title {}", at * 7 % 250),
                Kind::Support,
                product,
                "Text.",
            )
        })
        .collect();
    let desk = Desk::with(&articles).await;
    let mut page = desk.open("/articles").await;
    let mut seen = attributes(&page, "ul.articles a", "href");
    assert!(page.text().contains("Page 1 of 3"));
    for number in [2, 3] {
        page.follow("Next page").await;
        assert_eq!(page.path, format!("/articles?page={number}"));
        seen.extend(attributes(&page, "ul.articles a", "href"));
    }
    assert_eq!(texts(&page, "nav.pages a"), ["Previous page"]);
    assert_eq!(seen.len(), 250);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 250);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_articles_the_page_says_what_will_be_here() {
    let desk = Desk::with(&[]).await;
    let page = desk.open("/articles").await;
    assert!(page.text().contains("There are no articles yet."), "{}", page.text());
    assert_eq!(desk.open("/feed.xml").await.status, 200);
    assert_eq!(desk.open("/sitemap.xml").await.status, 200);
    assert_eq!(desk.open("/search?q=anything").await.status, 200);
}
