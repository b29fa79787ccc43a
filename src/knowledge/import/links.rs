//! Where the links of imported articles lead: to another article of the import, to the web, or nowhere.

use std::{
    collections::{HashMap, HashSet},
    fmt::Write,
};

use percent_encoding::percent_decode_str;
use url::Url;

use super::{ids, paths, report::Links};
use crate::domain::ArticleId;

/// Marks a link that counts from the top of its folder: those of shared parts do.
pub(super) const WITHIN_TREE: &str = "import-tree:";

/// What becomes of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// It leads to an article of the desk.
    Article(ArticleId),
    /// It leads to an address.
    Web(String),
    /// Only its text stays.
    Plain,
}

/// Where a document stands, which its links count from.
#[derive(Debug, Clone, Default)]
pub(super) struct Place {
    /// What it came from; paths are unique within one origin.
    pub origin: String,
    /// Its path, where it came from a folder.
    pub path: Option<String>,
    /// Its address, where it has one.
    pub url: Option<Url>,
}

/// The articles of an import by all that links call them.
#[derive(Debug, Default)]
pub struct Targets {
    paths: HashMap<(String, String), ArticleId>,
    sites: HashMap<String, ArticleId>,
    ids: HashSet<ArticleId>,
}

impl Targets {
    /// Makes an article known under its path within its origin.
    pub(super) fn add_path(&mut self, origin: &str, path: &str, id: &ArticleId) {
        self.paths.entry((origin.to_owned(), page_key(path))).or_insert_with(|| id.clone());
        self.ids.insert(id.clone());
    }

    /// Makes an article known under an address.
    pub(super) fn add_url(&mut self, url: &Url, id: &ArticleId) {
        self.sites.entry(site_key(url, true)).or_insert_with(|| id.clone());
        self.ids.insert(id.clone());
    }

    /// Whether this is the id of an article of the import.
    pub(super) fn has_id(&self, id: &str) -> bool {
        ArticleId::parse(id).is_ok_and(|id| self.ids.contains(&id))
    }

    fn at(&self, url: &Url) -> Option<&ArticleId> {
        self.sites.get(&site_key(url, true)).or_else(|| self.sites.get(&site_key(url, false)))
    }

    fn within(&self, origin: &str, path: &str) -> Option<&ArticleId> {
        self.paths.get(&(origin.to_owned(), page_key(path)))
    }

    /// Resolves a link of the article `own`, which stands at `place`, and counts what became of it.
    pub(super) fn resolve(&self, own: &ArticleId, place: &Place, link: &str, counts: &mut Links) -> Target {
        let link = link.trim();
        let target = self.lead(place, link);
        // An article that links to itself means one of its sections.
        if matches!(&target, Target::Article(id) if id == own) {
            counts.anchors += 1;
            return Target::Plain;
        }
        match &target {
            Target::Article(_) => counts.articles += 1,
            Target::Web(_) => counts.web += 1,
            Target::Plain if link.is_empty() || link.starts_with(['#', '?']) => counts.anchors += 1,
            Target::Plain => counts.dropped += 1,
        }
        target
    }

    fn lead(&self, place: &Place, link: &str) -> Target {
        if link.is_empty() || link.starts_with(['#', '?']) {
            return Target::Plain;
        }
        if let Some(path) = link.strip_prefix(WITHIN_TREE) {
            return self.lead_within(place, &format!("~/{path}"));
        }
        if link.starts_with("//") {
            return self.lead(place, &format!("https:{link}"));
        }
        match Url::parse(link) {
            Ok(url) if matches!(url.scheme(), "http" | "https") => match self.at(&url) {
                Some(id) => Target::Article(id.clone()),
                // An address with spaces in it is none for readers less forgiving than browsers.
                None if link.contains(char::is_whitespace) => Target::Web(url.into()),
                None => Target::Web(link.to_owned()),
            },
            Ok(url) if url.scheme() == "mailto" && url.path().contains('@') => Target::Web(url.into()),
            Ok(_) => Target::Plain,
            Err(_) if link.contains("://") => Target::Plain,
            Err(_) => self.lead_within(place, link),
        }
    }

    /// A relative link: to a file of the same folder, else to where the folder is on the web.
    fn lead_within(&self, place: &Place, link: &str) -> Target {
        let (path, _) = link.split_at(link.find(['#', '?']).unwrap_or(link.len()));
        if let Some(from) = &place.path
            && let Some(joined) = paths::join(from, path)
        {
            // A site may be served below the name of its folder: `/docs/a` is `a` of the folder `docs`.
            let below = joined.strip_prefix(&place.origin).and_then(|rest| rest.strip_prefix('/'));
            let below = below.filter(|_| path.starts_with('/'));
            let found = [Some(joined.as_str()), below]
                .into_iter()
                .flatten()
                .find_map(|path| self.within(&place.origin, path));
            if let Some(id) = found {
                return Target::Article(id.clone());
            }
        }
        let on_the_web = if path.is_empty() {
            None
        } else {
            place.url.as_ref().and_then(|url| absolute(url, place, link))
        };
        match on_the_web {
            Some(url) if matches!(url.scheme(), "http" | "https") => {
                self.at(&url).map_or_else(|| Target::Web(url.to_string()), |id| Target::Article(id.clone()))
            }
            Some(_) | None => Target::Plain,
        }
    }
}

