//! Gathers the articles of a Zendesk help centre, from an export or from its API.

use std::{collections::BTreeSet, path::Path};

use url::Url;

use super::{
    gather::{Gathered, Watch, sheltered},
    plan::Progress,
};
use crate::{
    knowledge::import::{
        Document, HelpCentreArticle, MAX_EXPORT, Reason, Skipped, parse_help_centre, read_text,
    },
    net::{FetchError, Fetcher, Wanted},
};

/// A help centre has fewer pages of a hundred articles; more means that they go round in a circle.
const MOST_PAGES: usize = 10_000;

/// Takes the articles of an export.
pub(super) fn file(path: &Path, gathered: &mut Gathered) {
    let source = path.display().to_string();
    let listing = match read_text(path, MAX_EXPORT).and_then(|text| parse_help_centre(&source, &text)) {
        Ok(listing) => listing,
        Err(reason) => return gathered.skip(source, reason),
    };
    let host = listing.host().unwrap_or_else(|| {
        path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned())
    });
    let origin = format!("zendesk:{host}");
    let found = listing.articles.len();
    articles(listing.articles, &origin, gathered);
    if found == 0 {
        gathered.skip(source, Reason::Empty);
    } else {
        gathered.complete.insert(origin);
    }
}

fn articles(articles: Vec<Result<HelpCentreArticle, Skipped>>, origin: &str, gathered: &mut Gathered) {
    for article in articles {
        match article {
            Ok(article) => {
                let key = format!("{origin}/{}", article.id);
                gathered.take(&key, sheltered(|| Document::from_help_centre(origin, article)));
            }
            Err(Skipped { source, reason }) => gathered.skip(source, reason),
        }
    }
}

/// Takes the articles that a help centre shows to everybody, page by page.
pub(super) async fn api(fetcher: &Fetcher, address: &str, gathered: &mut Gathered, progress: Watch<'_>) {
    let full = if address.contains("://") { address.to_owned() } else { format!("https://{address}") };
    let Some(start) = Url::parse(&full).ok().filter(Url::has_host) else {
        return gathered.skip(address, Reason::Unfetched(FetchError::Scheme.to_string()));
    };
    let origin = format!("zendesk:{}", start.host_str().unwrap_or_default());
    let mut next = start.join("/api/v2/help_center/articles.json?page%5Bsize%5D=100").ok();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let before = gathered.documents.len();
    while let Some(page) = next {
        // Whoever answers decides about the next page, but not to send us elsewhere.
        if page.origin() != start.origin() || seen.len() >= MOST_PAGES || !seen.insert(page.to_string()) {
            let reason =
                Reason::Malformed(format!("its next page is {page}, which leads elsewhere or in a circle"));
            return gathered.skip(origin, reason);
        }
        progress(Progress::Fetching { address: page.to_string(), found: gathered.documents.len() - before });
        let listing = match fetcher.get(page.as_str(), Wanted::Listing).await {
            Ok(found) => parse_help_centre(&origin, &found.text),
            Err(error) => Err(Reason::Unfetched(error.to_string())),
        };
        match listing {
            Ok(listing) => {
                next = listing.next.as_deref().and_then(|link| page.join(link).ok());
                articles(listing.articles, &origin, gathered);
            }
            // Without this page nobody knows what else there is: nothing of this help centre counts as gone.
            Err(reason) => return gathered.skip(origin, reason),
        }
    }
    if gathered.documents.len() == before {
        gathered.skip(origin, Reason::Empty);
    } else {
        gathered.complete.insert(origin);
    }
}
