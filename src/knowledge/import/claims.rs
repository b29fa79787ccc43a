//! Gives every document its id: the one it had, else the one its path or address gives, and never one that is taken.

use std::collections::{BTreeSet, HashMap};

use super::{
    document::Document,
    links::Targets,
    manifest::Manifest,
    report::{Entry, Outcome, Reason},
};
use crate::domain::ArticleId;

/// Documents with their ids, and those that can't have one.
#[derive(Debug, Default)]
pub struct Claims {
    /// In the order in which they were found.
    pub documents: Vec<(ArticleId, Document)>,
    /// Passed over because of a clash.
    pub skipped: Vec<Entry>,
}

/// Assigns ids. `elsewhere` are those of articles outside the import's folder.
#[must_use]
pub fn assign(documents: Vec<Document>, manifest: &Manifest, elsewhere: &BTreeSet<ArticleId>) -> Claims {
    // Whoever had an id keeps it, also when its source is not part of this run.
    let mut owners: HashMap<ArticleId, String> =
        manifest.articles.iter().map(|(key, record)| (record.id.clone(), key.clone())).collect();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let mut claims = Claims::default();
    for document in documents {
        let id = manifest
            .articles
            .get(&document.key)
            .map_or_else(|| document.wanted.clone(), |record| record.id.clone());
        let owner = owners.get(&id).filter(|owner| **owner != document.key);
        let refusal = if !seen.insert(document.key.clone()) {
            Some(Reason::Clash { id: id.clone(), other: document.key.clone() })
        } else if elsewhere.contains(&id) {
            Some(Reason::Known { id: id.clone() })
        } else {
            owner.map(|owner| Reason::Clash { id: id.clone(), other: owner.clone() })
        };
        if let Some(reason) = refusal {
            let (source, notes) = (document.key, document.notes);
            claims.skipped.push(Entry { source, id: Some(id), outcome: Outcome::Skipped(reason), notes });
        } else {
            owners.insert(id.clone(), document.key.clone());
            claims.documents.push((id, document));
        }
    }
    claims
}

impl Claims {
    /// Everything that links of these documents may lead to, but for those `missing`.
    #[must_use]
    pub fn targets(&self, missing: &BTreeSet<ArticleId>) -> Targets {
        let mut targets = Targets::default();
        for (id, document) in self.documents.iter().filter(|(id, _)| !missing.contains(id)) {
            document.announce(id, &mut targets);
        }
        targets
    }
}