/// The address of a relative link. Sites show `a/b.md` as `a/b`.
fn absolute(from: &Url, place: &Place, link: &str) -> Option<Url> {
    let (path, rest) = link.split_at_checked(link.find(['#', '?']).unwrap_or(link.len()))?;
    let shown = if paths::is_markdown(path) { paths::page(path) } else { path };
    match (path.strip_prefix("~/"), &place.path) {
        (Some(_), Some(own)) => {
            let up = "../".repeat(paths::page(own).matches('/').count());
            from.join(&format!("{up}{}{rest}", shown.trim_start_matches("~/"))).ok()
        }
        _ => from.join(&format!("{shown}{rest}")).ok(),
    }
}

fn page_key(path: &str) -> String {
    // Jekyll serves the folder `_docs` as `docs`.
    let names = paths::page(path.trim_matches('/')).split('/').map(|name| name.trim_start_matches('_'));
    names.collect::<Vec<_>>().join("/").to_lowercase()
}

/// What two spellings of one address have in common: `http://www.x.y/en-us/A.html` and `https://x.y/a/`.
fn site_key(url: &Url, with_query: bool) -> String {
    let host = url.host_str().unwrap_or_default().trim_start_matches("www.");
    let port = url.port().map(|port| format!(":{port}")).unwrap_or_default();
    if let Some(number) = ids::help_centre_number(url) {
        return format!("{host}{port}/hc/{number}");
    }
    let path = percent_decode_str(url.path()).decode_utf8_lossy().into_owned();
    let path: Vec<&str> = path.trim_matches('/').split('/').filter(|segment| !is_locale(segment)).collect();
    let mut key = format!("{host}{port}/{}", page_key(&path.join("/")));
    if with_query {
        for (name, value) in url.query_pairs().filter(|(name, _)| !ids::is_tracking(name)) {
            let _ = write!(key, "&{name}={value}");
        }
    }
    key
}

/// `en-us`: the same page is shown with and without it.
fn is_locale(segment: &str) -> bool {
    let bytes = segment.as_bytes();
    bytes.len() == 5
        && bytes.get(2) == Some(&b'-')
        && bytes.iter().filter(|b| b.is_ascii_alphabetic()).count() == 4
}

#[cfg(test)]
mod tests {
    use super::*;

    fn targets() -> Targets {
        let mut targets = Targets::default();
        let id = |text: &str| ArticleId::parse(text).unwrap();
        targets.add_path("docs", "a/b.md", &id("a-b"));
        targets.add_path("docs", "c/index.md", &id("c"));
        targets
            .add_url(&Url::parse("https://help.x.y/hc/en-us/articles/12-Reset").unwrap(), &id("zendesk-12"));
        targets.add_path("docs", "own.md", &id("the-own"));
        targets.add_url(&Url::parse("https://www.x.y/guide/start.html").unwrap(), &id("guide-start"));
        targets
    }

    fn led(path: Option<&str>, url: Option<&str>, link: &str) -> String {
        let place = Place {
            origin: "docs".to_owned(),
            path: path.map(str::to_owned),
            url: url.map(|url| Url::parse(url).unwrap()),
        };
        let own = ArticleId::parse("the-own").unwrap();
        match targets().resolve(&own, &place, link, &mut Links::default()) {
            Target::Article(id) => format!("article {id}"),
            Target::Web(url) => url,
            Target::Plain => "plain".to_owned(),
        }
    }

    #[test]
    fn links_within_a_folder_lead_to_its_articles() {
        for (link, expected) in [
            ("b.md#part", "article a-b"),
            ("./b", "article a-b"),
            ("../c/", "article c"),
            ("/docs/a/b", "article a-b"),
            ("/_c/", "article c"),
            ("import-tree:c/index.md", "article c"),
            ("missing.md", "plain"),
            ("../own.md#here", "plain"),
            ("../../out.md", "plain"),
            ("#here", "plain"),
            ("mailto:a@b.c", "mailto:a@b.c"),
            ("javascript:alert(1)", "plain"),
            ("https://a.b/c d", "https://a.b/c%20d"),
            ("tel:12345", "plain"),
            ("//x.y/guide/start", "article guide-start"),
            ("https://elsewhere.org/a?b#c", "https://elsewhere.org/a?b#c"),
        ] {
            assert_eq!(led(Some("a/x.md"), None, link), expected, "{link}");
        }
    }

    #[test]
    fn links_that_leave_the_import_become_addresses_where_that_is_known() {
        for (link, expected) in [
            ("missing.md?x=1#part", "https://learn.x.y/site/a/missing?x=1#part"),
            ("../z/index.md", "https://learn.x.y/site/z"),
            ("/azure/vm", "https://learn.x.y/azure/vm"),
            ("import-tree:z/q.md", "https://learn.x.y/site/z/q"),
            ("http://x.y/en-us/guide/start/", "article guide-start"),
            ("https://help.x.y/hc/de/articles/12-Anders#x", "article zendesk-12"),
        ] {
            assert_eq!(led(Some("a/x.md"), Some("https://learn.x.y/site/a/x"), link), expected, "{link}");
        }
    }
}
