//! A web page: its main content, its title, and the address it wants to be known by.

use dom_query::Document as Dom;
use dom_smoothie::{Config, Readability};
use url::Url;

use super::{
    date, html,
    meta::{self, Meta},
    report::Reason,
};

/// More elements than any help page has; the search for the content takes longer than linear time.
const MOST_ELEMENTS: usize = 100_000;
/// How much of a page's own main part has to be in the content that was found, of ten.
const SHARE: usize = 6;

/// Where pages say when they last changed, besides what the search for the content looks at.
const MODIFIED: [&str; 4] = [
    "meta[property='article:modified_time']",
    "meta[property='og:updated_time']",
    "meta[name='updated_at']",
    "meta[name='last-modified']",
];

/// What stands around the text of a page, or can't be read.
const CLUTTER: &str = "nav, aside, footer, script, style, noscript, template, [role=navigation], [role=search], [aria-hidden=true]";

/// What was found on a page.
#[derive(Debug)]
pub(super) struct Page {
    /// What it says about itself; `url` is its canonical address.
    pub meta: Meta,
    /// Its main content, in HTML.
    pub html: String,
}

/// Reads a page that was found at `address`.
pub(super) fn read(source: &str, address: Option<&Url>) -> Result<Page, Reason> {
    html::check(source)?;
    let malformed = |error: dom_smoothie::ReadabilityError| Reason::Malformed(error.to_string());
    let config = Config { max_elements_to_parse: MOST_ELEMENTS, keep_classes: true, ..Config::default() };
    let mut reader = Readability::new(source, address.map(Url::as_str), Some(config)).map_err(malformed)?;
    let dom = &reader.doc;
    remove_permalinks(dom);
    let canonical = attribute(dom, "link[rel=canonical]", "href").and_then(|href| canonical(&href, address));
    let own_main = own_main(dom);
    let heading = heading(dom);
    let language = attribute(dom, "html", "lang");
    let keywords = attribute(dom, "meta[name=keywords]", "content").unwrap_or_default();
    let declared: Vec<String> =
        MODIFIED.iter().filter_map(|selector| attribute(dom, selector, "content")).collect();
    if let Some(main) = own_main.as_ref().filter(|main| main.marked) {
        // A page that knows its main part need not be searched for it, only cleared of what stands around.
        dom.select_single("body").set_html(main.html.as_str());
    }
    let article = match reader.parse() {
        Ok(article) => Some(article),
        Err(dom_smoothie::ReadabilityError::GrabFailed) => None,
        Err(error) => return Err(malformed(error)),
    };

    let found = article.as_ref().map(|article| article.content.to_string());
    let content = match (found, own_main) {
        (Some(found), Some(main)) if letters(&found) * 10 < letters(&main.html) * SHARE => main.html,
        (Some(found), _) => found,
        (None, Some(main)) => main.html,
        (None, None) => return Err(Reason::Empty),
    };
    let page_title = article.as_ref().map(|article| meta::title(&article.title)).unwrap_or_default();
    // The heading is the title without the name of the site.
    let title = heading.filter(|heading| page_title.is_empty() || page_title.contains(heading.as_str()));
    let times =
        article.as_ref().map(|article| [article.modified_time.clone(), article.published_time.clone()]);
    let times = declared.into_iter().chain(times.into_iter().flatten().flatten());
    let meta = Meta {
        title: title.or(Some(page_title)).filter(|title| !title.is_empty()),
        updated: times.into_iter().find_map(|text| date::parse(&text)),
        keywords: keywords
            .split(',')
            .map(str::trim)
            .filter(|word| !word.is_empty())
            .map(str::to_owned)
            .collect(),
        url: canonical.or_else(|| address.cloned()),
        language: language.filter(|language| !language.is_empty()),
        ..Meta::default()
    };
    Ok(Page { meta, html: content })
}

/// Takes the signs (`¶`, `#`) out of headings that link a section to itself.
fn remove_permalinks(dom: &Dom) {
    for link in dom.select("h1 a, h2 a, h3 a, h4 a, h5 a, h6 a").nodes() {
        if !link.text().chars().any(char::is_alphanumeric)
            && !link.descendants_it().any(|node| node.has_name("img"))
        {
            link.remove_from_parent();
        }
    }
}

