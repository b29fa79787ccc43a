//! What the pages are made with beside their words: embedded in the program, under a path that changes with it.

use std::sync::LazyLock;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::routing::get;

use crate::domain::Digest;

/// The stylesheet.
pub static STYLE: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("style", "css", "text/css; charset=utf-8", include_str!("style.css")));
/// What the pages do by themselves where a browser runs scripts.
pub static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| Asset::new("desk", "js", "text/javascript; charset=utf-8", include_str!("desk.js")));

/// For how long a browser keeps what has a path of its own.
const FOR_A_YEAR: &str = "public, max-age=31536000, immutable";

/// A file that goes with the pages.
pub struct Asset {
    path: String,
    media: &'static str,
    text: &'static str,
}

impl Asset {
    fn new(name: &str, extension: &str, media: &'static str, text: &'static str) -> Self {
        let digest = Digest::of(text);
        let path = format!("/{name}.{}.{extension}", digest.as_str().get(..12).unwrap_or_default());
        Self { path, media, text }
    }

    /// Where it is. The path changes with the text, so a browser can keep it.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// The same pages with what they are made with.
pub fn routes<S: Clone + Send + Sync + 'static>(mut router: Router<S>) -> Router<S> {
    for asset in [&STYLE, &SCRIPT] {
        let answer = ([(CONTENT_TYPE, asset.media), (CACHE_CONTROL, FOR_A_YEAR)], asset.text);
        router = router.route(asset.path(), get(async move || answer));
    }
    router
}
