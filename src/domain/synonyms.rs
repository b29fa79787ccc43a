//! Words that mean the same when people ask.

use serde::{Deserialize, Serialize};

/// What `knowledge/synonyms.toml` says. An entry is one word or a phrase, as people type it; case does not matter.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SynonymGroups {
    /// Every entry of a group stands for every other one of it.
    pub groups: Vec<Vec<String>>,
    /// A question with an entry of the first list is searched as if it also said each entry of the second; not the
    /// other way round.
    pub replacements: Vec<(Vec<String>, Vec<String>)>,
}
