//! How the search index is, at a glance.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::search;

/// The article index, as a look at its folder shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum IndexSeen {
    /// It can be used.
    Ready {
        /// The generation in use.
        generation: String,
        /// How many articles are in it.
        articles: u64,
        /// When it last changed.
        changed: DateTime<Utc>,
        /// How long ago that was, in seconds.
        age_s: u64,
    },
    /// There is none yet; a desk builds it when it starts.
    Missing,
    /// It can't be used: why.
    Unusable {
        /// What is wrong.
        why: String,
    },
}

impl IndexSeen {
    /// Looks at the folder of the article index.
    #[must_use]
    pub fn look(folder: &Path, now: DateTime<Utc>) -> Self {
        // A rebuild may replace a generation between two reads; the second look then sees the new one.
        match search::glance(folder).or_else(|_| search::glance(folder)) {
            Ok(Some(glance)) => Self::Ready {
                generation: glance.generation,
                articles: glance.articles,
                age_s: u64::try_from((now - glance.changed).num_seconds()).unwrap_or(0),
                changed: glance.changed,
            },
            Ok(None) => Self::Missing,
            Err(error) => Self::Unusable { why: error.to_string() },
        }
    }
}
