//! A document on its way to becoming an article: what it wants to be called, where it stands, and its text as it was found.

use std::sync::Arc;

use url::Url;

use super::{
    date,
    folder::Tree,
    front_matter, help_centre, html, ids,
    links::{Place, Targets},
    meta::Meta,
    page, paths,
    report::{Note, Reason},
};
use crate::domain::ArticleId;

/// What is known of a document before its text is converted.
#[derive(Debug)]
pub struct Document {
    /// What the manifest and the report call its source; unique in a target folder.
    pub key: String,
    /// The id that its path or address gives.
    pub(super) wanted: ArticleId,
    pub(super) meta: Meta,
    pub(super) place: Place,
    pub(super) body: Body,
    pub(super) tree: Option<Arc<Tree>>,
    pub(super) notes: Vec<Note>,
    /// Addresses that lead to it besides its own.
    addresses: Vec<Url>,
}

/// The text of a document.
#[derive(Debug)]
pub(super) enum Body {
    /// Markdown of some flavour.
    Flavoured {
        /// Without its front matter.
        text: String,
        /// Whether the flavour has components.
        components: bool,
    },
    /// Plain Markdown, made from HTML.
    Plain(String),
}

impl Document {
    /// Reads a file of a folder. `base` is where the folder is on the web.
    pub fn from_folder(tree: &Arc<Tree>, path: &str, base: Option<&Url>) -> Result<Self, Reason> {
        let text = tree.read(path)?;
        let on_the_web = base.and_then(|base| base.join(paths::page(path)).ok());
        let place =
            Place { origin: tree.name().to_owned(), path: Some(path.to_owned()), url: on_the_web.clone() };
        let mut notes = Vec::new();
        let (mut meta, body) = if paths::is_html(path) {
            let page = page::read(&text, on_the_web.as_ref())?;
            (page.meta, Body::Plain(html::to_markdown(&page.html)?))
        } else {
            let (fields, body) = front_matter::split(&text);
            let name = path.rsplit('/').next().unwrap_or_default();
            if name.starts_with('_') && !name.starts_with("_index.") && fields.is_none() {
                return Err(Reason::Part);
            }
            let fields = fields.unwrap_or_default();
            // Microsoft Learn has no components, and its articles are full of XML.
            let body = Body::Flavoured { text: body.to_owned(), components: !fields.has_any("ms.") };
            (Meta::of(&fields, &mut notes), body)
        };
        if meta.draft {
            return Err(Reason::Draft);
        }
        let addresses: Vec<Url> = on_the_web.iter().cloned().collect();
        meta.url = meta.url.or(on_the_web);
        Ok(Self {
            key: tree.key(path),
            wanted: meta.number.clone().unwrap_or_else(|| ids::of_path(path)),
            meta,
            place,
            body,
            tree: Some(Arc::clone(tree)),
            notes,
            addresses,
        })
    }

    /// Reads a page. `source` is what it was asked for by, `address` where it was found in the end.
    pub fn from_page(source: &str, origin: &str, html: &str, address: Option<&Url>) -> Result<Self, Reason> {
        let page = page::read(html, address)?;
        let url = page.meta.url.clone();
        let place =
            Place { origin: origin.to_owned(), path: None, url: url.clone().or_else(|| address.cloned()) };
        let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
        let addresses = [Url::parse(source).ok(), address.cloned()].into_iter().flatten().collect();
        Ok(Self {
            key: source.to_owned(),
            wanted: url.as_ref().map_or_else(|| ids::of_path(name), ids::of_url),
            body: Body::Plain(html::to_markdown(&page.html)?),
            meta: page.meta,
            place,
            tree: None,
            notes: Vec::new(),
            addresses,
        })
    }

    /// Takes an article of a help centre.
    pub fn from_help_centre(origin: &str, article: help_centre::Article) -> Result<Self, Reason> {
        if article.draft {
            return Err(Reason::Draft);
        }
        if article.user_segment_id.is_some() {
            return Err(Reason::Restricted);
        }
        let url = article.html_url.as_deref().and_then(|url| Url::parse(url).ok());
        let mut notes = Vec::new();
        let updated = article.updated_at.as_deref().and_then(|text| {
            let date = date::parse(text);
            if date.is_none() {
                notes.push(Note::UnknownDate(text.to_owned()));
            }
            date
        });
        let meta = Meta {
            title: article.title.filter(|title| !title.trim().is_empty()),
            updated,
            keywords: article.label_names,
            url: url.clone(),
            language: article.locale,
            ..Meta::default()
        };
        Ok(Self {
            key: format!("{origin}/{}", article.id),
            wanted: ids::of_help_centre(&article.id.to_string()),
            body: Body::Plain(html::to_markdown(article.body.as_deref().unwrap_or_default())?),
            meta,
            place: Place { origin: origin.to_owned(), path: None, url },
            tree: None,
            notes,
            addresses: Vec::new(),
        })
    }

    /// What this document came from: a folder, a list, a help centre, or itself.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.place.origin
    }

    /// Makes the document known, under its id, to the links of the others.
    pub(super) fn announce(&self, id: &ArticleId, targets: &mut Targets) {
        if let Some(path) = &self.place.path {
            targets.add_path(&self.place.origin, path, id);
        }
        for path in &self.meta.paths {
            targets.add_path(&self.place.origin, path, id);
        }
        for url in self.meta.url.iter().chain(&self.place.url).chain(&self.addresses) {
            targets.add_url(url, id);
        }
    }
}
