//! How the search indexes are, at a glance.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::search::{Glance, SearchError, glance_at_articles, glance_at_cases};

/// An index, as a look at its folder shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum IndexSeen {
    /// It can be used.
    Ready {
        /// The generation in use.
        generation: String,
        /// How many articles or cases are in it.
        documents: u64,
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

type Look = fn(&Path) -> Result<Option<Glance>, SearchError>;

impl IndexSeen {
    /// Looks at the index of articles within the folder of all indexes.
    #[must_use]
    pub fn of_articles(folder: &Path, now: DateTime<Utc>) -> Self {
        Self::look(glance_at_articles, &folder.join("articles"), now)
    }

    /// Looks at the index of cases.
    #[must_use]
    pub fn of_cases(folder: &Path, now: DateTime<Utc>) -> Self {
        Self::look(glance_at_cases, &folder.join("cases"), now)
    }

    fn look(glance: Look, folder: &Path, now: DateTime<Utc>) -> Self {
        // A rebuild may replace a generation between two reads; the second look then sees the new one.
        match glance(folder).or_else(|_| glance(folder)) {
            Ok(Some(glance)) => Self::Ready {
                generation: glance.generation,
                documents: glance.documents,
                age_s: u64::try_from((now - glance.changed).num_seconds()).unwrap_or(0),
                changed: glance.changed,
            },
            Ok(None) => Self::Missing,
            Err(error) => Self::Unusable { why: error.to_string() },
        }
    }
}
