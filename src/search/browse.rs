//! Articles by name, by kinship and by list.

use std::sync::Arc;

use tantivy::collector::DocSetCollector;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, TantivyDocument, Term};

use crate::domain::{About, Article, ArticleId, Span};

use super::SearchError;
use super::engine::Engine;
use super::number;
use super::results::{Request, Shown};
use super::snapshot::Snapshot;

impl Engine {
    /// The articles that a question names by number.
    pub(super) fn named_by_number(
        &self,
        question: &str,
        snapshot: &Snapshot,
    ) -> Result<Vec<DocAddress>, SearchError> {
        let mut out = Vec::new();
        for key in number::asked(question) {
            for address in self.by_key(&key, snapshot)? {
                if !out.contains(&address) {
                    out.push(address);
                }
            }
        }
        Ok(out)
    }

    /// The articles known under a folded name, in a steady order.
    fn by_key(&self, key: &str, snapshot: &Snapshot) -> Result<Vec<DocAddress>, SearchError> {
        let term = TermQuery::new(Term::from_field_text(self.fields.key, key), IndexRecordOption::Basic);
        let mut all: Vec<DocAddress> =
            snapshot.searcher().search(&term, &DocSetCollector)?.into_iter().collect();
        all.sort_unstable();
        Ok(all)
    }

    /// The article with this id, number or alias, in any spelling.
    pub fn article(&self, name: &str) -> Result<Option<Article>, SearchError> {
        let snapshot = self.snapshot();
        let found = self.by_key(&number::fold(name), &snapshot)?;
        // An id is asked for more often than an alias of another article that reads the same.
        let mut first = None;
        for address in found {
            let stored: TantivyDocument = snapshot.searcher().doc(address)?;
            let about = self.about(&stored)?;
            let is_id = number::fold(about.id.as_str()) == number::fold(name);
            if is_id || first.is_none() {
                first = Some(self.whole(&stored, about)?);
            }
            if is_id {
                break;
            }
        }
        Ok(first)
    }

    /// What is known about every article, by id.
    pub fn list(&self) -> Result<Vec<About>, SearchError> {
        let snapshot = self.snapshot();
        let mut out = Vec::new();
        for title in snapshot.titles()? {
            let stored: TantivyDocument = snapshot.searcher().doc(title.address)?;
            out.push(self.about(&stored)?);
        }
        out.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(out)
    }

    /// What is known about every article, by title, in a steady order. It is read once for each state of the index.
    pub fn catalogue(&self) -> Result<Arc<[About]>, SearchError> {
        let snapshot = self.snapshot();
        if let Some(known) = snapshot.catalogue.get() {
            return Ok(Arc::clone(known));
        }
        let mut all = Vec::new();
        for title in snapshot.titles()? {
            let stored: TantivyDocument = snapshot.searcher().doc(title.address)?;
            all.push(self.about(&stored)?);
        }
        all.sort_by_cached_key(|about| (about.title.to_lowercase(), about.id.clone()));
        let all: Arc<[About]> = all.into();
        Ok(Arc::clone(snapshot.catalogue.get_or_init(|| all)))
    }

    /// What is known about every article that has a guide: support articles first, then by title. All articles are read for it, once for
    /// each state of the index.
    pub fn guides(&self) -> Result<Arc<[About]>, SearchError> {
        let snapshot = self.snapshot();
        if let Some(known) = snapshot.guides.get() {
            return Ok(Arc::clone(known));
        }
        let mut found = Vec::new();
        for title in snapshot.titles()? {
            let stored: TantivyDocument = snapshot.searcher().doc(title.address)?;
            let about = self.about(&stored)?;
            let article = self.whole(&stored, about)?;
            if article.passages.iter().any(|passage| passage.procedure().is_some()) {
                found.push((title.kind_rank, article.about));
            }
        }
        found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.1.title.cmp(&b.1.title)));
        let found: Arc<[About]> = found.into_iter().map(|(_, about)| about).collect();
        Ok(Arc::clone(snapshot.guides.get_or_init(|| found)))
    }

    /// Articles that a reader of this one may need next: those it links to, then those nearest to its title.
    pub fn related(&self, article: &Article, limit: usize) -> Result<Vec<About>, SearchError> {
        let mut out: Vec<About> = Vec::new();
        for id in links(article) {
            if out.len() < limit
                && let Some(linked) = self.article(id.as_str())?
                && linked.about.id != article.about.id
                && !out.iter().any(|a| a.id == linked.about.id)
            {
                out.push(linked.about);
            }
        }
        let request = Request {
            question: &article.about.title,
            product: article.about.product.as_ref(),
            limit: limit.saturating_mul(2) + 1,
            shown: Shown::Nothing,
        };
        for found in self.search(&request)?.found {
            let known = found.about.id == article.about.id || out.iter().any(|a| a.id == found.about.id);
            if out.len() < limit && !known {
                out.push(found.about);
            }
        }
        Ok(out)
    }
}

fn links(article: &Article) -> Vec<&ArticleId> {
    let mut ids = Vec::new();
    for block in article.passages.iter().flat_map(|p| &p.blocks) {
        block.for_each_span(&mut |span| {
            if let Span::Article { id, .. } = span
                && !ids.contains(&id)
            {
                ids.push(id);
            }
        });
    }
    ids
}
