//! Whether a desk can do its work at present: a quick look, for whoever decides whether people are sent to it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::index::IndexSeen;
use super::operation::Keeper;

/// What a desk lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Lack {
    /// Nothing can be kept.
    Store,
    /// There is no index of articles that can be used.
    Index,
}

/// What the desk lacks; nothing where it is ready. `guidepost status` tells why.
pub async fn lacks(keeper: &Keeper, now: DateTime<Utc>) -> Vec<Lack> {
    let mut lacks = Vec::new();
    if keeper.kept.store.trouble().await.is_some() {
        lacks.push(Lack::Store);
    }
    match IndexSeen::of_articles(&keeper.index, now) {
        IndexSeen::Ready { .. } => {}
        IndexSeen::Missing | IndexSeen::Unusable { .. } => lacks.push(Lack::Index),
    }
    lacks
}
