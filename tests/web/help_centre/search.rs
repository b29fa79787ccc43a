//! The search: passages that answer, limits, what was meant, and whatever people and others type.

use guidepost::domain::Kind;

use super::{Desk, attribute, attributes, plain, texts};
use crate::conversations::library;

#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_answered_with_passages_in_which_what_matched_is_marked() {
    let desk = Desk::usual().await;
    let page = desk.open("/search?q=how+do+i+add+a+contact").await;
    assert_eq!((page.status, page.title().as_str()), (200, "Search"));
    let found = attributes(&page, "ol.results h3 a", "href");
    assert_eq!(found.first().map(String::as_str), Some("/a/CTX120355"));
    for (place, word) in
        [("h3 mark", "contact"), ("p.hint mark", "contact"), ("li > p:not(.hint) mark", "contact")]
    {
        let marked = texts(&page, &format!("ol.results {place}"));
        assert!(marked.iter().any(|text| text.to_lowercase().starts_with(word)), "{place}: {marked:?}");
    }
    assert!(page.text().contains("Support article · CTX120355"), "{}", page.text());
    assert_eq!(attribute(&page, "input[type=search]", "value").as_deref(), Some("how do i add a contact"));
    assert_eq!(attribute(&page, "meta[name=robots]", "content").as_deref(), Some("noindex"));
    assert!(page.html.contains("<title>Search: &quot;how do i add a contact&quot; · Guidepost</title>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_misspelt_question_is_read_as_it_was_meant_and_leads_there() {
    let desk = Desk::usual().await;
    let mut page = desk.open("/search?q=add+a+Contcat&kind=support").await;
    assert!(
        page.text().contains("Read \"contcat\" as \"contact\". Did you mean add a contact?"),
        "{}",
        page.text()
    );
    assert_eq!(attributes(&page, "ol.results h3 a", "href")[0], "/a/CTX120355");
    page.follow("add a contact").await;
    assert_eq!(page.path, "/search?q=add+a+contact&kind=support");
    assert!(!page.text().contains("Did you mean"));
}

#[tokio::test(flavor = "multi_thread")]
async fn results_are_limited_to_a_product_and_a_kind() {
    let desk = Desk::usual().await;
    let found = async |path: &str| attributes(&desk.open(path).await, "ol.results h3 a", "href");
    let all = found("/search?q=sign+in+password+contacts").await;
    let cloud = found("/search?q=sign+in+password+contacts&product=citrix-cloud").await;
    let support = found("/search?q=sign+in+password+contacts&kind=support").await;
    assert!(
        cloud.contains(&"/a/sign-in".to_owned()) && !cloud.contains(&"/a/CTX120355".to_owned()),
        "{cloud:?}"
    );
    assert!(support.iter().all(|path| path.starts_with("/a/CTX")), "{support:?}");
    assert!(all.len() > cloud.len() && all.len() > support.len());
    let page = desk.open("/search?q=contacts&product=citrix-account&kind=support").await;
    assert_eq!(attributes(&page, "option[selected]", "value"), ["citrix-account", "support"]);
    let mut page = desk.open("/search?q=quokka&product=citrix-cloud").await;
    assert!(page.text().contains("I found nothing about this in the product and kind that you chose."));
    page.follow("Search all products and kinds").await;
    assert_eq!(page.path, "/search?q=quokka");
    let page = desk.open("/search?q=contacts&product=nothing").await;
    assert!(page.text().contains("There is no \"nothing\" here, so the articles are not limited to it."));
    assert!(attributes(&page, "ol.results h3 a", "href").contains(&"/a/CTX120355".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_articles_that_are_about_as_good_support_comes_first() {
    let text = "The quokka sleeps in the shade of a bush.";
    let desk = Desk::with(&[
        plain("quokka-guide", "Quokka", Kind::Documentation, None, text),
        plain("CTX1000", "Quokka", Kind::Support, None, text),
    ])
    .await;
    let page = desk.open("/search?q=quokka+sleeps").await;
    assert_eq!(attributes(&page, "ol.results h3 a", "href"), ["/a/CTX1000", "/a/quokka-guide"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn results_come_in_pages_that_lead_to_each_other() {
    let articles: Vec<_> = (0..30)
        .map(|at| {
            let title = format!("Quokka {}", char::from(b'a' + at % 26));
            plain(&format!("CTX{}", 1000 + u32::from(at)), &title, Kind::Support, None, "It sleeps.")
        })
        .collect();
    let desk = Desk::with(&articles).await;
    let mut page = desk.open("/search?q=quokka").await;
    assert!(page.text().contains("Results 1 to 10, best first."), "{}", page.text());
    let first = attributes(&page, "ol.results h3 a", "href");
    page.follow("Next page").await;
    assert_eq!(page.path, "/search?q=quokka&page=2");
    assert!(page.text().contains("Results 11 to 20, best first."), "{}", page.text());
    assert_eq!(attribute(&page, "ol.results", "start").as_deref(), Some("11"));
    let second = attributes(&page, "ol.results h3 a", "href");
    assert!(first.iter().all(|path| !second.contains(path)) && second.len() == 10);
    page.follow("Previous page").await;
    assert_eq!(page.path, "/search?q=quokka");
    for far in ["3", "99", "18446744073709551615"] {
        let page = desk.open(&format!("/search?q=quokka&page={far}")).await;
        assert!(page.text().contains("There are no further results."), "{far}: {}", page.text());
        assert!(texts(&page, "nav.pages a").contains(&"Previous page".to_owned()), "{far}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_nothing_is_told_what_can_be_asked_and_nothing_typed_is_markup() {
    let desk = Desk::usual().await;
    for path in ["/search", "/search?q=", "/search?q=+++", "/search?q=%00%07", "/search?product=citrix-cloud"]
    {
        let page = desk.open(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert!(page.text().contains("Type a question as you would ask a person"), "{path}");
    }
    let long = "quokka+".repeat(2_000);
    for query in [
        "%3Cscript%3Ealert(1)%3C/script%3E",
        "%22%3E%3Cimg+src=x+onerror=alert(1)%3E",
        "%FF%FE",
        "%",
        "title:*%20OR%20(%5B",
        "%F0%9F%92%A9",
        "CTX",
        "a",
        &long,
    ] {
        let page = desk.open(&format!("/search?q={query}&product={query}&kind={query}&page={query}")).await;
        assert_eq!(page.status, 200, "{query}");
        assert_eq!(page.html.matches("<script").count(), 1, "{query}");
        assert!(texts(&page, "img").is_empty(), "{query}");
    }
    let page = desk.open(&format!("/search?q={long}")).await;
    assert!(page.text().contains("I read the first 4000 characters of this."));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_finds_its_article_and_a_question_without_an_answer_says_so() {
    let desk = Desk::with(&library::articles()).await;
    let page = desk.open("/search?q=ctx+130993&product=citrix-cloud&kind=documentation").await;
    assert_eq!(attributes(&page, "ol.results h3 a", "href")[0], "/a/CTX130993");
    let page = desk.open("/search?q=does+the+account+support+quantum+routing+of+penguins").await;
    assert!(page.text().contains("I found nothing that answers this well."), "{}", page.text());
    assert!(page.text().contains("Ask the desk"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_question_has_the_same_page_and_a_change_of_products_shows_at_once() {
    let desk = Desk::usual().await;
    let first = desk.open("/search?q=contacts").await;
    let again = desk.open("/search?q=contacts").await;
    assert_eq!(first.html, again.html);
    assert!(texts(&first, "option").contains(&"Citrix Cloud".to_owned()));
    let other = desk.open("/search?q=contacts&kind=documentation").await;
    assert_ne!(first.html, other.html);
    desk.world.desk.set_products(Vec::new());
    let later = desk.open("/search?q=contacts").await;
    assert!(!texts(&later, "option").contains(&"Citrix Cloud".to_owned()));
}