fn canonical(href: &str, address: Option<&Url>) -> Option<Url> {
    let url = match address {
        Some(address) => address.join(href.trim()).ok()?,
        None => Url::parse(href.trim()).ok()?,
    };
    matches!(url.scheme(), "http" | "https").then_some(url)
}

fn attribute(dom: &Dom, selector: &str, name: &str) -> Option<String> {
    dom.select_single(selector).attr(name).map(|value| value.trim().to_owned())
}

/// The page's only heading of the first level.
fn heading(dom: &Dom) -> Option<String> {
    let headings = dom.select("h1");
    let text = headings.text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (headings.length() == 1 && !text.is_empty()).then_some(text)
}

/// The main part of a page, without menus and the like.
struct Main {
    html: String,
    /// Whether the page itself says that this is it; otherwise it is all there is.
    marked: bool,
}

fn own_main(dom: &Dom) -> Option<Main> {
    let marked = ["main", "[role=main]", "article"].into_iter().map(|selector| dom.select(selector));
    let main = marked.into_iter().find(|found| found.length() == 1);
    let part = Dom::fragment(main.as_ref().unwrap_or(&dom.select_single("body")).inner_html());
    part.select(CLUTTER).remove();
    let html = part.html().to_string();
    (letters(&html) > 0).then_some(Main { html, marked: main.is_some() })
}

/// How much a reader sees of a piece of HTML.
fn letters(html: &str) -> usize {
    Dom::fragment(html).text().chars().filter(|c| c.is_alphanumeric()).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::knowledge::import::html::to_markdown;

    fn markdown(html: &str) -> String {
        to_markdown(&read(html, None).unwrap().html).unwrap()
    }

    #[test]
    fn a_short_page_is_its_main_part() {
        let html = "<body><header><nav><a href=/>Home</a> <a href=/all>All articles</a></nav></header>\
                    <div class=sidebar><ul><li><a href=/a>Related one</a><li><a href=/b>Related two</a></ul></div>\
                    <main><h1>Unlock it</h1><ol><li>Call us.<li>Wait.</ol><table><tr><td>Hours<td>9 to 5</table></main>\
                    <footer>Imprint</footer>";
        let said = markdown(html);
        for kept in ["Unlock it", "1. Call us.", "2. Wait.", "| Hours | 9 to 5 |"] {
            assert!(said.contains(kept), "{said}");
        }
        for gone in ["All articles", "Related", "Imprint"] {
            assert!(!said.contains(gone), "{said}");
        }
    }

    #[test]
    fn a_page_without_any_marks_is_read_whole() {
        assert!(markdown("<p>Just a sentence.").contains("Just a sentence."));
        assert!(matches!(read("<html><body></body></html>", None), Err(Reason::Empty)));
        assert!(matches!(read("", None), Err(Reason::Empty)));
    }

    #[test]
    fn the_title_goes_without_the_name_of_the_site() {
        let html = "<title>Unlock it – Help – Acme</title><meta property=og:title content='Unlock it'><h1>Unlock it</h1><p>a";
        assert_eq!(read(html, None).unwrap().meta.title.as_deref(), Some("Unlock it"));
        let html = "<title>Unlock it | Acme Help Center</title><h1>Unlock it<a href=#x>¶</a></h1><p>a";
        assert_eq!(read(html, None).unwrap().meta.title.as_deref(), Some("Unlock it"));
    }

    #[test]
    fn deep_pages_are_read_or_refused_but_never_followed_to_the_end_of_the_stack() {
        for levels in [50, 150, 900, 50_000] {
            let html = format!("{}<p>a{}", "<div>".repeat(levels), "</div>".repeat(levels));
            let said = read(&html, None).and_then(|page| to_markdown(&page.html));
            assert_eq!(said.is_ok(), levels < 1_000, "{levels}");
        }
        let list = format!("{}x", "<ul><li>".repeat(80));
        assert!(to_markdown(&list).unwrap().contains('x'));
    }
}
